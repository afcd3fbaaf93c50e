"""What appears by itself, over the wire: the challenge with its role and its thread, recap, tip, letter and words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from adapters.discord.limits import problems
from adapters.discord.service import Presence
from bot.models import Handle, Place
from bot.scheduler.runner import Runner
from bot.settings import Settings
from bot.wiring import House, open_house, posting_by, rounds_of
from tests.adapters.discord import judging
from tests.adapters.discord.conftest import living
from tests.clock import ManualClock
from tests.commands.weeks import answers_of
from tests.conftest import SMALL_PACK
from tests.fakes.discord.channels import FORUM, Channel
from tests.fakes.discord.guilds import Guild
from tests.fakes.discord.heard import Heard
from tests.fakes.discord.messages import Message
from tests.fakes.discord.people import Member
from tests.fakes.discord.server import FakeDiscord

WEEK = {"weekday": "monday", "time": "09:00", "zone": "Europe/Rome"}
TO_THE_FIRST = {"hours": 47, "minutes": 5}


@dataclass(slots=True)
class Life:
    """A house that posts on the loopback Discord when a test lets time pass."""

    house: House
    world: FakeDiscord
    clock: ManualClock
    runner: Runner
    presence: Presence

    async def turn(self, **later: float) -> None:
        self.clock.advance(**later)
        for one in rounds_of(self.house, self.presence.poster):
            await one.work()
        await self.runner.once()

    def titled(self, channel: Channel, title: str) -> Message:
        return next(one for one in self.world.channel_messages(channel) if title in one.text)


@asynccontextmanager
async def life(tmp_path: Path, clock: ManualClock, world: FakeDiscord) -> AsyncIterator[Life]:
    database = f"sqlite:///{tmp_path / 'weekly.db'}"
    settings = Settings(database_url=database, files_dir=tmp_path / "files", content=str(SMALL_PACK))
    async with open_house(settings, clock, strict=True) as house, living(house, world) as presence:
        yield Life(house, world, clock, posting_by(house, presence.poster), presence)


@pytest.fixture
def lab(world: FakeDiscord) -> Guild:
    guild = world.guild("Lab")
    guild.channel("general")
    guild.channel("weekly")
    return guild


@pytest.fixture
def olga(lab: Guild) -> Member:
    return lab.member("olga", admin=True)


async def sets_up(olga: Member, lab: Guild, **more: Any) -> Heard:
    options = {"channel": lab.channel("weekly"), **WEEK, **more}
    return await olga.types(lab.channel("general"), "/setup", **options)


def judged(world: FakeDiscord) -> list[str]:
    """Return what anybody has against what was posted."""
    bodies = [one.body for one in world.asked("POST", "/messages") if one.body and "components" in one.body]
    assert bodies
    return [problem for body in bodies for problem in (*problems(body), *judging.of_message(body))]


async def test_the_weekly_post_calls_its_role_and_nobody_else_and_has_a_thread(
    tmp_path: Path, clock: ManualClock, world: FakeDiscord, lab: Guild, olga: Member
) -> None:
    role, weekly = lab.role("Learners"), lab.channel("weekly")
    async with life(tmp_path, clock, world) as living_there:
        page = await sets_up(olga, lab, role=role)
        assert f"In <#{weekly.id}>, every Monday at 09:00" in page.text
        assert "the role that you chose" in page.text
        assert "It is in" in (await page.press("Test post")).text
        await living_there.turn(**TO_THE_FIRST)
    post = living_there.titled(weekly, "This week: The seed orders")
    assert post.labels() == ["Get my data", "Submit", "Hint", "Board", "Remind me"]
    assert role.mention in post.raw_text
    assert post.body["allowed_mentions"] == {"parse": [], "roles": [role.id]}
    test = living_there.titled(weekly, "This is a test")
    assert test.body["allowed_mentions"] == {"parse": []}, "a test calls nobody"
    assert lab.channels[post.id].name == "The seed orders", "the thread has the id of its message"
    assert len(world.asked("POST", f"/messages/{post.id}/threads")) == 1
    assert judged(world) == []


async def test_the_form_brings_a_role_that_is_really_called(
    tmp_path: Path, clock: ManualClock, world: FakeDiscord, lab: Guild, olga: Member
) -> None:
    role, weekly = lab.role("Learners"), lab.channel("weekly")
    async with life(tmp_path, clock, world) as living_there:
        form = await (await olga.types(lab.channel("general"), "/setup")).press("Set up the weekly challenge")
        page = await form.fills(channel=weekly, weekday="monday", time="09:00", zone="Rome", role=role)
        assert "the role that you chose" in page.text
        change = await page.press("Change")
        page = await change.fills(time="10:00")
        assert "every Monday at 10:00" in page.text
        assert "the role that you chose" in page.text, "what was chosen before stands in the form"
        await living_there.turn(hours=48, minutes=5)
    post = living_there.titled(weekly, "This week")
    assert post.body["allowed_mentions"] == {"parse": [], "roles": [role.id]}


async def test_members_use_it_and_go_on_after_a_restart(
    tmp_path: Path, clock: ManualClock, world: FakeDiscord, lab: Guild, olga: Member
) -> None:
    ada, weekly = lab.member("ada"), lab.channel("weekly")
    async with life(tmp_path, clock, world) as living_there:
        await sets_up(olga, lab)
        await living_there.turn(**TO_THE_FIRST)
        seen = ada.sees(living_there.titled(weekly, "This week"))
        data = await seen.press("Get my data")
        assert (list(data.files), data.ephemeral) == (["orders.csv"], True)
        assert "Not yet" in (await (await seen.press("Submit")).fills(answer="1")).text
        assert "hint" in (await seen.press("Hint")).text.lower()
        assert (await seen.press("Board")).ephemeral
        assert "I write to you two days before" in (await seen.press("Remind me")).text
    clock.advance(minutes=10)
    async with life(tmp_path, clock, world) as living_there:
        right = await answers_of(living_there.house, Handle("discord", "", ada.id), Place("discord", lab.id))
        first = await (await seen.press("Submit")).fills(answer=f"{right['mean_amount']:.2f}")
        assert "That is right" in first.text
        await living_there.turn(minutes=1)
    assert len([one for one in world.channel_messages(weekly) if "This week" in one.text]) == 1


async def test_the_recap_the_tip_the_letter_and_the_word_before_the_close(
    tmp_path: Path, clock: ManualClock, world: FakeDiscord, lab: Guild, olga: Member
) -> None:
    ada, weekly, tips = lab.member("ada"), lab.channel("weekly"), lab.channel("tips")
    async with life(tmp_path, clock, world) as living_there:
        await sets_up(olga, lab, tips=tips)
        await living_there.turn(**TO_THE_FIRST)
        await ada.sees(living_there.titled(weekly, "This week")).press("Remind me")
        await (await ada.types(weekly, "/board")).press("Be on the board")
        await ada.types(weekly, "/challenge submit", answer="1")
        await living_there.turn(days=5, hours=2)
        (word,) = world.dms("ada")
        assert "is open until Monday 30 November" in word.text
        await living_there.turn(days=1, hours=22)
        recap = living_there.titled(weekly, "Last week: The seed orders")
        assert "One member took part" in recap.text
        assert "Drop repeated orders" in (await ada.sees(recap).press("Solution")).text
        tip = living_there.titled(tips, "Tip of the day")
        assert (await ada.sees(tip).press("A tip for me")).ephemeral
        letters = [one for one in world.dms("olga") if "The week in your community" in one.text]
        assert "one member active" in letters[-1].text
        gone = await ada.sees(word).press("No more of these")
        assert "I do not remind you of challenges any more" in gone.text
    assert {one.body["allowed_mentions"]["parse"] == [] for one in (word, recap, tip, letters[-1])} == {True}
    assert judged(world) == []


async def test_a_channel_where_nothing_can_be_posted_is_refused_at_once(
    tmp_path: Path, clock: ManualClock, world: FakeDiscord, lab: Guild, olga: Member
) -> None:
    lab.channel("weekly").denies("send_messages")
    async with life(tmp_path, clock, world):
        refused = await sets_up(olga, lab)
        assert "I may not post in this channel" in refused.text
        lab.channel("weekly").allows("send_messages")
        await world.until(lambda: True)
        assert "every Monday at 09:00" in (await sets_up(olga, lab)).text


async def test_a_thread_that_may_not_be_opened_keeps_no_post_back(
    tmp_path: Path, clock: ManualClock, world: FakeDiscord, lab: Guild, olga: Member
) -> None:
    lab.denies_bot("create_public_threads")
    async with life(tmp_path, clock, world) as living_there:
        await sets_up(olga, lab)
        await living_there.turn(**TO_THE_FIRST)
        log = await olga.types(lab.channel("general"), "/schedule log")
        assert "the weekly challenge: posted." in log.text
    assert living_there.titled(lab.channel("weekly"), "This week")


async def test_a_channel_that_became_a_forum_is_told_to_the_organiser(
    tmp_path: Path, clock: ManualClock, world: FakeDiscord, lab: Guild, olga: Member
) -> None:
    async with life(tmp_path, clock, world) as living_there:
        await sets_up(olga, lab)
        lab.channel("weekly").becomes(kind=FORUM)
        for minutes in (47 * 60 + 5, 10, 10):
            await living_there.turn(minutes=minutes)
        told = [one for one in world.dms("olga") if "A post did not go out" in one.text]
        assert len(told) == 1
        assert "Choose another one in" in told[0].text
