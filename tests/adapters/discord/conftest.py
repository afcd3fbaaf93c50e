"""A house on a loopback Discord: an unmodified discord.py in between."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.discord.client import DiscordBot, Shards
from adapters.discord.service import Account, Presence, on_discord
from bot.core.dispatch import Dispatcher
from bot.core.outgoing import Doorkeeper
from bot.core.reply import Reply
from bot.models import Place
from bot.services.comings import Comings
from bot.wiring import House
from tests.adapters.discord.mishaps import MISHAPS
from tests.adapters.discord.simulated import Apart, set_apart
from tests.clock import ManualClock
from tests.core.samples import Diary
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.deadline import end_in_time, soon
from tests.fakes.discord.heartbeats import all_hearts_stopped
from tests.fakes.discord.people import Member
from tests.fakes.discord.server import FakeDiscord
from tests.house import small_house

log = logging.getLogger(__name__)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let no test of this folder wait for ever."""
    end_in_time(item)


@pytest.fixture(autouse=True)
def _no_heart_beats_on() -> Iterator[None]:
    yield
    assert all_hearts_stopped()


@pytest.fixture(autouse=True)
def _own_addresses() -> Iterator[None]:
    """Put the addresses of discord.py back, which are settings of its classes."""
    base, gateway = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    yield
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = base, gateway


@pytest.fixture
async def world() -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord() as started:
        yield started


@asynccontextmanager
async def living(house: House, world: FakeDiscord, shards: Shards | None = None) -> AsyncIterator[Presence]:
    """Let the bot live on the loopback Discord until the end of the block."""
    async with listening(house.dispatcher, house.services.get(Comings), world, shards) as presence:
        yield presence


@asynccontextmanager
async def listening(
    dispatcher: Dispatcher,
    door: Doorkeeper,
    world: FakeDiscord,
    shards: Shards | None = None,
    tell: Callable[[str], None] = log.info,
) -> AsyncIterator[Presence]:
    """Let a dispatcher listen on the loopback Discord until the end of the block."""
    account = Account(world.token, world.api_url, world.gateway_url, shards)
    async with on_discord(account, dispatcher, door, dispatcher.store.secrets, tell) as presence:
        presence.bot._connection.guild_ready_timeout = 0.05
        staying = asyncio.ensure_future(presence.stay())
        try:
            await until_ready(presence, staying)
            yield presence
        finally:
            staying.cancel()
            await asyncio.wait({staying}, timeout=5)


async def until_ready(presence: Presence, staying: asyncio.Future[None]) -> None:
    """Wait until the bot knows where it is; whatever ends its stay before that is told here."""
    ready = asyncio.ensure_future(presence.bot.wait_until_ready())
    try:
        await soon(asyncio.wait({ready, staying}, return_when=asyncio.FIRST_COMPLETED))
        if not ready.done():
            staying.result()
            raise AssertionError("It left before it was ready.")
    finally:
        ready.cancel()


@pytest.fixture
async def presence(house: House, world: FakeDiscord) -> AsyncIterator[Presence]:
    world.guild("Lab").channel("general")
    async with living(house, world) as there:
        yield there


@pytest.fixture
async def apart(house: House, clock: ManualClock) -> AsyncIterator[Apart]:
    async with set_apart(house, clock) as dispatcher:
        yield dispatcher


@pytest.fixture
def diary() -> Diary:
    return Diary()


@pytest.fixture
async def small(tmp_path: Path, clock: ManualClock, diary: Diary) -> AsyncIterator[Dispatcher]:
    """Open a house with the sample commands, and some that go wrong."""
    async with small_house(tmp_path, MISHAPS, clock, diary, strict=False) as opened:
        yield opened


@pytest.fixture
async def trial(small: Dispatcher, world: FakeDiscord) -> AsyncIterator[DiscordBot]:
    """Let the small house live on Discord."""
    world.guild("Lab").channel("general")
    async with listening(small, Quiet(), world) as there:
        yield there.bot


class Quiet:
    """Keeps the door and says nothing."""

    async def arrived(self, place: Place, name: str) -> Reply | None:
        return None

    async def left(self, place: Place) -> None:
        return None

    async def seen(self, platform: str, here: Collection[Place], served: Callable[[Place], bool]) -> Sequence[Place]:
        return ()


@pytest.fixture
def general(world: FakeDiscord) -> Channel:
    return world.guild("Lab").channel("general")


@pytest.fixture
def ada(world: FakeDiscord) -> Member:
    return world.guild("Lab").member("ada")
