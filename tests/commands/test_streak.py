"""The streak: the number, what keeps it alive, and the way back."""

from __future__ import annotations

from bot.models import DayRange
from bot.wiring import House
from tests.clock import ManualClock
from tests.fakes.platform import Member


async def _weeks(member: Member, clock: ManualClock, count: int) -> None:
    """Check in once a week, on Saturdays."""
    for _ in range(count):
        await member.says("/checkin")
        clock.advance(days=7)


async def test_a_newcomer_reads_how_it_begins(ada: Member) -> None:
    shown = await ada.says("/streak")
    assert "begins with the first activity" in shown.text
    assert "Check in" in shown.labels()
    assert shown.reply.fields[0].value == "- 16 Nov: nothing yet"


async def test_the_number_the_calendar_the_freezes_and_until_when(ada: Member, clock: ManualClock) -> None:
    await ada.says("/settings zone:Rome")
    await _weeks(ada, clock, 3)
    shown = await ada.says("/streak")  # Saturday 12 December, nothing yet this week
    assert "3 weeks in a row" in shown.text
    assert "One activity before Monday 14 December, 04:00, your time, keeps it alive." in shown.text
    assert "7 Dec: nothing yet" in shown.text
    assert "30 Nov: Sat" in shown.text
    assert "None held. The next comes after one week with an activity." in shown.text
    kept = await (await shown.press("Check in")).member.says("/streak")
    assert "4 weeks in a row" in kept.text
    assert "due before Monday 21 December, 04:00" in kept.text
    assert "One held" in kept.text


async def test_three_active_days_make_a_week_gold(ada: Member, clock: ManualClock) -> None:
    clock.advance(days=2)  # Monday
    for _ in range(3):
        said = await ada.says("/checkin")
        clock.advance(days=1)
    assert "this week is gold" in said.text
    assert "Mon, Tue, Wed (gold)" in (await ada.says("/streak")).text


async def test_a_freeze_is_used_by_itself_and_told_once(ada: Member, clock: ManualClock) -> None:
    await _weeks(ada, clock, 4)
    clock.advance(days=7)
    first = await ada.says("/streak")
    assert "A freeze kept your streak in the week of Monday 14 December" in first.text
    assert "4 weeks in a row" in first.text
    assert "A freeze kept" not in (await ada.says("/streak")).text
    assert "kept by a freeze" in (await ada.says("/streak")).text


async def test_the_calendar_shows_every_week_that_was_kept(ada: Member, clock: ManualClock) -> None:
    await _weeks(ada, clock, 8)
    clock.advance(days=14)
    shown = await ada.says("/streak")
    assert "18 Jan: kept by a freeze" in shown.text
    assert "11 Jan: kept\n" in shown.text


async def test_a_lost_streak_is_told_once_and_kindly_with_the_way_back(ada: Member, clock: ManualClock) -> None:
    await _weeks(ada, clock, 3)
    clock.advance(days=7)
    lost = await ada.says("/streak")
    assert "your streak of 3 weeks is on hold. It happens. Two activities before" in lost.text
    assert "on hold" not in (await ada.says("/streak")).text
    repair = await ada.says("/streak repair")
    assert "Two activities before Monday 21 December, 04:00" in repair.text
    assert "One more activity this week brings your streak of 3 weeks back." in (await ada.says("/checkin")).text
    half = await ada.says("/streak repair")
    assert "One more activity" in half.text
    assert "Check in" not in half.labels()  # it would not count a second time on one day
    assert "Came back" not in (await ada.says("/progress")).text
    tried = await (await (await ada.says("/tip")).press("Try it")).press("I did it")
    assert "Your streak is whole again: **4 weeks**" in tried.text
    assert "nothing to repair" in (await ada.says("/streak repair")).text


async def test_a_comeback_is_celebrated(ada: Member, clock: ManualClock) -> None:
    await _weeks(ada, clock, 3)
    clock.advance(days=28)
    assert "ended in the week of" in (await ada.says("/streak")).text
    assert "your best of 3 weeks stays yours" in (await ada.says("/checkin")).text


async def test_why_lists_the_rows_that_decide(ada: Member, clock: ManualClock) -> None:
    assert "Nothing has counted yet" in (await ada.says("/streak why")).text
    await ada.says("/settings zone:Tokyo")
    await ada.says("/checkin")
    clock.advance(days=7)
    shown = await ada.says("/streak why")
    assert "Week of Monday 16 November: It counts. Streak 1" in shown.text
    assert "Saturday 21 November at 18:00 (Asia/Tokyo): A check-in" in shown.text
    assert "Open until it ends" in shown.text


