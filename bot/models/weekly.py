"""What a community has posted by itself, and where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.models import Place


class JobName(StrEnum):
    """What the bot posts by itself."""

    CHALLENGE = "challenge"
    RECAP = "recap"
    TIP = "tip"
    DIGEST = "digest"
    # The challenge, because an organiser asked for it.
    NOW = "now"


@dataclass(frozen=True, slots=True)
class Weekly:
    """Where a community's posts go, and what is among them; the schedules say when."""

    channel: str
    # Who is mentioned when a challenge opens; empty for nobody.
    role: str = ""
    # The track whose challenges come first; empty for the order of the packs.
    track: str = ""
    recap: bool = True
    # Where a tip appears every day; empty for nowhere.
    tips: str = ""
    # Whether organisers hear once a week, privately, how their community fares.
    digest: bool = True


@dataclass(frozen=True, slots=True)
class Nudge:
    """A member who wants to hear before a challenge closes that they have not finished."""

    round_id: int
    community_id: int
    person_id: int
    place: Place
    # When the round closes.
    closes: datetime
