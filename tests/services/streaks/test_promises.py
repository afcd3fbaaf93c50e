"""What the rules promise members whatever they do."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.models import DayRange, Excused
from bot.services.streaks import Streak, advance, look, recompute
from tests.services.streaks.lives import Life, lives, starts, waits, zones
from tests.services.streaks.oracle import monday_of, own_day
from tests.services.streaks.scenes import fact as written

PROMISED = settings(max_examples=150, deadline=None)
_DAY = timedelta(days=1)


def _numbers(life: Life, excused: Excused, at: datetime, zone: ZoneInfo) -> Streak:
    return look(recompute(life.facts, excused), excused, at, zone)


def _and(excused: Excused, days: DayRange) -> Excused:
    return replace(excused, excuses=(*excused.excuses, days))


@given(lives, waits, zones)
@PROMISED
def test_leaving_the_zone_of_the_last_activity_never_makes_the_weekly_number_smaller(
    life: Life, later: timedelta, zone: str
) -> None:
    assume(life.facts)
    at = life.now + later
    stayed = _numbers(life, life.excused, at, ZoneInfo(life.facts[-1].zone))
    assert _numbers(life, life.excused, at, ZoneInfo(zone)).count >= stayed.count


@given(lives, st.one_of(waits, st.integers(0, 72).map(lambda hours: timedelta(hours=hours))), zones)
@PROMISED
def test_leaving_it_never_makes_the_daily_number_smaller(life: Life, later: timedelta, zone: str) -> None:
    assume(life.facts)
    last = life.facts[-1]
    at = max(life.now, last.at) if later.days % 2 else last.at + later
    home, away = ZoneInfo(last.zone), ZoneInfo(zone)
    stayed = _numbers(life, life.excused, at, home)
    assert _numbers(life, life.excused, at, away).daily >= stayed.daily


@given(lives, st.integers(-60, 10), st.integers(1, 28))
@PROMISED
def test_excusing_more_days_never_makes_the_daily_number_smaller(life: Life, first: int, length: int) -> None:
    begin = life.today + first * _DAY
    more = _and(life.excused, DayRange(begin, begin + (length - 1) * _DAY))
    before, after = (_numbers(life, excused, life.now, life.where) for excused in (life.excused, more))
    assert after.daily >= before.daily
    assert after.best_daily >= before.best_daily


# For earlier weeks this cannot be promised: a longer streak may earn its next freeze later than a new one does.
@given(lives, st.integers(1, 40), st.integers(1, 28))
@PROMISED
def test_excusing_days_after_the_last_activity_never_makes_the_weekly_number_smaller(
    life: Life, first: int, length: int
) -> None:
    assume(life.facts)
    begin = max(fact.day for fact in life.facts) + first * _DAY
    more = _and(life.excused, DayRange(begin, begin + (length - 1) * _DAY))
    at = life.now + timedelta(weeks=5)
    assert _numbers(life, more, at, life.where).count >= _numbers(life, life.excused, at, life.where).count


@given(lives, st.integers(min_value=0))
@PROMISED
def test_the_same_activity_twice_changes_nothing_but_how_many_there_were(life: Life, place: int) -> None:
    assume(life.facts)
    place %= len(life.facts)
    twice = [*life.facts[: place + 1], *life.facts[place:]]
    numbered = [replace(fact, id=number) for number, fact in enumerate(twice, 1)]
    monday = monday_of(twice[place].day)
    # One activity more may repair the week before; where there were two, nothing is left to repair.
    assume(sum(1 for fact in life.facts if monday_of(fact.day) == monday) >= 2)
    once = _numbers(life, life.excused, life.now, life.where)
    again = look(recompute(numbered, life.excused), life.excused, life.now, life.where)
    assert replace(again, activities_this_week=once.activities_this_week) == once
    assert again.activities_this_week - once.activities_this_week == (monday == once.monday)


@given(lives)
@PROMISED
def test_the_ledger_and_the_oracle_mean_the_same_by_a_day(life: Life) -> None:
    assert [own_day(fact.at, ZoneInfo(fact.zone)) for fact in life.facts] == [fact.day for fact in life.facts]


@given(starts, zones, st.lists(st.integers(0, 1), min_size=2, max_size=30))
@PROMISED
def test_the_usual_next_activity_needs_no_ledger(start: datetime, zone: str, days: list[int]) -> None:
    noon = start.astimezone(ZoneInfo(zone)).replace(hour=12)
    state, at = None, noon
    for number, day in enumerate(days):
        at += timedelta(days=day)
        state = advance(state, written(at, zone, number))
        assert state is not None
