"""How a store is doing, in numbers: for health pages, metrics and whoever looks after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Pulse:
    """How much there is, and what waits since when. All of it is counted without walking through a large table."""

    communities: int
    posts: Mapping[str, int]
    # Since when the post that waits longest is due, and the reminder.
    post_due: datetime | None
    reminder_due: datetime | None
    troubled_schedules: int
    beat: datetime | None
    file_bytes: int
    log_bytes: int
