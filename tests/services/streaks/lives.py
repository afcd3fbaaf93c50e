"""Members' lives for the tests: what can happen, dense around the moments at which rules turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from operator import methodcaller
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bot.models import Activity, DayRange, Excused, Outage
from tests.services.streaks.scenes import fact

ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Pacific/Kiritimati",
    "Pacific/Honolulu",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "America/Santiago",
    "Antarctica/Troll",
    "Antarctica/Casey",
    "Asia/Kathmandu",
    "Pacific/Apia",
)
# Nights in which clocks change somewhere, leap days, and the ends of years with and without a week 53.
TURNS = (
    datetime(2011, 12, 30, 10, tzinfo=UTC),  # Apia leaps over a day
    datetime(2018, 3, 10, 17, tzinfo=UTC),  # Casey has a day of 27 hours
    datetime(2018, 10, 6, 20, tzinfo=UTC),  # and one of 21
    datetime(2019, 10, 3, 19, tzinfo=UTC),  # and a Friday without 04:00
    datetime(2021, 1, 3, 23, tzinfo=UTC),  # week 53
    datetime(2024, 2, 29, 4, tzinfo=UTC),
    datetime(2026, 3, 8, 7, tzinfo=UTC),  # New York
    datetime(2026, 3, 29, 1, tzinfo=UTC),  # Berlin, Troll
    datetime(2026, 4, 4, 15, tzinfo=UTC),  # Lord Howe
    datetime(2026, 4, 23, 22, tzinfo=UTC),  # Cairo
    datetime(2026, 9, 6, 4, tzinfo=UTC),  # Santiago
    datetime(2026, 10, 3, 15, 30, tzinfo=UTC),  # Lord Howe
    datetime(2026, 10, 25, 1, tzinfo=UTC),  # Berlin, Troll
    datetime(2026, 10, 29, 21, tzinfo=UTC),  # Cairo
    datetime(2026, 11, 1, 6, tzinfo=UTC),  # New York
    datetime(2027, 1, 3, 23, tzinfo=UTC),  # week 53
)
_MINUTE, _HOUR, _DAY, _WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(days=7)

_REASONS = ("", "", "pause", "excuse", "down")

zones = st.sampled_from(ZONES)
starts = st.builds(lambda turn, days: turn - days * _DAY, st.sampled_from(TURNS), st.integers(0, 50))
near = st.sampled_from([-_HOUR, -_MINUTE, timedelta(seconds=-1), timedelta(), timedelta(seconds=1), _MINUTE, _HOUR])
waits = st.one_of(
    st.sampled_from([timedelta(), _MINUTE, _HOUR, 8 * _HOUR, 20 * _HOUR, _DAY, 28 * _HOUR]),
    st.builds(lambda hours, near: hours * _HOUR + near, st.sampled_from([24, 36, 48, 72]), near),
    st.integers(0, 14 * 24 * 60).map(lambda minutes: minutes * _MINUTE),
)
lengths = st.one_of(
    st.sampled_from([30, 59, 60, 61]).map(lambda minutes: minutes * _MINUTE),
    st.integers(1, 96).map(lambda hours: hours * _HOUR),
)


@dataclass
class Life:
    """What one member did, where they are, and what is excused."""

    now: datetime
    zone: str
    facts: list[Activity] = field(default_factory=list)
    excused: Excused = field(default_factory=Excused)

    @property
    def where(self) -> ZoneInfo:
        """Return the zone that the member is in now."""
        return ZoneInfo(self.zone)

    @property
    def today(self) -> date:
        """Return the calendar's day, where the member is."""
        return self.now.astimezone(self.where).date()

    def act(self, communities: int = 1) -> None:
        """Do something now, in one community or in several at once."""
        for community in range(communities):
            self.facts.append(fact(self.now, self.zone, len(self.facts) + 1, community))

    def keep_going(self, times: int, every: timedelta) -> None:
        """Do something again and again."""
        for _ in range(times):
            self.act()
            self.wait(every)

    def hear_late(self, ago: timedelta, zone: str) -> None:
        """Learn of something that was done a while ago."""
        late = fact(self.now - ago, zone, len(self.facts) + 1)
        self.facts = sorted([*self.facts, late], key=lambda one: (one.at, one.id))

    def travel(self, zone: str) -> None:
        """Change the zone."""
        self.zone = zone

    def cross_the_date_line(self, stay: timedelta, *, west_first: bool) -> None:
        """Be active on both sides of the date line, with some time between."""
        sides = ("Pacific/Kiritimati", "Pacific/Honolulu")
        for side in sides if west_first else reversed(sides):
            self.travel(side)
            self.act()
            self.wait(stay)

    def fly_while_it_is_down(self, zone: str, hours: int, ago: timedelta, length: timedelta) -> None:
        """Be active before and after a journey, with the bot down in between."""
        self.act()
        self.wait(hours * _HOUR)
        self.was_down(ago, length)
        self.travel(zone)
        self.act()

    def wait(self, time_passed: timedelta) -> None:
        """Let time pass."""
        self.now += max(time_passed, timedelta())

    def wait_for_four(self, near: timedelta, *, monday: bool) -> None:
        """Go on to about four in the morning, of the next day or of the next Monday."""
        day = self.today + _DAY
        while monday and day.weekday() != 0:
            day += _DAY
        self.wait(datetime.combine(day, time(4), self.where).astimezone(UTC) + near - self.now)

    def wait_for_turn(self, near: timedelta) -> None:
        """Go on to the next night in which clocks change, when it is not far."""
        coming = [turn for turn in TURNS if self.now < turn < self.now + 10 * _WEEK]
        if coming:
            self.wait(coming[0] + near - self.now)

    def excuse(self, first: int, length: int, *, pause: bool) -> None:
        """Excuse some days, counted from today."""
        begin = self.today + first * _DAY
        days = (DayRange(begin, begin + (length - 1) * _DAY),)
        old = self.excused
        pauses, excuses = (days, ()) if pause else ((), days)
        self.excused = Excused(old.pauses + pauses, old.excuses + excuses, old.outages)

    def was_down(self, ago: timedelta, length: timedelta) -> None:
        """Have the bot down, until some time ago."""
        until = self.now - ago
        old = self.excused
        self.excused = Excused(old.pauses, old.excuses, (*old.outages, Outage(until - length, until)))

    def be_away(self, weeks: int, why: str) -> None:
        """Miss some weeks, without a reason or with one."""
        if why in {"pause", "excuse"}:
            self.excuse(7 - self.today.weekday(), 7 * weeks, pause=why == "pause")
        self.wait(weeks * _WEEK)
        if why == "down":
            self.was_down(timedelta(), min(weeks * _WEEK, 5 * _DAY))

    def come_back(self, weeks: int, why: str, times: int) -> None:
        """Miss some weeks and return."""
        self.be_away(weeks, why)
        self.act(times)


