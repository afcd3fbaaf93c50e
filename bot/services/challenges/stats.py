"""How a round went: who opened, tried and solved it, and where they got stuck."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.core.markup import Markdown, md
from bot.models.challenges import RoundNumbers, SameAnswer
from bot.ports import Store
from bot.services.challenges.quizzes import DRAFT, is_right
from bot.services.challenges.rounds import Current
from content.challenge_model import AnswerChallenge, AnyChallenge, PredictionsChallenge, ProjectChallenge, QuizChallenge


@dataclass(frozen=True, slots=True)
class Asked:
    """A part or a question: how many answers were sent, and how many of them were right."""

    name: str
    sent: int
    right: int


@dataclass(frozen=True, slots=True)
class Reviewed:
    """How many reviews were asked for, and how many are done."""

    asked: int
    done: int


@dataclass(frozen=True, slots=True)
class RoundStats:
    """How a round went."""

    numbers: RoundNumbers
    asked: tuple[Asked, ...]
    stuck: Markdown
    # Members who gave the same answer to different data.
    same: tuple[SameAnswer, ...] = ()
    reviews: Reviewed | None = None


@dataclass(frozen=True, slots=True)
class _Loss:
    """A place where members stopped: how many of how many."""

    lost: int
    count: int
    where: str
    what: str


async def stats_of(store: Store, current: Current) -> RoundStats:
    """Count everything."""
    challenge, found = current.challenge, current.round
    parts = len(challenge.parts) if isinstance(challenge, AnswerChallenge) else 0
    numbers = await store.efforts.numbers(found.id, parts)
    asked = tuple(await _asked(store, current, numbers))
    same = tuple(await store.efforts.same_answers(found.id)) if parts else ()
    reviews = await _reviews(store, found.id) if isinstance(challenge, ProjectChallenge) else None
    return RoundStats(numbers, asked, where_stuck(challenge, numbers, asked), same, reviews)


def where_stuck(challenge: AnyChallenge, numbers: RoundNumbers, asked: Sequence[Asked]) -> Markdown:
    """Say in one sentence where most members stopped."""
    if not numbers.opened:
        return md("Nobody has opened it yet.")
    worst = max(_losses(challenge, numbers, asked), key=lambda one: one.lost)
    if worst.lost <= 0:
        return md("Nobody got stuck.")
    return md(
        "Most got stuck {where}: {lost} of the {count} {what}.",
        where=worst.where,
        lost=worst.lost,
        count=worst.count,
        what=worst.what,
    )


def _losses(challenge: AnyChallenge, numbers: RoundNumbers, asked: Sequence[Asked]) -> Iterator[_Loss]:
    opened, tried = numbers.opened, numbers.tried
    yield _Loss(opened - tried, opened, "before the first try", "who opened it sent nothing")
    match challenge:
        case AnswerChallenge():
            came = tried
            for one in asked:
                yield _Loss(came - one.right, came, f"at {one.name.lower()}", "who came to it did not solve it")
                came = one.right
        case QuizChallenge():
            for one in asked:
                yield _Loss(one.sent - one.right, one.sent, f"at {one.name.lower()}", "who answered it were wrong")
        case PredictionsChallenge():
            yield _Loss(tried - numbers.solved, tried, "at the baseline", "who sent predictions did not beat it")
        case ProjectChallenge():
            return


async def _asked(store: Store, current: Current, numbers: RoundNumbers) -> list[Asked]:
    challenge = current.challenge
    if isinstance(challenge, AnswerChallenge):
        return [Asked(f"Part {n}", sent, right) for n, (sent, right) in enumerate(numbers.parts, start=1)]
    if not isinstance(challenge, QuizChallenge):
        return []
    everybodys = (await store.efforts.everybodys_answers(current.round.id)).values()
    found = []
    for number, question in enumerate(challenge.questions):
        given = [text for answers in everybodys if (text := answers.get(number)) and not text.startswith(DRAFT)]
        right = sum(is_right(question, text) for text in given)
        found.append(Asked(f"Question {number + 1}", len(given), right))
    return found


async def _reviews(store: Store, round_id: int) -> Reviewed:
    reviews = await store.reviews.of_round(round_id)
    return Reviewed(len(reviews), sum(one.done is not None for one in reviews))
