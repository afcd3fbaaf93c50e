"""What appears by itself, over the wire: the challenge with its group and its thread, recap, tip, letter and words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from adapters.slack.service import Presence
from bot.models import Handle, Place
from bot.scheduler.runner import Runner
from bot.settings import Settings
from bot.wiring import House, open_house, posting_by, rounds_of
from tests.adapters.slack.conftest import living
from tests.adapters.slack.judging import verdicts
from tests.clock import ManualClock
from tests.commands.weeks import answers_of
from tests.conftest import SMALL_PACK
from tests.fakes.slack import FakeSlack, Heard, Member
from tests.fakes.slack.channels import Channel, Message
from tests.fakes.slack.team import Team

SETUP = "/mentor setup channel:#weekly weekday:monday time:09:00 zone:Rome"
TO_THE_FIRST = {"hours": 47, "minutes": 5}


@dataclass(slots=True)
class Life:
    """A house that posts on the loopback Slack when a test lets time pass."""

    house: House
    clock: ManualClock
    runner: Runner
    presence: Presence

    async def turn(self, **later: float) -> None:
        self.clock.advance(**later)
        for one in rounds_of(self.house, self.presence.poster):
            await one.work()
        await self.runner.once()


@asynccontextmanager
async def life(tmp_path: Path, clock: ManualClock, world: FakeSlack) -> AsyncIterator[Life]:
    database = f"sqlite:///{tmp_path / 'weekly.db'}"
    settings = Settings(database_url=database, files_dir=tmp_path / "files", content=str(SMALL_PACK))
    async with open_house(settings, clock, strict=True) as house, living(house, world, "socket") as presence:
        yield Life(house, clock, posting_by(house, presence.poster), presence)


@pytest.fixture
def lab(world: FakeSlack) -> Team:
    team = world.workspace("Lab")
    team.channel("general")
    team.channel("weekly")
    return team


@pytest.fixture
def olga(lab: Team) -> Member:
    return lab.member("olga", admin=True)


@pytest.fixture
def ada(lab: Team) -> Member:
    return lab.member("ada")


async def sets_up(olga: Member, lab: Team, more: str = "") -> Heard:
    await is_welcomed(olga, lab)
    return await olga.types(lab.channels["general"], f"{SETUP} {more}".strip())


async def is_welcomed(olga: Member, lab: Team) -> None:
    """Wait for the welcome, so that it is not taken for an answer."""
    await olga.types(lab.channels["general"], "/mentor about")
    await olga.world.until(lambda: olga.direct.messages, "Nobody was welcomed.")


def titled(channel: Channel, title: str) -> Message:
    return next(one for one in channel.posts if title in one.text)


def judged(*messages: Message) -> list[str]:
    """Return what anybody has against what was posted."""
    assert messages
    return [problem for one in messages for problem in verdicts("message", {"text": one.text, "blocks": one.blocks})]


async def test_the_weekly_post_calls_its_group_and_nobody_else_and_has_a_thread(
    tmp_path: Path, clock: ManualClock, world: FakeSlack, lab: Team, olga: Member
) -> None:
    group, weekly = lab.group("learners"), lab.channels["weekly"]
    async with life(tmp_path, clock, world) as there:
        page = await sets_up(olga, lab, "role:@learners")
        assert "the role that you chose" in page.text
        assert f"In <#{weekly.id}>, every Monday at 09:00" in str(page.blocks)
        assert "It is in" in (await page.press("Test post")).text
        await there.turn(**TO_THE_FIRST)
    post, test = titled(weekly, "This week: The seed orders"), titled(weekly, "This is a test")
    assert set(post.pings) == {f"<!subteam^{group}>"}
    assert test.pings == [], "a test calls nobody"
    (said,) = [one for one in weekly.posts if one.thread_ts]
    assert (said.thread_ts, said.pings) == (post.ts, [])
    assert "Please keep solutions to yourself until the week is over." in said.text
    assert judged(post, test, said) == []
    assert world.complaints == []


async def test_a_name_that_would_call_nobody_is_refused_with_a_way_out(
    tmp_path: Path, clock: ManualClock, world: FakeSlack, lab: Team, olga: Member
) -> None:
    group = lab.group("learners")
    async with life(tmp_path, clock, world):
        await is_welcomed(olga, lab)
        page = await olga.types(lab.channels["general"], "/mentor setup")
        form = await page.press("Set up the weekly challenge")
        typed = {"channel": lab.channels["weekly"], "weekday": "monday", "time": "09:00", "zone": "Rome"}
        refused = await form.fills(**typed, role="@learners")
        assert "Type /mentor setup role:@" in str(refused.errors)
        assert "the role that you chose" in (await refused.fills(role=group)).text


async def test_members_use_it_and_go_on_after_a_restart(
    tmp_path: Path, clock: ManualClock, world: FakeSlack, lab: Team, olga: Member, ada: Member
) -> None:
    weekly = lab.channels["weekly"]
    async with life(tmp_path, clock, world) as there:
        await sets_up(olga, lab)
        await there.turn(**TO_THE_FIRST)
        seen = ada.sees(titled(weekly, "This week"))
        assert seen.labels() == ["Get my data", "Submit", "Hint", "Board", "Remind me"]
        assert list((await seen.press("Get my data")).files) == ["orders.csv"]
        assert "Not yet" in (await (await seen.press("Submit")).fills(answer="1")).text
        assert "hint" in (await seen.press("Hint")).text.lower()
        assert (await seen.press("Board")).ephemeral
        assert "I write to you two days before" in (await seen.press("Remind me")).text
    clock.advance(minutes=10)
    async with life(tmp_path, clock, world) as there:
        right = await answers_of(there.house, Handle("slack", lab.id, ada.id), Place("slack", lab.id))
        first = await (await seen.press("Submit")).fills(answer=f"{right['mean_amount']:.2f}")
        assert "That is right" in first.text
        await there.turn(minutes=1)
    assert len([one for one in weekly.posts if "This week" in one.text]) == 1
    assert world.complaints == []


async def test_the_recap_the_tip_the_letter_and_the_word_before_the_close(
    tmp_path: Path, clock: ManualClock, world: FakeSlack, lab: Team, olga: Member, ada: Member
) -> None:
    weekly, tips = lab.channels["weekly"], lab.channel("tips")
    async with life(tmp_path, clock, world) as there:
        await sets_up(olga, lab, "tips:#tips")
        await there.turn(**TO_THE_FIRST)
        await ada.sees(titled(weekly, "This week")).press("Remind me")
        await (await ada.types(weekly, "/mentor board")).press("Be on the board")
        await ada.types(weekly, "/mentor challenge submit 1")
        await there.turn(days=5, hours=2)
        word = titled(ada.direct, "The challenge closes soon")
        assert "is open until Monday 30 November" in word.text
        await there.turn(days=1, hours=22)
        recap, tip = titled(weekly, "Last week: The seed orders"), titled(tips, "Tip of the day")
        assert "One member took part" in recap.text
        assert "Drop repeated orders" in (await ada.sees(recap).press("Solution")).text
        assert (await ada.sees(tip).press("A tip for me")).ephemeral
        letter = [one for one in olga.direct.posts if "The week in your community" in one.text][-1]
        assert "one member active" in letter.text
        assert "I do not remind you" in (await ada.sees(word).press("No more of these")).text
    assert [one.pings for one in (word, recap, tip, letter)] == [[], [], [], []]
    assert judged(word, recap, tip, letter) == []
    assert world.complaints == []


async def test_a_channel_that_the_bot_is_not_in_is_refused_at_once(
    tmp_path: Path, clock: ManualClock, world: FakeSlack, lab: Team, olga: Member
) -> None:
    quiet = lab.channel("quiet", bot=False)
    secret = lab.channel("secret", private=True, bot=False)
    async with life(tmp_path, clock, world):
        await is_welcomed(olga, lab)
        refused = await olga.types(lab.channels["general"], SETUP.replace("weekly", "quiet"))
        assert "Invite me into it" in refused.text
        refused = await olga.types(lab.channels["general"], SETUP.replace("weekly", "secret"))
        assert "If it is private, invite me into it first" in refused.text
    assert (quiet.posts, secret.posts) == ([], [])


async def test_a_channel_that_was_archived_is_told_to_the_organiser_once(
    tmp_path: Path, clock: ManualClock, world: FakeSlack, lab: Team, olga: Member
) -> None:
    async with life(tmp_path, clock, world) as there:
        await sets_up(olga, lab)
        lab.channels["weekly"].archived = True
        for minutes in (47 * 60 + 5, 10, 10):
            await there.turn(minutes=minutes)
        told = [one for one in olga.direct.posts if "A post did not go out" in one.text]
        assert len(told) == 1
        assert "Choose another one in" in told[0].text
        lab.channels["weekly"].archived = False
        await there.turn(hours=2)
    assert titled(lab.channels["weekly"], "This week")


async def test_without_an_answer_nothing_is_repeated_and_the_organiser_decides(
    tmp_path: Path, clock: ManualClock, world: FakeSlack, lab: Team, olga: Member
) -> None:
    weekly = lab.channels["weekly"]
    async with life(tmp_path, clock, world) as there:
        await sets_up(olga, lab, "recap:no letter:no")
        world.fails("chat.postMessage", lost="after", channel=weekly.id)
        await there.turn(**TO_THE_FIRST)
        await there.turn(minutes=10)
        told = [one for one in olga.direct.posts if "Is this post there?" in one.text]
        assert len(told) == 1
        log = await olga.types(lab.channels["general"], "/mentor schedule log")
        assert "nobody knows" in log.text
        assert "I take your word for it" in (await log.press("It is there")).text
        await there.turn(hours=5)
    assert len([one for one in weekly.posts if "This week" in one.text]) == 1


async def test_a_letter_of_which_no_answer_came_does_not_come_twice(
    tmp_path: Path, clock: ManualClock, world: FakeSlack, lab: Team, olga: Member
) -> None:
    async with life(tmp_path, clock, world) as there:
        await sets_up(olga, lab)
        world.fails("chat.postMessage", lost="after", channel=olga.direct.id)
        await there.turn(**TO_THE_FIRST)
        for _ in range(3):
            await there.turn(minutes=10)
    assert len([one for one in olga.direct.posts if "The week in your community" in one.text]) == 1
