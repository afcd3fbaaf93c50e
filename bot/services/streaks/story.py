"""The whole weekly story, for whoever asks why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.models import Activity, Excused
from bot.services.streaks.dates import day_at
from bot.services.streaks.looking import current_week
from bot.services.streaks.past import Past
from bot.services.streaks.weekly import NOTHING, Done, Tally, Told, WeekKind, Weekly


@dataclass(frozen=True, slots=True)
class Week:
    """One week: what was done, what became of it, and the number and the freezes after it."""

    monday: date
    kind: WeekKind
    activities: int
    days: tuple[date, ...]
    count: int
    held: int

    @property
    def gold(self) -> bool:
        """Say whether it is a gold week."""
        return Done(self.activities, self.days).gold


def weeks(facts: Sequence[Activity], excused: Excused, now: datetime, zone: ZoneInfo) -> list[Week]:
    """Tell all weeks from the first with a fact to the current one."""
    if not facts:
        return []
    past = Past(facts, excused)
    current = current_week(past.last_week, facts[-1].zone, now, day_at(now, zone))
    story = Weekly(past.done, past.forgiven, current).tell(past.first_week, Tally())
    return [_week(told, past.done.get(told.monday, NOTHING)) for told in story]


def _week(told: Told, done: Done) -> Week:
    return Week(told.monday, told.kind, done.activities, done.days, told.tally.count, told.tally.held)
