"""A slow judge of slots: it walks through the minutes in UTC and reads the clocks on the wall."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
# No clock on a wall is further ahead of UTC, or behind it.
FURTHEST = timedelta(hours=16)


def on_the_wall(moment: datetime, zone: str) -> datetime:
    """Read the clock on the wall."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


@lru_cache(maxsize=100_000)
def first_minute(day: date, wall: time, zone: str) -> datetime:
    """Walk until the wall shows this time of this day, or a later one."""
    wanted = datetime.combine(day, wall)
    moment = wanted.replace(tzinfo=UTC) - FURTHEST
    while on_the_wall(moment, zone) < wanted:
        moment += MINUTE
    return moment


@lru_cache(maxsize=100_000)
def soon_first_minute(day: date, wall: time, zone: str) -> datetime:
    """Find the same, but begin to walk at the earliest minute that the clocks of these days allow."""
    wanted = datetime.combine(day, wall)
    near = [wanted.replace(tzinfo=UTC) + hours * HOUR for hours in range(-48, 49, 6)]
    moment = min(wanted.replace(tzinfo=UTC) - (on_the_wall(at, zone) - at.replace(tzinfo=None)) for at in near)
    while on_the_wall(moment, zone) < wanted:
        moment += MINUTE
    return moment


@lru_cache(maxsize=1000)
def exists(day: date, zone: str) -> bool:
    """Say whether any minute of this day was ever shown."""
    start = datetime.combine(day, time(0), UTC) - FURTHEST
    quarters = (start + number * MINUTE * 15 for number in range(4 * 56))
    return any(on_the_wall(moment, zone).date() == day for moment in quarters)


def weekly(first: date, last: date, wall: time, zone: str, weekday: int) -> Iterator[datetime]:
    """Yield the slots of a weekly rule for the days of this range."""
    for day in _days(first, last):
        if day.weekday() == weekday:
            yield soon_first_minute(day, wall, zone)


def daily(first: date, last: date, wall: time, zone: str) -> Iterator[datetime]:
    """Yield the slots of a daily rule for the days of this range that there were."""
    for day in _days(first, last):
        if exists(day, zone):
            yield soon_first_minute(day, wall, zone)


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY
