"""Short ways to write down a member's past."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.models import Activity, DayRange, Excused, Outage
from bot.services.days import member_day
from bot.services.streaks import State, Streak, advance, look, recompute

MONDAY = date(2026, 3, 2)  # a Monday; no clock changes in Rome until the 29th
ROME = "Europe/Rome"
NOBODY = Excused()


def fact(moment: datetime, zone: str = ROME, number: int = 0) -> Activity:
    """Do something at a moment."""
    day = member_day(moment.astimezone(ZoneInfo(zone)))
    return Activity(1, None, "check-in", "", moment, zone, day, f"{moment}{number}", id=number)


def local(day: date, clock: str = "12:00", zone: str = ROME) -> datetime:
    """Return the moment at which clocks in a zone show this."""
    return datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def on(*numbers: int, clock: str = "12:00", zone: str = ROME) -> list[Activity]:
    """Do something on each of these days, 0 being the first Monday."""
    return [fact(local(MONDAY + timedelta(days=number), clock, zone), zone) for number in numbers]


def in_weeks(*numbers: int) -> list[Activity]:
    """Do something on the Wednesday of each of these weeks; naming a week twice does it on Thursday too."""
    days = [7 * number + 2 + (number == before) for before, number in pairwise((-1, *numbers))]
    return on(*days)


def days(first: int, last: int) -> DayRange:
    """Return a range of days, 0 being the first Monday."""
    return DayRange(MONDAY + timedelta(days=first), MONDAY + timedelta(days=last))


def down(day: int, clock: str, minutes: int, zone: str = ROME) -> Outage:
    """Let the bot be down for a while."""
    start = local(MONDAY + timedelta(days=day), clock, zone)
    return Outage(start, start + timedelta(minutes=minutes))


def seen(facts: list[Activity], day: int, excused: Excused = NOBODY, clock: str = "13:00", zone: str = ROME) -> Streak:
    """Look on a day, 0 being the first Monday."""
    now = local(MONDAY + timedelta(days=day), clock, zone)
    return look(recompute(facts, excused), excused, now, ZoneInfo(zone))


def step_by_step(facts: list[Activity], excused: Excused = NOBODY) -> tuple[State | None, int]:
    """Take fact after fact in, and count how often the ledger was needed."""
    state, needed = None, 0
    for number, one in enumerate(facts, start=1):
        following = advance(state, one)
        needed += following is None
        state = following or recompute(facts[:number], excused)
    return state, needed
