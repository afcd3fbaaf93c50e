"""Whoever is active every waking day keeps the daily streak, wherever they fly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

from bot.models import Activity, Excused
from bot.services.streaks import look, recompute
from tests.services.streaks.lives import TURNS, ZONES
from tests.services.streaks.oracle import between, own_day
from tests.services.streaks.scenes import fact

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_LONGEST_NIGHT_AND_DAY = 30 * _HOUR
# The first of them is a Friday that never was, long before this bot.
_SINCE_APIA_LEAPT = TURNS[1:]


class Traveller:
    """Wakes in the morning, does one thing on each waking day, and flies somewhere every few days."""

    def __init__(self, seed: int) -> None:
        self._chance = Random(seed)
        self.zone = self._chance.choice(ZONES)
        self.wakes = self._morning(
            self._chance.choice(_SINCE_APIA_LEAPT).date() - self._chance.randrange(20) * _DAY, self.zone
        )
        self.slept_here = 0

    def live(self, days: int) -> Iterator[tuple[datetime, str]]:
        """Go through some waking days, and tell when and in which zone something was done."""
        for _ in range(days):
            trip = self._trip() if self.slept_here and self._chance.random() < 0.6 else None
            yield trip or self._day_at_home()

    def _day_at_home(self) -> tuple[datetime, str]:
        today = own_day(self.wakes, ZoneInfo(self.zone))
        done = self._some_time(self.wakes, self.wakes + 17 * _HOUR)
        while own_day(done, ZoneInfo(self.zone)) != today:
            done = self._some_time(self.wakes, done)
        self.wakes = self._morning(today + _DAY, self.zone)
        self.slept_here += 1
        return done, self.zone

    def _trip(self) -> tuple[datetime, str] | None:
        leaves = self._some_time(self.wakes + _HOUR, self.wakes + 9 * _HOUR)
        lands = self._some_time(leaves + 2 * _HOUR, leaves + 16 * _HOUR)
        there = self._chance.choice(ZONES)
        wakes = self._wakes_after(lands, there)
        if there == self.zone or wakes - self.wakes > _LONGEST_NIGHT_AND_DAY:
            return None
        before = self._some_time(self.wakes, leaves), self.zone
        self.wakes, self.zone, self.slept_here = wakes, there, 0
        can_wait = wakes > lands + 6 * _HOUR
        return (self._some_time(lands, lands + _HOUR), there) if can_wait and self._chance.random() < 0.3 else before

    def _wakes_after(self, lands: datetime, zone: str) -> datetime:
        """After a long flight that ends by day a new day begins at once, otherwise on the next morning."""
        by_day = 4 <= lands.astimezone(ZoneInfo(zone)).hour < 18
        if by_day and lands - self.wakes >= 12 * _HOUR:
            return lands
        return self._morning(own_day(lands + _HOUR, ZoneInfo(zone)) + _DAY, zone)

    def _morning(self, day: date, zone: str) -> datetime:
        early = datetime.combine(day, time(6), ZoneInfo(zone)).astimezone(UTC)
        return self._some_time(early, early + 3 * _HOUR)

    def _some_time(self, first: datetime, last: datetime) -> datetime:
        return first + self._chance.random() * (last - first)


def _facts(seed: int) -> list[Activity]:
    lived = Traveller(seed).live(40)
    return [fact(at, zone, number) for number, (at, zone) in enumerate(lived, 1)]


def _missing_dates(facts: list[Activity]) -> int:
    """Count the working days that a traveller's calendar leaps over."""
    days = sorted({fact.day for fact in facts})
    return sum(1 for before, after in pairwise(days) for day in between(before, after) if day.weekday() < 5)


def test_thousands_of_travellers_keep_their_daily_streak() -> None:
    leapt = 0
    for seed in range(2000):
        facts = _facts(seed)
        last = facts[-1]
        streak = look(recompute(facts, Excused()), Excused(), last.at, ZoneInfo(last.zone))
        assert streak.daily == streak.best_daily == streak.active_days == len({fact.day for fact in facts}), seed
        assert streak.loss is None
        leapt += _missing_dates(facts)
    assert leapt > 300, "the journeys are too easy"
