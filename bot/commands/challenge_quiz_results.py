"""A quiz that is over: what was right, what one had answered, and why."""

from __future__ import annotations

from bot.commands.challenge_quiz_practice import practice_button
from bot.core.context import Ctx
from bot.core.declare import action
from bot.core.errors import UserError
from bot.core.guards import community_only
from bot.core.markup import Markdown, join, md
from bot.core.paging import Page
from bot.core.reply import Button, Reply, Style, Tone, Update
from bot.services.answers import view_for
from bot.services.challenges.finding import round_here
from bot.services.challenges.quiz_words import both_answers, heading, verdict
from bot.services.challenges.quizzes import Sheet, my_sheet
from bot.services.challenges.rounds import Current
from bot.services.challenges.telling import counted
from content.challenge_model import QuizChallenge

HERE = (community_only,)


@action("quiz.results", guards=HERE)
async def results(ctx: Ctx, round_id: int) -> Reply:
    """Begin to read the answers."""
    return await _page(ctx, await round_here(ctx, round_id), 0)


@action("quiz.look", guards=HERE)
async def look(ctx: Ctx, round_id: int, page: int) -> Update:
    """Read the answer to one question."""
    return Update(await _page(ctx, await round_here(ctx, round_id), page))


def results_button(current: Current) -> Button:
    """Make the button that shows the right answers of a quiz that is over."""
    return results.button("Read the answers", style=Style.PRIMARY, round_id=current.round.id)


async def closed_card(ctx: Ctx, sheet: Sheet) -> Reply:
    """Say how a quiz went, and lead to the answers and to practice."""
    current = sheet.current
    effort = await ctx.store.efforts.of(current.round.id, ctx.known.id) if ctx.known else None
    again = await _practice(ctx, current)
    if not sheet.took_part:
        said = md("You did not take part, and that is fine. You can still take it, without points.")
    elif effort and effort.points:
        said = md("{score} That gave you {points}.", score=_score(sheet), points=counted(effort.points, "point"))
    elif current.round.wound_up is None:
        said = md("{score} The points follow in a moment.", score=_score(sheet))
    else:
        said = _score(sheet)
    return Reply(
        md("{said}\n\nEverybody can read the right answers now.", said=said),
        title=current.challenge.title,
        rows=((results_button(current), *again),),
        tone=Tone.GOOD if sheet.took_part else Tone.NEUTRAL,
    )


def _score(sheet: Sheet) -> Markdown:
    return md("You had **{right} of {size} right**.", right=sheet.right, size=sheet.size)


async def _page(ctx: Ctx, current: Current, number: int) -> Reply:
    sheet = await my_sheet(ctx, current)
    if current.round.is_open(ctx.clock.now()):
        raise UserError(md("Right answers show when the week is over. {take:code} shows the quiz.", take="/challenge"))
    here = Page.of(sheet.size, number, 1)
    question, answer = sheet.question(here.number), sheet.answer(here.number)
    why = verdict(question, answer) if sheet.took_part else Markdown(question.explain)
    again = await _practice(ctx, current) if here.number + 1 == here.pages else ()
    return Reply(
        join([heading(here.number, sheet.size, question), why], "\n\n"),
        title=current.challenge.title,
        fields=both_answers(question, answer),
        rows=(*here.turns(look, round_id=current.round.id), *((again,) if again else ())),
        footer=_score(sheet) if sheet.took_part else Markdown(""),
    )


async def _practice(ctx: Ctx, current: Current) -> tuple[Button, ...]:
    """Offer practice while the packs still hold the quiz and it is not on again."""
    catalog = (await view_for(ctx)).catalog
    quiz = catalog.challenge(current.challenge.id)
    on = await ctx.store.rounds.at(current.round.community_id, ctx.clock.now())
    if not isinstance(quiz, QuizChallenge) or (on is not None and catalog.challenge(on.challenge) is quiz):
        return ()
    return (practice_button(quiz),)
