"""The demo in a real browser: its time goes on, and what is due appears."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from adapters.web.service import WebPresence
from bot.demo.stage import next_monday
from bot.page import playing
from bot.settings import Settings
from tests.browser.conftest import MILLISECONDS, SECONDS, chromium, serious

MONDAYS_AHEAD = 3


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Any]:
    from playwright.async_api import async_playwright

    where = chromium()
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'demo.db'}", files_dir=tmp_path / "files", web_port=0)
    async with asyncio.timeout(SECONDS), playing(settings, lambda _: None) as there, async_playwright() as playwright:
        (presence,) = there
        assert isinstance(presence, WebPresence)
        browser = await playwright.chromium.launch(executable_path=where, args=["--no-sandbox"])
        page = await browser.new_page()
        page.set_default_timeout(MILLISECONDS)
        await page.goto(presence.address)
        await page.wait_for_selector("#clock:not([hidden])")
        yield page
        await browser.close()


async def told(page: Any) -> datetime:
    return datetime.fromisoformat(await page.get_attribute("#now", "datetime"))


async def slide(page: Any, day: int) -> None:
    """Let go of the slider at a day."""
    await page.locator("#slider").evaluate(
        "(slider, day) => { slider.value = day; slider.dispatchEvent(new Event('input')); "
        "slider.dispatchEvent(new Event('change')); }",
        day,
    )


async def challenges(page: Any) -> int:
    return int(await page.locator("#log article", has_text="This week").count())


async def test_the_slider_goes_on_to_monday_and_the_post_appears(demo: Any) -> None:
    before, day = await told(demo), int(await demo.input_value("#slider"))
    await demo.get_by_role("button", name="weekly").click()
    await demo.locator("#log article").first.wait_for()
    posts = await demo.locator("#log article").count()
    monday = next_monday(before)
    await slide(demo, day + (monday.date() - before.date()).days)
    await demo.wait_for_selector(f"#now[datetime^='{monday.date()}']")
    await demo.locator("#log article").nth(posts).wait_for()
    assert (await told(demo)).astimezone(UTC).hour == 9
    assert await serious(demo) == []


async def test_each_monday_on_the_way_has_its_post(demo: Any) -> None:
    before, day = await told(demo), int(await demo.input_value("#slider"))
    await demo.get_by_role("button", name="weekly").click()
    posts = demo.locator("#log article", has_text="This week:")
    await posts.first.wait_for()
    count = await posts.count()
    last = (next_monday(before).date() - before.date()).days + 7 * (MONDAYS_AHEAD - 1)
    await slide(demo, day + last)
    await posts.nth(count + MONDAYS_AHEAD - 1).wait_for()
    assert await posts.count() == count + MONDAYS_AHEAD


async def test_time_does_not_go_back(demo: Any) -> None:
    day = int(await demo.input_value("#slider"))
    await demo.focus("#slider")
    await demo.keyboard.press("ArrowLeft")
    assert int(await demo.input_value("#slider")) == day
    await demo.keyboard.press("ArrowRight")
    assert await demo.get_attribute("#slider", "aria-valuetext") != "today"
    await demo.wait_for_function(
        "day => document.getElementById('slider').value == day + 1 && "
        "document.getElementById('slider').getAttribute('aria-valuetext') == 'today'",
        arg=day,
    )