Move = Callable[[Life], None]


def _move(
    name: str, *arguments: st.SearchStrategy[object], **named: st.SearchStrategy[object]
) -> st.SearchStrategy[Move]:
    return st.builds(methodcaller, st.just(name), *arguments, **named)


acting = st.one_of(
    _move("act", st.sampled_from([1, 1, 2, 3])),
    _move("keep_going", st.integers(2, 9), st.just(_WEEK)),
    _move("keep_going", st.integers(2, 6), st.sampled_from([20 * _HOUR, _DAY, 30 * _HOUR])),
    _move("come_back", st.sampled_from([1, 2, 2, 3, 4]), st.sampled_from(_REASONS), st.sampled_from([1, 2, 2])),
)
waiting = st.one_of(
    _move("wait", waits),
    _move("wait_for_four", near, monday=st.booleans()),
    _move("wait_for_turn", near),
    _move("be_away", st.integers(1, 4), st.sampled_from(_REASONS)),
)
travelling = st.one_of(
    _move("travel", zones),
    _move("cross_the_date_line", st.integers(0, 60).map(lambda hours: hours * _HOUR), west_first=st.booleans()),
    _move("fly_while_it_is_down", zones, st.integers(40, 90), st.integers(0, 40).map(lambda ago: ago * _HOUR), lengths),
)
excusing = st.one_of(
    _move("excuse", st.integers(-14, 7), st.integers(1, 28), pause=st.booleans()),
    _move("was_down", waits, lengths),
)
learning = st.one_of(
    _move("hear_late", waits, zones),
    _move("hear_late", st.integers(1, 20).map(lambda hours: hours * _HOUR), zones),
)
moves = st.one_of(acting, acting, waiting, travelling, excusing, learning)


def live(start: datetime, zone: str, lived: list[Move]) -> Life:
    """Live a life from its start."""
    life = Life(start, zone)
    for move in lived:
        move(life)
    return life


lives = st.builds(live, starts, zones, st.lists(moves, min_size=5, max_size=15))
