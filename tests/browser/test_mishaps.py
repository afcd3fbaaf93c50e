"""What goes wrong for members: lines that break, names that are taken, files and words that are too much."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest

from adapters.web.hall import Scene
from adapters.web.service import Account, WebPresence, on_web
from bot.services.comings import Comings
from bot.wiring import House
from tests.browser.conftest import Opening, Site, says

LINE = "half a thought"


@asynccontextmanager
async def page_over(house: House, account: Account) -> AsyncIterator[WebPresence]:
    door, shelf = house.services.get(Comings), house.store.secrets
    async with on_web(account, house.dispatcher, door, shelf, Scene("Lab"), lambda _: None) as presence:
        yield presence


async def state(page: Any, words: str) -> None:
    """Wait until the page says this about itself."""
    await page.locator("#state", has_text=words).wait_for()


async def test_the_bot_is_started_again_under_an_open_page(house: House, windows: Opening) -> None:
    async with page_over(house, Account(port=0)) as first:
        page = await windows(first.address, foreseen="ERR_CONNECTION")
        await says(page, "/checkin")
        await page.fill("#line", "/learned")
        port = int(first.address.rstrip("/").rpartition(":")[2])
    await state(page, "Stepwise was stopped")
    await page.keyboard.press("Enter")
    await page.fill("#line", LINE)
    async with page_over(house, Account(port=port)):
        await page.locator("#log .told", has_text="started again").wait_for()
        await page.locator("#log article").wait_for()
        assert await page.locator("#log .asked", has_text="/learned").count() == 1
        assert await page.input_value("#line") == LINE
        await page.reload()
        await page.locator("#log article").wait_for()
        assert await page.input_value("#line") == LINE


async def test_behind_a_password_everybody_says_who_they_are(house: House, windows: Opening) -> None:
    async with page_over(house, Account(port=0, password="sesame")) as there:

        async def comes_in(**how: Any) -> Any:
            page = await windows(there.address, **how)
            await page.fill("#password", "sesame")
            await page.keyboard.press("Enter")
            await state(page, "Choose a name first")
            return page

        ada = await comes_in()
        await ada.fill("#line", "/checkin")
        await ada.press("#line", "Enter")
        await ada.fill("#name", "Ada")
        await ada.press("#name", "Enter")
        await ada.locator("#log article", has_text="Checked in").wait_for()
        other = await comes_in(width=390, height=844)
        await other.fill("#name", "ada")
        await other.press("#name", "Enter")
        await other.locator("#seat-trouble", has_text="another name").wait_for()
        await other.fill("#name", "Grace")
        await other.press("#name", "Enter")
        await other.locator("#side").wait_for(state="hidden")
        assert "Welcome" in await other.inner_text("#log")


async def test_more_files_than_go_along_and_none_without_words(opens: Opening) -> None:
    page = await opens()
    await page.wait_for_selector("#log .empty")
    files = [{"name": f"{number}.csv", "mimeType": "text/csv", "buffer": b"1"} for number in range(7)]
    await page.set_input_files("#file", files)
    await state(page, "5 files go along at most")
    assert await page.locator("#files li").count() == 5
    await page.press("#line", "Enter")
    await state(page, "Write what the file is for")


async def test_words_that_are_too_long_are_not_cut_and_break_nothing(opens: Opening) -> None:
    page = await opens()
    await page.wait_for_selector("#log .empty")
    await page.fill("#line", "x" * 9000)
    await page.press("#line", "Enter")
    await state(page, "1000 letters too long")
    await page.fill("#line", "/faq")
    await page.press("#line", "Enter")
    await page.locator("dialog[open] #field-question").fill("x" * 17_000)
    await page.keyboard.press("Enter")
    await page.locator("#form-state", has_text="Please shorten it").wait_for()
    await page.locator("dialog[open] #field-question").fill("how often do i water tomatoes")
    # Twice, as impatient people do.
    await page.evaluate("for (const _ of [1, 2]) document.querySelector('dialog form').requestSubmit()")
    await page.wait_for_selector("dialog[open]", state="detached")
    assert await page.locator("#log article").count() == 1


async def test_going_back_goes_to_the_room_before(opens: Opening) -> None:
    page = await opens("#weekly")
    await page.locator("#room", has_text="#weekly").wait_for()
    await page.get_by_role("button", name="Direct message").click()
    await page.get_by_role("button", name="Home", exact=True).click()
    await page.locator("#log article").wait_for()
    for room in ("Direct message", "#weekly"):
        await page.go_back()
        await page.locator("#room", has_text=room).wait_for()


async def test_whoever_reads_further_up_stays_there(opens: Opening, site: Site) -> None:
    page = await opens(height=500)
    for number in range(20):
        site.presence.rooms.say("general", None, by="Grace", asked=f"message {number}")
    await page.locator("#log .said", has_text="message 19").wait_for()
    await page.evaluate("document.getElementById('log').scrollTop = 0")
    await page.wait_for_function("document.getElementById('log').scrollTop === 0")
    # The page learns of the scrolling with the next picture that it draws.
    await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    site.presence.rooms.say("general", None, by="Grace", asked="one more")
    newer = page.get_by_role("button", name="New messages")
    await newer.click()
    await newer.wait_for(state="hidden")
    assert await page.evaluate("document.getElementById('log').scrollTop") > 0


async def test_a_new_message_takes_nobody_out_of_the_rooms(opens: Opening, site: Site) -> None:
    page = await opens()
    await page.wait_for_selector("#log .empty")
    await page.get_by_role("button", name="#weekly").focus()
    site.presence.rooms.say("direct", None, by="Grace", asked="hello")
    await page.locator("#rooms .badge").wait_for()
    assert "#weekly" in await page.evaluate("document.activeElement.textContent")


async def test_the_rooms_on_a_phone_are_closed_with_one_key(opens: Opening) -> None:
    page = await opens(width=390, height=844)
    await page.get_by_role("button", name="Rooms").click()
    assert await page.evaluate("document.getElementById('composer').inert")
    await page.keyboard.press("Escape")
    assert not await page.evaluate("document.getElementById('composer').inert")
    assert await page.evaluate("document.activeElement.id") == "menu"


async def test_what_was_said_can_be_printed(opens: Opening) -> None:
    page = await opens(height=400)
    for line in ("/help", "/start"):
        await says(page, line)
    await page.emulate_media(media="print")
    assert not await page.locator("#composer").is_visible()
    assert await page.evaluate("document.documentElement.scrollHeight > 600")


@pytest.mark.parametrize("path", ["", "author"])
async def test_without_javascript_the_page_says_so(site: Site, path: str) -> None:
    from playwright.async_api import async_playwright

    from tests.browser.conftest import chromium

    async with asyncio.timeout(120), async_playwright() as playwright:
        browser: AbstractAsyncContextManager[Any] = await playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox"]
        )
        async with browser as opened:
            page = await (await opened.new_context(java_script_enabled=False)).new_page()
            await page.goto(f"{site.address}{path}")
            assert await page.locator("noscript p").is_visible()


async def test_the_numbers_of_the_organiser_fit_on_a_phone(opens: Opening) -> None:
    chat = await opens()
    for line in ("/checkin", "/challenge", "/path choose garden-road"):
        await says(chat, line)
    page = await opens("organiser", width=360, height=740)
    for summary in await page.locator("summary").all():
        await summary.click()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
