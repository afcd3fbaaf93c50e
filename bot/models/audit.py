"""What organisers did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Deed:
    """One change by an organiser: which command, never its words. Nobody's name where they were forgotten."""

    community_id: int
    at: datetime
    what: str
    call_id: str
    person_id: int | None = None
    name: str = ""
