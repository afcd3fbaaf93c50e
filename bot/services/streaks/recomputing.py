"""The state of a streak from the whole ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.models import Activity, Excused
from bot.services.streaks.daily import follow
from bot.services.streaks.past import Past
from bot.services.streaks.state import Last, State
from bot.services.streaks.weekly import Tally, Told, WeekKind, Weekly


def recompute(facts: Sequence[Activity], excused: Excused) -> State | None:
    """Work a member's state out from all facts in order; None without facts."""
    if not facts:
        return None
    past, last = Past(facts, excused), facts[-1]
    since, tally = _before_latest([*Weekly(past.done, past.forgiven, past.last_week).tell(past.first_week, Tally())])
    return State(
        last=Last(last.at, last.id, last.zone, last.day),
        latest=past.done[past.last_week],
        since=since,
        tally=tally,
        travels=tuple(sorted(week for week in past.travels if week > past.last_week)),
        chain=follow(facts, past.excusing.day),
        active_days=past.active_days,
    )


def _before_latest(told: list[Told]) -> tuple[date, Tally]:
    """Find the week that further facts may still judge otherwise, and the numbers before it."""
    index = len(told) - 1
    while index and told[index - 1].kind is WeekKind.EXCUSED:
        index -= 1
    # A week that is repaired already stays so.
    if index and told[index - 1].kind is WeekKind.LOST:
        index -= 1
    else:
        index = len(told) - 1
    return told[index].monday, told[index - 1].tally if index else Tally()
