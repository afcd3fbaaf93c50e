"""Projects: handed in, changed until the close, and taken back while nobody was asked to look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.context import Ctx
from bot.core.errors import Outdated, UserError
from bot.core.markup import md
from bot.models.challenges import Handin
from bot.ports import Store
from bot.services.challenges.rewards import Rewarded, facts_of, reward, subject_of
from bot.services.challenges.rounds import Current
from bot.services.challenges.settling import tried_once
from bot.services.crediting import Credited
from bot.services.credits import CHALLENGE_DONE, CHALLENGE_TRIED
from content.address import is_public_https, is_shortened, without_trackers
from content.challenge_model import ProjectChallenge

MILESTONE = "handed-in"
# What handing in gives at once; the reviews give the rest.
HALF = 0.5
LONGEST_LINK, LONGEST_WORDS = 500, 800
MOST_LINES = 20


class LinkProblem(UserError):
    """An address that peers could not open."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What came of handing in."""

    handin: Handin
    credited: Credited | None
    rewarded: Rewarded


def project_of(current: Current) -> ProjectChallenge:
    """Return the project of a round; a button may be older than a swap."""
    if not isinstance(current.challenge, ProjectChallenge):
        raise Outdated
    return current.challenge


def read_link(typed: str) -> str:
    """Return the address that somebody typed, or say what is wrong with it. It is looked at, never opened."""
    link = without_trackers(typed.strip().strip("<>"))
    if is_shortened(link):
        raise LinkProblem(md("Nobody sees where a shortened link leads. Send the long address of the page."))
    if not is_public_https(link):
        raise LinkProblem(
            md("Send one address that your peers can open. It begins with {https:code}.", https="https://")
        )
    return link


def few_lines(words: str) -> str:
    """Take the empty lines out, and put what is beyond the last line that is shown into it."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    return "\n".join(
        [*lines[: MOST_LINES - 1], *([" ".join(lines[MOST_LINES - 1 :])] if lines[MOST_LINES - 1 :] else [])]
    )


async def handed_in(store: Store, round_id: int) -> Sequence[Handin]:
    """Return the projects of a round; what was taken back is empty."""
    return [one for one in await store.reviews.handins(round_id) if one.link]


async def my_handin(ctx: Ctx, current: Current) -> Handin | None:
    """Return what whoever asks has handed in."""
    found = await ctx.store.reviews.handin(current.round.id, ctx.known.id) if ctx.known else None
    return found if found and found.link else None


async def hand_in(ctx: Ctx, current: Current, link: str, words: str) -> HandedIn:
    """Keep a project, or put it in the place of an earlier one; the first time gives half of the points."""
    me = await ctx.me()
    async with ctx.callers.alone(me.id):
        if not current.round.is_open(ctx.clock.now()):
            raise UserError(md("The week of this project is over. {next:code} shows the next one.", next="/challenge"))
        handin = await ctx.store.reviews.hand_in(current.round.id, me.id, link, few_lines(words))
        credited = await tried_once(ctx, current)
        effort = await ctx.store.efforts.enter(current.round.id, me.id)
        return HandedIn(handin, credited, await reward(ctx, current, effort, HALF, MILESTONE))


async def was_asked(store: Store, handin: Handin) -> bool:
    """Say whether somebody was asked to review this."""
    return any(review.handin_id == handin.id for review in await store.reviews.of_round(handin.round_id))


async def take_back(ctx: Ctx, current: Current) -> bool:
    """Let a project be as if it had never been handed in; False when there is none."""
    me = await ctx.me()
    async with ctx.callers.alone(me.id):
        found = await ctx.store.reviews.handin(current.round.id, me.id)
        if found is None or not found.link:
            return False
        if current.round.wound_up is not None or await was_asked(ctx.store, found):
            raise UserError(
                md("Somebody was asked to review it already, so it stays. Ask an organiser if it has to go.")
            )
        await _take_points_back(ctx, current, me.id)
        # Last, so that a call that was interrupted finds it and begins again.
        await ctx.store.reviews.hand_in(current.round.id, me.id, "", "")
        return True


async def _take_points_back(ctx: Ctx, current: Current, person_id: int) -> None:
    for fact in await ctx.store.activities.of(person_id, (CHALLENGE_DONE.kind, CHALLENGE_TRIED.kind)):
        given = fact.subject == subject_of(current, MILESTONE)
        if given or (fact.subject == current.challenge.id and fact.at >= current.round.opens):
            await ctx.store.activities.take_back(person_id, fact.id)
    points = sum(fact.points for fact in await facts_of(ctx.store, current, person_id))
    await ctx.store.efforts.reward(current.round.id, person_id, points, solved=False)
