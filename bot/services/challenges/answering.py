"""Typed answers: read, compared with what the member's own data says, counted, and rewarded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.context import Ctx
from bot.core.markup import md
from bot.models.challenges import Round
from bot.ports import Store
from bot.services.challenges.data import make_data, members_seed, seed_of
from bot.services.challenges.rewards import Rewarded, reward, tried
from bot.services.challenges.rounds import Current
from bot.services.challenges.settling import settle
from bot.services.crediting import Credited
from bot.services.grading.faults import AnswerProblem
from bot.services.grading.numbers import Tolerance, matches, read_number
from bot.services.grading.texts import Shape, TextRule, is_accepted, normal
from content.challenge_model import AnswerChallenge, AnyChallenge, Part
from content.generators import Answer

# How long one waits after the first, the second, the third and every further wrong answer to a part.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of a typed answer."""

    correct: bool
    part: int
    wait: datetime | None = None
    wrong: int = 0
    rewarded: Rewarded | None = None
    credited: Credited | None = None
    # The part was right before, so this answer was not looked at.
    already: bool = False


async def my_seed(ctx: Ctx, current: Current) -> bytes:
    """Return the seed of the data of whoever asks."""
    me, secret = await ctx.me(), await ctx.store.rounds.secret()
    return members_seed(secret, current.round.community_id, current.challenge.id, me.id)


def is_right(challenge: AnswerChallenge, part: Part, seed: bytes, typed: str) -> bool:
    """Say whether a typed answer is right for this data; AnswerProblem when it cannot be read."""
    truth = make_data(challenge.data, seed).answers[part.answer]
    if len(typed) > LONGEST:
        raise AnswerProblem(md("That is longer than any answer here. Send the answer alone."))
    return _right_number(part, truth, typed) if challenge.kind_of(part) == "number" else _right_text(part, truth, typed)


def _right_number(part: Part, truth: Answer, typed: str) -> bool:
    given = part.tolerance
    tolerance = Tolerance(given.relative, given.absolute) if given else Tolerance()
    return isinstance(truth, int | float) and matches(read_number(typed), truth, tolerance)


def _right_text(part: Part, truth: Answer, typed: str) -> bool:
    if not normal(typed):
        raise AnswerProblem(md("That is empty. Send the answer alone, as text."))
    any_order = part.accept is not None and part.accept.order == "any"
    exact = part.accept is not None and part.accept.accents == "exact"
    if isinstance(truth, tuple):
        rule = TextRule((", ".join(truth),), Shape.SET if any_order else Shape.LIST, exact)
    else:
        rule = TextRule((str(truth),), Shape.ONE, exact)
    return is_accepted(typed, rule)


def mark_of(seed: bytes, kind: str, typed: str) -> str:
    """Return what stands for an answer: equal for equal answers, and telling nothing else."""
    text = repr(read_number(typed)[0]) if kind == "number" else normal(typed)
    return seed_of(seed, text).hex()[:16]


async def answer(ctx: Ctx, current: Current, challenge: AnswerChallenge, number: int, typed: str) -> Judged:
    """Judge an answer to one part, count it, and reward it when it is right."""
    me, part = await ctx.me(), challenge.parts[number]
    correct = is_right(challenge, part, await my_seed(ctx, current), typed)
    secret = await ctx.store.rounds.secret()
    mark = mark_of(seed_of(secret, "marks", current.round.id), challenge.kind_of(part), typed)
    counted = await ctx.store.efforts.attempt(current.round.id, me.id, number, correct=correct, mark=mark, waits=WAITS)
    if counted.already:
        return Judged(correct=True, part=number, already=True)
    if not counted.accepted:
        return Judged(correct=False, part=number, wait=counted.wait)
    credited = await tried(ctx, current)
    rewarded = await reward_part(ctx, current, challenge, number) if correct else None
    next_try = ctx.clock.now() + wait_after(counted.wrong) if not correct else None
    return Judged(correct, number, next_try, counted.wrong, rewarded, credited)


def wait_after(wrong: int, waits: Sequence[timedelta] = WAITS) -> timedelta:
    """Return how long to wait after so many wrong answers."""
    return waits[min(wrong, len(waits)) - 1] if wrong else timedelta()


async def reward_part(ctx: Ctx, current: Current, challenge: AnswerChallenge, number: int) -> Rewarded:
    """Give the points for a part that is right; done twice it gives nothing twice."""
    me = await ctx.me()
    effort = await ctx.store.efforts.enter(current.round.id, me.id)
    return await reward(ctx, current, effort, (number + 1) / len(challenge.parts), f"part-{number + 1}")


async def wind_up_answers(store: Store, found: Round, challenge: AnyChallenge, now: datetime) -> bool:
    """Give what a call that was cut short left behind; True, because nothing is left to do afterwards."""
    if isinstance(challenge, AnswerChallenge):
        for effort in [one for one in await store.efforts.all(found.id) if one.parts]:
            share, milestone = effort.parts / len(challenge.parts), f"part-{effort.parts}"
            await settle(store, Current(found, challenge), effort, share, milestone, now, solved=share >= 1)
    return True
