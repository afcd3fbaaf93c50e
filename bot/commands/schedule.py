"""For organisers: what I post by myself next; pause it, leave a week out, look at it before, or post it now."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo

from bot.commands.challenge_schedule import skip_week
from bot.core.context import Ctx
from bot.core.declare import PRIVATE, action, command
from bot.core.errors import UserError
from bot.core.guards import admin_only, community_only
from bot.core.markup import Markdown, join, md
from bot.core.params import Arg
from bot.core.registry import Registry
from bot.core.reply import Field, Reply, Style, Tone, Update
from bot.models import Community, PostState
from bot.models import Slot as PostSlot
from bot.models.challenges import Round
from bot.models.posting import CATCH_UP, Post, Schedule
from bot.models.weekly import JobName
from bot.services.challenges.rounds import Current, this_week
from bot.services.challenges.schedule import Because, Slot, coming_weeks
from bot.services.challenges.telling import spoken_list
from bot.services.challenges.weeks import has_begun, rule_of, schedule_of
from bot.services.days import spoken_moment
from bot.services.posting.arranging import begin_now
from bot.services.posting.names import NAMES, NOT_RUNNING, cure_of
from bot.services.posting.outlets import Outlets
from bot.services.posting.week import WeekPost
from content.challenge_model import challenge_to_json

ORGANISERS = (admin_only, community_only)
NOT_SET_UP = md("I post nothing by myself here yet. {how:code} begins it.", how="/setup")


class What(StrEnum):
    """What can be paused by itself."""

    EVERYTHING = "everything"
    CHALLENGE = "challenge"
    RECAP = "recap"
    TIP = "tip"
    LETTER = "letter"


_JOBS = {
    What.CHALLENGE: (JobName.CHALLENGE,),
    What.RECAP: (JobName.RECAP,),
    What.TIP: (JobName.TIP,),
    What.LETTER: (JobName.DIGEST,),
}
Which = Annotated[What, Arg("Which posts; everything if you do not say")]


@command(
    "schedule show",
    summary="What I post next, and when",
    section="For organisers",
    visibility=PRIVATE,
    guards=ORGANISERS,
    examples=("schedule show",),
)
async def show(ctx: Ctx) -> Reply:
    """List the next posts in your own time."""
    return await _page(ctx)


@command(
    "schedule pause",
    summary="Post nothing for a while",
    section="For organisers",
    visibility=PRIVATE,
    guards=ORGANISERS,
    examples=("schedule pause", "schedule pause what:tip"),
)
async def pause(ctx: Ctx, what: Which = What.EVERYTHING) -> Reply:
    """Post nothing until you say `schedule resume`.

    Challenges stay open to those who ask for them.
    """
    return await _pause(ctx, what, paused=True)


@command(
    "schedule resume",
    summary="Go on with what was paused",
    section="For organisers",
    visibility=PRIVATE,
    guards=ORGANISERS,
    examples=("schedule resume",),
)
async def resume(ctx: Ctx, what: Which = What.EVERYTHING) -> Reply:
    """Post again from the next time on."""
    return await _pause(ctx, what, paused=False)


@action("schedule.pause-all", guards=ORGANISERS)
async def turn(ctx: Ctx, what: What, paused: bool) -> Update:
    """Pause, or go on."""
    return Update(await _pause(ctx, what, paused=paused))


@command(
    "schedule skip",
    summary="Leave out the challenge of the next week",
    section="For organisers",
    visibility=PRIVATE,
    guards=ORGANISERS,
    examples=("schedule skip",),
)
async def skip(ctx: Ctx) -> Reply:
    """Leave the next week without a challenge; you can undo it."""
    coming = [one for one in (await coming_weeks(ctx)).slots if one.opens > ctx.clock.now()]
    following = next((one for one in coming if one.challenge is not None), None)
    if following is None or following is not coming[0]:
        raise UserError(
            md("The next week has no challenge anyway. {how:code} lists the coming weeks.", how="/challenge schedule")
        )
    return await skip_week(ctx, following)


@command(
    "schedule preview",
    summary="See the next weekly post as members will",
    section="For organisers",
    visibility=PRIVATE,
    guards=ORGANISERS,
    examples=("schedule preview",),
)
async def preview(ctx: Ctx) -> Reply:
    """Show exactly what members will see; its buttons work once it is posted."""
    here = await ctx.our_community()
    schedule, rule = await schedule_of(ctx.store, here), await rule_of(ctx.store, here)
    if schedule is None or has_begun(schedule, ctx.clock.now()):
        # This week's is opened as a look at it would open it; otherwise the next week might get it after all.
        await this_week(ctx)
    weeks = (await coming_weeks(ctx)).slots
    slot = next((one for one in weeks if schedule is None or one.closes > schedule.next), weeks[-1])
    return WeekPost(ctx.services.get(Registry)).opened(_as_round(here, slot), ZoneInfo(rule.zone))


@command(
    "schedule post-now",
    summary="Post the challenge of this week at once",
    section="For organisers",
    visibility=PRIVATE,
    guards=ORGANISERS,
    examples=("schedule post-now",),
)
async def post_now(ctx: Ctx) -> Reply:
    """Post the challenge of this week, whatever the schedule says."""
    return await _post_now(ctx, sure=False)


@action("schedule.post-anyway", guards=ORGANISERS)
async def post_anyway(ctx: Ctx) -> Update:
    """Post it although it was posted before."""
    return Update(await _post_now(ctx, sure=True))


async def _post_now(ctx: Ctx, *, sure: bool) -> Reply:
    here = await ctx.our_community()
    if await ctx.store.weekly.of(here.id) is None:
        return Reply(NOT_SET_UP)
    if ctx.services.get(Outlets).on(here.place.platform) is None:
        raise UserError(NOT_RUNNING)
    current = await this_week(ctx)
    if current is None:
        raise UserError(md("There is no challenge this week. {how:code} gives it one.", how="/challenge schedule"))
    before = None if sure else await _posted(ctx, here, current)
    if before is not None:
        when = spoken_moment(before.slot.due.astimezone(ctx.zone))
        said = md("“{title}” was posted on {when}. Shall I post it again?", title=current.challenge.title, when=when)
        return Reply(said, rows=((post_anyway.button("Post it again", style=Style.PRIMARY),),))
    now = ctx.clock.now()
    if not await begin_now(ctx.store, ctx.clock, here, current.round):
        await ctx.store.posts.plan(PostSlot(here.id, JobName.NOW, now), now + CATCH_UP)
    found = await ctx.store.rounds.find(current.round.id) or current.round
    said = md(
        "“{title}” appears in a moment, and is open until {closes}. {log:code} says how it went.",
        title=current.challenge.title,
        closes=spoken_moment(found.closes.astimezone(ctx.zone)),
        log="/schedule log",
    )
    return Reply(said, tone=Tone.GOOD)


async def _posted(ctx: Ctx, here: Community, current: Current) -> Post | None:
    """Return the post of this week, if it is there or on its way."""
    weekly = (JobName.CHALLENGE, JobName.NOW)
    return next(
        (
            one
            for one in await ctx.store.posts.log(here.id, 30)
            if one.slot.job in weekly and one.slot.due >= current.round.opens and one.state is not PostState.MISSED
        ),
        None,
    )


def _as_round(here: Community, slot: Slot) -> Current:
    if slot.challenge is None:
        none_left = slot.because is Because.NONE_LEFT
        why = "the packs hold none that you did not have" if none_left else "it is left out"
        raise UserError(
            md("The next week has no challenge: {why}. {how:code} changes that.", why=why, how="/challenge schedule")
        )
    text = challenge_to_json(slot.challenge)
    return Current(Round(0, here.id, slot.challenge.id, text, slot.opens, slot.closes), slot.challenge)


async def _pause(ctx: Ctx, what: What, *, paused: bool) -> Reply:
    here = await ctx.our_community()
    known = await ctx.store.posts.arranged(here.id)
    wanted = _JOBS.get(what, tuple(JobName))
    found = [one for one in known if one.job in wanted]
    if not known:
        return Reply(NOT_SET_UP)
    if not found:
        raise UserError(md("That is not among what I post here. {how:code} adds it.", how="/setup"))
    for one in found:
        await ctx.store.posts.pause(here.id, one.job, paused=paused)
    back = turn.button("Undo", what=what, paused=not paused)
    which = "everything" if what is What.EVERYTHING else spoken_list([NAMES[one.job] for one in found])
    said = (
        md("I pause {which} until you say {how:code}.", which=which, how="/schedule resume")
        if paused
        else md("I go on with {which}.", which=which)
    )
    page = await _page(ctx)
    return Reply(said, title=page.title, fields=page.fields, rows=((back,),), footer=page.footer, tone=Tone.GOOD)


async def _page(ctx: Ctx) -> Reply:
    here = await ctx.our_community()
    known, weekly = await ctx.store.posts.arranged(here.id), await ctx.store.weekly.of(here.id)
    if weekly is None:
        return Reply(NOT_SET_UP, title="What I post next")
    wanted = [one for one in known if weekly.digest or one.job != JobName.DIGEST]
    return Reply(
        md(
            "{preview:code} shows the next challenge as members will see it, {log:code} what was posted.",
            preview="/schedule preview",
            log="/schedule log",
        ),
        title="What I post next",
        fields=tuple(_field(ctx, one) for one in _by_time(wanted)),
        footer=md("All times are in your zone, {zone}.", zone=ctx.zone.key),
    )


def _by_time(known: Sequence[Schedule]) -> list[Schedule]:
    return sorted(known, key=lambda one: one.next)


def _field(ctx: Ctx, one: Schedule) -> Field:
    local = one.next.astimezone(ctx.zone)
    how = "every day" if one.rule.weekday is None else "every week"
    state = md("**Paused.**") if one.paused else Markdown("")
    stuck = join([md("**Stuck.**"), cure_of(one.trouble)], " ") if one.trouble else Markdown("")
    said = md("{when}, {how}.", when=spoken_moment(local), how=how)
    return Field(NAMES[one.job].capitalize(), join(filter(None, [said, state, stuck]), " "))
