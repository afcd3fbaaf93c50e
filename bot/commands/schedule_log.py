"""For organisers: what was posted, late or missed, and why; and a word where nobody knows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.core.context import Ctx
from bot.core.declare import PRIVATE, action, command
from bot.core.errors import Outdated
from bot.core.guards import admin_only, community_only
from bot.core.markup import Markdown, bullets, join, md
from bot.core.reply import Option, Reply, Row, Style, Tone, Update
from bot.models import PostState
from bot.models.posting import CATCH_UP, Post, Why
from bot.models.weekly import JobName
from bot.services.challenges.telling import spoken_span
from bot.services.days import spoken_moment
from bot.services.posting.names import NAMES, cure_of, spoken_why

ORGANISERS = (admin_only, community_only)
SHOWN, LOOKED_AT = 12, 200
# Whatever goes out so much after its time is said to be late.
LATE = timedelta(minutes=15)


@command(
    "schedule log",
    summary="What I posted, what came late or not at all, and why",
    section="For organisers",
    visibility=PRIVATE,
    guards=ORGANISERS,
    examples=("schedule log",),
)
async def log(ctx: Ctx) -> Reply:
    """List the latest posts.

    Where nobody knows whether a post arrived, look at the channel and say so here.
    """
    return await _page(ctx)


@action("schedule.doubt", guards=ORGANISERS)
async def open_doubt(ctx: Ctx, post: str) -> Update:
    """Show one post of which nobody knows whether it is there."""
    one = await _doubtful(ctx, post)
    return Update(_question(ctx, one))


@action("schedule.there", guards=ORGANISERS)
async def is_there(ctx: Ctx, post: str) -> Update:
    """Say that it is there."""
    one = await _doubtful(ctx, post)
    await ctx.store.posts.is_there(one.id)
    return Update(await _page(ctx, md("Thank you. I take your word for it.")))


@action("schedule.again", guards=ORGANISERS)
async def again(ctx: Ctx, post: str) -> Update:
    """Post it once more."""
    one = await _doubtful(ctx, post)
    await ctx.store.posts.again(one.id, ctx.clock.now() + CATCH_UP)
    return Update(await _page(ctx, md("I post it again in a moment.")))


async def _doubtful(ctx: Ctx, post: str) -> Post:
    here = await ctx.our_community()
    known = await ctx.store.posts.log(here.id, LOOKED_AT)
    found = next((one for one in known if str(one.id) == post and one.state is PostState.UNKNOWN), None)
    if found is None:
        raise Outdated
    return found


async def _page(ctx: Ctx, said: Markdown = Markdown("")) -> Reply:
    here = await ctx.our_community()
    known = await ctx.store.posts.log(here.id, LOOKED_AT)
    begun = [one for one in known if one.slot.due <= ctx.clock.now() and not _is_silence(one)]
    if not begun:
        return Reply(
            said or md("Nothing was posted yet. {how:code} says what comes next.", how="/schedule show"),
            title="What I posted",
        )
    doubtful = [one for one in known if one.state is PostState.UNKNOWN]
    lines = bullets(_line(ctx, one) for one in begun[:SHOWN])
    return Reply(
        join(filter(None, [said, lines]), "\n\n"),
        title="What I posted",
        rows=_rows(ctx, doubtful),
        footer=md("All times are in your zone, {zone}.", zone=ctx.zone.key),
        tone=Tone.WARNING if doubtful else Tone.GOOD if said else Tone.NEUTRAL,
    )


def _is_silence(one: Post) -> bool:
    """Say whether there was nothing to say in it: no news."""
    return one.slot.job in (JobName.DIGEST, JobName.RECAP) and one.why is Why.NOTHING


def _line(ctx: Ctx, one: Post) -> Markdown:
    due = spoken_moment(one.slot.due.astimezone(ctx.zone))
    return md("**{due}**, {what}: {how}", due=due, what=NAMES.get(one.slot.job, one.slot.job), how=_how(ctx, one))


def _how(ctx: Ctx, one: Post) -> Markdown:
    match one.state:
        case PostState.SENT:
            late = (one.began or one.slot.due) - one.slot.due
            return md("posted, {late} late.", late=spoken_span(late)) if late >= LATE else md("posted.")
        case PostState.MISSED if one.why is Why.NOTHING:
            week = one.slot.job == JobName.CHALLENGE
            return md("this week has no challenge.") if week else md("there was nothing to post.")
        case PostState.MISSED:
            return md("not posted. {why}", why=spoken_why(one) or Markdown(""))
        case PostState.UNKNOWN:
            return md("**nobody knows.** Please look, and say below.")
        case _ if one.trouble:
            return md("waits. {cure}", cure=cure_of(one.trouble))
        case _:
            return md("on its way.")


def _rows(ctx: Ctx, doubtful: Sequence[Post]) -> tuple[Row, ...]:
    if not doubtful:
        return ()
    if len(doubtful) == 1:
        return (_buttons(doubtful[0]),)
    options = tuple(Option(_name(ctx, one), str(one.id)) for one in doubtful[:25])
    return (open_doubt.select(options, placeholder="Say of a post whether it is there"),)


def _name(ctx: Ctx, one: Post) -> str:
    return f"{spoken_moment(one.slot.due.astimezone(ctx.zone))}: {NAMES.get(one.slot.job, one.slot.job)}"[:75]


def _buttons(one: Post) -> Row:
    number = str(one.id)
    return (
        is_there.button("It is there", style=Style.PRIMARY, post=number),
        again.button("Post again", post=number),
    )


def _question(ctx: Ctx, one: Post) -> Reply:
    said = md("I got no answer when I posted {what}. Please look at the channel: is it there?", what=_name(ctx, one))
    return Reply(said, title="Is this post there?", rows=(_buttons(one),), tone=Tone.WARNING)