async def test_why_has_pages(ada: Member, clock: ManualClock) -> None:
    await _weeks(ada, clock, 5)
    first = await ada.says("/streak why")
    assert "Page 1 of 2" in first.text
    assert "Week of Monday 16 November" in (await first.press("Next")).text


async def test_the_rules_name_everything_that_counts(ada: Member) -> None:
    rules = (await ada.says("/streak rules")).text
    assert "A check-in: 1 point" in rules
    assert "A tip that you tried: 2 points, for at most 3 a day" in rules
    assert "A step of a path: 10 points" in rules
    assert "/streak pause" in rules


async def test_a_pause_holds_the_streak(ada: Member, clock: ManualClock) -> None:
    await _weeks(ada, clock, 2)
    planned = await (await ada.says("/streak pause")).press("Two weeks")
    assert "from Saturday 5 December to Friday 18 December" in planned.text
    clock.advance(days=15)
    assert "2 weeks in a row" in (await ada.says("/streak")).text
    clock.advance(days=14)
    assert "2 weeks in a row" not in (await ada.says("/streak")).text


async def test_in_a_pause_nothing_is_due_before_it_is_over(ada: Member, clock: ManualClock) -> None:
    await _weeks(ada, clock, 2)
    await ada.says("/streak pause length:3w")  # from Saturday 5 December to Friday the 25th
    clock.advance(days=9)
    shown = await ada.says("/streak")
    assert "14 Dec: excused" in shown.text
    assert "7 Dec: excused" in shown.text
    assert "One activity before Monday 4 January, 04:00, your time, keeps it alive." in shown.text


async def test_a_pause_can_be_ended_and_is_refused_when_too_long(ada: Member) -> None:
    assert "one day to four weeks" in (await ada.says("/streak pause length:5w")).text
    assert "begins today or within" in (await ada.says("/streak pause length:1w start:2020-01-01")).text
    planned = await ada.says("/streak pause length:3d")
    assert "waits from" in (await ada.says("/streak pause length:1w")).text
    assert "over from today" in (await planned.press("End it")).text
    assert "over already" in (await planned.press("End it")).text


async def test_organisers_excuse_days_for_everybody(
    ada: Member, grace: Member, clock: ManualClock, house: House
) -> None:
    await _weeks(ada, clock, 2)
    clock.advance(days=7)
    assert "on hold" in (await ada.says("/streak")).text
    excused = await grace.says("/streak excuse 2026-11-30 2026-12-06 the storm")
    assert "2026-11-30 to 2026-12-06, the storm" in excused.text
    assert "2 weeks in a row" in (await ada.says("/streak")).text
    taken = await (await grace.says("/streak excused")).press("2026-11-30 to 2026-12-06, the storm")
    assert "No streak right now" in (await ada.says("/streak")).text
    await taken.press("Undo")
    assert "2 weeks in a row" in (await ada.says("/streak")).text
    assert "organisers" in (await ada.says("/streak excuse 2026-11-30 2026-12-06")).text
    assert "before the first" in (await grace.says("/streak excuse 2026-12-06 2026-11-30")).text


async def test_the_time_in_which_the_bot_was_down_counts_against_nobody(
    ada: Member, clock: ManualClock, house: House
) -> None:
    from bot.scheduler.heartbeat import heartbeat

    beat = heartbeat(house.store).work
    await _weeks(ada, clock, 2)
    await beat()
    clock.advance(days=6)  # down until Friday 11 December
    await beat()
    clock.advance(days=3)
    assert "2 weeks in a row" in (await ada.says("/streak")).text
    person = await house.store.people.find(ada.speaker.handle)
    assert person is not None
    assert len((await house.store.streaks.excused(person.id)).outages) == 1
    assert "I was down" in (await ada.says("/streak why")).text


async def test_excuses_of_another_community_change_nothing(ada: Member, clock: ManualClock, house: House) -> None:
    from bot.models import Place

    await _weeks(ada, clock, 2)
    clock.advance(days=7)
    other = await house.store.communities.enter(Place("fake", "elsewhere"), "Elsewhere")
    from datetime import date

    await house.store.streaks.excuse(other.id, DayRange(date(2026, 11, 30), date(2026, 12, 6)), "")
    assert "No streak right now" in (await ada.says("/streak")).text
