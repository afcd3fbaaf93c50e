"""Hints: opened on purpose, at the price that they say."""

from __future__ import annotations

from bot.core.context import Ctx
from bot.core.declare import PRIVATE, action, command
from bot.core.errors import Outdated
from bot.core.guards import community_only
from bot.core.markup import Markdown, md
from bot.core.reply import Button, Field, Reply, Tone, Update
from bot.services.challenges.finding import round_here
from bot.services.challenges.rounds import Current, must_be_on

HERE = (community_only,)


@command(
    "challenge hint",
    summary="A hint for this week's challenge, at a price",
    section="Together",
    visibility=PRIVATE,
    guards=HERE,
    examples=("challenge hint",),
)
async def hint(ctx: Ctx) -> Reply:
    """Show the hints that you opened, and what the next one costs."""
    return await _page(ctx, await must_be_on(ctx))


@action("challenge.hints-of", guards=HERE)
async def hints_of(ctx: Ctx, round: int) -> Reply:
    """Show the hints of a round, from the post of the week."""
    return await _page(ctx, await round_here(ctx, round))


@action("challenge.open-hint", guards=HERE)
async def open_hint(ctx: Ctx, round: int, number: int) -> Update:
    """Open one hint."""
    current = await round_here(ctx, round)
    if not 0 <= number < len(current.challenge.hints):
        raise Outdated
    me = await ctx.me()
    await ctx.store.efforts.enter(round, me.id)
    await ctx.store.efforts.hint(round, me.id, number)
    return Update(await _page(ctx, current))


async def _page(ctx: Ctx, current: Current) -> Reply:
    hints = current.challenge.hints
    if not hints:
        return Reply(md("This challenge comes without hints. Ask the others, that is free."), title="Hints")
    opened = await ctx.store.efforts.hints(current.round.id, ctx.known.id) if ctx.known else ()
    shown = tuple(Field(f"Hint {n + 1}", Markdown(one.text)) for n, one in enumerate(hints) if n in opened)
    waiting = next((n for n in range(len(hints)) if n not in opened), None)
    if waiting is None:
        return Reply(md("These are all the hints."), title="Hints", fields=shown)
    return Reply(
        md("Hint {number} costs {cost}. You keep the rest.", number=waiting + 1, cost=_points(hints[waiting].cost)),
        title="Hints",
        fields=shown,
        rows=((_open_button(current, waiting),),),
        tone=Tone.NEUTRAL,
    )


def _open_button(current: Current, number: int) -> Button:
    cost = _points(current.challenge.hints[number].cost)
    return open_hint.button(f"Open hint {number + 1} for {cost}", round=current.round.id, number=number)


def _points(cost: int) -> str:
    return "nothing" if cost == 0 else "1 point" if cost == 1 else f"{cost} points"
