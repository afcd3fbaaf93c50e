"""A real browser, the whole bot behind the page, and a judge of how well everybody can use it."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import shutil
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from adapters.web.hall import Scene
from adapters.web.people import CHANNELS, HERE, Seat
from adapters.web.service import Account, WebPresence, on_web
from bot.authoring.corner import Corner
from bot.platforms import previews, reporting
from bot.services.comings import Comings
from bot.wiring import House, reload_content
from tests.conftest import SMALL_PACK

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
MILLISECONDS = 30_000
SECONDS = 240.0


def chromium() -> str:
    """Return where Chromium is, or skip with the reason."""
    if importlib.util.find_spec("playwright") is None:
        pytest.skip("playwright is not installed: pip install playwright")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("there is no Chromium here: apt-get install chromium")
    return found


def axe() -> str:
    """Return the source of axe, or skip with the reason."""
    package = importlib.util.find_spec("axe_playwright_python")
    folders = (package.submodule_search_locations or ()) if package else ()
    found = next((path for folder in folders for path in sorted(Path(folder).rglob("axe.min.js"))), None)
    if found is None:
        pytest.skip("axe is not installed: pip install axe-playwright-python")
    return found.read_text("utf-8")


@dataclass(slots=True)
class Site:
    """The page over the whole bot, with the author's corner."""

    house: House
    presence: WebPresence
    corner: Corner
    pack: Path

    @property
    def address(self) -> str:
        return self.presence.address


@pytest.fixture
async def site(house: House, tmp_path: Path) -> AsyncIterator[Site]:
    chromium()
    pack = Path(shutil.copytree(SMALL_PACK, tmp_path / "pack"))
    clock, who = house.dispatcher.clock, Seat("author", organiser=True)
    speaker = who.speaker(CHANNELS[0], "Lab")
    corner = Corner([pack], lambda: clock.now().date(), house.dispatcher, speaker, lambda: reload_content(house))
    scene = Scene("Lab", ("Ada",), previews=previews(), reporter=reporting(house).report, author=corner)
    door, shelf = house.services.get(Comings), house.store.secrets
    await house.store.communities.enter(HERE, "Lab")
    async with on_web(Account(port=0), house.dispatcher, door, shelf, scene, lambda _: None) as presence:
        yield Site(house, presence, corner, pack)


Opening = Callable[..., Coroutine[Any, Any, Any]]


@pytest.fixture
async def windows() -> AsyncIterator[Opening]:
    """Open addresses in windows of their own; what the browser complains about unforeseen fails the test."""
    from playwright.async_api import async_playwright

    troubles: list[str] = []
    async with AsyncExitStack() as stack:
        playwright = await stack.enter_async_context(async_playwright())
        browser = await playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        stack.push_async_callback(browser.close)

        async def window(
            address: str, *, width: int = 1200, height: int = 800, dark: bool = False, foreseen: str = "\0"
        ) -> Any:
            context = await browser.new_context(
                viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
            )
            page = await context.new_page()
            page.set_default_timeout(MILLISECONDS)
            page.on("pageerror", lambda error: troubles.append(str(error)))
            page.on(
                "console",
                lambda said: troubles.append(said.text) if said.type == "error" and foreseen not in said.text else None,
            )
            await page.goto(address)
            return page

        async with asyncio.timeout(SECONDS):
            yield window
    assert troubles == []


@pytest.fixture
def opens(site: Site, windows: Opening) -> Opening:
    """Open a page of the site."""

    async def window(path: str = "", **how: Any) -> Any:
        return await windows(f"{site.address}{path}", **how)

    return window


async def says(page: Any, line: str) -> Any:
    """Type a line and return the answer."""
    count = await page.locator("#log article").count()
    await page.fill("#line", line)
    await page.keyboard.press("Enter")
    answer = page.locator("#log article").nth(count)
    await answer.wait_for()
    return answer


async def serious(page: Any) -> list[str]:
    """Let axe look at a page; return what it finds serious or worse."""
    await page.evaluate(axe())
    found = await page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {one['help']} ({node['target']}: {node.get('failureSummary', '')})"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]
