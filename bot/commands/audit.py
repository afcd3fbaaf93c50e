"""For organisers: who changed what in the community."""

from __future__ import annotations

from bot.core.context import Ctx
from bot.core.declare import PRIVATE, action, command
from bot.core.guards import admin_only, community_only
from bot.core.markup import Markdown, bullets, md
from bot.core.reply import Reply, Update
from bot.models.audit import Deed
from bot.services.days import spoken_moment

ORGANISERS = (admin_only, community_only)
A_PAGE = 10


@command(
    "audit",
    summary="Who changed what in this community",
    section="For organisers",
    visibility=PRIVATE,
    guards=ORGANISERS,
    examples=("audit",),
)
async def audit(ctx: Ctx) -> Reply:
    """Show the changes that organisers made, the latest first: which command, when and by whom, never its words."""
    return await _page(ctx, 0)


@action("audit.turn", guards=ORGANISERS)
async def turn(ctx: Ctx, offset: int = 0) -> Update:
    """Show older or newer changes."""
    return Update(await _page(ctx, max(offset, 0)))


async def _page(ctx: Ctx, offset: int) -> Reply:
    community = ctx.community
    found = await ctx.store.audit.of(community.id, offset=offset, limit=A_PAGE + 1) if community else ()
    shown = found[:A_PAGE]
    text = bullets([_line(ctx, one) for one in shown]) if shown else md("Nothing was changed here yet.")
    older = [turn.button("Older", offset=offset + A_PAGE)] if len(found) > A_PAGE else []
    newer = [turn.button("Newer", offset=max(offset - A_PAGE, 0))] if offset else []
    rows = ((*newer, *older),) if newer or older else ()
    return Reply(text, title="Changes by organisers", rows=rows, footer=md("Kept for a year."))


def _line(ctx: Ctx, deed: Deed) -> Markdown:
    when = spoken_moment(deed.at.astimezone(ctx.zone))
    return md("{when}: {what:code} by {name}", when=when, what=deed.what, name=deed.name or "somebody who is gone")
