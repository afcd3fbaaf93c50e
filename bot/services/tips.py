"""Which tip comes next for a member: one a day, and none twice before all were seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import lru_cache
from hashlib import blake2b

from bot.models import Person, ShownTip
from content.model import Level, Tip

_LEVELS: Mapping[str, int] = {level.value: n for n, level in enumerate(Level)}


# What belongs to the member's next step may be a level further away than what does not.
_PULL = 3
_LOTS = 2**64 - 1


def todays_tip(tips: Sequence[Tip], shown: Sequence[ShownTip], day: date) -> Tip | None:
    """Return the first of these tips that was shown today."""
    today = (one.tip for one in shown if one.day == day)
    return next((tip for name in today for tip in tips if tip.id == name), None)


def next_tip(
    tips: Sequence[Tip], shown: Sequence[ShownTip], me: Person, but: str = "", near: Collection[str] = ()
) -> Tip | None:
    """Return the tip shown least often; among equals the nearest to the member's level and to the topics of their step.

    What is left is decided by an order of the member's own.
    """
    left = ([tip for tip in tips if tip.id != but] if but else tips) or tips
    if shown:
        times = Counter(one.tip for one in shown)
        left = _least(left, [times.get(tip.id, 0) for tip in left])
    left = _nearest(left, _distances(me), frozenset(near))
    mine = _number(str(me.id)) | 1
    return min(left, key=lambda tip: _number(tip.id) * mine & _LOTS, default=None)


def _nearest(tips: Sequence[Tip], steps: Mapping[str, int], topics: frozenset[str]) -> Sequence[Tip]:
    if topics:
        pulls = [0 if topics.isdisjoint(tip.topics) else _PULL for tip in tips]
        return _least(tips, [steps[tip.level] - pull for tip, pull in zip(tips, pulls, strict=True)])
    # No two levels are as far, so the first one that has tips has the nearest.
    of_levels = ([tip for tip in tips if tip.level == level] for level in sorted(steps, key=steps.__getitem__))
    return next(filter(None, of_levels), tips)


def _least(tips: Sequence[Tip], costs: Sequence[int]) -> Sequence[Tip]:
    least = min(costs, default=0)
    return [tip for tip, cost in zip(tips, costs, strict=True) if cost == least]


def _distances(me: Person) -> Mapping[str, int]:
    """Count the levels between a member and each level; what is harder comes after what is as far but easier."""
    wanted = _LEVELS.get(me.preferences.level or Level.BEGINNER, 0)
    return {level: 2 * abs(here - wanted) - (here < wanted) for level, here in _LEVELS.items()}


@lru_cache(maxsize=8192)
def _number(name: str) -> int:
    """Return a number that looks like chance; multiplied by a member's own, it puts tips into an order of theirs."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest())
