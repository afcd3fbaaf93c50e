"""The daily streak, rule by rule."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.models import Excused
from bot.services.streaks import advance, look, recompute
from tests.services.streaks.engine_past import MONDAY, NOBODY, ROME, days, down, fact, local, on, seen

KIRITIMATI, HONOLULU = "Pacific/Kiritimati", "Pacific/Honolulu"


def test_days_in_a_row_make_the_number() -> None:
    streak = seen([*on(0, 1, 2), *on(2, clock="12:30")], 2)
    assert (streak.daily, streak.best_daily, streak.active_days, streak.activities_this_week) == (3, 3, 3, 4)


def test_today_may_still_come() -> None:
    assert seen(on(0, 1), 2, clock="23:59").daily == 2
    assert seen(on(0, 1), 3, clock="03:59").daily == 2
    assert (seen(on(0, 1), 3, clock="04:00").daily, seen(on(0, 1), 3, clock="04:00").best_daily) == (0, 2)


def test_a_missed_workday_breaks_the_chain() -> None:
    streak = seen(on(0, 1, 3), 3)
    assert (streak.daily, streak.best_daily, streak.active_days) == (1, 2, 3)


def test_weekends_are_free_and_count_when_used() -> None:
    assert seen(on(4, 7), 7).daily == 2
    assert seen(on(4, 5, 7), 7).daily == 3
    assert seen(on(4), 7, clock="23:00").daily == 1
    assert seen(on(3, 7), 7).daily == 1


def test_excused_days_are_free() -> None:
    assert seen(on(0, 3), 3, Excused(pauses=(days(1, 2),))).daily == 2
    assert seen(on(0, 3), 3, Excused(excuses=(days(1, 1),))).daily == 1
    assert seen(on(0, 2), 2, Excused(outages=(down(1, "09:00", 60),))).daily == 2
    assert seen(on(0), 2, Excused(outages=(down(1, "09:00", 60),))).daily == 1


def test_thirty_six_hours_are_never_too_long() -> None:
    facts = [*on(0, clock="20:00"), *on(2, clock="08:00")]
    assert seen(facts, 2).daily == 2
    assert seen([*on(0, clock="20:00"), *on(2, clock="08:01")], 2).daily == 1
    assert seen(on(0, clock="20:00"), 2, clock="08:00").daily == 1
    assert seen(on(0, clock="20:00"), 2, clock="08:01").daily == 0


def test_travellers_have_less_than_forty_eight_hours() -> None:
    start = local(MONDAY, "20:00")
    for hours, connected in ((47.9, True), (48, False)):
        facts = [fact(start), fact(start + timedelta(hours=hours), "Asia/Tokyo")]
        assert (seen(facts, 2, zone="Asia/Tokyo", clock="23:00").daily == 2) is connected
        now = start + timedelta(hours=hours)
        assert (look(recompute(facts[:1], NOBODY), NOBODY, now, ZoneInfo("Asia/Tokyo")).daily == 1) is connected


def test_a_day_lived_twice_counts_once() -> None:
    first = fact(local(MONDAY + timedelta(days=2), "09:00", KIRITIMATI), KIRITIMATI)
    again = [fact(first.at + timedelta(hours=number), HONOLULU) for number in (6, 30, 54)]
    assert [one.day.day for one in (first, *again)] == [4, 3, 4, 5]
    assert seen([first, *again], 3, zone=HONOLULU).daily == 3


def test_a_day_done_already_in_another_zone_connects() -> None:
    first = fact(local(MONDAY + timedelta(days=2), "09:00", KIRITIMATI), KIRITIMATI)
    back = fact(first.at + timedelta(hours=6), HONOLULU)
    later = fact(local(MONDAY + timedelta(days=3), "23:00", HONOLULU), HONOLULU)
    assert seen([first, back, later], 3, zone=HONOLULU, clock="23:30").daily == 3
    assert later.at - back.at > timedelta(hours=36)


def test_the_larger_of_two_days_keeps_the_chain_alive() -> None:
    first = fact(local(MONDAY + timedelta(days=2), "09:00", KIRITIMATI), KIRITIMATI)
    back = fact(first.at + timedelta(hours=6), HONOLULU)  # on Tuesday again
    assert seen([first, back], 3, zone=HONOLULU, clock="23:00").daily == 2
    assert seen([first, back], 4, zone=HONOLULU, clock="04:00").daily == 0


def test_whoever_came_back_by_two_days_is_excused_where_they_are() -> None:
    west = "Etc/GMT+12"
    first = fact(local(MONDAY + timedelta(days=3), "04:10", KIRITIMATI), KIRITIMATI)
    back = fact(first.at + timedelta(minutes=30), west)  # Tuesday; they were ahead by 26 hours
    facts = [first, back, *on(3, 4, 5, 6, clock="23:00", zone=west)]
    assert seen(facts, 6, zone=west, clock="23:30").daily == 4
    excused = Excused(outages=(down(3, "02:00", 60, west),))  # in the night after Wednesday
    assert seen(facts, 6, excused, zone=west, clock="23:30").daily == 5


def test_days_of_a_gap_are_excused_where_they_were_in_it() -> None:
    facts = [*on(0), *on(3, zone="Asia/Tokyo")]
    # The nights after Tuesday and Wednesday in Rome are Wednesday and Thursday in Tokyo.
    excused = Excused(outages=(down(2, "02:30", 60), down(3, "02:30", 60)))
    assert seen(facts, 3, excused, zone="Asia/Tokyo").daily == 2
    now = facts[-1].at
    state = advance(advance(None, facts[0]), facts[1])
    assert look(state, excused, now, ZoneInfo("Asia/Tokyo")).daily == 2
    assert look(state, NOBODY, now, ZoneInfo("Asia/Tokyo")).daily == 1


def test_a_night_without_half_past_two_is_one_day() -> None:
    # In Rome the clocks jump from 02:00 to 03:00 in the night to Sunday, day 27.
    facts = [*on(26), *on(27, clock="02:30"), *on(27, clock="04:00")]
    assert [one.day.day for one in facts] == [28, 28, 29]
    assert seen(facts, 27, zone=ROME).daily == 2
