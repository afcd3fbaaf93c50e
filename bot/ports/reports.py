"""Counts over a whole community, for its organisers. They name nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.models.reports import CommunityName, WeekCount


class Reports(Protocol):
    """What happened in a community."""

    async def communities(self) -> Sequence[CommunityName]:
        """Return every community that still has the bot, by name."""

    async def weeks(self, community_id: int, since: datetime) -> Sequence[WeekCount]:
        """Count the credited activities of each week, by kind, and the members behind them, the earliest first."""

    async def on_paths(self, community_id: int) -> Mapping[str, int]:
        """Count the members on each path: everybody is on the one that they chose last here."""

    async def steps(self, community_id: int) -> Mapping[str, int]:
        """Count how often each step was done here."""
