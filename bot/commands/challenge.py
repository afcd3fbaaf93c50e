"""The challenge of the week: the task, the time that is left, and everything that one can do about it."""

from __future__ import annotations

from bot.commands.challenge_hint import hint
from bot.commands.challenge_project import project_card
from bot.commands.challenge_quiz import quiz_card
from bot.commands.challenge_results import challenge_board
from bot.commands.challenge_submit import get_data, submit_button
from bot.core.context import Ctx
from bot.core.declare import PRIVATE, action, command
from bot.core.guards import community_only
from bot.core.markup import Markdown, join, md
from bot.core.reply import Field, Reply, Style
from bot.models.challenges import Effort
from bot.services.challenges.finding import round_here
from bot.services.challenges.predicting import metric_of
from bot.services.challenges.rounds import Current, this_week
from bot.services.challenges.telling import about, counted, score, time_left
from content.challenge_model import AnswerChallenge, PredictionsChallenge, ProjectChallenge, QuizChallenge


@command(
    "challenge",
    summary="This week's challenge",
    section="Together",
    visibility=PRIVATE,
    guards=(community_only,),
    examples=("challenge",),
)
async def challenge(ctx: Ctx) -> Reply:
    """Show the challenge of this week.

    It is open for a week, and all of the week gives the same credit: finishing counts, speed does not.
    """
    current = await this_week(ctx)
    if current is None:
        return Reply(
            md("There is no challenge this week. {how:code} lets you train on others.", how="/challenge practice"),
            title="No challenge this week",
        )
    return await card_of(ctx, current)


@action("challenge.show", guards=(community_only,))
async def show(ctx: Ctx, round: int) -> Reply:
    """Show a round, from the post of the week."""
    return await card_of(ctx, await round_here(ctx, round))


async def card_of(ctx: Ctx, current: Current) -> Reply:
    """Return all that a member can do about a round."""
    me = await ctx.me()
    effort = await ctx.store.efforts.enter(current.round.id, me.id)
    match current.challenge:
        case QuizChallenge():
            return await quiz_card(ctx, current)
        case ProjectChallenge():
            return await project_card(ctx, current)
        case AnswerChallenge() | PredictionsChallenge() as found:
            return await _card(ctx, current, found, effort)


async def _card(ctx: Ctx, current: Current, found: AnswerChallenge | PredictionsChallenge, effort: Effort) -> Reply:
    done = isinstance(found, AnswerChallenge) and effort.parts >= len(found.parts)
    buttons = (
        get_data.button("Get my data", style=Style.PRIMARY, round=current.round.id),
        *([] if done else [await submit_button(ctx, current)]),
        *([hint.button("Hint")] if found.hints and not done else []),
        challenge_board.button("Board"),
    )
    return Reply(
        Markdown(found.task),
        title=found.title,
        fields=tuple(_fields(found, effort)),
        rows=(buttons,),
        footer=join([about(found), time_left(ctx, current.round)], " "),
    )


def _fields(found: AnswerChallenge | PredictionsChallenge, effort: Effort) -> list[Field]:
    fields = _asked(found, effort) if isinstance(found, AnswerChallenge) else [_scoring(found, effort)]
    if effort.tried or effort.points:
        state = md("{points} so far.", points=counted(effort.points, "point").capitalize())
        finished = md("Finished, with {points}. Well done.", points=counted(effort.points, "point"))
        fields.append(Field("You", finished if effort.solved else state))
    return fields


def _asked(found: AnswerChallenge, effort: Effort) -> list[Field]:
    """Show the parts up to the one that is open; a later one would give the earlier away."""
    shown = found.parts[: effort.parts + 1]
    several = len(found.parts) > 1
    fields = [Field(f"Part {n + 1}" if several else "Your task", Markdown(one.ask)) for n, one in enumerate(shown)]
    if several and len(shown) < len(found.parts):
        fields.append(Field("Part 2", md("It opens when the first is right.")))
    return fields


def _scoring(found: PredictionsChallenge, effort: Effort) -> Field:
    metric = metric_of(found)
    best = md(" Your best: {score}.", score=score(found, effort.shown)) if effort.shown is not None else Markdown("")
    text = md(
        "Send a CSV with the columns {id:code} and {prediction:code}. Scored by {metric}, {better} is better. The "
        "baseline to beat: {base}.{best}",
        id=found.id_column,
        prediction=found.prediction_column,
        metric=metric.title,
        better=metric.better.value,
        base=score(found, found.baseline),
        best=best,
    )
    return Field("How it is scored", text)
