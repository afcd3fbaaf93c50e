"""For organisers: reviews that nobody does, to take over or to give to somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.commands.challenge_project import open_button
from bot.commands.saved import shortened
from bot.core.context import Ctx
from bot.core.declare import action
from bot.core.errors import Outdated
from bot.core.guards import admin_only, community_only
from bot.core.limits import OPTIONS
from bot.core.markup import Markdown, bullets, join, md, quote
from bot.core.paging import Page
from bot.core.reply import Button, Option, Reply, Row, Style, Tone, Update
from bot.models.challenges import Handin, Review
from bot.services.challenges.finding import round_here
from bot.services.challenges.reviewing import Pile, open_piles, pile_of
from bot.services.challenges.telling import spoken_span
from bot.services.notices import Notices

ORGANISERS = (admin_only, community_only)
PAGE = 10
SOMEBODY = "somebody who left"


@dataclass(frozen=True, slots=True)
class Spot:
    """A review that is missing: somebody was asked and has not done it, or nobody could be asked."""

    pile: Pile
    handin: Handin
    review: Review | None

    @property
    def key(self) -> str:
        """Name it in a select."""
        return f"{self.handin.id}-{self.review.id if self.review else 0}"


def spots_of(pile: Pile) -> list[Spot]:
    """List the reviews that are missing."""
    found: list[Spot] = []
    for handin in pile.handins:
        asked = pile.of(handin)
        found += [Spot(pile, handin, review) for review in asked if not review.done]
        found += [] if asked else [Spot(pile, handin, None)]
    return found


def reviewers_button(ctx: Ctx, piles: Sequence[Pile]) -> Button | None:
    """Make the button that leads organisers to what is missing; none when nothing is."""
    count = sum(len(spots_of(pile)) for pile in piles) if ctx.is_admin else 0
    return show_all.button(f"Missing reviews ({count})") if count else None


@action("reviewers.all", guards=ORGANISERS)
async def show_all(ctx: Ctx) -> Reply:
    """List what is missing."""
    return await _page(ctx, 0)


@action("reviewers.page", guards=ORGANISERS)
async def turn(ctx: Ctx, page: int) -> Update:
    """Turn the page."""
    return Update(await _page(ctx, page))


async def _page(ctx: Ctx, number: int) -> Reply:
    spots = [spot for pile in await open_piles(ctx) for spot in spots_of(pile)]
    if not spots:
        return Reply(md("No review is missing."), title="Missing reviews")
    here = Page.of(len(spots), number, PAGE)
    shown = spots[here.part]
    lines = [await _line(ctx, spot) for spot in shown]
    names = [await _name(ctx, spot.handin.person_id) for spot in shown]
    options = tuple(
        Option(shortened(f"{at}. The project of {name}"), spot.key)
        for at, (spot, name) in enumerate(zip(shown, names, strict=True), here.start + 1)
    )
    numbered = [md("**{at}** {line}", at=at, line=line) for at, line in enumerate(lines, here.start + 1)]
    rows = (show_one.select(options, placeholder="Open one"), *here.turns(turn))
    return Reply(bullets(numbered), title="Missing reviews", rows=rows, footer=here.note)


async def _line(ctx: Ctx, spot: Spot) -> Markdown:
    author = await _name(ctx, spot.handin.person_id)
    if spot.review is None:
        return md("Nobody could be asked to look at the project of {author}.", author=author)
    return md(
        "{reviewer} was asked {ago} ago to look at the project of {author}.",
        reviewer=await _name(ctx, spot.review.reviewer_id),
        ago=spoken_span(ctx.clock.now() - spot.review.assigned),
        author=author,
    )


@action("reviewers.one", guards=ORGANISERS)
async def show_one(ctx: Ctx, spot: str) -> Reply:
    """Show one, with what can be done about it."""
    handin, _, review = spot.partition("-")
    if not handin.isdecimal() or not review.isdecimal():
        raise Outdated
    found = await _spot(ctx, int(handin), int(review))
    names = [(one, await _name(ctx, one)) for one in _others(ctx, found)]
    options = tuple(Option(shortened(name or SOMEBODY), str(person)) for person, name in names)
    here = {"handin": found.handin.id, "review": int(review)}
    others: tuple[Row, ...] = (give.select(options, placeholder="Give it to somebody else", **here),) if options else ()
    mine = (take.button("I review it myself", style=Style.PRIMARY, **here),) if _may_take(ctx, found) else ()
    return Reply(
        join([await _line(ctx, found), md("{link:code}", link=found.handin.link), quote(found.handin.words)], "\n\n"),
        title=found.pile.project.title,
        rows=((*mine, open_button(found.handin)), *others),
    )


@action("reviewers.take", guards=ORGANISERS)
async def take(ctx: Ctx, handin: int, review: int) -> Update:
    """Take a review over."""
    me, spot = await ctx.me(), await _spot(ctx, handin, review)
    if not _may_take(ctx, spot):
        raise Outdated
    await _move(ctx, spot, me.id)
    text = md("It is on your list now: {review:code}.", review="/challenge review")
    return Update(Reply(text, title="Yours to review", tone=Tone.GOOD))


@action("reviewers.give", guards=ORGANISERS)
async def give(ctx: Ctx, handin: int, review: int, to: int) -> Update:
    """Give a review to another member who handed in."""
    spot = await _spot(ctx, handin, review)
    if to not in _others(ctx, spot):
        raise Outdated
    await _move(ctx, spot, to)
    text = md("A project waits for your eyes: {review:code} shows it.", review="/challenge review")
    await ctx.services.get(Notices).leave(ctx.store, to, text)
    said = md("It is on the list of {name} now, and I tell them.", name=await _name(ctx, to))
    return Update(Reply(said, title="Given to somebody else", tone=Tone.GOOD))


async def _move(ctx: Ctx, spot: Spot, to: int) -> None:
    await ctx.store.reviews.assign(spot.handin.id, to)
    if spot.review is not None:
        await ctx.store.reviews.unassign(spot.review.id)


def _others(ctx: Ctx, spot: Spot) -> list[int]:
    """Return whom it could be given to, who has least to do first."""
    busy = {spot.handin.person_id, *(one.reviewer_id for one in spot.pile.of(spot.handin))}
    own = ctx.known.id if ctx.known else 0
    people = [one.person_id for one in spot.pile.handins if one.person_id not in {*busy, own}]
    return sorted(people, key=lambda one: len([review for review in spot.pile.by(one) if not review.done]))[:OPTIONS]


def _may_take(ctx: Ctx, spot: Spot) -> bool:
    own = ctx.known.id if ctx.known else 0
    return own not in {spot.handin.person_id, *(one.reviewer_id for one in spot.pile.of(spot.handin))}


async def _spot(ctx: Ctx, handin_id: int, review_id: int) -> Spot:
    """Find what is missing again: it may have been done, or given to somebody, since the list was shown."""
    handin = await ctx.store.reviews.find_handin(handin_id)
    if handin is None:
        raise Outdated
    pile = await pile_of(ctx.store, await round_here(ctx, handin.round_id))
    key = f"{handin_id}-{review_id}"
    found = next((spot for spot in spots_of(pile) if spot.key == key), None)
    if found is None or ctx.clock.now() < pile.current.round.closes:
        raise Outdated
    return found


async def _name(ctx: Ctx, person_id: int) -> str:
    person = await ctx.store.people.named(person_id)
    return person.name[:60] if person else SOMEBODY
