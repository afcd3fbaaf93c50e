"""The week of a round: it opens at a wall time where the community is, and closes when the next one opens."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MONDAY, NINE = 0, time(9)
WEEK, SHORTEST = timedelta(weeks=1), timedelta(days=5)


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


def week_after(closed: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the week that follows one that closed then.

    Where the community has moved to another zone the two would overlap, or leave a week of a few hours. Then the week
    begins where the other ended, and is a little longer or shorter.
    """
    _, closes = week_around(closed, zone)
    return closed, closes if closes - closed > SHORTEST else week_around(closes, zone)[1]


def week_on(now: datetime, zone: ZoneInfo, closed: datetime | None) -> tuple[datetime, datetime]:
    """Return the week that holds this moment, when the latest round closed then."""
    opens, closes = week_around(now, zone)
    return week_after(closed, zone) if closed is not None and opens < closed <= now else (opens, closes)


def _moment(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """Return a wall time as a moment; one that the clocks skip becomes the first after it."""
    return datetime.combine(day, wall, zone).astimezone(UTC)
