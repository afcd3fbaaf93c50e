"""Why the streak is what it is: the weeks, the days, and the rows of the ledger that decide."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.commands.streak import SECTION
from bot.core.context import Ctx
from bot.core.declare import PRIVATE, action, command
from bot.core.markup import Markdown, bullets, md
from bot.core.paging import Page
from bot.core.reply import Field, Reply, Update
from bot.models import Activity, Excused
from bot.services.crediting import weeks as spoken_weeks
from bot.services.credits import CREDITS
from bot.services.days import spoken_day
from bot.services.standing import credited_facts
from bot.services.streaks import Week, WeekKind, weeks

PAGE = 3
ROWS_SHOWN = 8
WORDS = {one.kind: one.words for one in CREDITS}
KINDS = {
    WeekKind.ACTIVE: "it counts",
    WeekKind.OPEN: "open until it ends",
    WeekKind.EXCUSED: "excused; it changes nothing",
    WeekKind.MISSED: "nothing",
    WeekKind.FROZEN: "kept by a freeze",
    WeekKind.REPAIRED: "repaired by the week after it",
    WeekKind.LOST: "nothing, and the streak ended",
}


@command(
    "streak why",
    summary="The weeks and days that decide your streak",
    section=SECTION,
    visibility=PRIVATE,
    examples=("streak why",),
)
async def streak_why(ctx: Ctx) -> Reply:
    """List the weeks, the newest first, with every activity in them."""
    return await _page(ctx, 0)


@action("streak.why-page")
async def turn(ctx: Ctx, page: int) -> Update:
    """Turn the page."""
    return Update(await _page(ctx, page))


async def _page(ctx: Ctx, page: int) -> Reply:
    facts = await credited_facts(ctx.store, ctx.known.id) if ctx.known else []
    if not facts or ctx.known is None:
        return Reply(md("Nothing has counted yet. {how:code} takes ten seconds.", how="/checkin"), title="Why")
    excused = await ctx.store.streaks.excused(ctx.known.id)
    story = weeks(facts, excused, ctx.clock.now(), ctx.zone)[::-1]
    here = Page.of(len(story), page, PAGE)
    return Reply(
        md("Your streak is **{weeks}**. Read it from the bottom up.", weeks=spoken_weeks(story[0].count)),
        title="Why",
        fields=(*(_week(week, facts) for week in story[here.part]), *_excused(excused)),
        rows=here.turns(turn),
        footer=here.note,
    )


def _week(week: Week, facts: Sequence[Activity]) -> Field:
    gold = ", gold" if week.gold else ""
    count = md(
        "{what}{gold}. Streak {count}, freezes {held}.",
        what=KINDS[week.kind].capitalize(),
        gold=gold,
        count=week.count,
        held=week.held,
    )
    rows = [fact for fact in facts if fact.day in week.days]
    more = [md("and {count} more", count=len(rows) - ROWS_SHOWN)] if len(rows) > ROWS_SHOWN else []
    listed = bullets([*map(_row, rows[:ROWS_SHOWN]), *more])
    return Field(f"Week of {spoken_day(week.monday)}", Markdown(f"{count}\n\n{listed}" if rows else count))


def _row(fact: Activity) -> Markdown:
    local = fact.at.astimezone(ZoneInfo(fact.zone))
    return md(
        "{day} at {time} ({zone}): {what}",
        day=spoken_day(fact.day),
        time=f"{local:%H:%M}",
        zone=fact.zone,
        what=WORDS.get(fact.kind, fact.kind),
    )


def _excused(excused: Excused) -> tuple[Field, ...]:
    """List what excuses the member, the latest of each kind."""
    days = [("Paused", one) for one in excused.pauses[-3:]] + [("Excused", one) for one in excused.excuses[-3:]]
    lines = [md("{what}: {first} to {last}", what=what, first=str(one.first), last=str(one.last)) for what, one in days]
    lines += [
        md(
            "I was down: {start} to {until}, UTC",
            start=f"{one.start:%Y-%m-%d %H:%M}",
            until=f"{one.until:%Y-%m-%d %H:%M}",
        )
        for one in excused.outages[-3:]
    ]
    return (Field("What never counts against you", bullets(lines)),) if lines else ()
