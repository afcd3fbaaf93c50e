"""An author's journey in a real browser."""

from __future__ import annotations

from tests.browser.conftest import Opening, Site


async def test_from_a_mistake_to_what_members_will_see(opens: Opening, site: Site) -> None:
    page = await opens("author")
    await page.wait_for_selector("#entries button")
    faqs = site.pack / "faqs" / "all.yaml"
    sound = faqs.read_text("utf-8")
    faqs.write_text(sound.replace("question:", "questoin:", 1), "utf-8")
    await site.corner.refresh()
    await page.locator("#problems", has_text="did you mean 'question'").wait_for()
    await page.check("#broken")
    await page.locator("#entries .badge.error").first.click()
    await page.locator("#shown .problem-line.error").first.wait_for()
    faqs.write_text(sound, "utf-8")
    await site.corner.refresh()
    await page.locator("#problems .error").first.wait_for(state="detached")
    await page.uncheck("#broken")
    await page.fill("#question", "how often do i water beans")
    await page.keyboard.press("Enter")
    await page.locator("#hits .parts progress").first.wait_for()
    await page.locator("#hits button").first.click()
    await page.locator("#shown article.message").wait_for()
    await page.get_by_role("button", name="Slack").click()
    await page.locator("#shown .s-page").wait_for()
    await page.fill("#filter", "seed")
    await page.locator("#entries button", has_text="The seed orders").click()
    await page.locator("#shown .sample pre").first.wait_for()
