"""The numbers of a streak, read off the oracle's story."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.models import Activity, Excused
from tests.services.streaks.oracle import Oracle, OracleLoss, OracleStreak, OracleWeek


def oracle_weeks(facts: Sequence[Activity], excused: Excused, now: datetime, zone: ZoneInfo) -> list[OracleWeek]:
    """Tell the story of every week."""
    return Oracle(facts, excused, now, zone).weeks()


def oracle_look(facts: Sequence[Activity], excused: Excused, now: datetime, zone: ZoneInfo) -> OracleStreak:
    """Work out all numbers as of now."""
    oracle = Oracle(facts, excused, now, zone)
    told = oracle.weeks()
    chains = oracle.chains()
    this = told[-1] if told else OracleWeek(oracle.current, "open", 0, (), 0, 0)
    kept = this.kind == "active"
    needed = oracle.current + timedelta(days=7 if kept else 0)
    while facts and oracle.forgiven(needed):
        needed += timedelta(days=7)
    return OracleStreak(
        count=this.count,
        best=max((week.count for week in told), default=0),
        kept=kept,
        gold=len(this.days) >= 3,
        gold_weeks=sum(1 for week in told if len(week.days) >= 3),
        days_this_week=this.days,
        activities_this_week=this.activities,
        held=this.held,
        weeks_to_freeze=None if this.held == 2 else _to_the_next_freeze(this.count),
        daily=len(chains[-1]) if chains and oracle.alive() else 0,
        best_daily=max((len(chain) for chain in chains), default=0),
        active_weeks=len(_of_kind(told, "active")),
        active_days=len({fact.day for fact in facts}),
        loss=_last_loss(oracle, told),
        comebacks=_comebacks(told),
        last_frozen=max((week.monday for week in _of_kind(told, "frozen")), default=None),
        monday=oracle.current,
        until=datetime.combine(needed + timedelta(days=7), time(4), zone),
    )


def _of_kind(told: Sequence[OracleWeek], kind: str) -> list[OracleWeek]:
    return [week for week in told if week.kind == kind]


def _to_the_next_freeze(count: int) -> int:
    more = 1
    while (count + more) % 4:
        more += 1
    return more


def _last_loss(oracle: Oracle, told: Sequence[OracleWeek]) -> OracleLoss | None:
    losses = [
        OracleLoss(week.monday, before.count, repairable=oracle.chance(week.monday) == oracle.current)
        for before, week in pairwise(told)
        if week.kind == "lost"
    ]
    return losses[-1] if losses else None


def _comebacks(told: Sequence[OracleWeek]) -> int:
    """Count the losses that an active week followed, sooner or later."""
    after: list[date] = []
    for week in _of_kind(told, "lost"):
        returns = [active.monday for active in _of_kind(told, "active") if active.monday > week.monday]
        after += returns[:1]
    return len(after)
