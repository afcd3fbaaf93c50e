"""A year of days as squares: one column a week, Monday first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.services.pictures.card import Card

WEEKS = 53
TOP_STEP = 4
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Square:
    """One day and its place in the calendar."""

    day: date
    column: int
    row: int
    count: int
    excused: bool

    @property
    def step(self) -> int:
        """Tell how bright the square is: 0 for nothing, 4 for four activities and more."""
        return min(self.count, TOP_STEP)

    @property
    def rested(self) -> bool:
        """Tell whether the day was excused and nothing was done on it."""
        return self.excused and self.count == 0


def squares(card: Card) -> tuple[Square, ...]:
    """Return the days from 52 weeks before this week until today."""
    today = card.today.toordinal()
    first = today - card.today.weekday() - 7 * (WEEKS - 1)
    # A calendar that begins before year 1 has no such days.
    return tuple(_square(card, date.fromordinal(day), day - first) for day in range(max(first, 1), today + 1))


def _square(card: Card, day: date, place: int) -> Square:
    return Square(day, place // 7, place % 7, max(card.days.get(day, 0), 0), day in card.excused)


def month_starts(days: tuple[Square, ...]) -> Iterator[tuple[int, str]]:
    """Tell in which column each month begins; the month that the calendar begins in the middle of included."""
    for place, square in enumerate(days):
        if place == 0 or square.day.day == 1:
            yield square.column, MONTHS[square.day.month - 1]


def by_month(days: tuple[Square, ...]) -> list[tuple[str, int]]:
    """Count each month in which something was done; the first one, and the first of a new year, name their year."""
    counts: dict[str, int] = {}
    for square in days:
        if square.count:
            name = f"{MONTHS[square.day.month - 1]} {square.day.year}"
            counts[name] = counts.get(name, 0) + square.count
    told, last = [], ""
    for name, count in counts.items():
        month, year = name.split()
        told.append((month if year == last else name, count))
        last = year
    return told
