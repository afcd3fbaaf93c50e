"""Take a quiz for practice: graded question by question, without points. All of its state travels in the buttons."""

from __future__ import annotations

from typing import Annotated

from bot.core.context import Ctx
from bot.core.declare import action, form
from bot.core.errors import BadField, Outdated, UserError
from bot.core.guards import community_only
from bot.core.markup import Markdown, join, md
from bot.core.params import Arg
from bot.core.reply import Button, Option, Reply, Row, Style, Tone, Update
from bot.services.answers import view_for
from bot.services.challenges.data import seed_of
from bot.services.challenges.quiz_words import LETTERS, both_answers, heading, lettered, read_letters, verdict
from bot.services.challenges.quizzes import is_right, shuffled
from bot.services.grading.faults import AnswerProblem
from bot.services.grading.numbers import LONGEST, read_number
from content.challenge_model import QuizChallenge
from content.quiz_model import Question

HERE = (community_only,)
# Two years of rounds.
ROUNDS_LOOKED_AT = 110
FOOTER = "Practice gives no points, and nobody sees it."
Letters = Annotated[str, Arg("Write the letters in order, like BDAC", label="Letters in order", max_length=40)]
Number = Annotated[str, Arg("Only the number, like 12.5 or 1/3", label="Your number", max_length=LONGEST)]


async def practice_card(ctx: Ctx, quiz: QuizChallenge) -> Reply:
    """Invite to take a quiz for practice."""
    begin = train.button("Begin", style=Style.PRIMARY, name=quiz.id)
    count = "One question" if len(quiz.questions) == 1 else f"{len(quiz.questions)} questions"
    text = md("{task}\n\n{count}, each graded at once.", task=Markdown(quiz.task), count=count)
    return Reply(text, title=quiz.title, rows=((begin,),), footer=md("{footer}", footer=FOOTER))


def practice_button(quiz: QuizChallenge) -> Button:
    """Make the button that begins a quiz for practice."""
    return train.button("Practise it", name=quiz.id)


@action("quiz.train", guards=HERE)
async def train(ctx: Ctx, name: str, number: int = 0, right: int = 0, chosen: str = "") -> Update:
    """Ask one question."""
    quiz = await _quiz(ctx, name)
    question, order = _question(quiz, number), await _order(ctx, quiz, number)
    listed = lettered(question, order) if question.kind in ("choices", "order") else Markdown("")
    text = join(filter(None, [heading(number, len(quiz.questions), question), listed]), "\n\n")
    rows = _controls(quiz, number, order, right, chosen)
    return Update(Reply(text, title=quiz.title, rows=rows, footer=md("{footer}", footer=FOOTER)))


@action("quiz.train-pick", guards=HERE)
async def pick(ctx: Ctx, name: str, number: int, right: int, choice: int) -> Update:
    """Grade the one option that was chosen."""
    quiz = await _quiz(ctx, name)
    return Update(_graded(quiz, number, right, str(choice)))


@action("quiz.train-check", guards=HERE)
async def check(ctx: Ctx, name: str, number: int, right: int, chosen: str) -> Update:
    """Grade the options that were chosen."""
    quiz = await _quiz(ctx, name)
    return Update(_graded(quiz, number, right, chosen))


@form("quiz.train-order", title="Your answer", submit="Check", guards=HERE)
async def order_form(ctx: Ctx, letters: Letters, name: str = "", number: int = 0, right: int = 0) -> Reply:
    """Grade an order."""
    quiz = await _quiz(ctx, name)
    order = await _order(ctx, quiz, number)
    try:
        return _graded(quiz, number, right, read_letters(_question(quiz, number), order, letters))
    except AnswerProblem as problem:
        raise BadField("letters", problem.message) from problem


@form("quiz.train-number", title="Your answer", submit="Check", guards=HERE)
async def number_form(ctx: Ctx, value: Number, name: str = "", number: int = 0, right: int = 0) -> Reply:
    """Grade a number."""
    quiz = await _quiz(ctx, name)
    try:
        read_number(value)
    except AnswerProblem as problem:
        raise BadField("value", problem.message) from problem
    return _graded(quiz, number, right, value)


def _controls(quiz: QuizChallenge, number: int, order: tuple[int, ...], right: int, chosen: str) -> tuple[Row, ...]:
    question = _question(quiz, number)
    match question.kind:
        case "choice":
            options = tuple(Option(question.options[place], str(place)) for place in order)
            return (pick.select(options, placeholder="Choose one", name=quiz.id, number=number, right=right),)
        case "choices":
            return _toggles(quiz, number, order, right, chosen)
        case "order":
            return ((order_form.button("Write the order", name=quiz.id, number=number, right=right),),)
        case "number":
            return ((number_form.button("Write the number", name=quiz.id, number=number, right=right),),)


def _toggles(quiz: QuizChallenge, number: int, order: tuple[int, ...], right: int, chosen: str) -> tuple[Row, ...]:
    buttons = [
        _toggle(quiz, number, right, chosen, letter, str(place)) for letter, place in zip(LETTERS, order, strict=False)
    ]
    if chosen:
        buttons.append(
            check.button("Check it", style=Style.PRIMARY, name=quiz.id, number=number, right=right, chosen=chosen)
        )
    return tuple(tuple(buttons[at : at + 5]) for at in range(0, len(buttons), 5))


def _toggle(quiz: QuizChallenge, number: int, right: int, chosen: str, letter: str, place: str) -> Button:
    others = chosen.replace(place, "")
    label, after = (f"✓ {letter}", others) if place in chosen else (letter, "".join(sorted(chosen + place)))
    return train.button(label, name=quiz.id, number=number, right=right, chosen=after)


def _graded(quiz: QuizChallenge, number: int, right: int, answer: str) -> Reply:
    question, size = _question(quiz, number), len(quiz.questions)
    good = is_right(question, answer)
    right += good
    last = number + 1 == size
    over = md("That was the last one: **{right} of {size} right**.", right=min(right, size), size=size)
    lines = [heading(number, size, question), verdict(question, answer), *([over] if last else [])]
    following = train.button("Next", style=Style.PRIMARY, name=quiz.id, number=number + 1, right=right)
    button = train.button("Once more", name=quiz.id) if last else following
    return Reply(
        join(lines, "\n\n"),
        title=quiz.title,
        fields=both_answers(question, answer),
        rows=((button,),),
        footer=md("{footer}", footer=FOOTER),
        tone=Tone.GOOD if good else Tone.NEUTRAL,
    )


async def _quiz(ctx: Ctx, name: str) -> QuizChallenge:
    catalog = (await view_for(ctx)).catalog
    quiz = catalog.challenge(name)
    if not isinstance(quiz, QuizChallenge) or ctx.community is None:
        raise Outdated
    rounds = await ctx.store.rounds.of(ctx.community.id, limit=ROUNDS_LOOKED_AT)
    had = [one for one in rounds if catalog.challenge(one.challenge) is quiz]
    if any(one.is_open(ctx.clock.now()) for one in had):
        raise UserError(
            md("This quiz is this week's challenge: {take:code}. Practice begins after it.", take="/challenge")
        )
    if not had:
        raise Outdated
    return quiz


async def _order(ctx: Ctx, quiz: QuizChallenge, number: int) -> tuple[int, ...]:
    me = ctx.known.id if ctx.known else 0
    seed = seed_of(await ctx.store.rounds.secret(), "quiz-practice", quiz.id, me)
    return shuffled(seed, number, len(_question(quiz, number).options))


def _question(quiz: QuizChallenge, number: int) -> Question:
    if not 0 <= number < len(quiz.questions):
        raise Outdated
    return quiz.questions[number]
