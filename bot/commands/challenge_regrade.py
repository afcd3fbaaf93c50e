"""For organisers: set a member's points in a round, for everybody to see in the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from bot.core.context import Ctx
from bot.core.declare import PRIVATE, action, command
from bot.core.errors import BadField, Outdated, UserError
from bot.core.guards import admin_only, community_only
from bot.core.markup import Markdown, md
from bot.core.params import Arg, Member
from bot.core.reply import Reply, Tone, Update
from bot.models import Person
from bot.services.challenges.finding import round_here
from bot.services.challenges.regrading import gives_points_later, regrade
from bot.services.challenges.rounds import Current, pin
from bot.services.members import find_member
from bot.services.notices import Notices
from content.challenge_model import POINTS

ORGANISERS = (admin_only, community_only)
MOST = max(POINTS.values())
Which = Literal["running", "last"]


@command(
    "challenge regrade",
    summary="Set a member's points in a round, with a reason",
    section="For organisers",
    visibility=PRIVATE,
    guards=ORGANISERS,
    examples=("challenge regrade @ada 20 the tolerance was too tight",),
)
async def challenge_regrade(
    ctx: Ctx,
    member: Annotated[Member, Arg("Whose points")],
    points: Annotated[int, Arg("How many points they have from now on", minimum=0, maximum=MOST)],
    reason: Annotated[str, Arg("Why; the member reads it", rest=True, max_length=200)],
    round: Annotated[
        Which | None, Arg("The running round or the last one; the one they took part in if left out")
    ] = None,
) -> Reply:
    """Set what a member has in the running round or in the one before.

    It is written into the ledger as a row of its own, and the member is told with your reason.
    """
    person = await find_member(ctx, member)
    found = await _round_of(ctx, person, round) if person else None
    if person is None or found is None:
        return _nobody(member, round)
    most = found.challenge.points
    if points > most:
        raise BadField("points", md("“{title}” gives {most} points at most.", title=found.challenge.title, most=most))
    return await _set(ctx, found, person, points, reason)


@action("regrade.undo", guards=ORGANISERS)
async def undo(ctx: Ctx, round: int, member: int, points: int) -> Update:
    """Give a member the points that they had before."""
    current = await round_here(ctx, round)
    person = await ctx.store.people.named(member)
    effort = await ctx.store.efforts.of(round, member)
    if person is None or effort is None or not 0 <= points <= current.challenge.points:
        raise Outdated
    return Update(await _set(ctx, current, person, points, "", back=True))


async def _round_of(ctx: Ctx, person: Person, wanted: Which | None) -> Current | None:
    """Return the round that is meant: one in which this member takes part; first one where they tried something."""
    community, now = await ctx.our_community(), ctx.clock.now()
    latest = await ctx.store.rounds.of(community.id, limit=2)
    rounds = {"running" if one.is_open(now) else "last": one for one in reversed(latest)}
    there = [(rounds[name], await ctx.store.efforts.of(rounds[name].id, person.id)) for name in _names(rounds, wanted)]
    taking_part = [(found, effort) for found, effort in there if effort is not None]
    taking_part.sort(key=lambda one: one[1].tried == 0)
    return pin(taking_part[0][0]) if taking_part else None


def _names(rounds: Mapping[str, object], wanted: Which | None) -> list[str]:
    return [name for name in ("running", "last") if name in rounds and wanted in (None, name)]


def _nobody(member: Member, wanted: Which | None) -> Reply:
    which = f"the {wanted} round" if wanted else "the running round or the last one"
    said = md(
        "{name} has not opened the challenge of {which}, so there are no points to set. If that is a mistake, ask them "
        "to type {how:code} once; then this works.",
        name=member.user[:64],
        which=which,
        how="/challenge",
    )
    return Reply(said, tone=Tone.WARNING)


async def _set(ctx: Ctx, current: Current, person: Person, points: int, reason: str, *, back: bool = False) -> Reply:
    if gives_points_later(current):
        raise UserError(
            md(
                "“{title}” gives its points when its week is over and the results are in. Set them after that.",
                title=current.challenge.title,
            )
        )
    before = await regrade(ctx, current, person, points)
    await ctx.services.get(Notices).leave(ctx.store, person.id, _told(current, before, points, reason))
    said = md(
        "{name} has **{points}** for “{title}” now; before it was {before}. I tell them with my next answer.",
        name=person.name,
        points=_points(points),
        title=current.challenge.title,
        before=before,
    )
    undone = undo.button("Undo", round=current.round.id, member=person.id, points=before)
    return Reply(said, title="Regraded", rows=() if back else ((undone,),), tone=Tone.GOOD)


def _told(current: Current, before: int, points: int, reason: str) -> Markdown:
    why = md(" The reason: “{reason}”.", reason=reason) if reason else md(" An earlier change was taken back.")
    return md(
        "An organiser set your points for “{title}”: {points}, before it was {before}.{why}",
        title=current.challenge.title,
        points=_points(points),
        before=before,
        why=why,
    )


def _points(count: int) -> str:
    return "one point" if count == 1 else f"{count} points"
