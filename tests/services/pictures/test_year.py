"""The year as squares: leap days, year ends, and a week that begins on Monday."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.pictures.year import WEEKS, Square, by_month, month_starts, squares
from tests.services.pictures.cards import NEWCOMER


def _on(today: date, days: dict[date, int] | None = None) -> tuple[Square, ...]:
    return squares(replace(NEWCOMER, today=today, days=days or {}))


@given(st.dates(min_value=date(2, 1, 8)))
def test_every_day_of_the_year_before_has_its_own_square(today: date) -> None:
    days = _on(today)
    assert [square.day for square in days] == [days[0].day + timedelta(days=at) for at in range(len(days))]
    assert days[-1].day == today
    assert len({(square.column, square.row) for square in days}) == len(days) > 364
    assert all(square.row == square.day.weekday() for square in days)
    assert days[0].column == days[0].row == 0
    assert days[-1].column == WEEKS - 1


@pytest.mark.parametrize("ahead", range(7))
def test_today_stands_in_the_last_column_on_every_weekday(ahead: int) -> None:
    today = date(2026, 11, 16) + timedelta(days=ahead)
    assert _on(today)[-1] == Square(today, WEEKS - 1, ahead, 0, excused=False)


def test_a_leap_day_has_a_square() -> None:
    leap = next(square for square in _on(date(2028, 12, 31)) if square.day == date(2028, 2, 29))
    assert leap.row == 1


def test_a_year_ends_in_the_middle_of_a_column() -> None:
    columns = {square.day: square.column for square in _on(date(2027, 3, 1))}
    assert columns[date(2026, 12, 31)] == columns[date(2027, 1, 1)] == columns[date(2027, 1, 4)] - 1


@pytest.mark.parametrize("today", [date.min, date(1, 6, 1), date.max])
def test_the_ends_of_the_calendar_are_days_as_well(today: date) -> None:
    assert _on(today)[-1].day == today


def test_brightness_ends_at_four_and_below_nothing_there_is_nothing() -> None:
    today = date(2026, 11, 21)
    counts = {today - timedelta(days=back): count for back, count in enumerate((-5, 0, 1, 4, 9))}
    assert [square.step for square in _on(today, counts)[-1:-6:-1]] == [0, 0, 1, 4, 4]


def test_an_excused_day_rests_only_while_nothing_was_done() -> None:
    assert Square(date(2026, 1, 1), 0, 0, 0, excused=True).rested
    assert not Square(date(2026, 1, 1), 0, 0, 1, excused=True).rested
    assert not Square(date(2026, 1, 1), 0, 0, 0, excused=False).rested


def test_months_begin_where_their_first_day_is() -> None:
    days = _on(date(2026, 11, 21))
    starts = list(month_starts(days))
    assert " ".join(name for _, name in starts) == "Nov Dec Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov"
    first = next(square for square in days if square.day == date(2026, 3, 1))
    assert (first.column, "Mar") in starts


def test_months_are_said_with_their_years() -> None:
    counts = {date(2025, 11, 30): 2, date(2025, 12, 31): 1, date(2026, 1, 1): 4, date(2026, 11, 20): 3}
    assert by_month(_on(date(2026, 11, 21), counts)) == [("Nov 2025", 2), ("Dec", 1), ("Jan 2026", 4), ("Nov", 3)]
