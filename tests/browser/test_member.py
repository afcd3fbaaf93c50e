"""A member's journey in a real browser."""

from __future__ import annotations

from typing import Any

from adapters.web.people import HERE
from bot.core.markup import md
from bot.core.outgoing import Target
from bot.core.reply import Reply
from tests.browser.conftest import Opening, Site, says

HOSTILE = "<img src=x onerror=document.title='hacked'><script>document.title='hacked'</script>"


async def text(locator: Any) -> str:
    return str(await locator.inner_text())


async def test_the_first_answer_is_a_few_keys_away(opens: Opening) -> None:
    page = await opens()
    await page.wait_for_selector("#log .empty")
    await page.keyboard.type("/fa")
    await page.wait_for_selector("#choices [role=option]")
    await page.keyboard.press("ArrowDown")
    assert await page.get_attribute("#line", "aria-activedescendant") == "choice-0"
    await page.keyboard.press("Enter")
    await page.keyboard.type("how often do i water tomatoes")
    await page.keyboard.press("Escape")
    await page.keyboard.press("Enter")
    answer = page.locator("#log article").first
    assert "water" in (await text(answer)).lower()
    assert "Only you see this" in await text(page.locator("#log .entry").first)


async def test_live_suggestions_complete_an_argument(opens: Opening) -> None:
    page = await opens()
    await page.wait_for_selector("#log .empty")
    await page.keyboard.type("/path choose gar")
    await page.locator("#choices [role=option]", has_text="garden road").wait_for()
    await page.keyboard.press("Tab")
    assert "garden" in await page.input_value("#line")
    await page.keyboard.press("Enter")
    assert "The garden road" in await text(page.locator("#log article").first)


async def test_a_form_by_keyboard_with_a_mistake_at_its_field(opens: Opening) -> None:
    page = await opens()
    start = await says(page, "/start")
    await start.get_by_role("button", name="Set my time zone").focus()
    await page.keyboard.press("Enter")
    await page.wait_for_selector("dialog[open]")
    await page.keyboard.type("Romme")
    await page.keyboard.press("Enter")
    error = page.locator("dialog .error").first
    await error.wait_for()
    described = await page.locator("dialog [aria-invalid=true]").get_attribute("aria-describedby")
    assert await error.get_attribute("id") in str(described).split()
    await page.locator("dialog [aria-invalid=true]").fill("Rome")
    await page.keyboard.press("Enter")
    await page.wait_for_selector("dialog[open]", state="detached")
    await page.locator("#log article", has_text="Europe/Rome").last.wait_for()


async def test_a_button_changes_the_message_in_its_place(opens: Opening) -> None:
    page = await opens()
    await says(page, "/path choose garden-road")
    step = await says(page, "/path next")
    count = await page.locator("#log article").count()
    await step.get_by_role("button", name="Done", exact=True).press("Enter")
    await page.locator("#log article", has_text="1 of 2").wait_for()
    assert await page.locator("#log article").count() == count


async def test_data_comes_down_and_a_picture_has_words(opens: Opening) -> None:
    page = await opens()
    challenge = await says(page, "/challenge")
    await challenge.get_by_role("button", name="Get my data").click()
    link = page.locator("#log a[download]").last
    async with page.expect_download() as coming:
        await link.click()
    assert (await coming.value).suggested_filename.endswith(".csv")
    progress = await says(page, "/progress")
    picture = progress.locator("img")
    await picture.wait_for()
    assert len(str(await picture.get_attribute("alt"))) > 20
    assert await picture.evaluate("one => one.complete && one.naturalWidth > 0")


async def test_a_post_arrives_while_one_looks_elsewhere(opens: Opening, site: Site) -> None:
    page = await opens()
    await page.wait_for_selector("#log .empty")
    await site.presence.poster.post(Target(HERE, "weekly"), Reply(md("A new week begins")), "1")
    await page.locator("#rooms .badge", has_text="1 new").wait_for()
    await page.get_by_role("button", name="#weekly").click()
    await page.locator("#log article", has_text="A new week begins").wait_for()


