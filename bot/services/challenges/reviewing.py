"""Reviews by peers: who is asked, what they say, what it is worth, and an end to it, so that nobody waits for ever."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.context import Ctx
from bot.core.errors import UserError
from bot.core.markup import md
from bot.models.challenges import Handin, Review, Round
from bot.ports import Store
from bot.services.challenges.assigning import EACH, to_ask
from bot.services.challenges.data import seed_of
from bot.services.challenges.projects import HALF, few_lines, handed_in, project_of
from bot.services.challenges.rounds import Current, pin
from bot.services.challenges.settling import settle
from bot.services.challenges.telling import points_came
from bot.services.crediting import Credited, give_credit
from bot.services.credits import REVIEW_DONE
from bot.services.notices import Notices
from content.challenge_model import AnyChallenge, ProjectChallenge

MILESTONE = "reviewed"
# How long reviews can be written and changed, and after how long somebody else is asked.
REVIEWING = timedelta(days=7)
PATIENCE = timedelta(days=4)
# How long after the close a round is still shown to those who review and those who organise.
SHOWN_FOR, ROUNDS_SHOWN = timedelta(days=21), 4


@dataclass(frozen=True, slots=True)
class Pile:
    """All projects of a round, and their reviews."""

    current: Current
    project: ProjectChallenge
    handins: Sequence[Handin]
    reviews: Sequence[Review]

    def of(self, handin: Handin) -> list[Review]:
        """Return the reviews of one project, asked for and done."""
        return [review for review in self.reviews if review.handin_id == handin.id]

    def by(self, person_id: int) -> list[Review]:
        """Return the reviews that somebody was asked for."""
        return [review for review in self.reviews if review.reviewer_id == person_id]

    def handin(self, review: Review) -> Handin | None:
        """Return what a review is about."""
        return next((one for one in self.handins if one.id == review.handin_id), None)


async def pile_of(store: Store, current: Current) -> Pile:
    """Read all projects and reviews of a round."""
    here = current.round.id
    return Pile(current, project_of(current), await handed_in(store, here), await store.reviews.of_round(here))


async def open_piles(ctx: Ctx) -> list[Pile]:
    """Return the projects here whose week is over, but not for long, the latest first."""
    community, now = await ctx.our_community(), ctx.clock.now()
    rounds = [
        pin(one)
        for one in await ctx.store.rounds.of(community.id, limit=ROUNDS_SHOWN)
        if one.closes <= now < one.closes + SHOWN_FOR
    ]
    return [await pile_of(ctx.store, one) for one in rounds if isinstance(one.challenge, ProjectChallenge)]


def ends(found: Round, review: Review) -> datetime:
    """Return until when a review can be written and changed."""
    return max(found.closes, review.assigned) + REVIEWING


def quality(project: ProjectChallenge, reviews: Sequence[Review]) -> float | None:
    """Return how good a project is, from 0 to 1, by its two best reviews; None when nobody reviewed it."""
    shares = sorted((_share(project, one.scores) for one in reviews if one.scores), reverse=True)[:EACH]
    return sum(shares) / len(shares) if shares else None


def _share(project: ProjectChallenge, scores: Sequence[int]) -> float:
    tops = [len(criterion.levels) - 1 for criterion in project.rubric]
    return sum(min(score, top) / top for score, top in zip(scores, tops, strict=False)) / len(tops)


async def ask_reviewers(store: Store, pile: Pile) -> list[int]:
    """Ask so many members for each project as there should be; return whom. Done twice it asks nobody twice."""
    circle = await _circle(store, pile)
    authors = {one.person_id: one for one in pile.handins}
    asked = {author: {one.reviewer_id for one in pile.of(handin)} for author, handin in authors.items()}
    pairs = to_ask(circle, asked)
    for author, reviewer in pairs:
        await store.reviews.assign(authors[author].id, reviewer)
    return [reviewer for _, reviewer in pairs]


async def _circle(store: Store, pile: Pile) -> list[int]:
    secret, here = await store.rounds.secret(), pile.current.round.id
    return sorted((one.person_id for one in pile.handins), key=lambda one: seed_of(secret, "reviews", here, one))


async def hand_on(store: Store, pile: Pile, now: datetime) -> list[int]:
    """Give reviews that wait too long to members who finished theirs; return whom."""
    circle, asked = await _circle(store, pile), list[int]()
    for review in pile.reviews:
        handin = pile.handin(review)
        if review.done or handin is None or now - review.assigned < PATIENCE:
            continue
        enough = len(pile.of(handin)) > EACH
        helper = None if enough else _helper(pile, handin, circle, asked)
        if helper is not None:
            await store.reviews.assign(handin.id, helper)
            asked.append(helper)
        if helper is not None or enough:
            await store.reviews.unassign(review.id)
    return asked


def _helper(pile: Pile, handin: Handin, circle: Sequence[int], asked: Sequence[int]) -> int | None:
    """Return who finished all of theirs and has done least; whoever helps already is asked last."""
    busy = {handin.person_id, *(one.reviewer_id for one in pile.of(handin))}
    free = [one for one in circle if one not in busy and pile.by(one) and all(done.done for done in pile.by(one))]
    return min(free, key=lambda one: (asked.count(one), len(pile.by(one)), circle.index(one)), default=None)


async def wind_up_project(
    store: Store,
    found: Round,
    challenge: AnyChallenge,
    now: datetime,
    notices: Notices | None = None,
) -> bool:
    """Do what is due after the close: ask reviewers, hand on what waits, give the points; True when all is settled.

    To be called again and again until then.
    """
    current = Current(found, challenge)
    over = now >= found.closes + REVIEWING
    pile = await pile_of(store, current)
    asked = await ask_reviewers(store, pile) if not over or not pile.reviews else []
    if not over and not asked and now >= found.closes + PATIENCE:
        asked = await hand_on(store, pile, now)
    if notices is not None:
        for person_id in dict.fromkeys(asked):
            text = md("A project waits for your eyes: {review:code} shows it.", review="/challenge review")
            await notices.leave(store, person_id, text)
    if over:
        await _give_points(store, pile, now, notices)
    return over


async def _give_points(store: Store, pile: Pile, now: datetime, notices: Notices | None) -> None:
    efforts = {one.person_id: one for one in await store.efforts.all(pile.current.round.id)}
    for handin in pile.handins:
        good = quality(pile.project, pile.of(handin))
        share = 1.0 if good is None else HALF + (1 - HALF) * good
        if handin.person_id in efforts:
            effort = efforts[handin.person_id]
            new = await settle(store, pile.current, effort, share, MILESTONE, now, solved=True)
            if new and notices is not None:
                await notices.leave(store, effort.person_id, points_came(pile.project, effort.points + new))


async def finish_review(ctx: Ctx, pile: Pile, review: Review, scores: Sequence[int], words: str) -> Credited:
    """Keep a review, credit it, and tell the author the first time."""
    handin = pile.handin(review)
    if ctx.clock.now() >= ends(pile.current.round, review):
        raise UserError(md("The time for this review is over. Thank you for having looked at it."))
    if handin is None or not await ctx.store.reviews.finish(review.id, scores, few_lines(words)):
        raise UserError(md("This review was given to somebody else, so it is off your list."))
    credited = await give_credit(ctx, REVIEW_DONE, f"{handin.round_id}:{handin.id}")
    if credited.new:
        text = md("A peer reviewed your project: {review:code} shows what they say.", review="/challenge review")
        await ctx.services.get(Notices).leave(ctx.store, handin.person_id, text)
    return credited
