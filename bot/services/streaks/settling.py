"""The weekly story from where a state leaves it open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from bot.services.streaks.state import State
from bot.services.streaks.weekly import Told, Weekly


def never(monday: date) -> bool:
    """Forgive nothing: for weeks that are none of the story yet."""
    return False


def told_since(state: State, current: date, forgiven: Callable[[date], bool] = never) -> Iterator[Told]:
    """Go on with the story to the current week, with what forgives the weeks after the latest."""

    def is_forgiven(monday: date) -> bool:
        if monday > state.week:
            return monday in state.travels or forgiven(monday)
        return monday != state.since

    return Weekly({state.week: state.latest}, is_forgiven, current).tell(state.since, state.tally)
