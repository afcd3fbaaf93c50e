"""What the author's page asks for, over HTTP."""

from __future__ import annotations

from typing import Any

import aiohttp

from adapters.web.hall import Scene
from bot.core.calls import Answer
from bot.core.dispatch import Dispatcher
from bot.core.markup import md
from bot.core.reply import File, Reply, Visibility
from tests.adapters.web.conftest import PREVIEWS, open_page

Json = dict[str, Any]


class Author:
    """An author with one entry."""

    version = 7

    async def look(self) -> Json:
        return {"version": self.version, "entries": [{"id": "a"}], "problems": []}

    async def search(self, question: str) -> Json:
        return {"hits": [question]}

    async def show(self, kind: str, name: str) -> Answer | None:
        reply = Reply(md("{name}", name=name), files=(File("a.csv", b"1"),))
        return Answer(reply, Visibility.PRIVATE) if kind == "tip" else None

    async def sample(self, name: str, turn: int) -> Json | None:
        return {"turn": turn} if name == "one" else None

    async def changed(self, seen: int) -> int:
        return self.version


async def test_the_author_s_page_gets_what_it_asks_for(dispatcher: Dispatcher) -> None:
    scene = Scene("Preview", previews=PREVIEWS, author=Author())
    async with open_page(dispatcher, scene=scene) as there, aiohttp.ClientSession() as session:

        async def get(path: str) -> Any:
            async with session.get(f"{there.address}author{path}") as answer:
                assert answer.status == 200, path
                return await (answer.json() if path else answer.text())

        assert "Author’s corner" in await get("")
        assert (await get("/look"))["version"] == 7
        assert (await get("/search?q=how%20much"))["hits"] == ["how much"]
        assert await get("/sample?id=one&turn=3") == {"turn": 3}
        assert await get("/sample?id=two&turn=x") == {}
        assert await get("/changed?seen=6") == {"version": 7}
        assert await get("/show?kind=nothing&id=a") == {}
        shown = await get("/show?kind=tip&id=%3Cb%3E")
        assert shown["payloads"] == {"Paper": {"private": True}}
        assert shown["entry"]["reply"]["text"][0]["of"][0] == {"is": "text", "text": "<b>"}
        async with session.get(there.address.rstrip("/") + shown["entry"]["reply"]["files"][0]["url"]) as answer:
            assert await answer.read() == b"1"


async def test_elsewhere_there_is_no_such_corner(dispatcher: Dispatcher) -> None:
    async with open_page(dispatcher) as there, aiohttp.ClientSession() as session:
        for path in ("author", "author/look", "organiser"):
            async with session.get(f"{there.address}{path}") as answer:
                assert answer.status == 404
