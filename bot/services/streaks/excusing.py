"""Which days and weeks count for nothing against a member's streak."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from bot.models import DayRange, Excused, Outage
from bot.services.days import DAY_ENDS
from bot.services.streaks.dates import DAY

_MICROSECOND = timedelta(microseconds=1)
_DOWN_ENOUGH = timedelta(hours=1) // _MICROSECOND
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAYS_ENOUGH = 4


class Excusing:
    """Knows the excused days of one member from a day on, by the zone that they were in on each."""

    def __init__(self, excused: Excused, home: Callable[[date], str], since: date) -> None:
        self._home = home
        self._away = _cover_of_days((*excused.pauses, *excused.excuses), since)
        self._down = _cover_of_outages(excused.outages, since)

    def day(self, day: date) -> bool:
        """Say whether a day is excused."""
        ordinal = day.toordinal()
        return self._away.within(ordinal, ordinal + 1) > 0 or self._down_on(day)

    def week(self, monday: date) -> bool:
        """Say whether so much of a week is excused that it is forgiven."""
        first = monday.toordinal()
        if not self._down and not self._away.within(first, first + 7):
            return False
        days = [monday + number * DAY for number in range(7)]
        return self.day(days[-1]) or sum(map(self.day, days[:-1])) >= _DAYS_ENOUGH

    def _down_on(self, day: date) -> bool:
        if not self._down:
            return False
        zone = ZoneInfo(self._home(day))
        return self._down.within(_day_starts(day, zone), _day_starts(day + DAY, zone)) >= _DOWN_ENOUGH


class _Cover:
    """Stretches of numbers that may overlap, each without its end."""

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(one for one in stretches if one[0] < one[1])
        self._starts = [start for start, _ in ordered]
        # The furthest end so far: what begins later and ends sooner adds nothing.
        self._ends = list(accumulate((end for _, end in ordered), max))

    def __bool__(self) -> bool:
        return bool(self._starts)

    def within(self, start: int, end: int) -> int:
        """Measure how much of a stretch is covered, counting nothing twice."""
        covered, reached = 0, start
        for index in range(bisect_right(self._ends, start), len(self._starts)):
            if self._starts[index] >= end:
                break
            until = min(self._ends[index], end)
            covered += max(0, until - max(self._starts[index], reached))
            reached = max(reached, until)
        return covered


_NOTHING = _Cover(())


def _cover_of_days(ranges: Sequence[DayRange], since: date) -> _Cover:
    if not ranges:
        return _NOTHING
    return _Cover((one.first.toordinal(), one.last.toordinal() + 1) for one in ranges if one.last >= since)


def _cover_of_outages(outages: Sequence[Outage], since: date) -> _Cover:
    if not outages:
        return _NOTHING
    # A day begins at most a day before it does in UTC, whatever the zone.
    begin = datetime.combine(since - DAY, DAY_ENDS, UTC)
    return _Cover((_instant(one.start), _instant(one.until)) for one in outages if one.until > begin)


def _day_starts(day: date, zone: ZoneInfo) -> int:
    return _instant(datetime.combine(day, DAY_ENDS, zone).astimezone(UTC))


def _instant(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND
