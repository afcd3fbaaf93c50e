"""A world with one guild, somebody in it, and a bare bot that is logged in."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.clock import ManualClock
from tests.fakes.discord.bare_bot import (
    COMMANDS,
    Bot,
    running,
)
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.guilds import Guild
from tests.fakes.discord.people import Member
from tests.fakes.discord.server import FakeDiscord


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def world(clock: ManualClock) -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord(now=clock.monotonic) as opened:
        with opened.redirected():
            yield opened


@pytest.fixture
def guild(world: FakeDiscord) -> Guild:
    return world.guild("Lab")


@pytest.fixture
def channel(guild: Guild) -> Channel:
    return guild.channel("general")


@pytest.fixture
def ada(guild: Guild) -> Member:
    return guild.member("ada")


@pytest.fixture
async def bot(world: FakeDiscord, channel: Channel) -> AsyncIterator[Bot]:
    async with running(world) as started:
        assert started.application_id is not None
        await started.http.bulk_upsert_global_commands(started.application_id, COMMANDS)
        yield started
