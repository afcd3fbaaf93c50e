"""Progress on one card: as words with bars, and as a picture."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated

from bot.commands.path_steps import show_next
from bot.commands.streak import headline, points, streak
from bot.core.context import Ctx
from bot.core.declare import PRIVATE, PUBLIC, On, Shortcut, action, command
from bot.core.guards import community_only
from bot.core.markup import Markdown, md, one_line
from bot.core.params import Arg, Member
from bot.core.reply import Button, Field, Image, Reply, Style
from bot.models import DayCount, Excused, Person
from bot.services.badges import badges
from bot.services.days import member_day
from bot.services.members import find_member
from bot.services.my_path import bars, my_walk
from bot.services.paths import Walk
from bot.services.pictures import Card, StageBar, describe, draw
from bot.services.standing import my_standing
from bot.services.streaks import Streak

YEAR = timedelta(days=371)


@dataclass(frozen=True, slots=True)
class Seen:
    """All that the card shows."""

    streak: Streak
    way: Walk | None
    days: Sequence[DayCount]
    badges: tuple[str, ...]
    excused: frozenset[date]


@command(
    "progress",
    summary="Your path, your streak and your year on one card",
    section="Keep going",
    visibility=PRIVATE,
    examples=("progress",),
    shortcuts=(Shortcut("Show progress", On.MEMBER, "member"),),
)
async def progress(
    ctx: Ctx, member: Annotated[Member | None, Arg("Somebody else, who is on the board here")] = None
) -> Reply:
    """Show your progress.

    Only you see it, unless you press **Show it here**. Of somebody else you see what the board shows.
    """
    if member is not None and member.user != ctx.call.speaker.handle.user:
        other = await find_member(ctx, member)
        if other is None or ctx.known is None or other.id != ctx.known.id:
            return await _of_somebody_else(ctx, other)
    share_it = [share.button("Show it here")] if ctx.call.speaker.place else []
    buttons = (show_next.button("My next step", style=Style.PRIMARY), streak.button("My streak"), *share_it)
    return await _card(ctx, (buttons,))


async def _of_somebody_else(ctx: Ctx, other: Person | None) -> Reply:
    """Show what the board shows, and nothing of whoever is not on it; not even whether I know them."""
    here = ctx.community
    if other is None or here is None or not await ctx.store.boards.has(here.id, other.id):
        return Reply(
            md(
                "Progress is private. I show it only of members who put themselves on this community’s {board:code}.",
                board="/board",
            )
        )
    shown = await ctx.store.boards.show(here.id, "all", other.id, top=1, near=0)
    mine = next((one for one in shown.around if one.person_id == other.id), None)
    text = (
        md("{points} so far, place {rank} of those on the board.", points=points(mine.points), rank=mine.rank)
        if mine
        else md("On the board, without points so far.")
    )
    return Reply(text, title=f"{one_line(other.name)[:60]}’s progress")


@action("progress.share", visibility=PUBLIC, guards=(community_only,))
async def share(ctx: Ctx) -> Reply:
    """Show the card to everybody."""
    card = await _card(ctx, ())
    return replace(card, title=f"{ctx.name[:60]}’s progress")


async def _card(ctx: Ctx, rows: tuple[tuple[Button, ...], ...]) -> Reply:
    seen = await _look(ctx)
    picture = _picture_of(seen, member_day(ctx.now))
    drawn = await asyncio.to_thread(draw, picture)
    return Reply(
        headline(seen.streak),
        title="Your progress",
        fields=(
            Field("Path", _path(seen.way)),
            Field("This week", _this_week(seen.streak)),
            *((Field("Badges", md("{all}", all=", ".join(seen.badges))),) if seen.badges else ()),
        ),
        progress=bars(seen.way) if seen.way else (),
        image=Image("progress.png", drawn, describe(picture)),
        rows=rows,
    )


async def _look(ctx: Ctx) -> Seen:
    (mine, excused), way = await my_standing(ctx), await my_walk(ctx)
    if ctx.known is None:
        return Seen(mine, way, (), (), frozenset())
    since = member_day(ctx.now) - YEAR
    days = await ctx.store.activities.days(ctx.known.id, since)
    counts = await ctx.store.activities.counts(ctx.known.id)
    return Seen(mine, way, days, badges(mine, way, counts), _excused_days(excused, since))


def _excused_days(excused: Excused, since: date) -> frozenset[date]:
    ranges = (*excused.pauses, *excused.excuses)
    days = {one.first + timedelta(days=n) for one in ranges for n in range((one.last - one.first).days + 1)}
    return frozenset(day for day in days if day >= since)


def _picture_of(seen: Seen, today: date) -> Card:
    stages = tuple(StageBar(part.title, part.done, len(part.steps)) for part in seen.way.parts) if seen.way else ()
    return Card(
        title=seen.way.path.title if seen.way else "No path yet",
        stages=stages,
        weeks=seen.streak.count,
        best_weeks=seen.streak.best,
        this_week=len(seen.streak.days_this_week),
        days={one.day: one.activities for one in seen.days},
        excused=seen.excused,
        today=today,
        badges=seen.badges[::-1],  # the rarest first: there is not always room for all
    )


def _path(way: Walk | None) -> Markdown:
    if way is None:
        return md("None yet. {how:code} finds one for you.", how="/path choose")
    stage = way.part_of(way.next) if way.next else None
    where = md(", now in {stage}", stage=stage.title) if stage else Markdown("")
    return md(
        "**{title}**{where}: {done} of {total} steps done.",
        title=way.path.title,
        where=where,
        done=way.done,
        total=len(way.steps),
    )


def _this_week(streak: Streak) -> Markdown:
    days = len(streak.days_this_week)
    if not days:
        return md("Nothing yet. A check-in takes ten seconds.")
    gold = md(" The week is gold.") if streak.gold else Markdown("")
    return md(
        "{days} with {acts}.{gold}",
        days=_counted(days, "active day"),
        acts=_counted(streak.activities_this_week, "activity"),
        gold=gold,
    )


def _counted(count: int, what: str) -> str:
    several = f"{what[:-1]}ies" if what.endswith("y") and not what.endswith("ay") else f"{what}s"
    return f"one {what}" if count == 1 else f"{count} {several}"
