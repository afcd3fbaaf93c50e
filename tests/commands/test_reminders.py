"""Reminders: asked for, quiet, and over when nobody listens."""

from __future__ import annotations

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import pytest

from bot.core.reply import Reply
from bot.models import Handle, Place
from bot.scheduler.reminders import ReminderRound
from bot.wiring import House
from tests.clock import ManualClock
from tests.fakes.platform import Member


@dataclass
class Letterbox:
    """Keeps what was sent to members."""

    platform: str = "fake"
    letters: list[tuple[Handle, Reply]] = field(default_factory=list)

    async def tell(self, handle: Handle, reply: Reply) -> bool:
        self.letters.append((handle, reply))
        return True


@pytest.fixture
def box() -> Letterbox:
    return Letterbox()


@pytest.fixture
def rounds(house: House, clock: ManualClock, box: Letterbox) -> ReminderRound:
    return ReminderRound(house.store, clock, house.registry, {"fake": box}, ZoneInfo("UTC"))


async def _days(rounds: ReminderRound, clock: ManualClock, count: int) -> None:
    """Let days pass, minute by minute where it matters."""
    for _ in range(count * 24):
        clock.advance(hours=1)
        await rounds.once()


async def test_nobody_is_reminded_who_did_not_ask(
    ada: Member, rounds: ReminderRound, clock: ManualClock, box: Letterbox
) -> None:
    await ada.says("/checkin")
    await _days(rounds, clock, 3)
    assert box.letters == []
    assert "Reminders are off" in (await ada.says("/reminders")).text


async def test_one_a_day_at_the_members_own_time(
    ada: Member, rounds: ReminderRound, clock: ManualClock, box: Letterbox
) -> None:
    await ada.says("/settings zone:Tokyo")
    assert "07:30 where you are (Asia/Tokyo)" in (await ada.says("/reminders 7:30")).text
    clock.advance(hours=13, minutes=29)  # 07:29 on Sunday there
    assert await rounds.once() == 0
    clock.advance(minutes=1)
    assert await rounds.once() == 1
    assert await rounds.once() == 0
    handle, reply = box.letters[0]
    assert handle == ada.speaker.handle
    assert "Five minutes for yourself today?" in reply.text


async def test_no_reminder_on_a_day_with_an_activity(
    ada: Member, rounds: ReminderRound, clock: ManualClock, box: Letterbox
) -> None:
    await ada.says("/reminders 18:00")
    await ada.says("/checkin")
    clock.advance(hours=10)
    await rounds.once()
    assert box.letters == []
    clock.advance(days=1)
    await rounds.once()
    assert len(box.letters) == 1
    assert "This week counts already" in box.letters[0][1].text


async def test_they_stop_by_themselves_after_three_that_led_to_nothing(
    ada: Member, rounds: ReminderRound, clock: ManualClock, box: Letterbox
) -> None:
    await ada.says("/reminders 18:00")
    await _days(rounds, clock, 10)
    assert len(box.letters) == 3
    assert "I leave out the next ones" in box.letters[2][1].text
    assert "I leave out the next ones" not in box.letters[1][1].text
    assert "Reminders are off" in (await ada.says("/reminders")).text


async def test_an_activity_begins_the_count_anew(
    ada: Member, rounds: ReminderRound, clock: ManualClock, box: Letterbox
) -> None:
    await ada.says("/reminders 18:00")
    await _days(rounds, clock, 2)
    await ada.says("/checkin")
    await _days(rounds, clock, 10)
    assert len(box.letters) == 5


async def test_quiet_hours_come_first(ada: Member, rounds: ReminderRound, clock: ManualClock, box: Letterbox) -> None:
    await ada.says('/settings quiet:"17:00 to 20:00"')
    assert "in your quiet hours (17:00 to 20:00)" in (await ada.says("/reminders 18:00")).text
    clock.advance(hours=10)  # 19:00
    assert await rounds.once() == 0
    clock.advance(hours=1)
    assert await rounds.once() == 1


async def test_a_reminder_that_is_hours_late_waits_for_the_next_day(
    ada: Member, rounds: ReminderRound, clock: ManualClock, box: Letterbox
) -> None:
    await ada.says("/reminders 10:00")
    clock.advance(hours=8)  # the bot was down until 17:00
    assert await rounds.once() == 0
    clock.advance(hours=17)
    assert await rounds.once() == 1


async def test_one_button_turns_them_off(
    ada: Member, rounds: ReminderRound, clock: ManualClock, box: Letterbox
) -> None:
    await ada.says("/reminders on")
    clock.advance(hours=10)
    await rounds.once()
    row = box.letters[0][1].rows[0]
    assert isinstance(row, tuple)
    from bot.core.calls import Pressed, Source

    off = next(one for one in row if one.label == "No more reminders")
    assert "Reminders are off" in (await ada.sends(Source.BUTTON, Pressed(off.token))).text
    await _days(rounds, clock, 2)
    assert len(box.letters) == 1


async def test_a_time_that_is_none_is_refused_and_settings_lead_here(ada: Member) -> None:
    assert "18:30" in (await ada.says("/reminders soonish")).text
    assert "Reminders are off" in (await (await ada.says("/settings")).press("Reminders")).text


async def test_the_zone_of_the_community_counts_where_a_member_has_set_none(
    ada: Member, house: House, rounds: ReminderRound, clock: ManualClock, box: Letterbox
) -> None:
    await ada.says("/checkin")
    community = await house.store.communities.find(Place("fake", "lab"))
    assert community is not None
    await house.store.communities.set_zone(community.id, "Asia/Tokyo")
    clock.advance(minutes=1)  # until who is where is looked up anew
    assert "18:00 where you are (Asia/Tokyo)" in (await ada.says("/reminders 18:00")).text
    hours = []
    for _ in range(72):
        clock.advance(hours=1)
        hours += [clock.now().astimezone(ZoneInfo("Asia/Tokyo")).hour] * await rounds.once()
    assert hours == [18, 18, 18]


async def test_another_time_on_the_same_day_brings_no_second_reminder(
    ada: Member, rounds: ReminderRound, clock: ManualClock
) -> None:
    await ada.says("/reminders 10:00")
    clock.advance(hours=1)
    assert await rounds.once() == 1
    await ada.says("/reminders 11:00")
    clock.advance(hours=1)
    assert await rounds.once() == 0
    clock.advance(days=1)
    assert await rounds.once() == 1


async def test_nobody_is_reminded_in_a_pause(
    ada: Member, rounds: ReminderRound, clock: ManualClock, box: Letterbox
) -> None:
    await ada.says("/checkin")
    await ada.says("/reminders 10:00")
    await ada.says("/streak pause length:1w")
    await _days(rounds, clock, 6)
    assert box.letters == []
    await _days(rounds, clock, 2)
    assert len(box.letters) == 1
