"""What organisers changed, for those who have to answer for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.models.audit import Deed


class Audit(Protocol):
    """The changes that organisers made."""

    async def note(self, deed: Deed) -> None:
        """Keep a change."""

    async def of(self, community_id: int, *, offset: int = 0, limit: int = 10) -> Sequence[Deed]:
        """Return a community's changes, the latest first."""

    async def forget_before(self, moment: datetime) -> int:
        """Drop what is older; return how many."""
