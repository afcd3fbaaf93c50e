"""The daily streak: a chain of days in which weekends, excused days and travel break nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from bot.models import Activity
from bot.services.streaks.dates import DAY, day_at, workdays_between

_SOON = timedelta(hours=36)
_SOON_FOR_TRAVELLERS = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Gap:
    """Days without anything in a chain that only excuses can hold together."""

    after: date
    before: date
    zone: str
    # How many days the chain had before it.
    run: int

    def bridged(self, is_excused: Callable[[date], bool]) -> bool:
        """Say whether excuses hold the chain together."""
        return all(map(is_excused, workdays_between(self.after, self.before)))


@dataclass(frozen=True, slots=True)
class Chain:
    """The chain that ends with the last fact, and the best of those before."""

    run: int
    best: int
    largest: date
    # Not yet judged; the run counts from the last of them.
    gaps: tuple[Gap, ...] = ()

    def grown(self, day: date) -> Chain:
        """Add a day that is connected and no earlier than the others."""
        return self if day == self.largest else replace(self, run=self.run + 1, largest=day)

    def parted(self, day: date, reached: date, zone: str) -> Chain:
        """Add a later day that only excuses can connect."""
        gap = Gap(self.largest, reached, zone, self.run)
        return replace(self, run=1, largest=day, gaps=(*self.gaps, gap))

    def lengths(self, is_excused: Callable[[date], bool]) -> tuple[int, int]:
        """Return the length of the chain, and of the longest ever."""
        length, best = 0, self.best
        for gap in self.gaps:
            best = max(best, length + gap.run)
            length = length + gap.run if gap.bridged(is_excused) else 0
        length += self.run
        return length, max(best, length)


def soon(before: datetime, zone: str, after: datetime, new_zone: str) -> bool:
    """Say whether so little time passed between two moments that no day was missed."""
    passed = after - before
    return passed <= _SOON or (zone != new_zone and passed < _SOON_FOR_TRAVELLERS)


def reached(zone: str, moment: datetime, day: date, new_zone: str) -> date:
    """Return the day up to which days can be missing: a traveller missed none that is not over in both zones."""
    return day if zone == new_zone else min(day, day_at(moment, zone))


def follow(facts: Sequence[Activity], is_excused: Callable[[date], bool]) -> Chain:
    """Follow the chains through all facts, of which there is one at least."""
    chain, seen, best = {facts[0].day}, {facts[0].day}, 1
    for before, after in pairwise(facts):
        if not _connected(before, after, seen, is_excused):
            chain = set()
        chain.add(after.day)
        seen.add(after.day)
        best = max(best, len(chain))
    return Chain(len(chain), best, max(chain))


def _connected(before: Activity, after: Activity, seen: set[date], is_excused: Callable[[date], bool]) -> bool:
    if after.day <= before.day + DAY or soon(before.at, before.zone, after.at, after.zone):
        return True
    end = reached(before.zone, after.at, after.day, after.zone)
    return all(day in seen or is_excused(day) for day in workdays_between(before.day, end))
