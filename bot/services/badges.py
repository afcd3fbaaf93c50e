"""A few badges, each for something that took time. All of them follow from the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.services.credits import RESOURCE_DONE, STEP_DONE, TIP_TRIED
from bot.services.paths import Walk
from bot.services.streaks import Streak

WEEKS = {4: "A month in a row", 13: "A season in a row", 26: "Half a year in a row", 52: "A year in a row"}


def badges(streak: Streak, way: Walk | None, counts: Mapping[str, int]) -> tuple[str, ...]:
    """List a member's badges, the rarest last."""
    return tuple(_badges(streak, way, counts))


def _badges(streak: Streak, way: Walk | None, counts: Mapping[str, int]) -> Iterator[str]:
    if counts.get(STEP_DONE.kind):
        yield "First step"
    # A streak that this week can still repair was not lost yet: a badge is never taken away again.
    repairing = streak.kept and streak.loss is not None and streak.loss.repairable
    if streak.comebacks > repairing:
        yield "Came back"
    if streak.gold_weeks >= 4:
        yield "Four gold weeks"
    if counts.get(TIP_TRIED.kind, 0) >= 25:
        yield "25 tips tried"
    if counts.get(RESOURCE_DONE.kind, 0) >= 10:
        yield "10 resources finished"
    for part in way.parts if way else ():
        if part.done == len(part.steps) and part.expects is not None:
            yield f"Stage: {part.title}"
    reached = [name for weeks, name in WEEKS.items() if streak.best >= weeks]
    yield from reached[-1:]
    if way is not None and way.finished and way.done == len(way.steps):
        yield f"Path: {way.path.title}"
