"""The weekly streak: what becomes of each week, and of the number with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from bot.services.streaks.dates import WEEK

GOLD_DAYS = 3
WEEKS_PER_FREEZE = 4
MOST_HELD = 2
# The week's own activity and one extra.
REPAIRING_ACTIVITIES = 2


class WeekKind(StrEnum):
    """What a week was for the streak."""

    ACTIVE = "active"
    OPEN = "open"
    EXCUSED = "excused"
    MISSED = "missed"
    FROZEN = "frozen"
    REPAIRED = "repaired"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Loss:
    """The week that ended a streak, and how long that streak was."""

    week: date
    count: int
    repairable: bool


class Done(NamedTuple):
    """What somebody did in one week: how often, and on which days in order."""

    activities: int
    days: tuple[date, ...]

    @property
    def gold(self) -> bool:
        """Say whether the week is a gold one."""
        return len(self.days) >= GOLD_DAYS


NOTHING = Done(0, ())


@dataclass(frozen=True, slots=True)
class Tally:
    """The numbers after a week."""

    count: int = 0
    held: int = 0
    best: int = 0
    active_weeks: int = 0
    gold_weeks: int = 0
    comebacks: int = 0
    loss: Loss | None = None
    last_frozen: date | None = None

    def kept(self, done: Done) -> Tally:
        """Count an active week."""
        count = self.count + 1
        earned = count % WEEKS_PER_FREEZE == 0 and self.held < MOST_HELD
        return Tally(
            count=count,
            held=self.held + earned,
            best=max(self.best, count),
            active_weeks=self.active_weeks + 1,
            gold_weeks=self.gold_weeks + done.gold,
            # The number is nought only before the first week and after a loss.
            comebacks=self.comebacks + (self.count == 0 and self.loss is not None),
            loss=self.loss,
            last_frozen=self.last_frozen,
        )

    def froze(self, week: date) -> Tally:
        """Use a freeze for a week."""
        return replace(self, held=self.held - 1, last_frozen=week)

    def lost(self, week: date, *, repairable: bool) -> Tally:
        """Begin again after a week."""
        return replace(self, count=0, loss=Loss(week, self.count, repairable))


class Told(NamedTuple):
    """One week of the story, with the numbers after it."""

    monday: date
    kind: WeekKind
    tally: Tally


@dataclass(frozen=True, slots=True)
class Weekly:
    """The rules of the weekly streak, over what was done up to the current week."""

    done: Mapping[date, Done]
    forgiven: Callable[[date], bool]
    current: date

    def tell(self, monday: date, tally: Tally) -> Iterator[Told]:
        """Go through the weeks up to the current one, from a week and the numbers before it."""
        while monday <= self.current:
            kind, tally = self._judge(monday, tally)
            yield Told(monday, kind, tally)
            monday += WEEK

    def _judge(self, monday: date, tally: Tally) -> tuple[WeekKind, Tally]:
        if monday in self.done:
            return WeekKind.ACTIVE, tally.kept(self.done[monday])
        if monday == self.current:
            return WeekKind.OPEN, tally
        if self.forgiven(monday):
            return WeekKind.EXCUSED, tally
        return self._miss(monday, tally)

    def _miss(self, monday: date, tally: Tally) -> tuple[WeekKind, Tally]:
        if tally.count == 0:
            return WeekKind.MISSED, tally
        if tally.held:
            return WeekKind.FROZEN, tally.froze(monday)
        repairing = self._repairing(monday)
        if self.done.get(repairing, NOTHING).activities >= REPAIRING_ACTIVITIES:
            return WeekKind.REPAIRED, tally
        return WeekKind.LOST, tally.lost(monday, repairable=repairing == self.current)

    def _repairing(self, missed: date) -> date:
        """Find the week in which a missed one may be made good."""
        monday = missed + WEEK
        while monday < self.current and monday not in self.done and self.forgiven(monday):
            monday += WEEK
        return monday
