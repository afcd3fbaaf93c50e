"""A member's days: each ends at four in the morning, where the member is."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache

DAY_ENDS = time(4)


def member_day(local: datetime) -> date:
    """Return the day that a moment belongs to, by the member's own clock."""
    return local.date() if local.time() >= DAY_ENDS else local.date() - timedelta(days=1)


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


@lru_cache(maxsize=64)
def spoken_day(day: date) -> str:
    """Say a date as `Monday 16 November`."""
    return f"{day:%A} {day.day} {day:%B}"


def spoken_moment(moment: datetime) -> str:
    """Say a moment as `Monday 16 November, 04:00`."""
    return f"{spoken_day(moment.date())}, {moment:%H:%M}"


def spoken_month(month: str) -> str:
    """Say `2026-11` as `November 2026`."""
    return f"{date.fromisoformat(f'{month}-01'):%B %Y}"
