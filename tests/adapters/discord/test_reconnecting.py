"""Connections break, sessions end, Discord asks to come back: nothing is missed and nothing is done twice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence

import pytest

from adapters.discord.client import DiscordBot, Shards
from adapters.discord.service import Account, on_discord
from bot.core.dispatch import Dispatcher
from bot.core.reply import Reply
from bot.models import Place
from tests.adapters.discord.conftest import Quiet, listening, until_ready
from tests.core.samples import Diary
from tests.fakes.discord.bell import Bell
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.deadline import soon
from tests.fakes.discord.people import Member
from tests.fakes.discord.server import FakeDiscord


@pytest.fixture(autouse=True)
def _no_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    """Discord lets bots identify once in five seconds; discord.py waits for that long."""

    async def at_once(self: DiscordBot, shard_id: int | None, *, initial: bool = False) -> None:
        return None

    monkeypatch.setattr(DiscordBot, "before_identify_hook", at_once)


class Porter:
    """Writes down who comes and goes."""

    def __init__(self, *, hesitates: int = 0) -> None:
        self.hesitates, self.looking = hesitates, asyncio.Event()
        self.here: set[Place] = set()
        self.stumbles_over: Place | None = None
        self.bell = Bell()
        self.notes: list[tuple[str, Place]] = []

    async def arrived(self, place: Place, name: str) -> Reply | None:
        if place == self.stumbles_over:
            raise RuntimeError("This one is odd.")
        if place not in self.here:
            self.note("came", place)
        self.here.add(place)
        return None

    async def left(self, place: Place) -> None:
        self.here.discard(place)
        self.note("went", place)

    def note(self, what: str, place: Place) -> None:
        self.notes.append((what, place))
        self.bell.ring()

    async def seen(self, platform: str, here: Collection[Place], served: Callable[[Place], bool]) -> Sequence[Place]:
        self.looking.set()
        for _ in range(self.hesitates):  # others come and go while it looks into its book
            await asyncio.sleep(0)
        for place in [one for one in self.here if one not in here and served(one)]:
            await self.left(place)
        return [one for one in here if one not in self.here]


async def begins_anew(world: FakeDiscord, bot: DiscordBot, *, of: int = 1) -> None:
    """Wait until the bot has identified again and has heard of all servers."""
    before = len(world.gateway.seen.identifies)
    ready = asyncio.ensure_future(bot.wait_for("shard_ready"))
    world.gateway.invalidates()
    await world.until(lambda: len(world.gateway.seen.identifies) >= before + of)
    await soon(ready)


async def test_what_happens_while_a_connection_is_away_is_answered(
    trial: DiscordBot, ada: Member, general: Channel, world: FakeDiscord
) -> None:
    world.gateway.asks_to_reconnect()
    await world.until(lambda: not world.gateway.online)
    assert "2026-11-21" in (await ada.types(general, "/today")).text
    assert (len(world.gateway.seen.identifies), len(world.gateway.seen.resumes)) == (1, 1)


async def test_a_replayed_interaction_that_was_answered_is_left_alone(
    trial: DiscordBot, ada: Member, general: Channel, diary: Diary, world: FakeDiscord
) -> None:
    heard = await ada.types(general, "/tick")
    (session,) = world.gateway.online
    world.gateway.drops()
    await world.until(lambda: not world.gateway.online)
    session.emit("INTERACTION_CREATE", heard.interaction.payload)
    await world.until(lambda: len(world.asked("POST", "/callback")) == 2)
    await trial.drain(5)
    assert diary.notes == ["tick"]
    assert heard.also == []


async def test_a_new_session_does_nothing_twice(
    trial: DiscordBot, ada: Member, general: Channel, diary: Diary, world: FakeDiscord
) -> None:
    await begins_anew(world, trial)
    await begins_anew(world, trial)
    assert len(world.asked("PUT", "/commands")) == 1
    assert len(world.asked("GET", "/users/@me")) == 1
    assert world.asked("POST", "/messages") == []
    await ada.types(general, "/tick")
    assert diary.notes == ["tick"]


async def test_it_greets_once(small: Dispatcher, world: FakeDiscord) -> None:
    world.guild("Lab")
    said: list[str] = []
    async with listening(small, Porter(), world, tell=said.append) as there:
        await begins_anew(world, there.bot)
        await begins_anew(world, there.bot)
    assert said == ["Stepwise is on Discord as stepwise#0000, in 1 server."]


class TestServersThatCameOrWentMeanwhile:
    async def test_without_a_session(self, small: Dispatcher, world: FakeDiscord) -> None:
        lab, attic = world.guild("Lab"), world.guild("Attic")
        porter = Porter()
        async with listening(small, porter, world) as there:
            world.gateway.drops()
            await world.until(lambda: not world.gateway.online)
            attic.present = False
            cellar = world.new_guild("Cellar", present=False)
            cellar.present = True
            await begins_anew(world, there.bot)
            await porter.bell.until(lambda: len(porter.notes) == 4, "Somebody was overlooked.")
            assert set(porter.notes[:2]) == {("came", place(lab.id)), ("came", place(attic.id))}
            assert set(porter.notes[2:]) == {("came", place(cellar.id)), ("went", place(attic.id))}
            assert {str(one.id) for one in there.bot.guilds} == {lab.id, cellar.id}

    async def test_with_one_shard_of_several(self, small: Dispatcher, world: FakeDiscord) -> None:
        rooms = [world.guild(f"Room {number}") for number in range(4)]
        porter = Porter()
        async with listening(small, porter, world, Shards((0, 1), 2)) as there:
            lost = next(one for one in world.gateway.online if one.shard == 0)
            gone = next(one for one in rooms if lost.looks_after(one.id))
            gone.present = False
            world.gateway.sessions.pop(lost.id)
            assert lost.wire is not None
            lost.wire.cut()
            await porter.bell.until(lambda: len(porter.notes) == 5, "Somebody was overlooked.")
            assert porter.notes[4:] == [("went", place(gone.id))]
            assert len(there.bot.guilds) == 3

    async def test_one_that_makes_trouble_holds_up_nobody(
        self, small: Dispatcher, world: FakeDiscord, caplog: pytest.LogCaptureFixture
    ) -> None:
        rooms = [world.guild(f"Room {number}") for number in range(3)]
        porter = Porter()
        porter.stumbles_over = place(rooms[0].id)
        async with listening(small, porter, world):
            await porter.bell.until(lambda: len(porter.notes) == 2, "Somebody was overlooked.")
        assert "A server could not be welcomed." in caplog.text

    async def test_nobody_is_greeted_twice(self, small: Dispatcher, world: FakeDiscord) -> None:
        porter = Porter(hesitates=200)
        async with listening(small, porter, world) as there:
            world.gateway.drops()
            await world.until(lambda: not world.gateway.online)
            for number in range(5):
                world.new_guild(f"Guild {number}", present=False).present = True
            await begins_anew(world, there.bot)
            await porter.bell.until(lambda: len(porter.notes) >= 5, "Somebody was overlooked.")
            await begins_anew(world, there.bot)
        assert len(porter.notes) == 5

    async def test_who_comes_in_while_it_compares_is_not_taken_for_gone(
        self, small: Dispatcher, world: FakeDiscord
    ) -> None:
        lab, porter = world.guild("Lab"), Porter(hesitates=2_000)
        async with listening(small, porter, world):
            await soon(porter.looking.wait())
            club = world.new_guild("Club")
            await porter.bell.until(lambda: len(porter.notes) == 2, "Somebody was overlooked.")
        assert set(porter.notes) == {("came", place(lab.id)), ("came", place(club.id))}

    async def test_who_goes_while_it_compares_is_not_welcomed(self, small: Dispatcher, world: FakeDiscord) -> None:
        lab, porter = world.guild("Lab"), Porter(hesitates=2_000)
        async with listening(small, porter, world) as there:
            await soon(porter.looking.wait())
            lab.removes_bot()
            await porter.bell.until(lambda: porter.notes, "Nobody heard of it.")
            await there.bot.drain(5)
        assert porter.notes == [("went", place(lab.id))]


def place(guild: str) -> Place:
    return Place("discord", guild)


@pytest.mark.parametrize("shards", [None, Shards((0,), 1)])
async def test_a_stand_in_for_discord_says_where_the_gateway_is_each_time(
    shards: Shards | None, small: Dispatcher, world: FakeDiscord, ada: Member, general: Channel
) -> None:
    """To begin anew, discord.py would go past the stand-in, to the gateway of Discord itself."""
    own = Account(world.token, world.api_url, shards=shards)
    async with on_discord(own, small, Quiet(), small.store.secrets) as presence:
        presence.bot._connection.guild_ready_timeout = 0.05
        staying = asyncio.ensure_future(presence.stay())
        try:
            await until_ready(presence, staying)
            await begins_anew(world, presence.bot)
            assert "2026-11-21" in (await ada.types(general, "/today")).text
        finally:
            staying.cancel()
