"""A planned pause: the streak waits for up to four weeks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from bot.commands.streak import SECTION
from bot.core.context import Ctx
from bot.core.declare import PRIVATE, action, command
from bot.core.errors import BadField
from bot.core.markup import md
from bot.core.params import Arg
from bot.core.reply import Button, Reply, Style, Tone, Update
from bot.models import DayRange, Pause
from bot.services.days import member_day, spoken_day

LONGEST = timedelta(weeks=4)
AHEAD = timedelta(days=180)


@command(
    "streak pause",
    summary="Hold your streak while you are away, for up to four weeks",
    section=SECTION,
    visibility=PRIVATE,
    examples=("streak pause", "streak pause length:2w", "streak pause length:10d start:2026-12-20"),
)
async def streak_pause(
    ctx: Ctx,
    length: Annotated[timedelta | None, Arg("How long, like 2w or 10d; at most four weeks")] = None,
    start: Annotated[date | None, Arg("The first day; today when left out")] = None,
) -> Reply:
    """Plan a pause.

    Days of a pause never count against you. What you do in it counts as always.
    """
    running = await _current(ctx)
    if running is not None:
        return _running(running)
    if length is None:
        return Reply(
            md("How long will you be away? Your streak waits for you."), title="A pause", rows=(_offers(start),)
        )
    return await _begin(ctx, length, start)


def _offers(start: date | None) -> tuple[Button, ...]:
    lengths = {"One week": 7, "Two weeks": 14, "Three weeks": 21, "Four weeks": 28}
    return tuple(begin.button(words, days=days, start=start) for words, days in lengths.items())


@action("streak.pause-for")
async def begin(ctx: Ctx, days: int, start: date | None = None) -> Update:
    """Begin a pause."""
    running = await _current(ctx)
    length = timedelta(days=max(0, min(days, 2 * LONGEST.days)))
    return Update(_running(running) if running else await _begin(ctx, length, start))


@action("streak.pause-end")
async def end(ctx: Ctx, pause: int) -> Update:
    """End a pause, or take a planned one away."""
    running = await _current(ctx)
    if running is None or running.id != pause:
        return Update(Reply(md("That pause is over already.")))
    yesterday = member_day(ctx.now) - timedelta(days=1)
    kept = DayRange(running.days.first, yesterday) if running.days.first <= yesterday else None
    await ctx.store.streaks.set_pause(pause, kept)
    return Update(Reply(md("The pause is over from today. Good to have you back."), tone=Tone.GOOD))


async def _current(ctx: Ctx) -> Pause | None:
    """Return the pause that runs or is planned."""
    pauses = await ctx.store.streaks.pauses(ctx.known.id) if ctx.known else ()
    today = member_day(ctx.now)
    return next((one for one in pauses if one.days.last >= today), None)


async def _begin(ctx: Ctx, length: timedelta, start: date | None) -> Reply:
    today = member_day(ctx.now)
    first = start or today
    if not timedelta(days=1) <= length <= LONGEST:
        raise BadField("length", md("A pause lasts from one day to four weeks. Write it like {like:code}.", like="2w"))
    if not today <= first <= today + AHEAD:
        raise BadField(
            "start",
            md("A pause begins today or within the next half year. Write a date like {like:code}.", like=str(today)),
        )
    me = await ctx.me()
    planned = await ctx.store.streaks.pause(me.id, DayRange(first, first + timedelta(days=length.days - 1)))
    return _running(planned, tone=Tone.GOOD)


def _running(pause: Pause, tone: Tone = Tone.NEUTRAL) -> Reply:
    return Reply(
        md(
            "Your streak waits from {first} to {last}. What you do in between counts as always.",
            first=spoken_day(pause.days.first),
            last=spoken_day(pause.days.last),
        ),
        title="A pause",
        rows=((end.button("End it", style=Style.PRIMARY, pause=pause.id),),),
        tone=tone,
    )
