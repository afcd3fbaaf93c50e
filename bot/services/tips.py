"""Which tip comes next for a member: one a day, and none twice before all were seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from hashlib import blake2b

from bot.models import ShownTip
from content.model import Level, Tip

_LEVELS = {level: n for n, level in enumerate(Level)}


def todays_tip(tips: Sequence[Tip], shown: Sequence[ShownTip], day: date, person: int) -> Tip | None:
    """Return the first of these tips that was shown today, or else the next."""
    by_name = {tip.id: tip for tip in tips}
    today = next((one.tip for one in shown if one.day == day and one.tip in by_name), None)
    return by_name[today] if today else next_tip(tips, shown, person)


def next_tip(tips: Sequence[Tip], shown: Sequence[ShownTip], person: int, but: str = "") -> Tip | None:
    """Return the tip that was shown least often; among equals the easier level, then an order of the member's own."""
    times = Counter(one.tip for one in shown)
    ranked = sorted(tips, key=lambda tip: (tip.id == but, times[tip.id], _LEVELS[tip.level], _lot(person, tip.id)))
    return ranked[0] if ranked else None


def _lot(person: int, tip: str) -> bytes:
    return blake2b(f"{person}:{tip}".encode(), digest_size=8).digest()
