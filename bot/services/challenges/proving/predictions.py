"""Predictions proved: for every community the solution beats the baseline on both halves, the usual mistake on none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.core.markup import plain
from bot.services.challenges.data import common_seed, make_data
from bot.services.challenges.predicting import grade, metric_of
from bot.services.challenges.proving.proof import SECRET, Fault, Found, Maker
from bot.services.challenges.proving.solution import Solution, SolutionFailed
from bot.services.grading.faults import CannotCompute, UploadProblem
from bot.services.grading.metrics import Better, Metric
from content.challenge_model import PredictionsChallenge

# Everybody in a community predicts the same rows.
MEMBERS_A_COMMUNITY = 10


@dataclass(frozen=True, slots=True)
class Half:
    """The score of one half of one community's rows."""

    where: str
    score: float


def prove_predictions(challenge: PredictionsChallenge, solution: Solution, maker: Maker, members: int) -> Found:
    """Score what the solution sends for each community's data."""
    solved: list[Half] = []
    naive: list[Half] = []
    rows = set[tuple[object, ...]]()
    communities = max(1, members // MEMBERS_A_COMMUNITY)
    for number in range(1, communities + 1):
        seed, whose = common_seed(SECRET, number, challenge.id), f"community {number}"
        files = maker.files(challenge, seed)
        rows.add(_rows(challenge, seed))
        solved += _graded(challenge, seed, solution, "solve", files, whose)
        naive += _graded(challenge, seed, solution, "naive", files, whose)
    return _judged(challenge, solved, naive, same=communities - len(rows))


def _rows(challenge: PredictionsChallenge, seed: bytes) -> tuple[object, ...]:
    split = make_data(challenge.data, seed).split
    return (split.train.rows, split.test.rows) if split else ()


def _graded(
    challenge: PredictionsChallenge, seed: bytes, solution: Solution, function: str, files: dict[str, str], whose: str
) -> tuple[Half, Half]:
    hint = f"Return a CSV with the columns {challenge.id_column} and {challenge.prediction_column}, as one text."
    sent = solution.call(function, files, whose)
    if not isinstance(sent, str):
        raise SolutionFailed(f"{function}() returned a {type(sent).__name__} for {whose}.", hint)
    try:
        found = grade(challenge, seed, sent.encode())
    except UploadProblem as error:
        said = " ".join(plain(error.message).split())
        raise SolutionFailed(f"What {function}() sent for {whose} is refused: {said}", hint) from None
    except CannotCompute as error:
        raise SolutionFailed(
            f"There is no score for {whose}: {error}", "Ask for more rows, or another metric."
        ) from None
    return Half(f"the public half of {whose}", found.public), Half(f"the private half of {whose}", found.private)


def _judged(challenge: PredictionsChallenge, solved: Sequence[Half], naive: Sequence[Half], same: int) -> Found:
    metric = metric_of(challenge)
    worst, best = _extreme(solved, metric, best=False), _extreme(naive, metric, best=True)
    size = len(solved) // 2
    proved = (
        f"solve() beats the baseline of {challenge.baseline:g} on both halves for {size} of {size} communities "
        f"({metric.name}, at worst {worst.score:.4g}), naive() for none (at best {best.score:.4g})"
    )
    return Found(proved, tuple(_faults(challenge, metric, solved, naive, same)))


def _faults(
    challenge: PredictionsChallenge, metric: Metric, solved: Sequence[Half], naive: Sequence[Half], same: int
) -> Iterator[Fault]:
    baseline = f"the baseline of {challenge.baseline:g}"
    beaten = [half for half in solved if not metric.improves(half.score, challenge.baseline)]
    if beaten:
        worst = _extreme(beaten, metric, best=False)
        says = f"solve() does not beat {baseline} on {len(beaten)} of {len(solved)} halves; {_told(worst, metric)}."
        yield Fault(says, "Make the baseline easier, find a better way, or ask for more test rows.")
    lucky = [half for half in naive if metric.improves(half.score, challenge.baseline)]
    if lucky:
        best = _extreme(lucky, metric, best=True)
        says = f"naive() beats {baseline} on {len(lucky)} of {len(naive)} halves; {_told(best, metric)}."
        yield Fault(
            says, "Make the baseline harder, so that the usual mistake is not enough, or ask for more test rows."
        )
    if same:
        yield Fault(f"{same} communities have the data of another one.", "Choose parameters that leave room to differ.")


def _extreme(halves: Sequence[Half], metric: Metric, *, best: bool) -> Half:
    highest = best == (metric.better is Better.HIGHER)
    return max(halves, key=lambda half: half.score if highest else -half.score)


def _told(half: Half, metric: Metric) -> str:
    return f"{metric.name} is {half.score:.6g} on {half.where}"
