"""What communities have posted by themselves, and who wants to hear before a week is over."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from bot.models.weekly import Nudge, Weekly


class Weeklies(Protocol):
    """The communities' posts: where they go, and what is among them."""

    async def of(self, community_id: int) -> Weekly | None:
        """Return what a community has posted; None before it was set up."""

    async def keep(self, community_id: int, weekly: Weekly) -> None:
        """Keep what a community has posted."""

    async def drop(self, community_id: int) -> bool:
        """Post nothing any more; False when nothing was set up."""

    async def wish(self, community_id: int, person_id: int, *, nudged: bool) -> bool:
        """Keep whether a member wants to hear before a challenge closes; False when that is nothing new."""

    async def wishes(self, community_id: int, person_id: int) -> bool:
        """Say whether a member wants to hear before a challenge closes."""

    async def to_nudge(
        self, closing: datetime, platforms: Collection[str], limit: int, after: Nudge | None = None
    ) -> Sequence[Nudge]:
        """Return who wants to hear of open rounds that close by then, has not finished and was not told yet.

        They come by close, round and member; with `after`, those behind this one.
        """

    async def nudged(self, nudge: Nudge) -> bool:
        """Write that a member is told of a round now; False when they were before."""
