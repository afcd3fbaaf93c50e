"""Quizzes: what a member answered, kept at once, and graded at once or when the week is over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.context import Ctx
from bot.core.errors import Outdated, UserError
from bot.core.markup import md
from bot.models.challenges import Round
from bot.ports import Store
from bot.services.challenges.data import seed_of
from bot.services.challenges.rewards import Rewarded, reward
from bot.services.challenges.rounds import Current
from bot.services.challenges.settling import settle, tried_once
from bot.services.challenges.telling import points_came
from bot.services.crediting import Credited
from bot.services.grading.faults import AnswerProblem
from bot.services.grading.numbers import Tolerance, matches, read_number
from bot.services.notices import Notices
from content.challenge_model import AnyChallenge, QuizChallenge
from content.quiz_model import Question

MILESTONE = "quiz"
# Where answers are final, one that is chosen but not sent yet begins with this.
DRAFT = "?"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A quiz as one member sees it. Chosen options are kept as their places in the file, one digit for each."""

    current: Current
    quiz: QuizChallenge
    answers: Mapping[int, str]
    seed: bytes

    @property
    def at_once(self) -> bool:
        """Say whether each answer is graded when it is sent, and final."""
        return self.quiz.grading == "at-once"

    @property
    def size(self) -> int:
        """Count the questions."""
        return len(self.quiz.questions)

    @property
    def done(self) -> int:
        """Count the questions that are answered."""
        return sum(map(self.is_given, range(self.size)))

    @property
    def whole(self) -> bool:
        """Say whether every question is answered."""
        return self.done == self.size

    @property
    def right(self) -> int:
        """Count the right answers."""
        return count_right(self.quiz, self.answers)

    @property
    def took_part(self) -> bool:
        """Say whether there is any answer."""
        return any(self.answers.values())

    @property
    def next_open(self) -> int:
        """Return the first question without an answer; the first of all when there is none."""
        return next((number for number in range(self.size) if not self.is_given(number)), 0)

    def question(self, number: int) -> Question:
        """Return one question; a button may name one that is gone."""
        if not 0 <= number < self.size:
            raise Outdated
        return self.quiz.questions[number]

    def answer(self, number: int) -> str:
        """Return what was chosen or written, sent or not."""
        return self.answers.get(number, "").removeprefix(DRAFT)

    def is_given(self, number: int) -> bool:
        """Say whether a question is answered."""
        return bool(self.answers.get(number)) and not self.answers[number].startswith(DRAFT)

    def is_final(self, number: int) -> bool:
        """Say whether an answer stays as it is."""
        return self.at_once and self.is_given(number)

    def waits(self, number: int) -> bool:
        """Say whether something is chosen and not sent yet."""
        return self.at_once and bool(self.answer(number)) and not self.is_given(number)

    def order(self, number: int) -> tuple[int, ...]:
        """Return in which order the member sees the options of a question."""
        return shuffled(self.seed, number, len(self.question(number).options))


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of an answer: the sheet with it, and what it gave."""

    sheet: Sheet
    credited: Credited | None = None
    rewarded: Rewarded | None = None


def quiz_of(current: Current) -> QuizChallenge:
    """Return the quiz of a round; a button may be older than a swap."""
    if not isinstance(current.challenge, QuizChallenge):
        raise Outdated
    return current.challenge


def shuffled(seed: bytes, number: int, size: int) -> tuple[int, ...]:
    """Return an order of options: authors put the right one first."""
    return tuple(sorted(range(size), key=lambda place: seed_of(seed, number, place)))


def places_of(question: Question, answer: str) -> tuple[int, ...]:
    """Read the places of the chosen options; those that there are not count for nothing."""
    return tuple(int(one) for one in answer if one.isdecimal() and int(one) < len(question.options))


def is_right(question: Question, answer: str) -> bool:
    """Grade one answer."""
    if question.kind == "number":
        return _is_right_number(question, answer)
    chosen = [question.options[place] for place in places_of(question, answer)]
    if question.kind == "choices":
        return set(chosen) == set(question.right_options)
    return tuple(chosen) == question.right_options


def _is_right_number(question: Question, answer: str) -> bool:
    given = question.tolerance
    tolerance = Tolerance(given.relative, given.absolute) if given else Tolerance()
    try:
        return isinstance(question.right, float) and matches(read_number(answer), question.right, tolerance)
    except AnswerProblem:
        return False


def count_right(quiz: QuizChallenge, answers: Mapping[int, str]) -> int:
    """Count the right answers; what was chosen but not sent when the week ended counts too."""
    texts = [answers.get(number, "").removeprefix(DRAFT) for number in range(len(quiz.questions))]
    return sum(bool(text) and is_right(one, text) for one, text in zip(quiz.questions, texts, strict=True))


async def sheet_of(store: Store, current: Current, person_id: int) -> Sheet:
    """Return a quiz as this member sees it; nobody is 0."""
    seed = seed_of(await store.rounds.secret(), "quiz", current.round.id, person_id)
    answers = await store.efforts.answers(current.round.id, person_id) if person_id else {}
    return Sheet(current, quiz_of(current), answers, seed)


async def my_sheet(ctx: Ctx, current: Current) -> Sheet:
    """Return a quiz as whoever asks sees it."""
    return await sheet_of(ctx.store, current, ctx.known.id if ctx.known else 0)


async def keep(ctx: Ctx, current: Current, number: int, change: Callable[[str], str]) -> Kept:
    """Change the answer to a question, while the round is open and the answer is not final."""
    me = await ctx.me()
    async with ctx.callers.alone(me.id):
        sheet = await sheet_of(ctx.store, current, me.id)
        sheet.question(number)
        _refuse_when_closed(current, ctx.clock.now())
        if not sheet.is_final(number):
            answer = change(sheet.answers.get(number, ""))
            await ctx.store.efforts.answer(current.round.id, me.id, number, answer)
            sheet = replace(sheet, answers={**sheet.answers, number: answer})
        return await _complete(ctx, sheet, me.id)


def _refuse_when_closed(current: Current, now: datetime) -> None:
    if not current.round.is_open(now):
        raise UserError(
            md(
                "The week of this quiz is over, so answers stay as they are. {all:code} shows how it went.",
                all="/challenge history",
            )
        )


async def _complete(ctx: Ctx, sheet: Sheet, person_id: int) -> Kept:
    """Credit a quiz that is answered as a whole. It is asked again after each answer, so nothing is ever missed."""
    if not sheet.whole:
        return Kept(sheet)
    credited = await tried_once(ctx, sheet.current)
    if not sheet.at_once:
        return Kept(sheet, credited)
    effort = await ctx.store.efforts.enter(sheet.current.round.id, person_id)
    rewarded = await reward(ctx, sheet.current, effort, sheet.right / sheet.size, MILESTONE)
    return Kept(sheet, credited, rewarded)


async def wind_up_quiz(
    store: Store, found: Round, challenge: AnyChallenge, now: datetime, notices: Notices | None = None
) -> bool:
    """Grade everybody's answers and give the points; True, because nothing is left to do afterwards.

    Whoever gets points is told. Done twice it gives and tells nothing twice.
    """
    current = Current(found, challenge)
    quiz = quiz_of(current)
    answers = await store.efforts.everybodys_answers(found.id)
    for effort in await store.efforts.all(found.id):
        share = count_right(quiz, answers.get(effort.person_id, {})) / len(quiz.questions)
        new = await settle(store, current, effort, share, MILESTONE, now, solved=share >= 1)
        if new and notices is not None:
            await notices.leave(store, effort.person_id, points_came(quiz, effort.points + new))
    return True
