"""The board: for those who want to be seen, around where they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal

from bot.commands.streak import points
from bot.core.context import Ctx
from bot.core.declare import PRIVATE, action, command
from bot.core.guards import community_only
from bot.core.markup import Markdown, join, lines, md
from bot.core.params import Arg
from bot.core.reply import Button, Field, Option, Reply, Row, Style, Tone, Update
from bot.models import Board, Community, Standing
from bot.services.days import member_day, monday_of

HERE = (community_only,)
TOP, NEAR = 10, 3
Span = Literal["week", "season", "all"]
TITLES = {"week": "This week", "season": "This season", "all": "All time"}


@command(
    "board",
    summary="Points of those who want to be seen, around you",
    section="Together",
    visibility=PRIVATE,
    guards=HERE,
    examples=("board", "board season", "board all"),
)
async def board(
    ctx: Ctx, span: Annotated[Span, Arg("The week, the season (three months) or all time")] = "week"
) -> Reply:
    """Show the board.

    Only members who chose to be on it are listed. Equal points share a rank.
    """
    return await _page(ctx, span)


@action("board.span", guards=HERE)
async def turn(ctx: Ctx, span: Span) -> Update:
    """Look at another span."""
    return Update(await _page(ctx, span))


@action("board.join", guards=HERE)
async def join_board(ctx: Ctx, span: Span = "week") -> Update:
    """Be on the board."""
    me, community = await ctx.me(), await ctx.our_community()
    await ctx.store.boards.join(community.id, me.id)
    said = md("You are on the board now. Press **Leave the board** whenever you like.")
    return Update(await _page(ctx, span, community, said))


@action("board.leave", guards=HERE)
async def leave_board(ctx: Ctx, span: Span = "week") -> Update:
    """Be on the board no longer."""
    me, community = await ctx.me(), await ctx.our_community()
    await ctx.store.boards.leave(community.id, me.id)
    return Update(await _page(ctx, span, community, md("You are off the board. Your points stay yours.")))


def period(span: Span, day: date) -> str:
    """Name the period of a day, as the store does."""
    match span:
        case "week":
            return f"week {monday_of(day)}"
        case "season":
            return f"season {day.year}-Q{(day.month + 2) // 3}"
        case "all":
            return "all"


async def _page(ctx: Ctx, span: Span, community: Community | None = None, said: Markdown = Markdown("")) -> Reply:
    community = community or ctx.community
    me = ctx.known.id if ctx.known else None
    if community is None:
        return Reply(_nobody(), title=TITLES[span], rows=((_button(False, span),),))
    shown = await ctx.store.boards.show(community.id, period(span, member_day(ctx.now)), me, top=TOP, near=NEAR)
    mine = me is not None and await ctx.store.boards.has(community.id, me)
    return Reply(
        join(filter(None, [said, _lead(shown, me, mine)]), "\n\n"),
        title=f"The board: {TITLES[span].lower()}",
        fields=_fields(shown, me),
        rows=_rows(span, mine),
        footer=md("{how:code} says what gives points.", how="/streak rules"),
        tone=Tone.GOOD if said else Tone.NEUTRAL,
    )


def _nobody() -> Markdown:
    return md("Nobody is on this board yet. It shows only those who want to be seen.")


def _lead(shown: Board, me: int | None, mine: bool) -> Markdown:
    line = next((one for one in (*shown.around, *shown.top) if one.person_id == me), None)
    if line is not None:
        return md(
            "You are **{rank} of {members}**, with {points}.",
            rank=line.rank,
            members=shown.members,
            points=points(line.points),
        )
    if mine:
        return md("You have no points in this time yet. A check-in takes ten seconds.")
    return (
        md("{count} with points. You are not listed, unless you want to be.", count=_people(shown.members))
        if shown.members
        else _nobody()
    )


def _people(count: int) -> str:
    return "One member" if count == 1 else f"{count} members"


def _fields(shown: Board, me: int | None) -> tuple[Field, ...]:
    if not shown.top:
        return ()
    listed = {one.person_id for one in shown.top}
    near = shown.around if any(one.person_id not in listed for one in shown.around) else ()
    top = shown.top[: 5 if near else TOP]
    around = (Field("Around you", _lines(near, me)),) if near else ()
    return (Field("At the top", _lines(top, me)), *around)


def _lines(standings: Sequence[Standing], me: int | None) -> Markdown:
    return lines(_line(one, me) for one in standings)


def _line(one: Standing, me: int | None) -> Markdown:
    name = md("**{name} (you)**", name=one.name[:60]) if one.person_id == me else md("{name}", name=one.name[:60])
    # The backslash keeps the rank a word: as the number of a list it would become a list within a list.
    return md("{rank}\\. {name}, {points}", rank=one.rank, name=name, points=points(one.points))


def _rows(span: Span, mine: bool) -> tuple[Row, ...]:
    options = tuple(Option(words, name, chosen=name == span) for name, words in TITLES.items())
    return (turn.select(options, placeholder="Another time"), (_button(mine, span),))


def _button(mine: bool, span: Span) -> Button:
    if mine:
        return leave_board.button("Leave the board", span=span)
    return join_board.button("Be on the board", style=Style.PRIMARY, span=span)
