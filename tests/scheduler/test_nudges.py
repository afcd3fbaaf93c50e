"""A word two days before a challenge closes: to those who asked for it, once, and never in their quiet hours."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.calls import Pressed, Source
from bot.models import Community, Handle, Place
from bot.scheduler import nudges
from bot.scheduler.nudges import NudgeRound
from bot.wiring import House
from tests.clock import ManualClock
from tests.commands.weeks import answers_of, open_week, person_id
from tests.fakes.channels import Channels
from tests.fakes.platform import STRICT, Heard, Member, Platform
from tests.fakes.posting import PLATFORM

UNTIL_TWO_DAYS_BEFORE = {"days": 5, "minutes": 1}


@pytest.fixture
def platform(house: House, clock: ManualClock) -> Platform:
    return Platform(house.dispatcher, clock, STRICT)


@pytest.fixture
def channels() -> Channels:
    return Channels(PLATFORM)


@pytest.fixture
def nudging(house: House, clock: ManualClock, channels: Channels) -> NudgeRound:
    return NudgeRound(house.store, clock, house.registry, {PLATFORM: channels})


async def asks(house: House, member: Member) -> Heard:
    """Let a challenge be on, and a member press the button of its post."""
    await member.says("/start")
    opened = await open_week(house, member, "seed-orders")
    return await presses(house, member, opened.id)


async def presses(house: House, member: Member, round_id: int) -> Heard:
    return await member.sends(Source.BUTTON, Pressed(house.registry.route("challenge.remind").at(round=round_id)))


async def here(house: House) -> Community:
    found = await house.store.communities.find(Place(PLATFORM, "lab"))
    assert found is not None
    return found


async def test_whoever_asked_hears_of_it_once(
    ada: Member, grace: Member, house: House, clock: ManualClock, channels: Channels, nudging: NudgeRound
) -> None:
    await grace.says("/start")
    asked = await asks(house, ada)
    assert "I write to you two days before a challenge closes" in asked.text
    assert "begin with the next" not in asked.text
    assert await nudging.once() == 0
    clock.advance(**UNTIL_TWO_DAYS_BEFORE)
    assert await nudging.once() == 1
    assert await nudging.once() == 0
    ((handle, reply),) = channels.told
    assert handle == ada.speaker.handle
    assert reply.title == "The challenge closes soon"
    assert "“The seed orders” in **lab** is open until Saturday 28 November, 09:00, your time." in reply.text
    assert [one.label for row in reply.rows if isinstance(row, tuple) for one in row] == ["No more of these"]


async def test_the_next_week_they_hear_of_the_next(
    ada: Member, house: House, clock: ManualClock, channels: Channels, nudging: NudgeRound
) -> None:
    await asks(house, ada)
    clock.advance(**UNTIL_TWO_DAYS_BEFORE)
    await nudging.once()
    clock.advance(days=3)
    await open_week(house, ada, "quiz-heap")
    clock.advance(**UNTIL_TWO_DAYS_BEFORE)
    assert await nudging.once() == 1
    assert "What the heap knows" in channels.told[-1][1].text


async def test_whoever_asks_within_two_days_hears_of_the_next(
    ada: Member, house: House, clock: ManualClock, channels: Channels, nudging: NudgeRound
) -> None:
    await ada.says("/start")
    opened = await open_week(house, ada, "seed-orders")
    clock.advance(**UNTIL_TWO_DAYS_BEFORE)
    asked = await presses(house, ada, opened.id)
    assert "This one closes in less than two days, so I begin with the next." in asked.text
    assert await nudging.once() == 0


@pytest.mark.parametrize("where", ["under the answer", "under the word"])
async def test_no_more_of_these_is_the_end_of_it(
    where: str, ada: Member, house: House, clock: ManualClock, channels: Channels, nudging: NudgeRound
) -> None:
    asked = await asks(house, ada)
    clock.advance(**UNTIL_TWO_DAYS_BEFORE)
    if where == "under the answer":
        await asked.press("Please do not")
    else:
        await nudging.once()
        (row,) = channels.told[0][1].rows
        assert isinstance(row, tuple)
        alone = Platform(house.dispatcher, clock, STRICT).member("ada", community=None)
        ended = await alone.sends(Source.BUTTON, Pressed(row[0].token), call_id="from a direct message")
        assert "I do not remind you of challenges any more." in ended.text
    channels.told.clear()
    clock.advance(days=3)
    await open_week(house, ada, "quiz-heap")
    clock.advance(**UNTIL_TWO_DAYS_BEFORE)
    assert await nudging.once() == 0
    assert channels.told == []


async def test_whoever_has_finished_hears_nothing(
    ada: Member, house: House, clock: ManualClock, nudging: NudgeRound
) -> None:
    await asks(house, ada)
    await ada.says("/challenge")
    right = await answers_of(house, ada.speaker.handle, Place(PLATFORM, "lab"))
    await ada.says(f"/challenge submit {right['mean_amount']:.2f}")
    await ada.says(f"/challenge submit {right['best_city']}")
    clock.advance(**UNTIL_TWO_DAYS_BEFORE)
    assert await nudging.once() == 0


async def test_whoever_only_tried_hears_of_it(
    ada: Member, house: House, clock: ManualClock, nudging: NudgeRound
) -> None:
    await asks(house, ada)
    await ada.says("/challenge submit 1")
    clock.advance(**UNTIL_TWO_DAYS_BEFORE)
    assert await nudging.once() == 1


async def test_quiet_hours_put_it_off(
    ada: Member, house: House, clock: ManualClock, channels: Channels, nudging: NudgeRound
) -> None:
    await asks(house, ada)
    await ada.says('/settings zone:UTC quiet:"08:00 to 10:00"')
    clock.advance(**UNTIL_TWO_DAYS_BEFORE)
    assert await nudging.once() == 0
    clock.advance(hours=1)
    assert await nudging.once() == 1
    assert len(channels.told) == 1


async def test_those_who_have_to_wait_hold_up_nobody(
    ada: Member,
    platform: Platform,
    house: House,
    clock: ManualClock,
    channels: Channels,
    nudging: NudgeRound,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(nudges, "AT_ONCE", 2)
    await asks(house, ada)
    (opened,) = await house.store.rounds.of((await here(house)).id)
    for number in range(5):
        member = platform.member(f"m{number}")
        await member.says("/start")
        await presses(house, member, opened.id)
        if number < 4:
            await member.says('/settings zone:UTC quiet:"08:00 to 10:00"')
    clock.advance(**UNTIL_TWO_DAYS_BEFORE)
    assert await nudging.once() == 2
    assert {handle.user for handle, _ in channels.told} == {"ada", "m4"}


async def test_after_the_close_it_is_too_late(
    ada: Member, house: House, clock: ManualClock, nudging: NudgeRound
) -> None:
    await asks(house, ada)
    clock.advance(days=7)
    assert await nudging.once() == 0


async def test_a_member_who_was_forgotten_hears_nothing(
    ada: Member, house: House, clock: ManualClock, channels: Channels, nudging: NudgeRound
) -> None:
    await asks(house, ada)
    await house.store.people.forget(await person_id(house, ada))
    clock.advance(**UNTIL_TWO_DAYS_BEFORE)
    assert await nudging.once() == 0
    assert channels.told == []


async def test_of_two_accounts_the_one_in_that_community_hears(
    ada: Member, house: House, clock: ManualClock, nudging: NudgeRound, channels: Channels
) -> None:
    await asks(house, ada)
    elsewhere = Channels("other")
    both = NudgeRound(house.store, clock, house.registry, {"other": elsewhere, PLATFORM: channels})
    await house.store.people.attach(await person_id(house, ada), Handle("other", "T1", "ada-too"))
    clock.advance(**UNTIL_TWO_DAYS_BEFORE)
    assert await both.once() == 1
    assert ([one.user for one, _ in channels.told], elsewhere.told) == (["ada"], [])


async def test_a_bot_that_is_not_on_that_platform_tells_nobody_and_forgets_nobody(
    ada: Member, house: House, clock: ManualClock, nudging: NudgeRound
) -> None:
    await asks(house, ada)
    clock.advance(**UNTIL_TWO_DAYS_BEFORE)
    assert await NudgeRound(house.store, clock, house.registry, {"other": Channels("other")}).once() == 0
    assert await NudgeRound(house.store, clock, house.registry, {}).once() == 0
    assert await nudging.once() == 1


async def test_a_community_that_sent_the_bot_away_is_left_alone(
    ada: Member, house: House, clock: ManualClock, nudging: NudgeRound
) -> None:
    await asks(house, ada)
    await house.store.communities.leave(Place(PLATFORM, "lab"), clock.now())
    clock.advance(**UNTIL_TWO_DAYS_BEFORE)
    assert await nudging.once() == 0


async def test_one_that_cannot_be_told_is_not_told_twice(
    ada: Member, house: House, clock: ManualClock, channels: Channels, nudging: NudgeRound
) -> None:
    class Broken(Channels):
        async def tell(self, handle: Handle, reply: object) -> bool:
            raise OSError("the line is dead")

    await asks(house, ada)
    clock.advance(**UNTIL_TWO_DAYS_BEFORE)
    assert await NudgeRound(house.store, clock, house.registry, {PLATFORM: Broken(PLATFORM)}).once() == 0
    clock.advance(minutes=5)
    assert await nudging.once() == 0, "written down first: a lost word is a pity, a second one a nuisance"


async def test_a_week_that_was_made_longer_waits_with_it(
    ada: Member, house: House, clock: ManualClock, nudging: NudgeRound
) -> None:
    await asks(house, ada)
    (opened,) = await house.store.rounds.of((await here(house)).id)
    await house.store.rounds.move_close(opened.id, opened.closes + timedelta(days=3))
    clock.advance(**UNTIL_TWO_DAYS_BEFORE)
    assert await nudging.once() == 0
    clock.advance(days=3)
    assert await nudging.once() == 1
