"""Facts for the ledger: what a member did, with the zone and the day that it was for them."""

from __future__ import annotations

from bot.core.context import Ctx
from bot.models import Activity
from bot.services.days import member_day

TIP_TRIED = "tip-tried"
RESOURCE_DONE = "resource-done"


async def record(ctx: Ctx, kind: str, subject: str, *, each_day: bool) -> bool:
    """Record that the member did something; False when it counts already, today or ever."""
    me = await ctx.me()
    community = await ctx.here()
    day = member_day(ctx.now)
    key = f"{kind}:{me.id}:{subject}" + (f":{day}" if each_day else "")
    activity = Activity(
        person_id=me.id,
        community_id=community.id if community else None,
        kind=kind,
        subject=subject,
        at=ctx.clock.now(),
        zone=ctx.zone.key,
        day=day,
        key=key,
    )
    return await ctx.store.activities.record(activity)
