"""The week of a round: it opens at a wall time where the community is, and closes when the next one opens."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MONDAY, NINE = 0, time(9)
WEEK = timedelta(weeks=1)


def week_around(now: datetime, zone: ZoneInfo, weekday: int = MONDAY, wall: time = NINE) -> tuple[datetime, datetime]:
    """Return when the week that holds this moment opens and closes, in UTC."""
    local = now.astimezone(zone)
    day = local.date() - timedelta(days=(local.weekday() - weekday) % 7)
    opens = _moment(day, wall, zone)
    if opens > now:
        day -= WEEK
        opens = _moment(day, wall, zone)
    closes = _moment(day + WEEK, wall, zone)
    return (opens, closes) if now < closes else (closes, _moment(day + 2 * WEEK, wall, zone))


def next_week(opens: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the week after the one that opens then."""
    local = opens.astimezone(zone)
    return week_around(opens + WEEK + timedelta(hours=12), zone, local.weekday(), local.time())


def _moment(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """Return a wall time as a moment; one that the clocks skip becomes the first after it."""
    return datetime.combine(day, wall, zone).astimezone(UTC)
