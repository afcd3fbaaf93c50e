"""What the facts of one member say, put in order."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from itertools import groupby, pairwise

from bot.models import Activity, Excused
from bot.services.days import monday_of
from bot.services.streaks.dates import day_at
from bot.services.streaks.excusing import Excusing
from bot.services.streaks.weekly import Done


class Past:
    """The facts of one member, of which there is one at least, by weeks and zones."""

    def __init__(self, facts: Sequence[Activity], excused: Excused) -> None:
        self._facts = facts
        self._times = Counter(fact.day for fact in facts)
        self._ordered = sorted(self._times)
        self.excusing = Excusing(excused, self._home, since=monday_of(self._ordered[0]))

    @property
    def active_days(self) -> int:
        """Count the different days."""
        return len(self._ordered)

    @property
    def first_week(self) -> date:
        """Return the Monday of the first week with a fact."""
        return monday_of(self._ordered[0])

    @property
    def last_week(self) -> date:
        """Return the Monday of the last week with a fact."""
        return monday_of(self._ordered[-1])

    @cached_property
    def done(self) -> dict[date, Done]:
        """Return what was done in each week."""
        weeks = ((monday, tuple(days)) for monday, days in groupby(self._ordered, monday_of))
        return {monday: Done(sum(map(self._times.__getitem__, days)), days) for monday, days in weeks}

    @cached_property
    def travels(self) -> frozenset[date]:
        """Return the Mondays of the weeks in which they travelled."""
        pairs = ((one, other) for one, other in pairwise(self._facts) if one.zone != other.zone)
        return frozenset(monday_of(day_at(other.at, one.zone)) for one, other in pairs)

    def forgiven(self, monday: date) -> bool:
        """Say whether a week without activity counts for nothing."""
        return monday in self.travels or self.excusing.week(monday)

    def _home(self, day: date) -> str:
        days, zones = self._homes
        return zones[bisect_right(days, day) - 1]

    @cached_property
    def _homes(self) -> tuple[list[date], list[str]]:
        """List the days from which the last word on the zone is another, and the zones."""
        lasting: list[Activity] = []
        for fact in self._facts:
            while lasting and lasting[-1].day >= fact.day:
                lasting.pop()
            lasting.append(fact)
        # Before all facts, the first one says where they were.
        return [date.min, *(fact.day for fact in lasting)], [self._facts[0].zone, *(fact.zone for fact in lasting)]
