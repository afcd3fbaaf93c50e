"""Find the round that a button belongs to."""

from __future__ import annotations

from bot.core.context import Ctx
from bot.core.errors import Outdated
from bot.services.challenges.rounds import Current, pin


async def round_here(ctx: Ctx, round_id: int) -> Current:
    """Return a round of the community where somebody asks; refuse any other."""
    found = await ctx.store.rounds.find(round_id)
    community = await ctx.here()
    if found is None or community is None or found.community_id != community.id:
        raise Outdated
    return pin(found)
