"""Whether everybody can use the pages: axe finds nothing serious, light or dark, wide or narrow."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Opening, axe, says, serious

SIZES = ((1200, 800), (390, 844))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("width", "height"), SIZES, ids=["wide", "narrow"])
async def test_the_chat(opens: Opening, width: int, height: int, dark: bool) -> None:
    axe()
    page = await opens(width=width, height=height, dark=dark)
    await says(page, "/faq how often do i water tomatoes")
    await says(page, "/progress")
    await page.fill("#line", "hello everybody")
    await page.keyboard.press("Enter")
    await page.locator("#log .said").wait_for()
    for name in ("Discord", "Slack"):
        await page.locator("#log").get_by_role("button", name=name).last.click()
        await page.locator(f".{name[0].lower()}-page").wait_for()
        assert await serious(page) == []
    await page.locator("#log").get_by_role("button", name="JSON").click()
    assert await serious(page) == []
    await page.keyboard.press("Escape")
    if width < 760:
        await page.get_by_role("button", name="Rooms").click()
        assert await serious(page) == []
        await page.keyboard.press("Escape")
    await page.fill("#line", "/")
    await page.wait_for_selector("#choices [role=option]")
    assert await serious(page) == []
    await page.keyboard.press("Escape")
    await page.fill("#line", "/start")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Set my time zone").click()
    await page.wait_for_selector("dialog[open]")
    await page.keyboard.press("Enter")
    await page.locator("dialog .error").first.wait_for()
    assert await serious(page) == []
    await page.get_by_role("button", name="As on Discord").click()
    await page.locator("dialog .d-modal", has_text="Submit").wait_for()
    assert await serious(page) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("path", ["organiser", "author", "login"])
async def test_the_other_pages(opens: Opening, path: str, dark: bool) -> None:
    axe()
    if path == "organiser":
        chat = await opens()
        for line in ("/checkin", "/path choose garden-road", "/challenge", "/challenge submit 1"):
            await says(chat, line)
    page = await opens(path, dark=dark)
    if path == "author":
        await page.locator("#entries button", has_text="The seed orders").click()
        await page.locator("#shown .sample").wait_for()
    assert await serious(page) == []
