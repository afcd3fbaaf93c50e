"""A small language for scenes from a member's life."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.models import Activity, DayRange, Excused, Outage
from bot.services.days import member_day


def moment(zone: str, said: str, *, second_time: bool = False) -> datetime:
    """Read `Tue 2026-03-03 10:00` by a zone's clock; the day of the week must be the right one."""
    wall = datetime.strptime(said, "%a %Y-%m-%d %H:%M")
    assert f"{wall:%a}" == said[:3], f"{said} is a {wall:%a}"
    return wall.replace(tzinfo=ZoneInfo(zone), fold=int(second_time)).astimezone(UTC)


def fact(at: datetime, zone: str, number: int, community: int = 1) -> Activity:
    """Write a fact as the ledger does."""
    day = member_day(at.astimezone(ZoneInfo(zone)))
    key = f"checkin:1:{number}"
    return Activity(1, community, "checkin", "", at.astimezone(UTC), zone, day, key, points=1, id=number)


@dataclass(frozen=True)
class Did:
    """Something that the member did."""

    at: datetime
    zone: str
    community: int = 1


def did(zone: str, *said: str, second_time: bool = False, community: int = 1) -> tuple[Did, ...]:
    """Say when something was done, by the clock of the place."""
    return tuple(Did(moment(zone, one, second_time=second_time), zone, community) for one in said)


def weekly(zone: str, first: str, weeks: int) -> tuple[Did, ...]:
    """Do something once a week."""
    return tuple(Did(moment(zone, first) + timedelta(weeks=week), zone) for week in range(weeks))


def days(first: str, last: str) -> DayRange:
    """Name some days, both ends included, as `Mon 2026-03-09`."""
    return DayRange(_day(first), _day(last))


def _day(said: str) -> date:
    return datetime.strptime(said, "%a %Y-%m-%d").date()


def down(zone: str, *said: tuple[str, str]) -> Excused:
    """Have the bot down from one moment to another."""
    return Excused(outages=tuple(Outage(moment(zone, start), moment(zone, until)) for start, until in said))


@dataclass(frozen=True)
class Scene:
    """What happened, told in words, and the numbers that a person works out from it."""

    words: str
    done: tuple[Did, ...]
    now: str
    zone: str = "UTC"
    excused: Excused = field(default_factory=Excused)
    # The first letters of all weeks: A(ctive) O(pen) E(xcused) M(issed) F(rozen) R(epaired) L(ost).
    weeks: str = ""
    numbers: dict[str, Any] = field(default_factory=dict)

    @property
    def facts(self) -> list[Activity]:
        """Return the ledger's facts, in order."""
        ordered = sorted(self.done, key=lambda one: one.at)
        return [fact(one.at, one.zone, number, one.community) for number, one in enumerate(ordered, 1)]

    @property
    def moment(self) -> datetime:
        """Return the moment of the question."""
        return moment(self.zone, self.now)
