"""The state of a streak after the usual next fact, without the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.models import Activity
from bot.services.days import monday_of
from bot.services.streaks.daily import Chain, reached, soon
from bot.services.streaks.dates import DAY, WEEK, day_at, workdays_between
from bot.services.streaks.settling import told_since
from bot.services.streaks.state import Last, State
from bot.services.streaks.weekly import Done, Tally

# More unjudged gaps would make the state longer and each look slower.
_MOST_GAPS = 6


def advance(state: State | None, fact: Activity) -> State | None:
    """Take in the next fact; None when only the whole ledger can tell what it does."""
    if state is None:
        return _first(fact)
    week = monday_of(fact.day)
    if week > state.week + WEEK or not _in_order(state, fact):
        return None
    chain, travels = _chain(state, fact), _travels(state, fact, week)
    if chain is None or travels is None:
        return None
    moved = state if week == state.week else _next_week(state, week)
    return replace(
        moved,
        last=Last(fact.at, fact.id, fact.zone, fact.day),
        latest=_grown(moved.latest, fact.day),
        travels=travels,
        chain=chain,
        active_days=state.active_days + (fact.day > state.last.day),
    )


def _first(fact: Activity) -> State:
    return State(
        last=Last(fact.at, fact.id, fact.zone, fact.day),
        latest=Done(1, (fact.day,)),
        since=monday_of(fact.day),
        tally=Tally(),
        travels=(),
        chain=Chain(1, 1, fact.day),
        active_days=1,
    )


def _in_order(state: State, fact: Activity) -> bool:
    """Say whether neither the moment nor the day lies before another."""
    last = state.last
    unnumbered = fact.at == last.at and fact.id == last.id == 0
    later = unnumbered or (fact.at, fact.id) > (last.at, last.id)
    return later and last.day == state.latest.days[-1] <= fact.day


def _chain(state: State, fact: Activity) -> Chain | None:
    """Grow the chain; None when there are too many gaps already."""
    last, chain = state.last, state.chain
    near = fact.day <= last.day + DAY or soon(last.at, last.zone, fact.at, fact.zone)
    end = reached(last.zone, fact.at, fact.day, fact.zone)
    if near or next(workdays_between(last.day, end), None) is None:
        return chain.grown(fact.day)
    return chain.parted(fact.day, end, last.zone) if len(chain.gaps) < _MOST_GAPS else None


def _travels(state: State, fact: Activity, week: date) -> tuple[date, ...] | None:
    """Return the weeks to come that are forgiven for travel; None when a past one is."""
    travels = {*state.travels}
    if fact.zone != state.last.zone:
        travelled = monday_of(day_at(fact.at, state.last.zone))
        if travelled < state.week:
            return None
        travels.add(travelled)
    return tuple(sorted(one for one in travels if one > week))


def _next_week(state: State, week: date) -> State:
    """Close the latest week: nothing can change it any more."""
    tally = next(told.tally for told in told_since(state, week) if told.monday == state.week)
    return replace(state, since=week, tally=tally, latest=Done(0, ()))


def _grown(latest: Done, day: date) -> Done:
    days = latest.days if day in latest.days else (*latest.days, day)
    return Done(latest.activities + 1, days)
