"""What is posted by itself, on Discord: set up there, posted there, and what the organiser hears when it cannot be."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from adapters.discord.breaker import Breaker
from adapters.discord.mentions import Mentions
from adapters.discord.pacer import Pacer
from adapters.discord.posting import DiscordPoster
from adapters.discord.service import Presence
from adapters.discord.wire import Wire
from bot.models import Place
from bot.scheduler.runner import Runner
from bot.wiring import House, posting_by
from tests.adapters.discord.virtual_time import HastyTime, until
from tests.clock import ManualClock
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.guilds import Guild
from tests.fakes.discord.server import FakeDiscord

# The clock of the tests stands on a Saturday morning.
UNTIL_MONDAY = {"days": 2.0, "minutes": 5.0}
Posting = Callable[..., Awaitable[None]]


@pytest.fixture
def lab(world: FakeDiscord) -> Guild:
    found = world.guild("Lab")
    found.member("olga", admin=True)
    return found


@pytest.fixture
def weekly(lab: Guild) -> Channel:
    return lab.channel("weekly")


@pytest.fixture
def runner(presence: Presence, house: House) -> Runner:
    """Post as the bot does, but without waiting between two tries."""
    hasty = HastyTime()
    wire = Wire(presence.bot.http, Pacer(hasty, Breaker(hasty)), hasty)
    return posting_by(house, DiscordPoster(wire, presence.bot.get_guild, Mentions()))


@pytest.fixture
async def later(runner: Runner, clock: ManualClock) -> Posting:
    """Let time pass, and then whatever is due be posted."""

    async def pass_by(**time: float) -> None:
        clock.advance(**time)
        await runner.once()

    return pass_by


async def is_set_up(lab: Guild, weekly: Channel, later: Posting) -> None:
    page = await lab.member("olga").types(lab.channel("general"), "/setup", channel=weekly, zone="UTC")
    assert page.ephemeral
    await later()


def heard_of_trouble(world: FakeDiscord) -> list[str]:
    """Return what the organiser was told of posts that did not go out."""
    return [one.text for one in world.dms("olga") if "A post did not go out" in one.text]


async def test_a_challenge_comes_every_week(lab: Guild, weekly: Channel, later: Posting, world: FakeDiscord) -> None:
    await is_set_up(lab, weekly, later)
    await later(**UNTIL_MONDAY)
    (first,) = world.channel_messages(weekly)
    data = await lab.member("ada").sees(first).press("Get my data")
    assert data.ephemeral
    assert data.files
    await later()
    assert len(world.channel_messages(weekly)) == 1
    await later(days=7)
    assert len({one.text for one in world.channel_messages(weekly)}) >= 2
    assert world.invalid_requests == 0
    assert all(one.status < 300 for one in world.asked("POST", "/messages"))


@pytest.mark.parametrize("what", ["deleted", "forbidden"])
async def test_a_channel_that_takes_no_posts_is_told_of_once(
    what: str, lab: Guild, weekly: Channel, later: Posting, world: FakeDiscord
) -> None:
    await is_set_up(lab, weekly, later)
    if what == "deleted":
        weekly.vanishes()
    else:
        weekly.denies("send_messages")
    await later(**UNTIL_MONDAY)
    assert heard_of_trouble(world) == []  # one failure proves nothing
    for minutes in (6, 61, 185):
        await later(minutes=minutes)
    assert len(heard_of_trouble(world)) == 1
    if what == "forbidden":
        weekly.allows("send_messages")
        await later(hours=7)
        assert len(world.channel_messages(weekly)) == 1


async def test_an_outage_of_discord_is_nobodys_news(
    presence: Presence, lab: Guild, weekly: Channel, later: Posting, world: FakeDiscord
) -> None:
    await is_set_up(lab, weekly, later)
    place = Place("discord", lab.id)
    lab.goes_away()
    await until(lambda: presence.poster.is_away(place))
    for minutes in (2 * 24 * 60, 6, 61):
        await later(minutes=minutes)
    assert world.channel_messages(weekly) == []
    lab.comes_back()
    await until(lambda: not presence.poster.is_away(place))
    await later(hours=2)
    assert len(world.channel_messages(weekly)) == 1
    assert heard_of_trouble(world) == []


async def test_one_server_s_trouble_is_not_that_of_others(
    presence: Presence, lab: Guild, weekly: Channel, later: Posting, world: FakeDiscord
) -> None:
    await is_set_up(lab, weekly, later)
    club = world.new_guild("Club")
    lounge = club.channel("lounge")
    club.member("olga", admin=True)
    await until(lambda: presence.bot.get_guild(int(club.id)) is not None)
    await is_set_up(club, lounge, later)
    weekly.vanishes()
    await later(**UNTIL_MONDAY)
    assert len(world.channel_messages(lounge)) == 1


async def test_a_channel_where_the_bot_may_not_write_is_refused_at_once(
    lab: Guild, weekly: Channel, later: Posting, world: FakeDiscord
) -> None:
    weekly.denies("send_messages")
    olga, general = lab.member("olga"), lab.channel("general")
    page = await olga.types(general, "/setup", channel=weekly, zone="UTC")
    assert "I may not post in this channel" in page.text
    await later(**UNTIL_MONDAY)
    assert world.asked("POST", f"/channels/{weekly.id}/messages") == []
