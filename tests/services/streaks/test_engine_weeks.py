"""The weekly streak, rule by rule."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.models import Activity, Excused
from bot.services.streaks import Loss, WeekKind, look, recompute, weeks
from tests.services.streaks.engine_past import MONDAY, NOBODY, ROME, days, down, fact, in_weeks, local, on, seen

HONOLULU = "Pacific/Honolulu"


def kinds(facts: list[Activity], day: int, excused: Excused = NOBODY) -> str:
    """Spell the story: Active, Open, Excused, Missed, Frozen, Repaired, Lost."""
    now = local(MONDAY + timedelta(days=day))
    return "".join(week.kind[0].upper() for week in weeks(facts, excused, now, ZoneInfo(ROME)))


def test_without_facts_everything_is_nought() -> None:
    empty = seen([], 2)
    assert (empty.count, empty.best, empty.daily, empty.active_days, empty.loss) == (0, 0, 0, 0, None)
    assert (empty.monday, empty.kept, empty.weeks_to_freeze) == (MONDAY, False, 4)
    assert empty.until == datetime(2026, 3, 9, 4, tzinfo=ZoneInfo(ROME))
    assert recompute([], NOBODY) is None
    assert weeks([], NOBODY, local(MONDAY), ZoneInfo(ROME)) == []


def test_a_week_with_one_activity_counts() -> None:
    streak = seen(in_weeks(0, 1, 2), 16)
    assert (streak.count, streak.best, streak.kept, streak.gold) == (3, 3, True, False)
    assert streak.until == datetime(2026, 3, 30, 4, tzinfo=ZoneInfo(ROME))  # a week more, for this one is kept


def test_an_open_week_takes_nothing_away() -> None:
    streak = seen(in_weeks(0, 1), 20)
    assert (streak.count, streak.kept, streak.days_this_week) == (2, False, ())
    assert streak.until == datetime(2026, 3, 23, 4, tzinfo=ZoneInfo(ROME))


def test_a_week_ends_on_monday_at_four() -> None:
    facts = in_weeks(0)
    assert seen(facts, 14, clock="03:59").count == 1
    assert seen(facts, 14, clock="04:00").count == 0


def test_three_days_are_gold_and_three_activities_in_a_day_are_not() -> None:
    golden = seen(on(0, 3, 6), 6)
    assert (golden.gold, golden.gold_weeks, golden.activities_this_week) == (True, 1, 3)
    assert not seen([*on(3), *on(3, clock="12:01"), *on(3, clock="12:02")], 6).gold
    assert seen(on(0, 3, 6), 7).gold_weeks == 1


@pytest.mark.parametrize(("active", "held", "left"), [(3, 0, 1), (4, 1, 4), (7, 1, 1), (8, 2, None), (12, 2, None)])
def test_four_weeks_earn_a_freeze_and_two_are_held_at_most(active: int, held: int, left: int | None) -> None:
    streak = seen(in_weeks(*range(active)), 7 * active - 1)
    assert (streak.held, streak.weeks_to_freeze) == (held, left)


def test_a_freeze_is_used_by_itself() -> None:
    facts = in_weeks(0, 1, 2, 3, 5)
    streak = seen(facts, 40)
    assert (streak.count, streak.held, streak.last_frozen) == (5, 0, MONDAY + timedelta(weeks=4))
    assert kinds(facts, 40) == "AAAAFA"


def test_a_freeze_is_used_as_soon_as_the_week_is_over() -> None:
    assert seen(in_weeks(0, 1, 2, 3), 34).held == 1
    assert (seen(in_weeks(0, 1, 2, 3), 35).held, seen(in_weeks(0, 1, 2, 3), 35).count) == (0, 4)


def test_two_activities_in_the_next_week_repair_a_missed_one() -> None:
    assert seen(in_weeks(0, 1), 21).loss == Loss(MONDAY + timedelta(weeks=2), 2, repairable=True)
    once = seen(in_weeks(0, 1, 3), 24)
    assert (once.count, once.comebacks) == (1, 1)
    assert once.loss == Loss(MONDAY + timedelta(weeks=2), 2, repairable=True)
    twice = seen(in_weeks(0, 1, 3, 3), 24)
    assert (twice.count, twice.best, twice.loss, twice.comebacks) == (3, 3, None, 0)
    assert kinds(in_weeks(0, 1, 3, 3), 24) == "AARA"


def test_a_repair_may_be_two_activities_on_one_day() -> None:
    assert seen([*in_weeks(0, 1), *on(23), *on(23, clock="12:01")], 24).count == 3


def test_two_missed_weeks_cannot_be_repaired() -> None:
    facts = in_weeks(0, 1, 4, 4)
    assert kinds(facts, 31) == "AALMA"
    assert seen(facts, 31).loss == Loss(MONDAY + timedelta(weeks=2), 2, repairable=False)
    assert (seen(facts, 31).count, seen(facts, 31).best, seen(facts, 31).comebacks) == (1, 2, 1)


def test_a_loss_is_final_when_the_week_of_repair_is_over() -> None:
    later = seen(in_weeks(0, 1, 3, 4, 4), 31)
    assert later.loss == Loss(MONDAY + timedelta(weeks=2), 2, repairable=False)
    assert (later.count, later.comebacks) == (2, 1)


def test_a_repair_waits_through_forgiven_weeks() -> None:
    excused = Excused(pauses=(days(14, 27),))  # weeks 2 and 3
    assert kinds(in_weeks(0, 4, 4), 32, excused) == "AREEA"
    assert seen(in_weeks(0), 29, excused).loss == Loss(MONDAY + timedelta(weeks=1), 1, repairable=True)
    assert seen(in_weeks(0, 4, 4), 32, excused).count == 2


@pytest.mark.parametrize(
    ("excused", "kind"),
    [
        (Excused(pauses=(days(7, 10),)), "E"),
        (Excused(pauses=(days(7, 9),)), "L"),
        (Excused(pauses=(days(7, 8),), excuses=(days(10, 11),)), "E"),
        (Excused(pauses=(days(7, 8),), excuses=(days(8, 9),)), "L"),
        (Excused(excuses=(days(13, 13),)), "E"),
        (Excused(outages=(down(13, "10:00", 60),)), "E"),
        (Excused(outages=(down(13, "10:00", 59),)), "L"),
        (Excused(outages=(down(13, "10:00", 30), down(13, "20:00", 30))), "E"),
        (Excused(outages=(down(13, "10:00", 40), down(13, "10:10", 40))), "L"),
        (Excused(outages=(down(13, "03:30", 80),)), "L"),
        (Excused(outages=(down(14, "03:30", 80), down(13, "20:00", 30))), "E"),
        (Excused(outages=tuple(down(day, "10:00", 60) for day in (7, 8, 9, 10))), "E"),
    ],
)
def test_a_week_is_forgiven_for_its_sunday_or_four_days(excused: Excused, kind: str) -> None:
    assert kinds(in_weeks(0, 2), 18, excused) == f"A{kind}A"


def test_an_outage_counts_in_the_zone_where_they_were() -> None:
    facts = [*on(2, zone="Asia/Tokyo"), *on(16, zone="Asia/Tokyo")]
    assert kinds(facts, 18, Excused(outages=(down(13, "05:00", 60, "Asia/Tokyo"),))) == "AEA"
    assert kinds(facts, 18, Excused(outages=(down(14, "05:00", 60, "Asia/Tokyo"),))) == "ALA"


def test_an_excused_week_in_which_something_was_done_counts() -> None:
    assert kinds(in_weeks(0, 1), 8, Excused(pauses=(days(7, 13),))) == "AA"


def test_a_travel_day_forgives_its_week() -> None:
    # It was Sunday in Honolulu when they came there, and Monday where they had come from.
    came = fact(local(MONDAY + timedelta(days=6), "20:00", HONOLULU), HONOLULU)
    facts = [*on(2, zone="Pacific/Kiritimati"), came]
    story = weeks(facts, NOBODY, local(MONDAY + timedelta(days=15), zone=HONOLULU), ZoneInfo(HONOLULU))
    assert [week.kind for week in story] == [WeekKind.ACTIVE, WeekKind.EXCUSED, WeekKind.OPEN]
    assert seen(facts, 15, zone=HONOLULU).count == 1


def test_a_week_is_over_only_when_it_is_over_in_both_zones() -> None:
    facts = on(2, zone="America/Los_Angeles")
    now = local(MONDAY + timedelta(days=14), "05:00", "Asia/Tokyo")
    state = recompute(facts, NOBODY)
    assert look(state, NOBODY, now, ZoneInfo("Asia/Tokyo")).monday == MONDAY + timedelta(days=7)
    assert look(state, NOBODY, now, ZoneInfo("Asia/Tokyo")).count == 1


def test_after_years_away_the_past_still_stands() -> None:
    streak = seen(in_weeks(*range(9)), 7 * 520)
    assert (streak.count, streak.best, streak.active_weeks, streak.held) == (0, 9, 9, 0)
    assert streak.last_frozen == MONDAY + timedelta(weeks=10)
    assert streak.loss == Loss(MONDAY + timedelta(weeks=11), 9, repairable=False)
    assert streak.monday == MONDAY + timedelta(weeks=520)


def test_the_deadline_is_four_in_the_morning_on_the_day_the_clocks_change_too() -> None:
    streak = seen(on(21), 22)
    assert streak.until.astimezone(UTC) == datetime(2026, 4, 6, 2, tzinfo=UTC)
