"""What the house sends by itself: once, to where it belongs, and with a plain word when it cannot be."""

from __future__ import annotations

import asyncio

import pytest

from adapters.discord.breaker import Breaker
from adapters.discord.mentions import Mentions
from adapters.discord.pacer import Pacer
from adapters.discord.posting import DiscordPoster
from adapters.discord.service import Presence
from adapters.discord.wire import Wire
from bot.core.markup import md
from bot.core.outgoing import PostFailed, Target, Trouble
from bot.core.reply import Button, File, Reply
from bot.models import Handle, Place
from tests.adapters.discord.virtual_time import HastyTime, until
from tests.fakes.discord.channels import FORUM, Channel
from tests.fakes.discord.guilds import Guild
from tests.fakes.discord.server import FakeDiscord

HELLO = Reply(md("Hello everybody"), title="News", rows=((Button("Tip", "a1:tip.another"),),))
POST = "POST /channels/*/messages"


@pytest.fixture
def lab(world: FakeDiscord) -> Guild:
    return world.guild("Lab")


@pytest.fixture
def general(lab: Guild) -> Channel:
    return lab.channel("general")


@pytest.fixture
def poster(presence: Presence) -> DiscordPoster:
    """Post as the bot does, but without waiting between two tries."""
    hasty = HastyTime()
    wire = Wire(presence.bot.http, Pacer(hasty, Breaker(hasty)), hasty, answer_within=0.3)
    return DiscordPoster(wire, presence.bot.get_guild, Mentions())


def target(channel: Channel) -> Target:
    return Target(Place("discord", channel.home.id), channel.id)


def handle(world: FakeDiscord, name: str) -> Handle:
    return Handle("discord", "", world.user(name).id)


async def trouble(poster: DiscordPoster, where: Target) -> Trouble:
    with pytest.raises(PostFailed) as caught:
        await poster.post(where, HELLO, "week 1")
    return caught.value.trouble


