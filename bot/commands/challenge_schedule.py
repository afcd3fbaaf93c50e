"""For organisers: the challenges of the coming weeks, to swap, to skip, and to leave to the usual order."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from bot.commands.saved import shortened
from bot.core.context import Ctx
from bot.core.declare import PRIVATE, action, command
from bot.core.errors import BadField, UserError
from bot.core.guards import admin_only, community_only
from bot.core.markup import Markdown, join, md
from bot.core.paging import Page
from bot.core.params import Arg
from bot.core.reply import Button, Field, Option, Reply, Row, Style, Tone, Update
from bot.services.challenges.choosing import challenge_choices, named_challenge
from bot.services.challenges.schedule import (
    WARNED_BEFORE,
    WEEKS,
    Because,
    Schedule,
    Slot,
    coming_weeks,
    leave_out,
    leave_to_the_order,
    put,
)
from bot.services.days import spoken_day, spoken_moment
from bot.services.notices import Notices
from content.challenge_model import AnyChallenge

ORGANISERS = (admin_only, community_only)
PAGE = 25
WHY = {
    Because.RUNNING: "On now.",
    Because.PLANNED: "Chosen by an organiser.",
    Because.USUAL: "The usual order.",
    Because.SKIPPED: "Skipped by an organiser.",
    Because.NONE_LEFT: "The packs hold no challenge that you did not have within a year.",
}


@command(
    "challenge schedule",
    summary="The challenges of the coming weeks; swap or skip one",
    section="For organisers",
    visibility=PRIVATE,
    guards=ORGANISERS,
    examples=("challenge schedule", "challenge schedule week:2026-12-07"),
)
async def challenge_schedule(
    ctx: Ctx,
    week: Annotated[date | None, Arg("A day of the week to look at or to change")] = None,
    challenge: Annotated[str, Arg("The challenge that this week gets", suggest=challenge_choices, max_length=80)] = "",
) -> Reply:
    """List the coming eight weeks.

    With a week it shows that week, and with a challenge too that week gets the challenge. Without you, each week has
    the next challenge of the packs that your community did not have within a year.
    """
    schedule = await coming_weeks(ctx)
    if week is None and challenge:
        raise BadField("week", md("Say for which week, like {like:code}.", like=f"week:{schedule.slots[-1].day}"))
    if week is None:
        return _list(ctx, schedule)
    slot = _slot(ctx, schedule, week)
    if not challenge:
        return await _card(ctx, schedule, slot)
    return await _swap(ctx, schedule, slot, named_challenge(schedule.catalog, challenge))


@action("weeks.all", guards=ORGANISERS)
async def show_all(ctx: Ctx) -> Update:
    """List the weeks again."""
    return Update(_list(ctx, await coming_weeks(ctx)))


@action("weeks.week", guards=ORGANISERS)
async def open_week(ctx: Ctx, week: date, page: int = 0) -> Update:
    """Show one week with what can be done about it."""
    schedule = await coming_weeks(ctx)
    return Update(await _card(ctx, schedule, _slot(ctx, schedule, week), page))


@action("weeks.swap", guards=ORGANISERS)
async def swap(ctx: Ctx, week: date, challenge: str) -> Update:
    """Give a week another challenge."""
    schedule = await coming_weeks(ctx)
    return Update(await _swap(ctx, schedule, _slot(ctx, schedule, week), named_challenge(schedule.catalog, challenge)))


@action("weeks.skip", guards=ORGANISERS)
async def skip(ctx: Ctx, week: date) -> Update:
    """Leave a week without a challenge."""
    return Update(await skip_week(ctx, _to_come(_slot(ctx, await coming_weeks(ctx), week))))


async def skip_week(ctx: Ctx, slot: Slot) -> Reply:
    """Leave a week without a challenge, and say so."""
    await leave_out(ctx, slot)
    return _changed(slot, md("There will be no challenge in the week of {day}.", day=_day(ctx, slot)))


@action("weeks.usual", guards=ORGANISERS)
async def usual(ctx: Ctx, week: date) -> Update:
    """Leave a week to the usual order again."""
    slot = _to_come(_slot(ctx, await coming_weeks(ctx), week))
    await leave_to_the_order(ctx, slot)
    after = _slot(ctx, await coming_weeks(ctx), week)
    brings = md("it brings “{title}”", title=after.challenge.title) if after.challenge else md("nothing is left in it")
    said = md("The week of {day} follows the usual order again: {brings}.", day=_day(ctx, slot), brings=brings)
    return Update(_changed(slot, said))


def _slot(ctx: Ctx, schedule: Schedule, day: date) -> Slot:
    found = schedule.slot(day, ctx.zone)
    if found is None:
        first, last = schedule.slots[0], schedule.slots[-1]
        raise UserError(
            md(
                "{day} is not in the coming {weeks} weeks. They go from {first} to {last}.",
                day=spoken_day(day),
                weeks=WEEKS,
                first=spoken_day(first.opens.astimezone(ctx.zone).date()),
                last=spoken_day(last.closes.astimezone(ctx.zone).date()),
            )
        )
    return found


def _to_come(slot: Slot) -> Slot:
    if slot.round is not None:
        raise UserError(md("This week has begun, so its challenge stays until it closes. You can change a later week."))
    return slot


def _day(ctx: Ctx, slot: Slot) -> str:
    return spoken_day(slot.opens.astimezone(ctx.zone).date())


def _list(ctx: Ctx, schedule: Schedule) -> Reply:
    options = tuple(Option(_label(ctx, one), one.day.isoformat()) for one in schedule.slots)
    warning = _warning(ctx, schedule)
    lead = md("Each week opens by itself. Choose one to change it.")
    return Reply(
        join(filter(None, [warning, lead]), "\n\n"),
        title=f"The coming {WEEKS} weeks",
        fields=tuple(Field(spoken_moment(one.opens.astimezone(ctx.zone)), _line(ctx, one)) for one in schedule.slots),
        rows=(open_week.select(options, placeholder="Choose a week"),),
        footer=md("All times are in your zone, {zone}.", zone=ctx.zone.key),
        tone=Tone.WARNING if warning else Tone.NEUTRAL,
    )


def _label(ctx: Ctx, slot: Slot) -> str:
    what = slot.challenge.title if slot.challenge else "no challenge"
    return shortened(f"{_day(ctx, slot)}: {what}")


def _line(ctx: Ctx, slot: Slot) -> Markdown:
    until = spoken_moment(slot.closes.astimezone(ctx.zone))
    what = _what(slot.challenge) if slot.challenge else md("**No challenge.**")
    return md("{what} {why} Until {until}.", what=what, why=WHY[slot.because], until=until)


def _what(challenge: AnyChallenge) -> Markdown:
    return md("**{title}** ({kind}, {level}).", title=challenge.title, kind=challenge.kind, level=challenge.level)


def _warning(ctx: Ctx, schedule: Schedule) -> Markdown:
    empty = schedule.runs_out
    if empty is None or empty.opens - ctx.clock.now() > WARNED_BEFORE:
        return Markdown("")
    return md(
        "**The challenges run out in the week of {day}.** Until then somebody should add one to the packs; or choose "
        "to skip that week.",
        day=_day(ctx, empty),
    )


async def _card(ctx: Ctx, schedule: Schedule, slot: Slot, page: int = 0) -> Reply:
    if tried := await _tried(ctx, slot):
        return _stays(schedule, slot, tried)
    free = schedule.free(slot)
    here = Page.of(len(free), page, PAGE)
    options = tuple(Option(_option(one), one.id, f"{one.kind}, {one.level}") for one in free[here.part])
    select: tuple[Row, ...] = (swap.select(options, placeholder="Have this one instead", week=slot.day),)
    opens, closes = (spoken_moment(one.astimezone(ctx.zone)) for one in (slot.opens, slot.closes))
    what = _what(slot.challenge) if slot.challenge else md("**No challenge.**")
    none = Markdown("") if free else md("There is no other challenge that you did not have within a year.")
    lines = [md("{what} {why}", what=what, why=WHY[slot.because]), md("Open from {a} to {b}.", a=opens, b=closes), none]
    return Reply(
        join(filter(None, lines), "\n\n"),
        title=f"The week of {_day(ctx, slot)}",
        rows=(*(select if options else ()), *here.turns(open_week, week=slot.day), _buttons(slot)),
        footer=here.note,
    )


def _option(challenge: AnyChallenge) -> str:
    return shortened(challenge.title)


def _buttons(slot: Slot) -> tuple[Button, ...]:
    may_skip = slot.because in (Because.PLANNED, Because.USUAL)
    may_leave = slot.because in (Because.PLANNED, Because.SKIPPED)
    return (
        *((skip.button("Skip this week", week=slot.day),) if may_skip else ()),
        *((usual.button("Back to the usual order", week=slot.day),) if may_leave else ()),
        show_all.button("All weeks"),
    )


async def _tried(ctx: Ctx, slot: Slot) -> int:
    """Count who has tried the challenge of a week that is on."""
    efforts = await ctx.store.efforts.all(slot.round.id) if slot.round else ()
    return sum(one.tried > 0 for one in efforts)


def _stays(schedule: Schedule, slot: Slot, tried: int) -> Reply:
    after = schedule.after(slot)
    later = (open_week.button("Change next week", style=Style.PRIMARY, week=after.day),) if after else ()
    who = "One member has" if tried == 1 else f"{tried} members have"
    title = slot.challenge.title if slot.challenge else ""
    said = md(
        "“{title}” stays until the week is over: {who} tried it, and their work counts. You can change next week.",
        title=title,
        who=who,
    )
    return Reply(said, title="This week stays as it is", rows=((*later, show_all.button("All weeks")),))


async def _swap(ctx: Ctx, schedule: Schedule, slot: Slot, chosen: AnyChallenge) -> Reply:
    if slot.challenge is not None and slot.challenge.id == chosen.id and slot.because is not Because.USUAL:
        raise UserError(md("“{title}” is what this week has already.", title=chosen.title))
    taken = schedule.taken(slot, chosen)
    if taken is not None:
        when = spoken_day(taken.astimezone(ctx.zone).date())
        raise UserError(
            md(
                "“{title}” has the week of {when}, and a community gets none twice within a year. Choose another one.",
                title=chosen.title,
                when=when,
            )
        )
    if not await put(ctx, slot, chosen):
        return _stays(schedule, slot, await _tried(ctx, slot))
    await _tell(ctx, slot, chosen)
    return _changed(slot, md("The week of {day} has {what}", day=_day(ctx, slot), what=_what(chosen)))


async def _tell(ctx: Ctx, slot: Slot, chosen: AnyChallenge) -> None:
    """Tell those who opened the challenge that was taken away."""
    me = await ctx.me()
    said = md(
        "This week has another challenge now: “{title}”. {see:code} shows it.", title=chosen.title, see="/challenge"
    )
    for effort in await ctx.store.efforts.all(slot.round.id) if slot.round else ():
        if effort.person_id != me.id:
            await ctx.services.get(Notices).leave(ctx.store, effort.person_id, said)


def _changed(before: Slot, said: Markdown) -> Reply:
    return Reply(said, rows=((_undo(before), show_all.button("All weeks")),), tone=Tone.GOOD)


def _undo(before: Slot) -> Button:
    if before.because in (Because.PLANNED, Because.RUNNING) and before.challenge is not None:
        return swap.button("Undo", week=before.day, challenge=before.challenge.id)
    back = skip if before.because is Because.SKIPPED else usual
    return back.button("Undo", week=before.day)
