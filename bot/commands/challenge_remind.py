"""A word before a challenge closes, for those who want it."""

from __future__ import annotations

from bot.core.context import Ctx
from bot.core.declare import action
from bot.core.errors import Outdated
from bot.core.guards import community_only
from bot.core.markup import md
from bot.core.reply import Reply, Tone, Update


@action("challenge.remind", guards=(community_only,))
async def remind(ctx: Ctx, round: int) -> Reply:
    """Hear two days before a challenge closes, this week and later."""
    await ctx.store.weekly.wish((await ctx.our_community()).id, (await ctx.me()).id, nudged=True)
    return Reply(
        md("I write to you two days before a challenge closes, if you have not finished it by then."),
        title="I will remind you",
        rows=((remind_no_more.button("Please do not", round=round),),),
        tone=Tone.GOOD,
    )


@action("challenge.remind-no-more")
async def remind_no_more(ctx: Ctx, round: int) -> Update:
    """Hear nothing before challenges close; this works in private messages too."""
    found = await ctx.store.rounds.find(round)
    here = await ctx.here()
    community = found.community_id if found else here.id if here else None
    if community is None or ctx.known is None:
        raise Outdated
    await ctx.store.weekly.wish(community, ctx.known.id, nudged=False)
    return Update(Reply(md("I do not remind you of challenges any more.")))
