"""The numbers of a streak at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.models import Excused
from bot.services.days import DAY_ENDS, monday_of
from bot.services.streaks.daily import reached, soon
from bot.services.streaks.dates import WEEK, day_at, workdays_between
from bot.services.streaks.excusing import Excusing
from bot.services.streaks.settling import told_since
from bot.services.streaks.state import State
from bot.services.streaks.weekly import MOST_HELD, NOTHING, WEEKS_PER_FREEZE, Done, Loss, Tally


@dataclass(frozen=True, slots=True)
class Streak:
    """How a member's streaks stand at a moment."""

    count: int
    best: int
    # Whether this week is active already, and whether it is gold.
    kept: bool
    gold: bool
    gold_weeks: int
    days_this_week: tuple[date, ...]
    activities_this_week: int
    held: int
    # How many active weeks until a freeze is earned; None when no more can be held.
    weeks_to_freeze: int | None
    daily: int
    best_daily: int
    active_weeks: int
    active_days: int
    # The last one ever.
    loss: Loss | None
    comebacks: int
    last_frozen: date | None
    # This week, and the end of the first week that needs an activity; a freeze may still save that one.
    monday: date
    until: datetime


def look(state: State | None, excused: Excused, now: datetime, zone: ZoneInfo) -> Streak:
    """Say how somebody's streaks stand, for where they are now."""
    now = now.astimezone(UTC)
    today = day_at(now, zone)
    if state is None:
        return _streak(monday_of(today), zone, Tally(), NOTHING, monday_of(today))
    monday = current_week(state.week, state.last.zone, now, today)
    excusing = _excusing(state, excused)
    done = state.latest if monday == state.week else NOTHING
    tally = _tally(state, excusing, monday)
    length, best = state.chain.lengths(excusing.day)
    alive = _alive(state, excusing, now, zone, today)
    due = _due(state, excusing, monday + WEEK if done.activities else monday)
    return _streak(monday, zone, tally, done, due, state.active_days, length if alive else 0, best)


def current_week(latest: date, last_zone: str, now: datetime, today: date) -> date:
    """Return the Monday of the week that is not over yet both here and where they were last."""
    return max(latest, monday_of(min(today, day_at(now, last_zone))))


def _streak(
    monday: date,
    zone: ZoneInfo,
    tally: Tally,
    done: Done,
    due: date,
    active_days: int = 0,
    daily: int = 0,
    best_daily: int = 0,
) -> Streak:
    return Streak(
        count=tally.count,
        best=tally.best,
        kept=done.activities > 0,
        gold=done.gold,
        gold_weeks=tally.gold_weeks,
        days_this_week=done.days,
        activities_this_week=done.activities,
        held=tally.held,
        weeks_to_freeze=WEEKS_PER_FREEZE - tally.count % WEEKS_PER_FREEZE if tally.held < MOST_HELD else None,
        daily=daily,
        best_daily=best_daily,
        active_weeks=tally.active_weeks,
        active_days=active_days,
        loss=tally.loss,
        comebacks=tally.comebacks,
        last_frozen=tally.last_frozen,
        monday=monday,
        until=datetime.combine(due + WEEK, DAY_ENDS, zone),
    )


def _due(state: State, excusing: Excusing, monday: date) -> date:
    """Return the first week from this one on that is not forgiven already."""
    while monday in state.travels or excusing.week(monday):
        monday += WEEK
    return monday


def _excusing(state: State, excused: Excused) -> Excusing:
    gaps, zone = state.chain.gaps, state.last.zone

    def home(day: date) -> str:
        return next((gap.zone for gap in gaps if gap.after < day < gap.before), zone)

    return Excusing(excused, home, since=gaps[0].after if gaps else state.last.day)


def _tally(state: State, excusing: Excusing, current: date) -> Tally:
    if state.since == current:
        return state.tally.kept(state.latest)  # the latest week is this one, and nothing before it is open
    tally = state.tally
    for told in told_since(state, current, excusing.week):
        tally = told.tally
        # With nothing left to lose, the weeks without activity change nothing more.
        if told.monday > state.week and tally.count == 0:
            break
    return tally


def _alive(state: State, excusing: Excusing, now: datetime, zone: ZoneInfo, today: date) -> bool:
    last = state.last
    if soon(last.at, last.zone, now, zone.key):
        return True
    end = reached(last.zone, now, today, zone.key)
    return all(map(excusing.day, workdays_between(state.chain.largest, end)))
