"""For organisers: the time zone of the community, for everybody who has not set one."""

from __future__ import annotations

from typing import Annotated

from bot.commands.settings import zone_choices
from bot.core.context import Ctx
from bot.core.declare import PRIVATE, action, command, form
from bot.core.errors import Outdated
from bot.core.guards import admin_only, community_only
from bot.core.markup import md
from bot.core.params import Arg
from bot.core.reply import Button, Reply, Style, Tone, Update
from bot.models import Community
from bot.services.posting.arranging import move_zone
from bot.services.zones import Zones, zone_named

ORGANISERS = (admin_only, community_only)


@command(
    "community",
    summary="The time zone of this community",
    section="For organisers",
    visibility=PRIVATE,
    guards=ORGANISERS,
    examples=("community", "community zone:Rome"),
)
async def community(
    ctx: Ctx, zone: Annotated[str, Arg("A city or time zone, like Rome or Asia/Kolkata", suggest=zone_choices)] = ""
) -> Reply:
    """Show or set the community's time zone.

    It holds for the weeks of challenges, and for members who have set none of their own.
    """
    return (
        await _set(ctx, zone_named(ctx.services, zone))
        if zone
        else _page(ctx, ctx.community.zone if ctx.community else None)
    )


@form("community.zone", title="The community’s zone", guards=ORGANISERS)
async def zone_form(
    ctx: Ctx, zone: Annotated[str, Arg("A city or time zone, like Rome", label="Time zone", suggest=zone_choices)]
) -> Reply:
    """Set the time zone."""
    return await _set(ctx, zone_named(ctx.services, zone))


@action("community.undo", guards=ORGANISERS)
async def undo(ctx: Ctx, zone: str = "") -> Update:
    """Put the time zone back."""
    if zone and zone not in ctx.services.get(Zones).names:
        raise Outdated
    return Update(await _set(ctx, zone or None))


async def set_zone(ctx: Ctx, here: Community, zone: str | None) -> None:
    """Keep the zone; what is posted by itself comes at its time of day there."""
    await ctx.store.communities.set_zone(here.id, zone)
    ctx.callers.forget_place(here.place)
    await move_zone(ctx.store, ctx.clock, here, zone or "UTC")


async def _set(ctx: Ctx, zone: str | None) -> Reply:
    here = await ctx.our_community()
    await set_zone(ctx, here, zone)
    return _page(ctx, zone, undo.button("Undo", zone=here.zone or "") if zone != here.zone else None)


def _page(ctx: Ctx, zone: str | None, back: Button | None = None) -> Reply:
    change = zone_form.button("Change it", style=Style.PRIMARY)
    shown = f"{zone}, where it is {ctx.services.get(Zones).now_in(zone):%H:%M} now" if zone else "not set"
    return Reply(
        md(
            "The community’s time zone: **{shown}**. It holds for the weeks of challenges, and for members who have "
            "set none of their own.",
            shown=shown,
        ),
        title="This community",
        rows=((change, *([back] if back else [])),),
        tone=Tone.GOOD if back else Tone.NEUTRAL,
    )
