"""One challenge proved, whatever its kind."""

from __future__ import annotations

from pathlib import Path

from bot.clock import Clock
from bot.services.challenges.proving.answers import prove_answers
from bot.services.challenges.proving.forms import prove_quiz, prove_rubric
from bot.services.challenges.proving.predictions import prove_predictions
from bot.services.challenges.proving.proof import MEMBERS, Fault, Found, Maker, Proof
from bot.services.challenges.proving.solution import Solution, SolutionFailed
from content.challenge_model import (
    AnswerChallenge,
    Challenge,
    PredictionsChallenge,
    ProjectChallenge,
    QuizChallenge,
)
from content.generators import CannotMake


def prove(
    challenge: Challenge, solutions: Path, clock: Clock, members: int = MEMBERS, seconds: float | None = None
) -> Proof:
    """Prove a challenge; `solutions` is the folder of its pack, and its solution may run for so many seconds."""
    maker, began = Maker(clock), clock.monotonic()
    match challenge:
        case QuizChallenge():
            found = prove_quiz(challenge)
        case ProjectChallenge():
            found = prove_rubric(challenge)
        case AnswerChallenge() | PredictionsChallenge():
            found = _solved(challenge, solutions, maker, members, seconds or _time_for(members))
        case _:
            raise TypeError(f"There is no way to prove {challenge.id}.")
    return Proof(found, maker.sets, maker.seconds, clock.monotonic() - began)


def _time_for(members: int) -> float:
    """Give a solution a minute for all of 200 members."""
    return 10 + members / 4


def _solved(
    challenge: AnswerChallenge | PredictionsChallenge, solutions: Path, maker: Maker, members: int, seconds: float
) -> Found:
    path = solutions / f"{challenge.id}.py"
    if not path.is_file():
        return Found("", (_no_solution(challenge, path),))
    try:
        with Solution(path, seconds, maker.clock) as solution:
            if isinstance(challenge, AnswerChallenge):
                return prove_answers(challenge, solution, maker, members)
            return prove_predictions(challenge, solution, maker, members)
    except SolutionFailed as failed:
        return Found("", (Fault(failed.says, failed.hint),))
    except CannotMake as error:
        return Found("", (Fault(f"No data can be made: {error}", "Choose other parameters."),))


def _no_solution(challenge: AnswerChallenge | PredictionsChallenge, path: Path) -> Fault:
    if isinstance(challenge, PredictionsChallenge):
        form = f"the text of a CSV with the columns {challenge.id_column} and {challenge.prediction_column}"
    else:
        form = (
            f"a list of {len(challenge.parts)} texts, one for each part"
            if challenge.parts[1:]
            else "a list of one text"
        )
    hint = (
        f"Write it in plain Python with solve(files), the right way, and naive(files), the usual wrong way. Each takes "
        f"a dict from file name to text and returns {form}."
    )
    return Fault(f"There is no reference solution {path}.", hint)
