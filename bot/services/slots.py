"""Pure arithmetic: at which moments a rule posts, what is due, what comes next, and what was missed.

A slot is the first moment at which the clocks on the wall show the rule's time or a later one. So a time that the
clocks skip posts when they have skipped it, and a time that they show twice posts the first time.

A weekly slot comes at least five days after the one before it and, while the bot runs, less than ten. A rule that was
changed in mid-week may have no moment of its own in between: it was moved by three or four days. Then one more slot
lies between, at the new time and as near to a week after the last as leaves five days to the first regular one. So
a change neither leaves out a week nor makes two of one. A daily rule has one slot on each date that there is, and a
change of its time begins on the next date.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.models.posting import CATCH_UP, Rule

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
SHORTEST_WEEK, LONGEST_WEEK = timedelta(days=5), timedelta(days=10)
SHORTEST_DAY = timedelta(hours=6)
# Longer than any difference between two clocks on walls.
MARGIN = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Outlook:
    """How a rule stands at one moment."""

    # To be posted now, in time or late.
    due: datetime | None
    # Too late for these, the oldest first.
    missed: tuple[datetime, ...]
    next: datetime


def outlook(rule: Rule, last: datetime | None, since: datetime, now: datetime, window: timedelta = CATCH_UP) -> Outlook:
    """Say what is due, missed and next, when the latest slot was `last` and the rule was made at `since`.

    Of several slots that have passed only the latest is posted: nobody needs two of them at once.
    """
    passed: list[datetime] = []
    following = slot_after(rule, last, since)
    while following <= now:
        passed.append(following)
        following = slot_after(rule, following, since)
    due = passed.pop() if passed and now - passed[-1] <= window else None
    return Outlook(due, tuple(passed), following)


def until(rule: Rule, slot: datetime, window: timedelta = CATCH_UP) -> datetime:
    """Say until when a slot may be posted: through the window, but not when the next one has come."""
    return min(slot + window, slot_after(rule, slot, slot))


def slot_after(rule: Rule, last: datetime | None, since: datetime) -> datetime:
    """Return the slot that follows `last`, or the first one of a new rule."""
    if rule.weekday is None:
        return _day_after(rule, last, since)
    floor = since if last is None else max(since, last + SHORTEST_WEEK)
    regular = next(slot for slot in _slots(rule, floor) if slot > since and slot >= floor)
    if last is None or regular - last < LONGEST_WEEK or since - last >= LONGEST_WEEK:
        return regular
    return _between(rule, last, floor, regular)


def moment(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """Return the first moment at which it is this time of this day there, or later."""
    wanted = datetime.combine(day, wall)
    found = wanted.replace(tzinfo=zone).astimezone(UTC)
    return found if _there(found, zone) == wanted else _end_of_gap(wanted, zone)


def _day_after(rule: Rule, last: datetime | None, since: datetime) -> datetime:
    if last is None:
        return next(slot for slot in _slots(rule, since) if slot > since)
    zone, floor, is_unchanged = ZoneInfo(rule.zone), max(since, last), False
    day = _there(last, zone).date()
    for slot in _slots(rule, last):
        is_unchanged |= slot == last
        is_next_day = slot >= last + SHORTEST_DAY and _there(slot, zone).date() > day
        if slot > floor and (is_unchanged or is_next_day):
            return slot
    raise AssertionError("days never end")


def _between(rule: Rule, last: datetime, floor: datetime, regular: datetime) -> datetime:
    """Return the slot for a week in which a changed rule has none."""
    daily = _slots(Rule(rule.wall, rule.zone), floor)
    days = [slot for slot in (next(daily) for _ in range(9)) if floor <= slot < regular]
    days = [slot for slot in days if slot - last < LONGEST_WEEK] or days[:1] or [regular]
    fitting = [slot for slot in days if regular - slot >= SHORTEST_WEEK]
    return min(fitting or days, key=lambda slot: abs(slot - last - WEEK))


def _slots(rule: Rule, start: datetime) -> Iterator[datetime]:
    """Yield the rule's moments in order, from some time before `start` on."""
    zone = ZoneInfo(rule.zone)
    day, step = _there(start, zone).date() - MARGIN, DAY
    if rule.weekday is not None:
        day, step = day - timedelta(days=(day.weekday() - rule.weekday) % 7), WEEK
    while True:
        slot = moment(day, rule.wall, zone)
        # A day that the calendar left out has no slot; a week has one all the same.
        if rule.weekday is not None or not _is_left_out(day, slot, zone):
            yield slot
        day += step


def _is_left_out(day: date, slot: datetime, zone: ZoneInfo) -> bool:
    return _there(slot, zone).date() > day and _there(moment(day, time(0), zone), zone).date() > day


def _end_of_gap(wanted: datetime, zone: ZoneInfo) -> datetime:
    """Find the second at which the clocks have skipped a time."""
    low = _seconds(wanted.replace(tzinfo=zone, fold=1))
    high = _seconds(wanted.replace(tzinfo=zone, fold=0))
    while high - low > 1:
        middle = (low + high) // 2
        if _there(datetime.fromtimestamp(middle, UTC), zone) < wanted:
            low = middle
        else:
            high = middle
    return datetime.fromtimestamp(high, UTC)


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _there(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)