async def test_two_windows_see_what_is_public_and_not_what_is_private(opens: Opening) -> None:
    ada, grace = await opens(), await opens()
    await grace.fill("#name", "Grace")
    await grace.click("#seat button")
    await grace.locator("#seat-trouble", has_text="You are Grace").wait_for()
    progress = await says(ada, "/progress")
    await progress.get_by_role("button", name="Show it here").click()
    shared = grace.locator("#log article").first
    await shared.wait_for()
    assert await grace.locator("#log article").count() == 1


async def test_what_a_member_writes_stays_words(opens: Opening) -> None:
    page = await opens()
    await says(page, f"/checkin {HOSTILE}")
    await says(page, "/learned")
    await page.fill("#line", HOSTILE)
    await page.keyboard.press("Enter")
    await page.locator("#log .said").wait_for()
    for name in ("Discord", "Slack"):
        await page.locator("#log").get_by_role("button", name=name).last.click()
        await page.locator(".preview").last.wait_for()
    assert await page.title() == "Stepwise"
    assert await page.locator("#log img[src=x], #log script").count() == 0


async def test_every_answer_can_be_seen_as_elsewhere_with_its_payload(opens: Opening) -> None:
    page = await opens()
    await says(page, "/faq how often do i water tomatoes")
    item = page.locator("#log .entry").first
    await item.get_by_role("button", name="Discord").click()
    await item.locator(".d-box").wait_for()
    assert "water" in (await text(item.locator(".d-box"))).lower()
    await item.get_by_role("button", name="Slack").click()
    await item.locator(".s-page").wait_for()
    await item.get_by_role("button", name="JSON").click()
    assert '"blocks"' in await text(page.locator("dialog[open] pre"))
    await page.keyboard.press("Escape")
    await item.get_by_role("button", name="Chat").click()
    await item.locator("article.message").wait_for()


async def test_on_a_phone_nothing_runs_over_the_edge(opens: Opening) -> None:
    page = await opens(width=390, height=844)
    for line in ("/help", "/faq how often do i water tomatoes", "/progress"):
        await says(page, line)
    for name in ("Discord", "Slack"):
        await page.locator("#log").get_by_role("button", name=name).last.click()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await page.evaluate("document.getElementById('log').scrollWidth <= innerWidth")
    await page.get_by_role("button", name="Rooms").click()
    await page.get_by_role("button", name="Direct message").click()
    assert await text(page.locator("#room")) == "Direct message"
    assert not await page.locator("#side").is_visible()


async def test_the_line_mends_itself_and_nothing_is_asked_twice(opens: Opening, site: Site) -> None:
    page = await opens()
    await says(page, "/checkin")
    await page.evaluate("window.dispatchEvent(new Event('offline'))")
    await page.reload()
    await page.locator("#log article", has_text="Checked in").wait_for()
    assert await page.locator("#log article").count() == 1


async def test_the_menu_of_a_message_asks_with_its_words(opens: Opening) -> None:
    page = await opens()
    await page.fill("#line", "how often should i water tomatoes")
    await page.keyboard.press("Enter")
    await page.locator("#log .said").wait_for()
    await page.get_by_role("button", name="Ask the mentors").click()
    answer = page.locator("#log article").first
    await answer.wait_for()
    assert "water" in (await text(answer)).lower()


async def test_a_file_goes_along_and_can_be_left_out(opens: Opening) -> None:
    page = await opens()
    await page.wait_for_selector("#log .empty")
    for name in ("one.csv", "two.csv"):
        await page.set_input_files("#file", {"name": name, "mimeType": "text/csv", "buffer": b"1,2"})
        await page.locator("#files li", has_text=name).wait_for()
    await page.get_by_role("button", name="Leave one.csv out").click()
    assert await page.locator("#files li").count() == 1
    answer = await says(page, "/help")
    assert await page.locator("#files li").count() == 0
    assert "two.csv" in await text(answer)
