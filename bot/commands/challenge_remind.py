"""A word before a challenge closes, for those who want it."""

from __future__ import annotations

from bot.core.context import Ctx
from bot.core.declare import action
from bot.core.errors import Outdated
from bot.core.guards import community_only
from bot.core.markup import Markdown, join, md
from bot.core.reply import Reply, Tone, Update
from bot.models.weekly import Nudge
from bot.services.posting.nudging import BEFORE


@action("challenge.remind", guards=(community_only,))
async def remind(ctx: Ctx, round: int) -> Reply:
    """Hear two days before a challenge closes, this week and later."""
    here, me = await ctx.our_community(), await ctx.me()
    await ctx.store.weekly.wish(here.id, me.id, nudged=True)
    found = await ctx.store.rounds.find(round)
    is_soon = found is not None and found.is_open(ctx.clock.now()) and found.closes - ctx.clock.now() <= BEFORE
    if found is not None and is_soon:
        # They know of this one: a word at once would tell them nothing.
        await ctx.store.weekly.nudged(Nudge(found.id, here.id, me.id, here.place, found.closes))
    said = md("I write to you two days before a challenge closes, if you have not finished it by then.")
    begins = md("This one closes in less than two days, so I begin with the next.") if is_soon else Markdown("")
    return Reply(
        join(filter(None, [said, begins]), " "),
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
