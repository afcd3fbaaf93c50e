"""A post is found again by the mark that it carries, however long ago it was sent, and nothing else is taken for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from adapters.discord.breaker import Breaker
from adapters.discord.looking import LARGEST, PAGE, SMALLEST, mark_of
from adapters.discord.mentions import Mentions
from adapters.discord.pacer import Pacer
from adapters.discord.posting import DiscordPoster
from adapters.discord.service import Presence
from adapters.discord.wire import Wire
from bot.core.markup import md
from bot.core.outgoing import CanLook, PostFailed, Target, Trouble
from bot.core.reply import Reply
from bot.models import Place
from tests.adapters.discord.virtual_time import HastyTime, until
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.server import FakeDiscord

HELLO, KEY = Reply(md("Hello everybody"), title="News"), "1/challenge/20260302T080000Z"
HISTORY = "GET /channels/*/messages"


@dataclass
class Scene:
    """A channel, and the poster that looks into it."""

    world: FakeDiscord
    channel: Channel
    poster: DiscordPoster

    @property
    def target(self) -> Target:
        return Target(Place("discord", self.channel.home.id), self.channel.id)

    async def posts(self, key: str = KEY) -> str:
        return await self.poster.post(self.target, HELLO, key)

    async def finds(self, key: str = KEY, ago: timedelta = timedelta(hours=1)) -> str | None:
        return await self.poster.find(self.target, key, HELLO, datetime.now(UTC) - ago)

    async def trouble(self) -> Trouble:
        with pytest.raises(PostFailed) as caught:
            await self.finds()
        return caught.value.trouble

    def chatter(self, number: int) -> None:
        """Let a member write so many messages."""
        ada = self.channel.home.member("ada")
        for _ in range(number):
            ada.says(self.channel, "hello")


@pytest.fixture
def scene(world: FakeDiscord, presence: Presence) -> Scene:
    hasty = HastyTime()
    wire = Wire(presence.bot.http, Pacer(hasty, Breaker(hasty)), hasty, answer_within=0.3)
    channel = world.guild("Lab").channel("general")
    return Scene(world, channel, DiscordPoster(wire, presence.bot.get_guild, Mentions()))


async def test_a_post_is_found_by_its_key(scene: Scene) -> None:
    assert isinstance(scene.poster, CanLook)
    number = await scene.posts()
    await scene.posts("another")
    scene.chatter(3)
    assert await scene.finds() == number
    assert await scene.finds("never posted") is None


async def test_a_post_whose_answer_was_lost_is_found(scene: Scene) -> None:
    scene.world.faults.lose_after("POST /channels/*/messages", 99)
    with pytest.raises(PostFailed):
        await scene.posts()
    (message,) = scene.world.channel_messages(scene.channel)
    assert await scene.finds() == message.id


async def test_nothing_is_found_where_nothing_arrived(scene: Scene) -> None:
    assert await scene.finds() is None
    scene.chatter(2)
    assert await scene.finds() is None


async def test_what_somebody_else_wrote_is_not_taken_for_it(scene: Scene) -> None:
    await scene.posts()
    scene.world.channel_messages(scene.channel)[0].author = scene.channel.home.member("ada").user
    assert await scene.finds() is None


async def test_it_looks_back_as_far_as_it_is_told_and_no_further(scene: Scene) -> None:
    number = await scene.posts()
    scene.chatter(2 * PAGE)
    assert await scene.finds() == number
    assert len(scene.world.asked("GET", "/messages")) == 3
    assert await scene.finds(ago=-timedelta(hours=1)) is None, "one page, if the clock is wrong"
    assert len(scene.world.asked("GET", "/messages")) == 4


async def test_who_may_not_read_the_past_does_not_take_it_for_empty(scene: Scene) -> None:
    await scene.posts()
    scene.channel.denies("read_message_history")
    assert await scene.trouble() is Trouble.FORBIDDEN
    scene.channel.allows("read_message_history")
    assert await scene.finds()


async def test_too_many_messages_are_no_answer(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.discord.looking.MOST_PAGES", 2)
    scene.chatter(2 * PAGE)
    assert await scene.trouble() is Trouble.LATER


@pytest.mark.parametrize("how", ["vanishes", "denied", "faults"])
async def test_trouble_is_told(scene: Scene, how: str) -> None:
    if how == "vanishes":
        scene.channel.vanishes()
    elif how == "denied":
        scene.channel.denies("view_channel")
    else:
        scene.world.faults.fail(HISTORY, status=503, times=9)
    expected = {"vanishes": Trouble.GONE, "denied": Trouble.FORBIDDEN, "faults": Trouble.LATER}
    assert await scene.trouble() is expected[how]


async def test_a_server_with_an_outage_is_asked_later(scene: Scene) -> None:
    scene.channel.home.goes_away()
    await until(lambda: scene.poster.is_away(scene.target.place))
    assert await scene.trouble() is Trouble.LATER


def test_marks_fit_into_what_discord_takes_and_differ() -> None:
    marks = [mark_of("1", "2", str(number)) for number in range(1000)]
    assert len(set(marks)) == 1000
    assert all(SMALLEST <= mark <= LARGEST for mark in marks)
