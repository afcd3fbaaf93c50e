"""A world with one guild, somebody in it, and a bare bot that is logged in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.clock import ManualClock
from tests.fakes.discord.bare_bot import COMMANDS, Bot, running
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.deadline import end_in_time
from tests.fakes.discord.guilds import Guild
from tests.fakes.discord.heartbeats import all_hearts_stopped
from tests.fakes.discord.people import Member
from tests.fakes.discord.server import FakeDiscord


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let no test of this folder wait for ever."""
    end_in_time(item)


@pytest.fixture(autouse=True)
def _no_heart_beats_on() -> Iterator[None]:
    yield
    assert all_hearts_stopped()


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
