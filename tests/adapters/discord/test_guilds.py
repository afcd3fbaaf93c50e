"""Servers take the bot in, send it away, take it back, or cannot be reached for a while."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from adapters.discord.client import Shards
from adapters.discord.service import Presence
from bot.models import Place
from bot.services.comings import Comings
from bot.wiring import House
from tests.adapters.discord.conftest import living
from tests.adapters.discord.virtual_time import until
from tests.clock import ManualClock
from tests.fakes.discord.deadline import soon
from tests.fakes.discord.guilds import Guild
from tests.fakes.discord.heard import Heard
from tests.fakes.discord.messages import Message, walk
from tests.fakes.discord.server import FakeDiscord

TEXT = 10
WELCOME, BACK = "Hello, I am Stepwise", "Welcome back"


def place(guild: Guild) -> Place:
    return Place("discord", guild.id)


async def joins(world: FakeDiscord, name: str = "Club", *, by: str = "olga", told: bool = True) -> Guild:
    """Let somebody take the bot into a server that olga owns; `told`: the bot may see who it was."""
    club = world.new_guild(name, present=False)
    lobby = club.channel("lobby")
    club.system_channel = lobby.id
    if told:
        club.lets_bot("view_audit_log")
    club.member("olga", admin=True)
    club.invites_bot(by=club.member(by, admin=True))
    return club


async def direct(world: FakeDiscord, name: str) -> Message:
    """Return what somebody was told privately."""
    await world.until(lambda: world.dms(name), f"{name} was not told.")
    (message,) = world.dms(name)
    return message


async def leaves(house: House, guild: Guild) -> None:
    guild.removes_bot()
    await soon(said_goodbye(house, guild))


async def said_goodbye(house: House, guild: Guild) -> None:
    while True:
        if await is_gone(house, guild):
            return
        await asyncio.sleep(0)


async def is_gone(house: House, guild: Guild) -> bool:
    """Say whether the house thinks that it is not in this server any more."""
    return {one.place: gone for one, gone in await house.store.communities.of("discord")}[place(guild)]


class TestWelcome:
    async def test_goes_to_who_took_the_bot_in(self, presence: Presence, world: FakeDiscord) -> None:
        await joins(world, by="ada")
        message = await direct(world, "ada")
        assert WELCOME in message.text
        assert "taking me into **Club**" in message.text
        assert world.dms("olga") == []

    async def test_goes_to_the_owner_where_nobody_says_who_it_was(self, presence: Presence, world: FakeDiscord) -> None:
        await joins(world, by="ada", told=False)
        assert WELCOME in (await direct(world, "olga")).text
        assert world.dms("ada") == []
        assert world.asked("GET", "/audit-logs") == []

    async def test_goes_to_the_owner_when_the_log_fails(self, presence: Presence, world: FakeDiscord) -> None:
        world.faults.fail("GET /guilds/*/audit-logs*", status=403, body={"code": 50013, "message": "no"})
        await joins(world, by="ada")
        assert WELCOME in (await direct(world, "olga")).text

    async def test_goes_to_the_owner_when_the_other_takes_no_messages(
        self, presence: Presence, world: FakeDiscord
    ) -> None:
        world.user("ada").takes_dms = False
        await joins(world, by="ada")
        assert WELCOME in (await direct(world, "olga")).text

    async def test_goes_to_the_servers_own_channel_when_nobody_takes_messages(
        self, presence: Presence, world: FakeDiscord
    ) -> None:
        world.user("ada").takes_dms = world.user("olga").takes_dms = False
        club = await joins(world, by="ada")
        await world.until(lambda: world.channel_messages(club.channel("lobby")))
        (message,) = world.channel_messages(club.channel("lobby"))
        assert WELCOME in message.text
        assert world.dms("ada") == world.dms("olga") == []

    @pytest.mark.parametrize("channel", ["none", "closed", "gone"])
    async def test_goes_nowhere_when_nothing_is_open(
        self, channel: str, presence: Presence, world: FakeDiscord, house: House, caplog: pytest.LogCaptureFixture
    ) -> None:
        world.user("olga").takes_dms = False
        club = world.new_guild("Club", present=False)
        club.member("olga", admin=True)
        if channel == "closed":
            lobby = club.channel("lobby")
            lobby.denies("send_messages")
            club.system_channel = lobby.id
        elif channel == "gone":
            club.system_channel = "123456789012345678"
        club.invites_bot()
        await world.until(lambda: any(one.status == 403 for one in world.asked("POST")))
        await joins(world, "Second", by="grace")
        assert WELCOME in (await direct(world, "grace")).text
        assert "Traceback" not in caplog.text
        assert await house.store.communities.find(place(club)) is not None

    async def test_comes_once_over_restarts(self, house: House, world: FakeDiscord) -> None:
        async with living(house, world):
            await joins(world)
            await direct(world, "olga")
        async with living(house, world):
            pass
        assert len(world.dms("olga")) == 1

    async def test_leaves_out_servers_that_were_there_before_our_memory(self, house: House, world: FakeDiscord) -> None:
        old = world.guild("Old")
        async with living(house, world) as there:
            await comparing(there)
            assert await house.store.communities.find(place(old)) is not None
        assert world.asked("POST", "/messages") == []

    async def test_comes_late_when_nobody_listened(
        self, house: House, world: FakeDiscord, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        yesterday = (house.dispatcher.clock.now() - timedelta(hours=5)).isoformat()
        monkeypatch.setattr("tests.fakes.discord.users.JOINED", yesterday)
        await joins(world, by="ada")
        async with living(house, world):
            assert WELCOME in (await direct(world, "ada")).text

    @pytest.mark.parametrize(
        "name", ["**@everyone**", "<@123456789012345678> & co", "[free](https://evil.example)", "a\n# b", "x" * 100]
    )
    async def test_takes_no_harm_from_a_name(self, name: str, presence: Presence, world: FakeDiscord) -> None:
        await joins(world, name)
        message = await direct(world, "olga")
        assert message.body["allowed_mentions"] == {"parse": []}
        words = "".join(one["content"] for one in walk(message.body["components"]) if one["type"] == TEXT)
        for bad in ("@everyone", "<@1", "](https://evil", "\n# b"):
            assert bad not in words
        shown = name.replace("\n", " ")[:80]
        assert bare(shown) in bare(message.text)


def bare(words: str) -> str:
    """Leave out what keeps Discord from making more of a text than it says."""
    return words.replace("\u200b", "").replace("<", "").replace(">", "")


async def comparing(there: Presence) -> None:
    """Wait until the bot has compared what it knows with where it is."""
    assert there.bot.guild_watch is not None
    await there.bot.guild_watch.compare()


class TestSetMeUp:
    async def test_in_a_direct_message(self, presence: Presence, world: FakeDiscord) -> None:
        club = await joins(world)
        heard = await club.member("olga").sees(await direct(world, "olga")).press("Set me up")
        assert "any channel of **Club**" in heard.text
        page = await club.member("olga").types(club.channel("lobby"), "/setup")
        assert "Time zone" in page.text

    async def test_in_the_servers_own_channel(self, presence: Presence, world: FakeDiscord) -> None:
        world.user("olga").takes_dms = False
        club = await joins(world)
        await world.until(lambda: world.channel_messages(club.channel("lobby")))
        (message,) = world.channel_messages(club.channel("lobby"))
        page = await club.member("olga").sees(message).press("Set me up")
        assert "These make it yours" in page.text
        assert page.ephemeral
        refused = await club.member("ada").sees(message).press("Set me up")
        assert "Only the organisers" in refused.text
        assert refused.ephemeral

    async def test_months_later(self, house: House, world: FakeDiscord, clock: ManualClock) -> None:
        async with living(house, world):
            club = await joins(world)
            message = await direct(world, "olga")
        clock.advance(days=200)
        async with living(house, world):
            heard = await club.member("olga").sees(message).press("Set me up")
        assert "any channel of **Club**" in heard.text


class TestGoodbye:
    async def test_is_remembered_and_taken_back(self, presence: Presence, house: House, world: FakeDiscord) -> None:
        club = await joins(world)
        await direct(world, "olga")
        await leaves(house, club)
        club.invites_bot(by=club.member("olga"))
        await world.until(lambda: len(world.dms("olga")) == 2)
        back = world.dms("olga")[1]
        assert BACK in back.text
        assert "Good to be back in **Club**" in back.text
        assert not await is_gone(house, club)
        heard: Heard = await club.member("olga").sees(back).press("See how I am set up")
        assert "any channel of **Club**" in heard.text

    async def test_is_for_good_after_thirty_days(
        self, presence: Presence, house: House, world: FakeDiscord, clock: ManualClock
    ) -> None:
        club = await joins(world)
        await direct(world, "olga")
        await leaves(house, club)
        comings = house.services.get(Comings)
        clock.advance(days=29)
        assert await comings.sweep() == 0
        clock.advance(days=2)
        assert await comings.sweep() == 1
        assert await house.store.communities.find(place(club)) is None
        club.invites_bot(by=club.member("olga"))
        await world.until(lambda: len(world.dms("olga")) == 2)
        assert WELCOME in world.dms("olga")[1].text

    async def test_while_nobody_listened(self, house: House, world: FakeDiscord) -> None:
        async with living(house, world):
            club, lab = await joins(world), world.guild("Lab")
            await world.until(lambda: len(world.dms("olga")) == 2)
        club.present = False
        async with living(house, world) as there:
            await comparing(there)
            assert await is_gone(house, club)
            assert not await is_gone(house, lab)

    async def test_is_forgiven_when_the_server_came_back_while_nobody_listened(
        self, house: House, world: FakeDiscord
    ) -> None:
        async with living(house, world):
            club = await joins(world)
            await direct(world, "olga")
            await leaves(house, club)
        club.present = True
        async with living(house, world) as there:
            await comparing(there)
            assert not await is_gone(house, club)


class TestAnOutage:
    async def test_is_no_goodbye(self, presence: Presence, house: House, world: FakeDiscord) -> None:
        club = await joins(world)
        await direct(world, "olga")
        club.goes_away()
        await until(lambda: presence.poster.is_away(place(club)))
        await comparing(presence)
        assert not await is_gone(house, club)
        club.comes_back()
        ada = club.member("ada")
        assert "ada" in (await ada.types(club.channel("lobby"), "/start")).text
        assert not presence.poster.is_away(place(club))
        assert len(world.dms("olga")) == 1

    async def test_at_the_start_is_no_goodbye(self, house: House, world: FakeDiscord) -> None:
        async with living(house, world):
            club = await joins(world)
            await direct(world, "olga")
        club.available = False
        async with living(house, world) as there:
            await comparing(there)
            assert not await is_gone(house, club)
            club.comes_back()
            ada = club.member("ada")
            assert "ada" in (await ada.types(club.channel("lobby"), "/start")).text
        assert len(world.dms("olga")) == 1

    async def test_delays_the_welcome(self, house: House, world: FakeDiscord) -> None:
        club = world.new_guild("Club")
        club.member("olga", admin=True)
        club.available = False
        async with living(house, world) as there:
            await comparing(there)
            assert world.dms("olga") == []
            club.comes_back()
            assert WELCOME in (await direct(world, "olga")).text


class TestSeveralProcesses:
    async def test_each_judges_its_own_servers(self, house: House, world: FakeDiscord) -> None:
        rooms = [world.guild(f"Room {number}") for number in range(8)]
        for shard in (0, 1):
            async with living(house, world, Shards((shard,), 2)) as there:
                await comparing(there)
                assert len(there.bot.guilds) == 4
        assert [await is_gone(house, one) for one in rooms] == [False] * 8

    async def test_and_finds_out_who_left(self, house: House, world: FakeDiscord) -> None:
        rooms = [world.guild(f"Room {number}") for number in range(4)]
        async with living(house, world) as there:
            await comparing(there)
        first, second = rooms[:2]
        assert {(int(one.id) >> 22) % 2 for one in (first, second)} == {0, 1}
        first.present = second.present = False
        async with living(house, world, Shards(((int(first.id) >> 22) % 2,), 2)) as there:
            await comparing(there)
        assert await is_gone(house, first)
        assert not await is_gone(house, second)
