"""For organisers: what there is to set up, and how each of it stands."""

from __future__ import annotations

from bot.commands.community import zone_form
from bot.core.context import Ctx
from bot.core.declare import PRIVATE, action, command
from bot.core.errors import Refused
from bot.core.guards import admin_only, community_only
from bot.core.markup import code, md
from bot.core.reply import Field, Reply, Style

ORGANISERS = (admin_only, community_only)


@command(
    "setup",
    summary="What there is to set up here, and how it stands",
    section="For organisers",
    visibility=PRIVATE,
    guards=ORGANISERS,
    examples=("setup",),
)
async def setup(ctx: Ctx) -> Reply:
    """Show what organisers can set up.

    Nothing of it is needed to begin.
    """
    return await _page(ctx)


@action("setup.begin")
async def begin(ctx: Ctx, community: str = "") -> Reply:
    """Begin from the welcome, which reaches an organiser privately, or in a channel."""
    if ctx.call.speaker.place is None:
        where = community or "your community"
        return Reply(
            md(
                "Open any channel of **{where}** and type {how:code}: only there can I see that you look after it.",
                where=where,
                how="/setup",
            ),
            title="Set me up",
        )
    if not ctx.is_admin:
        raise Refused(md("Only the organisers of this community can set me up."))
    return await _page(ctx)


async def _page(ctx: Ctx) -> Reply:
    here = await ctx.our_community()
    zone = md("{zone}", zone=here.zone) if here.zone else md("Not set; members without one of their own have UTC.")
    return Reply(
        md("Everything works as it is. These make it yours:"),
        title="Set me up",
        fields=(
            Field("Time zone", zone),
            Field("Weekly challenge", md("{how:code} says which challenge comes when.", how="/challenge schedule")),
            Field("Project reviews", md("{how:code} names who may review.", how="/challenge reviewers")),
            Field(
                "Your own words",
                md(
                    "{add:code} adds a tip, an answer or a resource of yours, {look:code} shows what members suggest.",
                    add="/content add",
                    look="/content suggestions",
                ),
            ),
            Field("What members miss", md("{how:code} lists the questions that I could not answer.", how="/gaps")),
        ),
        rows=((zone_form.button("Set the time zone", style=Style.PRIMARY),),),
        footer=md("{all} shows what members can do.", all=code("/help")),
    )
