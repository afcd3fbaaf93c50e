"""The page over a small house, and people who open it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest

from adapters.web.hall import Preview, Scene
from adapters.web.service import Account, WebPresence, on_web
from bot.core.dispatch import Dispatcher
from bot.models import Place
from tests.adapters.web.tabs import Tab
from tests.clock import ManualClock
from tests.core.samples import ALL, Diary
from tests.house import small_house


@dataclass(slots=True)
class Keeper:
    """A door at which nobody new is welcomed."""

    async def arrived(self, place: Place, name: str) -> None:
        """Take note of nothing."""

    async def left(self, place: Place) -> None:
        """Take note of nothing."""

    async def seen(self, platform: str, here: object, served: object) -> tuple[Place, ...]:
        """Nothing happened."""
        return ()


PREVIEWS = {"Paper": Preview(lambda reply, private: {"private": private}, lambda form: {"title": form.title})}
SCENE = Scene("Lab", cast=("Ada", "Grace"), previews=PREVIEWS)
HERE = Account(port=0)
Opening = Callable[..., Awaitable[Tab]]


@pytest.fixture
def diary() -> Diary:
    opened = Diary()
    opened.gate.set()
    return opened


@pytest.fixture
async def dispatcher(tmp_path: Path, clock: ManualClock, diary: Diary) -> AsyncIterator[Dispatcher]:
    async with small_house(tmp_path, ALL, clock, diary, strict=False) as opened:
        yield opened


@asynccontextmanager
async def open_page(
    dispatcher: Dispatcher, account: Account = HERE, scene: Scene = SCENE
) -> AsyncIterator[WebPresence]:
    """Open the page over this house."""
    async with on_web(account, dispatcher, Keeper(), dispatcher.store.secrets, scene, lambda _: None) as there:
        yield there


@pytest.fixture
async def page(dispatcher: Dispatcher) -> AsyncIterator[WebPresence]:
    async with open_page(dispatcher) as there:
        yield there


@asynccontextmanager
async def browser(address: str) -> AsyncIterator[aiohttp.ClientSession]:
    """Open a browser that keeps cookies, also those of an address without a name."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        async with session.get(address) as answer:
            await answer.read()
        yield session


@pytest.fixture
async def opens(page: WebPresence) -> AsyncIterator[Opening]:
    """Open the page in a browser of somebody's own."""
    async with AsyncExitStack() as stack:

        async def tab(
            name: str = "ada", *, organiser: bool = False, session: aiohttp.ClientSession | None = None
        ) -> Tab:
            own = session if session is not None else await stack.enter_async_context(browser(page.address))
            opened = await stack.enter_async_context(
                own.ws_connect(f"{page.address}socket", headers={"Origin": page.address.rstrip("/")})
            )
            found = Tab(own, opened, page.address)
            await found.sits(name, organiser=organiser)
            return found

        yield tab


@pytest.fixture
async def ada(opens: Opening) -> Tab:
    return await opens("Ada")
