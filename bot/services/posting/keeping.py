"""Write down what was set up, so that it can be set up again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime, time
from typing import Any

from bot.models.posting import Rule
from bot.models.weekly import Weekly
from bot.services.posting.arranging import Arrangement


@dataclass(frozen=True, slots=True)
class Kept:
    """How things were before a change."""

    # None where nothing was posted.
    arrangement: Arrangement | None
    # The community's own zone.
    zone: str | None = None
    # When the round that was on then would have closed.
    closes: datetime | None = None


def as_text(kept: Kept) -> str:
    """Write it down."""
    closes = kept.closes.isoformat() if kept.closes else None
    return json.dumps([_fields(kept.arrangement) if kept.arrangement else None, kept.zone, closes])


def from_text(text: str) -> Kept | None:
    """Read it again; None when it is nothing of the kind."""
    try:
        fields, zone, closes = json.loads(text)
        return Kept(_arrangement(*fields) if fields else None, zone, datetime.fromisoformat(closes) if closes else None)
    except (ValueError, TypeError):
        return None


def _fields(one: Arrangement) -> list[Any]:
    rule, paused = one.rule, sorted(one.paused)
    return [asdict(one.weekly), rule.wall.isoformat(), rule.zone, rule.weekday, one.tips_at.isoformat(), paused]


def _arrangement(
    weekly: dict[str, Any], wall: str, zone: str, weekday: int | None, tips_at: str, paused: list[str]
) -> Arrangement:
    rule = Rule(time.fromisoformat(wall), zone, weekday)
    return Arrangement(Weekly(**weekly), rule, time.fromisoformat(tips_at), frozenset(paused))