class TestAPost:
    async def test_stands_in_its_channel(self, poster: DiscordPoster, general: Channel, world: FakeDiscord) -> None:
        number = await poster.post(target(general), HELLO, "week 1")
        (message,) = world.channel_messages(general)
        assert (message.id, message.text, message.labels()) == (number, "## News\nHello everybody", ["Tip"])

    async def test_with_the_same_key_comes_once(
        self, poster: DiscordPoster, general: Channel, lab: Guild, world: FakeDiscord
    ) -> None:
        first = await poster.post(target(general), HELLO, "week 1")
        assert await poster.post(target(general), Reply(md("Other words")), "week 1") == first
        assert len(world.channel_messages(general)) == 1
        await poster.post(target(general), HELLO, "week 2")
        await poster.post(target(lab.channel("other")), HELLO, "week 1")
        assert (len(world.channel_messages(general)), len(world.channel_messages(lab.channel("other")))) == (2, 1)

    async def test_with_the_same_key_comes_once_from_two_at_the_same_time(
        self, poster: DiscordPoster, presence: Presence, general: Channel, world: FakeDiscord
    ) -> None:
        posts = (poster, presence.poster)
        numbers = await asyncio.gather(*(one.post(target(general), HELLO, "week 1") for one in posts))
        assert len(set(numbers)) == len(world.channel_messages(general)) == 1

    @pytest.mark.parametrize("status", [500, 502, 503, 504])
    async def test_outlasts_faults(
        self, status: int, poster: DiscordPoster, general: Channel, world: FakeDiscord
    ) -> None:
        world.faults.fail(POST, status=status, times=3)
        await poster.post(target(general), HELLO, "week 1")
        self.came_once(world, general, tries=4)

    @pytest.mark.parametrize("how", ["before", "after", "hang"])
    async def test_outlasts_lost_connections(
        self, how: str, poster: DiscordPoster, general: Channel, world: FakeDiscord
    ) -> None:
        {"before": world.faults.lose_before, "after": world.faults.lose_after, "hang": world.faults.hang}[how](POST, 2)
        await poster.post(target(general), HELLO, "week 1")
        self.came_once(world, general, tries=3)

    def came_once(self, world: FakeDiscord, channel: Channel, *, tries: int) -> None:
        """Say that it took so many tries, all with the same nonce, and that it stands there once."""
        asked = world.asked("POST", f"/channels/{channel.id}/messages")
        # What broke off before it was read has no body here.
        bodies = [one.body for one in asked if one.body]
        assert len(asked) == tries
        assert len({one["nonce"] for one in bodies}) == 1
        assert all(one["enforce_nonce"] is True and len(one["nonce"]) <= 25 for one in bodies)
        assert len(world.channel_messages(channel)) == 1

    async def test_whose_fate_is_unknown_says_so(
        self, poster: DiscordPoster, general: Channel, world: FakeDiscord
    ) -> None:
        world.faults.fail(POST, status=503, times=9)
        assert await trouble(poster, target(general)) is Trouble.UNKNOWN
        world.faults.heal()
        await poster.post(target(general), HELLO, "week 1")
        assert len(world.channel_messages(general)) == 1

    async def test_keeps_its_files_over_tries(
        self, poster: DiscordPoster, general: Channel, world: FakeDiscord
    ) -> None:
        world.faults.fail(POST, status=502)
        data = Reply(md("Data"), files=(File("orders.csv", b"1,2"),))
        await poster.post(target(general), data, "week 1")
        assert world.channel_messages(general)[0].files == {"orders.csv": b"1,2"}

    async def test_pings_nobody(self, poster: DiscordPoster, lab: Guild, general: Channel, world: FakeDiscord) -> None:
        role, ada = lab.role("Mentors"), lab.member("ada")
        words = f"@everyone @here {role.mention} {ada.mention} <#{general.id}> </tip:1>"
        await poster.post(target(general), Reply(md("{words}", words=words), title=words), "week 1")
        (asked,) = world.asked("POST", f"/channels/{general.id}/messages")
        assert asked.body["allowed_mentions"] == {"parse": []}
        said = str(asked.body["components"])
        assert not [one for one in ("@everyone", "@here", role.mention, ada.mention) if one in said]


class TestTrouble:
    async def test_a_channel_that_is_gone(self, poster: DiscordPoster, general: Channel) -> None:
        where = target(general)
        general.vanishes()
        assert await trouble(poster, where) is Trouble.GONE

    async def test_a_channel_that_takes_no_messages(self, poster: DiscordPoster, general: Channel) -> None:
        general.becomes(kind=FORUM)
        assert await trouble(poster, target(general)) is Trouble.GONE

    @pytest.mark.parametrize("right", ["send_messages", "view_channel"])
    async def test_a_channel_where_the_bot_may_not_write(
        self, right: str, poster: DiscordPoster, general: Channel, world: FakeDiscord
    ) -> None:
        general.denies(right)
        assert await trouble(poster, target(general)) is Trouble.FORBIDDEN
        assert len(world.asked("POST", "/messages")) == 1
        general.allows(right)
        assert await poster.post(target(general), HELLO, "week 1")

    async def test_a_server_that_sent_the_bot_away(
        self, poster: DiscordPoster, presence: Presence, lab: Guild, general: Channel
    ) -> None:
        lab.removes_bot()
        await until(lambda: not presence.bot.guilds)
        assert await trouble(poster, target(general)) in (Trouble.FORBIDDEN, Trouble.GONE, Trouble.EXPELLED)

    async def test_a_server_with_an_outage(
        self, poster: DiscordPoster, lab: Guild, general: Channel, world: FakeDiscord
    ) -> None:
        lab.goes_away()
        await until(lambda: poster.is_away(target(general).place))
        assert await trouble(poster, target(general)) is Trouble.LATER
        assert world.asked("POST", "/messages") == []
        lab.comes_back()
        await until(lambda: not poster.is_away(target(general).place))
        assert await poster.post(target(general), HELLO, "week 1")

    async def test_a_token_that_was_taken_back(
        self, poster: DiscordPoster, general: Channel, world: FakeDiscord
    ) -> None:
        old, world.token = world.token, "another"
        assert await trouble(poster, target(general)) is Trouble.EXPELLED
        world.token = old

    async def test_too_large_a_file(self, poster: DiscordPoster, lab: Guild, general: Channel) -> None:
        lab.size_limit = 10
        large = Reply(md("Data"), files=(File("orders.csv", b"x" * 11),))
        with pytest.raises(PostFailed) as caught:
            await poster.post(target(general), large, "week 1")
        assert caught.value.trouble is Trouble.REFUSED

    async def test_a_bot_that_is_leaving(self, poster: DiscordPoster, presence: Presence, general: Channel) -> None:
        await presence.leave()
        assert await trouble(poster, target(general)) is Trouble.LATER


