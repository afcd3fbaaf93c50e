"""The rules of streaks once more, slow and obvious: every day and every week is walked, nothing is remembered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.models import Activity, Excused

_DAY, _WEEK, _HOUR = timedelta(days=1), timedelta(days=7), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class OracleWeek:
    """What a week was, by the slow way."""

    monday: date
    kind: str
    activities: int
    days: tuple[date, ...]
    count: int
    held: int


@dataclass(frozen=True, slots=True)
class OracleLoss:
    """The last loss, by the slow way."""

    week: date
    count: int
    repairable: bool


@dataclass(frozen=True, slots=True)
class OracleStreak:
    """All numbers of a streak, by the slow way."""

    count: int
    best: int
    kept: bool
    gold: bool
    gold_weeks: int
    days_this_week: tuple[date, ...]
    activities_this_week: int
    held: int
    weeks_to_freeze: int | None
    daily: int
    best_daily: int
    active_weeks: int
    active_days: int
    loss: OracleLoss | None
    comebacks: int
    last_frozen: date | None
    monday: date
    until: datetime


def own_day(at: datetime, zone: ZoneInfo) -> date:
    """Return the day that a moment belongs to in a zone."""
    local = at.astimezone(zone)
    return local.date() if local.hour >= 4 else local.date() - _DAY


def monday_of(day: date) -> date:
    """Walk back to the Monday."""
    while day.weekday() != 0:
        day -= _DAY
    return day


def between(first: date, last: date) -> Iterator[date]:
    """Walk the dates that lie strictly between two."""
    day = first + _DAY
    while day < last:
        yield day
        day += _DAY


class Oracle:
    """Knows one member's facts and excuses at one moment in one zone."""

    def __init__(self, facts: Sequence[Activity], excused: Excused, now: datetime, zone: ZoneInfo) -> None:
        self.facts = sorted(facts, key=lambda fact: (fact.at, fact.id))
        self.excused, self.now, self.zone = excused, now.astimezone(UTC), zone
        self.today = own_day(now, zone)
        self.current = self._current()

    def _current(self) -> date:
        if not self.facts:
            return monday_of(self.today)
        elsewhere = own_day(self.now, ZoneInfo(self.facts[-1].zone))
        not_over = min(monday_of(self.today), monday_of(elsewhere))
        return max(not_over, monday_of(max(fact.day for fact in self.facts)))

    def home(self, day: date) -> ZoneInfo:
        """Return the zone that counted for a day."""
        zone = self.facts[0].zone
        for fact in self.facts:
            if fact.day <= day:
                zone = fact.zone
        return ZoneInfo(zone)

    def down(self, day: date) -> timedelta:
        """Return how long the bot was down on a day; what overlaps counts once."""
        zone = self.home(day)
        reached = datetime.combine(day, time(4), zone).astimezone(UTC)
        end = datetime.combine(day + _DAY, time(4), zone).astimezone(UTC)
        total = timedelta()
        for outage in sorted(self.excused.outages, key=lambda outage: outage.start):
            start, until = max(outage.start, reached), min(outage.until, end)
            if until > start:
                total += until - start
                reached = until
        return total

    def is_excused(self, day: date) -> bool:
        """Say whether a day counts for nothing."""
        ranges = (*self.excused.pauses, *self.excused.excuses)
        return any(some.first <= day <= some.last for some in ranges) or self.down(day) >= _HOUR

    def days_of(self, monday: date) -> list[date]:
        """List the seven days."""
        return list(between(monday - _DAY, monday + _WEEK))

    def in_week(self, monday: date) -> list[Activity]:
        """List the activities of a week."""
        days = self.days_of(monday)
        return [fact for fact in self.facts if fact.day in days]

    def travel_days(self) -> list[date]:
        """List the days, by the clock that was left behind, on which somebody was in another zone."""
        return [
            own_day(after.at, ZoneInfo(before.zone))
            for before, after in pairwise(self.facts)
            if before.zone != after.zone
        ]

    def forgiven(self, monday: date) -> bool:
        """Say whether a week without activity costs nothing."""
        days = self.days_of(monday)
        if self.is_excused(days[-1]) or any(day in days for day in self.travel_days()):
            return True
        return sum(1 for day in days if self.is_excused(day)) >= 4

    def chance(self, monday: date) -> date:
        """Return the week in which a missed week can be repaired."""
        later = monday + _WEEK
        while later < self.current and not self.in_week(later) and self.forgiven(later):
            later += _WEEK
        return later

    def _kind(self, monday: date, count: int, held: int) -> str:
        if self.in_week(monday):
            return "active"
        if monday == self.current:
            return "open"
        if self.forgiven(monday):
            return "excused"
        if count == 0:
            return "missed"
        if held > 0:
            return "frozen"
        return "repaired" if len(self.in_week(self.chance(monday))) >= 2 else "lost"

    def weeks(self) -> list[OracleWeek]:
        """Tell the whole story."""
        told: list[OracleWeek] = []
        if not self.facts:
            return told
        monday, count, held = monday_of(min(fact.day for fact in self.facts)), 0, 0
        while monday <= self.current:
            kind = self._kind(monday, count, held)
            if kind == "active":
                count += 1
                held += 1 if count % 4 == 0 and held < 2 else 0
            elif kind == "frozen":
                held -= 1
            elif kind == "lost":
                count = 0
            done = self.in_week(monday)
            days = tuple(day for day in self.days_of(monday) if any(fact.day == day for fact in done))
            told.append(OracleWeek(monday, kind, len(done), days, count, held))
            monday += _WEEK
        return told

    def connected(self, place: int) -> bool:
        """Say whether a fact goes on with the chain of the one before it."""
        before, after = self.facts[place - 1], self.facts[place]
        known = [fact.day for fact in self.facts[:place]]
        # Whoever moved has missed no day that is not over in both zones.
        end = min(after.day, own_day(after.at, ZoneInfo(before.zone)))
        if all(self._free(day) or day in known for day in between(before.day, end)):
            return True
        return self._soon(before, after.at, after.zone)

    def _free(self, day: date) -> bool:
        return day.weekday() in {5, 6} or self.is_excused(day)

    def _soon(self, last: Activity, at: datetime, zone: str) -> bool:
        passed = at.astimezone(UTC) - last.at.astimezone(UTC)
        return passed <= 36 * _HOUR or (zone != last.zone and passed < 48 * _HOUR)

    def chains(self) -> list[set[date]]:
        """Split the days into chains, in order."""
        found: list[set[date]] = []
        for place, fact in enumerate(self.facts):
            if place == 0 or not self.connected(place):
                found.append(set())
            found[-1].add(fact.day)
        return found

    def alive(self) -> bool:
        """Say whether the last chain can still go on."""
        last = self.facts[-1]
        today = min(self.today, own_day(self.now, ZoneInfo(last.zone)))
        if all(self._free(day) for day in between(max(self.chains()[-1]), today)):
            return True
        return self._soon(last, self.now, self.zone.key)
