"""Quiet hours: the part of a member's day in which the bot writes nothing of its own accord."""

from __future__ import annotations

import re
from datetime import time

from bot.models import QuietHours

_HOURS = re.compile(
    r"(?P<a>\d{1,2})(?::?(?P<am>\d{2}))?\s*(?P<ah>am|pm)?\s*(?:-|–|—|to|until)\s*"
    r"(?P<b>\d{1,2})(?::?(?P<bm>\d{2}))?\s*(?P<bh>am|pm)?"
)
_MOMENT = re.compile(r"(?P<h>\d{1,2})(?:[:.h]?(?P<m>\d{2}))?\s*(?P<half>am|pm)?")


def read_hours(typed: str) -> QuietHours | None:
    """Read `22-7`, `22:30 to 07:00` or `10pm-7am`; None when it is none of these."""
    found = _HOURS.fullmatch(typed.strip().lower())
    if not found:
        return None
    start = _time(found["a"], found["am"], found["ah"])
    end = _time(found["b"], found["bm"], found["bh"])
    return QuietHours(start, end) if start is not None and end is not None and start != end else None


def read_time(typed: str) -> time | None:
    """Read `18:30`, `18` or `6pm`; None when it is none of these."""
    found = _MOMENT.fullmatch(typed.strip().lower())
    return _time(found["h"], found["m"], found["half"]) if found else None


def _time(hour: str, minute: str | None, half: str | None) -> time | None:
    hours, minutes = int(hour), int(minute or 0)
    if half and not 1 <= hours <= 12:
        return None
    if half:
        hours = hours % 12 + (12 if half == "pm" else 0)
    return time(hours % 24, minutes) if hours <= 24 and minutes <= 59 else None


def write_hours(quiet: QuietHours) -> str:
    """Say quiet hours as `read_hours` reads them."""
    return f"{quiet.start:%H:%M} to {quiet.end:%H:%M}"


def is_quiet(quiet: QuietHours | None, at: time) -> bool:
    """Say whether this is a time to be quiet; quiet hours may pass midnight."""
    if quiet is None:
        return False
    if quiet.start < quiet.end:
        return quiet.start <= at < quiet.end
    return at >= quiet.start or at < quiet.end
