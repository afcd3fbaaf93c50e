"""Which tip comes next for a member: one a day, and none twice before all were seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from hashlib import blake2b

from bot.models import Person, ShownTip
from content.model import Level, Tip

_LEVELS: Mapping[str, int] = {level.value: n for n, level in enumerate(Level)}


# What belongs to the member's next step may be a level further away than what does not.
_PULL = 3


def todays_tip(
    tips: Sequence[Tip], shown: Sequence[ShownTip], day: date, me: Person, near: Collection[str] = ()
) -> Tip | None:
    """Return the first of these tips that was shown today, or else the next."""
    by_name = {tip.id: tip for tip in tips}
    today = next((one.tip for one in shown if one.day == day and one.tip in by_name), None)
    return by_name[today] if today else next_tip(tips, shown, me, near=near)


def next_tip(
    tips: Sequence[Tip], shown: Sequence[ShownTip], me: Person, but: str = "", near: Collection[str] = ()
) -> Tip | None:
    """Return the tip shown least often; among equals the nearest to the member's level and to the topics of their step.

    What is left is decided by an order of the member's own.
    """
    times = Counter(one.tip for one in shown)

    def rank(tip: Tip) -> tuple[bool, int, int, bytes]:
        pull = _PULL if set(near) & set(tip.topics) else 0
        return tip.id == but, times[tip.id], _distance(tip, me) - pull, _lot(me.id, tip.id)

    return min(tips, key=rank, default=None)


def _distance(tip: Tip, me: Person) -> int:
    """Count the levels between a tip and a member; what is harder comes after what is as far but easier."""
    wanted = _LEVELS.get(me.preferences.level or Level.BEGINNER, 0)
    steps = _LEVELS[tip.level] - wanted
    return 2 * abs(steps) - (steps < 0)


def _lot(person: int, tip: str) -> bytes:
    return blake2b(f"{person}:{tip}".encode(), digest_size=8).digest()
