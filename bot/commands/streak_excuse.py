"""For organisers: days that never count against anybody."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from bot.core.context import Ctx
from bot.core.declare import PRIVATE, action, command
from bot.core.errors import BadField, Outdated
from bot.core.guards import admin_only, community_only
from bot.core.markup import bullets, md
from bot.core.params import Arg
from bot.core.reply import Option, Reply, Tone, Update
from bot.models import DayRange, Excuse

ORGANISERS = (admin_only, community_only)
LONGEST = timedelta(days=60)
SHOWN = 20


@command(
    "streak excuse",
    summary="Excuse some days for everybody, like holidays",
    section="For organisers",
    visibility=PRIVATE,
    guards=ORGANISERS,
    examples=("streak excuse 2026-12-24 2027-01-02 the holidays",),
)
async def streak_excuse(
    ctx: Ctx,
    first: Annotated[date, Arg("The first day")],
    last: Annotated[date, Arg("The last day")],
    reason: Annotated[str, Arg("Why, in a few words", rest=True, max_length=80)] = "",
) -> Reply:
    """Excuse days for everybody in this community.

    They may lie in the past. `/streak excused` lists them and takes them back.
    """
    if last < first:
        raise BadField("last", md("The last day lies before the first. Write both like {like:code}.", like=str(first)))
    if last - first > LONGEST:
        raise BadField("last", md("That is more than 60 days. Excuse them in parts, if it has to be."))
    community = await ctx.our_community()
    kept = await ctx.store.streaks.excuse(community.id, DayRange(first, last), reason)
    return Reply(
        md("These days count against nobody: {line}.", line=_line(kept)),
        rows=((withdraw_one.button("Undo", excuse=kept.id),),),
        tone=Tone.GOOD,
    )


@command(
    "streak excused",
    summary="The days that are excused here",
    section="For organisers",
    visibility=PRIVATE,
    guards=ORGANISERS,
    examples=("streak excused",),
)
async def streak_excused(ctx: Ctx) -> Reply:
    """List the excused days, and take one back if need be."""
    kept = await ctx.store.streaks.excuses(ctx.community.id) if ctx.community else ()
    if not kept:
        return Reply(md("No days are excused. {how:code} excuses some.", how="/streak excuse"), title="Excused days")
    options = tuple(Option(_line(one)[:75], str(one.id)) for one in kept[:SHOWN])
    return Reply(
        bullets([md("{line}", line=_line(one)) for one in kept[:SHOWN]]),
        title="Excused days",
        rows=(withdraw.select(options, placeholder="Take one back"),),
    )


@action("streak.withdraw", guards=ORGANISERS)
async def withdraw(ctx: Ctx, excuse: str) -> Update:
    """Take an excuse back."""
    if not excuse.isdecimal():
        raise Outdated
    return Update(await _withdraw(ctx, int(excuse)))


@action("streak.withdraw-one", guards=ORGANISERS)
async def withdraw_one(ctx: Ctx, excuse: int) -> Update:
    """Take an excuse back."""
    return Update(await _withdraw(ctx, excuse))


@action("streak.excuse-again", guards=ORGANISERS)
async def excuse_again(ctx: Ctx, first: date, last: date) -> Update:
    """Put an excuse back that was taken away."""
    community = await ctx.our_community()
    kept = await ctx.store.streaks.excuse(community.id, DayRange(first, last), "")
    return Update(Reply(md("Excused again: {line}.", line=_line(kept)), tone=Tone.GOOD))


async def _withdraw(ctx: Ctx, excuse_id: int) -> Reply:
    own = await ctx.store.streaks.excuses(ctx.community.id) if ctx.community else ()
    if excuse_id not in {one.id for one in own}:
        return Reply(md("These days are not excused any more."))
    gone = await ctx.store.streaks.withdraw(excuse_id)
    if gone is None:
        return Reply(md("These days are not excused any more."))
    again = excuse_again.button("Undo", first=gone.days.first, last=gone.days.last)
    return Reply(md("Taken back: {line}.", line=_line(gone)), rows=((again,),))


def _line(excuse: Excuse) -> str:
    reason = f", {excuse.reason}" if excuse.reason else ""
    return f"{excuse.days.first} to {excuse.days.last}{reason}"
