"""Facts for the ledger: what a member did, with the zone and the day that it was for them."""

from __future__ import annotations

from bot.core.context import Ctx
from bot.models import Activity, Basis
from bot.services.credits import Credit
from bot.services.days import member_day


async def record(ctx: Ctx, credit: Credit, subject: str, points: int | None = None) -> tuple[Activity | None, Basis]:
    """Record a credited activity, None when it counts already, today or ever; and tell how the member stood before."""
    key = credit.key(subject, member_day(ctx.now))
    worth = credit.points if points is None else points
    fact = await _fact(ctx, credit.kind, subject, key, points=worth)
    return await ctx.store.activities.add(fact, paid_a_day=credit.paid_a_day)


async def note(ctx: Ctx, kind: str, subject: str, *, once_a_day: bool = False) -> bool:
    """Record something that gives no credit, at its own moment; False when it is noted already."""
    turn = member_day(ctx.now) if once_a_day else f"{ctx.clock.now():%Y%m%dT%H%M%S.%f}"
    fact = await _fact(ctx, kind, subject, f"{kind}:{subject}:{turn}", credited=False)
    return await ctx.store.activities.record(fact)


async def _fact(ctx: Ctx, kind: str, subject: str, key: str, *, credited: bool = True, points: int = 0) -> Activity:
    me = await ctx.me()
    community = await ctx.here()
    return Activity(
        person_id=me.id,
        community_id=community.id if community else None,
        kind=kind,
        subject=subject,
        at=ctx.clock.now(),
        zone=ctx.zone.key,
        day=member_day(ctx.now),
        key=key,
        credited=credited,
        points=points,
        origin_id=me.origin_id,
    )
