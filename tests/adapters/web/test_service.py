"""Where the page is, and how it comes and goes."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import aiohttp
import pytest

import adapters.web.pages
from adapters.web.service import Account, on_web
from bot.core.dispatch import Dispatcher
from bot.core.outgoing import CannotStart
from tests.adapters.web.conftest import SCENE, Keeper, Opening, open_page

FOLDER = Path(adapters.web.pages.__file__).parent / "page"


def _port(address: str) -> int:
    return int(address.rstrip("/").rpartition(":")[2])


async def test_a_port_that_is_taken_leads_to_the_next_one(dispatcher: Dispatcher) -> None:
    async with open_page(dispatcher) as first, open_page(dispatcher, Account(port=_port(first.address))) as second:
        assert _port(first.address) < _port(second.address) <= _port(first.address) + 20


async def test_an_address_that_is_not_ours_is_told_in_one_line(dispatcher: Dispatcher) -> None:
    with pytest.raises(CannotStart) as told:
        async with open_page(dispatcher, Account("192.0.2.1", 0, "word")):
            pass
    assert "STEPWISE_WEB_HOST" in str(told.value)
    assert "\n" not in str(told.value)


async def test_it_says_where_it_is(dispatcher: Dispatcher) -> None:
    said: list[str] = []
    async with on_web(Account(port=0), dispatcher, Keeper(), dispatcher.store.secrets, SCENE, said.append) as page:
        assert said == [f"Stepwise is at {page.address}"]


async def test_pages_are_told_when_it_stops(dispatcher: Dispatcher) -> None:
    async with aiohttp.ClientSession() as session:
        async with open_page(dispatcher) as page:
            origin = {"Origin": page.address.rstrip("/")}
            line = await session.ws_connect(f"{page.address}socket", headers=origin)
        async with asyncio.timeout(10):
            told = await line.receive()
        assert (told.type, told.data) == (aiohttp.WSMsgType.CLOSE, 1001)


async def test_two_names_that_differ_in_capitals_are_one_person(opens: Opening) -> None:
    ada, again = await opens("Ada"), await opens("ADA")
    await ada.says("/find docker")
    assert (await again.hears("message"))["entry"]["asked"] == "/find docker"


def test_the_page_asks_nobody_else_and_builds_nothing_from_text() -> None:
    for path in FOLDER.iterdir():
        text = path.read_text("utf-8")
        outside = [url for url in re.findall(r"(?:https?:)?//[\w.-]+\.\w+[^\s\"')]*", text) if "w3.org" not in url]
        assert outside == [], path.name
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text), (
            path
        )
        if path.suffix == ".html":
            assert not re.search(r"\son\w+=|\sstyle=|<script>|<style", text), path


def test_every_file_that_a_page_names_is_there() -> None:
    for path in FOLDER.iterdir():
        text = path.read_text("utf-8")
        named = re.findall(r"/page/([\w.-]+)", text) + re.findall(r'from "\./([\w.-]+)"', text)
        assert [name for name in named if not (FOLDER / name).is_file()] == [], path.name
