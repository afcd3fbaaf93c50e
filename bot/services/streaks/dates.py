"""Weeks and the days between days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.services.days import member_day

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
_SATURDAY = 5


def day_at(moment: datetime, zone: str | ZoneInfo) -> date:
    """Return the member's day at a moment, in a zone."""
    return member_day(moment.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone))


def workdays_between(after: date, before: date) -> Iterator[date]:
    """Go through the days strictly between two others that are no weekend days."""
    day = after + DAY
    while day < before:
        if day.weekday() < _SATURDAY:
            yield day
        day += DAY
