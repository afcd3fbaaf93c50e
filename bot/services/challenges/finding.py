"""Find the round that a button belongs to."""

from __future__ import annotations

from bot.core.context import Ctx
from bot.core.errors import Outdated
from bot.models.challenges import Round
from bot.services.challenges.rounds import Current, pin


async def round_here(ctx: Ctx, round_id: int) -> Current:
    """Return a round of the community where somebody asks; refuse any other."""
    found = await ctx.store.rounds.find(round_id)
    if found is None or not await _is_here(ctx, found):
        raise Outdated
    return pin(found)


async def round_here_or_mine(ctx: Ctx, round_id: int) -> Current:
    """Return a round of this community, or one of the asker's own: history is read in direct messages too."""
    found = await ctx.store.rounds.find(round_id)
    mine = found and ctx.known and await ctx.store.efforts.of(found.id, ctx.known.id)
    if found is None or not (mine or await _is_here(ctx, found)):
        raise Outdated
    return pin(found)


async def _is_here(ctx: Ctx, found: Round) -> bool:
    community = await ctx.here()
    return community is not None and found.community_id == community.id
