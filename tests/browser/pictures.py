"""Make the pictures of the page in the README and the docs anew: `python -m tests.browser.pictures`."""

from __future__ import annotations

import asyncio
import io
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.async_api import ViewportSize, async_playwright

from adapters.web.service import WebPresence
from bot.page import playing
from bot.settings import Settings
from tests.browser.conftest import chromium, says

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
WIDE: ViewportSize = {"width": 1120, "height": 720}
PHONE: ViewportSize = {"width": 390, "height": 760}
GAP, COLOURS = 16, 256
TO_LAST = "log => log.scrollTo(0, log.querySelector('.entry:last-of-type').offsetTop - log.offsetTop - 12)"


def keep(name: str, *shots: bytes) -> None:
    """Put pictures beside each other into one small file."""
    images = [Image.open(io.BytesIO(one)).convert("RGB") for one in shots]
    width = sum(one.width for one in images) + GAP * (len(images) - 1)
    whole = Image.new("RGB", (width, images[0].height), "white")
    at = 0
    for one in images:
        whole.paste(one, (at, 0))
        at += one.width + GAP
    whole.quantize(COLOURS).save(PICTURES / name, optimize=True)


async def chat(page: Any) -> None:
    """Take the chat, while somebody types a command."""
    await says(page, "/board")
    await page.keyboard.type("/resource find sta")
    await page.locator("#choices [role=option]", has_text="Statistics").wait_for()
    keep("page-chat.png", await page.screenshot())


async def phone(page: Any) -> None:
    """Take an answer on a phone: in the chat, as on Discord, as on Slack."""
    await says(page, "/progress")
    entry = page.locator("#log .entry").last
    await page.locator("#log").evaluate(TO_LAST)
    shots = [await page.screenshot()]
    for platform in ("Discord", "Slack"):
        await entry.get_by_role("button", name=platform, exact=True).click()
        await page.locator("#log").evaluate("log => log.scrollTo(0, log.scrollHeight)")
        shots.append(await page.screenshot())
    keep("page-phone.png", *shots)


async def organiser(page: Any, address: str) -> None:
    """Take the organiser's page."""
    await page.goto(f"{address}organiser")
    await page.locator("svg").first.wait_for()
    keep("page-organiser.png", await page.screenshot())


async def sit(page: Any, address: str) -> None:
    """Be Ada, whose past is the longest."""
    await page.add_init_script("""localStorage.setItem("stepwise-seat", '{"name": "Ada"}')""")
    await page.goto(address)
    await page.wait_for_selector("#clock:not([hidden])", state="attached")


async def main() -> None:
    """Let the demo live and take its pictures."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(database_url=f"sqlite:///{folder}/demo.db", files_dir=Path(folder), web_port=0)
        async with playing(settings, print) as there, async_playwright() as playwright:
            (presence,) = there
            assert isinstance(presence, WebPresence)
            browser = await playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            wide = await browser.new_page(viewport=WIDE, color_scheme="light", reduced_motion="reduce")
            narrow = await browser.new_page(viewport=PHONE, color_scheme="dark", reduced_motion="reduce")
            await sit(wide, presence.address)
            await chat(wide)
            await organiser(wide, presence.address)
            await sit(narrow, presence.address)
            await phone(narrow)
            await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
