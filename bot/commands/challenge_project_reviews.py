"""What peers say of one's project: their levels and words, without their names."""

from __future__ import annotations

from bot.core.context import Ctx
from bot.core.declare import action
from bot.core.errors import Outdated
from bot.core.guards import community_only
from bot.core.markup import md, quote
from bot.core.paging import Page
from bot.core.reply import Button, Field, Reply, Style, Update
from bot.models.challenges import Review
from bot.services.challenges.finding import round_here
from bot.services.challenges.reviewing import Pile, pile_of
from content.challenge_model import ProjectChallenge

HERE = (community_only,)


@action("project.reviews", guards=HERE)
async def reviews(ctx: Ctx, round_id: int) -> Reply:
    """Begin to read the reviews of one's project."""
    return await _page(ctx, round_id, 0)


@action("project.review", guards=HERE)
async def turn(ctx: Ctx, round_id: int, page: int) -> Update:
    """Read one of them."""
    return Update(await _page(ctx, round_id, page))


def reviews_button(round_id: int) -> Button:
    """Make the button that shows an author what peers said."""
    return reviews.button("Read my reviews", style=Style.PRIMARY, round_id=round_id)


def done_reviews(pile: Pile, person_id: int) -> list[Review]:
    """Return what peers said of this member's project."""
    mine = next((one for one in pile.handins if one.person_id == person_id), None)
    return [review for review in pile.of(mine) if review.done] if mine else []


def level_fields(project: ProjectChallenge, scores: tuple[int, ...]) -> tuple[Field, ...]:
    """Say for each thing that was looked at which level it reached."""
    fields: list[Field] = []
    for criterion, score in zip(project.rubric, scores, strict=False):
        top = len(criterion.levels)
        level = min(score, top - 1)
        text = md("Level {level} of {top}: {words}", level=level + 1, top=top, words=criterion.levels[level])
        fields.append(Field(criterion.title, text))
    return tuple(fields)


async def _page(ctx: Ctx, round_id: int, number: int) -> Reply:
    if ctx.known is None:
        raise Outdated
    pile = await pile_of(ctx.store, await round_here(ctx, round_id))
    done = done_reviews(pile, ctx.known.id)
    if not done:
        return Reply(md("Nobody has reviewed it yet. I tell you when somebody has."), title=pile.project.title)
    here = Page.of(len(done), number, 1)
    review = done[here.number]
    return Reply(
        quote(review.words),
        title=f"Review {here.number + 1} of {here.pages}",
        fields=level_fields(pile.project, review.scores or ()),
        rows=here.turns(turn, round_id=round_id),
        footer=md("From a peer. Only you and they can read this."),
    )
