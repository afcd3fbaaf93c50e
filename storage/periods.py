"""The periods that boards count in."""

from __future__ import annotations

from datetime import date, timedelta

ALL = "all"


def periods_of(day: date) -> tuple[str, str, str]:
    """Return the periods that a day belongs to: its week, its season and all time."""
    monday = day - timedelta(days=day.weekday())
    return f"week {monday.isoformat()}", f"season {day.year}-Q{(day.month + 2) // 3}", ALL
