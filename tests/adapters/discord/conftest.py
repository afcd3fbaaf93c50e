"""A house on a loopback Discord: an unmodified discord.py in between."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.discord.service import Account, Presence, on_discord
from bot.services.comings import Comings
from bot.wiring import House
from tests.fakes.discord.server import FakeDiscord


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
async def living(house: House, world: FakeDiscord) -> AsyncIterator[Presence]:
    """Let the bot live on the loopback Discord until the end of the block."""
    account = Account(world.token, world.api_url, world.gateway_url)
    async with on_discord(account, house.dispatcher, house.services.get(Comings), house.store.secrets) as presence:
        presence.bot._connection.guild_ready_timeout = 0.05
        listening = asyncio.ensure_future(presence.stay())
        try:
            await presence.bot.wait_until_ready()
            yield presence
        finally:
            listening.cancel()


@pytest.fixture
async def presence(house: House, world: FakeDiscord) -> AsyncIterator[Presence]:
    world.guild("Lab").channel("general")
    async with living(house, world) as there:
        yield there