class TestAPrivateWord:
    async def test_reaches_its_member(self, poster: DiscordPoster, lab: Guild, world: FakeDiscord) -> None:
        lab.member("ada")
        assert await poster.tell(handle(world, "ada"), HELLO)
        assert await poster.tell(handle(world, "ada"), HELLO)
        assert [one.text for one in world.dms("ada")] == ["## News\nHello everybody"] * 2
        assert len(world.asked("POST", "/users/@me/channels")) == 1

    async def test_does_not_reach_who_takes_none(self, poster: DiscordPoster, lab: Guild, world: FakeDiscord) -> None:
        lab.member("ada").takes_dms(False)
        assert not await poster.tell(handle(world, "ada"), HELLO)
        lab.member("ada").takes_dms()
        assert await poster.tell(handle(world, "ada"), HELLO)

    async def test_does_not_reach_a_stranger(self, poster: DiscordPoster, world: FakeDiscord) -> None:
        assert not await poster.tell(Handle("discord", "", "123456789012345678"), HELLO)

    @pytest.mark.parametrize("pattern", [POST, "POST /users/@me/channels"])
    async def test_outlasts_lost_connections(
        self, pattern: str, poster: DiscordPoster, lab: Guild, world: FakeDiscord
    ) -> None:
        lab.member("ada")
        world.faults.lose_after(pattern)
        world.faults.fail(pattern, status=503)
        assert await poster.tell(handle(world, "ada"), HELLO)
        assert len(world.dms("ada")) == 1

    async def test_says_no_when_discord_does_not_answer(
        self, poster: DiscordPoster, lab: Guild, world: FakeDiscord
    ) -> None:
        lab.member("ada")
        world.faults.fail("POST *", status=503, times=99)
        assert not await poster.tell(handle(world, "ada"), HELLO)


class TestAWordToOrganisers:
    async def test_where_the_bot_is_not(self, poster: DiscordPoster) -> None:
        assert not await poster.tell_organiser(Place("discord", "123456789012345678"), HELLO)

    async def test_goes_to_the_owner(self, poster: DiscordPoster, lab: Guild, world: FakeDiscord) -> None:
        lab.member("olga")
        assert await poster.tell_organiser(Place("discord", lab.id), HELLO)
        assert len(world.dms("olga")) == 1

    async def test_has_nowhere_to_go(self, poster: DiscordPoster, lab: Guild) -> None:
        assert not await poster.tell_organiser(Place("discord", lab.id), HELLO)


async def test_many_posts_at_once_are_paced_and_answers_pass_them_by(
    presence: Presence, world: FakeDiscord, lab: Guild, general: Channel
) -> None:
    others = [lab.channel(f"room {number}") for number in range(30)]
    began = asyncio.get_running_loop().time()
    posts = [asyncio.ensure_future(presence.poster.post(target(one), HELLO, "week 1")) for one in others]
    await world.until(lambda: world.asked("POST", "/messages"))
    assert (await lab.member("ada").types(general, "/about")).ephemeral
    assert not all(one.done() for one in posts)
    await asyncio.gather(*posts)
    assert asyncio.get_running_loop().time() - began >= 29 / 40 - 0.05
    assert world.invalid_requests == 0
