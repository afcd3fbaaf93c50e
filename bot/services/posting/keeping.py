"""Write down what was set up, so that it can be set up again."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import time

from bot.models.posting import Rule
from bot.models.weekly import Weekly
from bot.services.posting.arranging import Arrangement


def as_text(kept: Arrangement) -> str:
    """Write an arrangement down."""
    rule = kept.rule
    return json.dumps([asdict(kept.weekly), rule.wall.isoformat(), rule.zone, rule.weekday, kept.tips_at.isoformat()])


def from_text(text: str) -> Arrangement | None:
    """Read it again; None when it is none."""
    try:
        weekly, wall, zone, weekday, tips_at = json.loads(text)
        rule = Rule(time.fromisoformat(wall), zone, weekday)
        return Arrangement(Weekly(**weekly), rule, time.fromisoformat(tips_at))
    except (ValueError, TypeError):
        return None
