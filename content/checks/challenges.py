"""Challenges: what they ask of generators, metrics and options exists and fits together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from content.challenge_model import AnswerChallenge, Challenge, Data, PredictionsChallenge, QuizChallenge
from content.checks.parts import check_parts
from content.checks.quiz import check_questions
from content.checks.reading import Reading
from content.checks.shape import validate
from content.codes import problem
from content.entry import RawEntry
from content.generators import GENERATORS, Generator
from content.generators.params import faults
from content.metric_names import Metric
from content.nearest import did_you_mean
from content.problem import Problem


def check_challenges(reading: Reading) -> Iterator[Problem]:
    """Find what keeps challenges from being set. A file in the wrong shape is told so elsewhere."""
    for entry in reading.of("challenge"):
        challenge, _ = validate(entry)
        if isinstance(challenge, Challenge):
            yield from _hints(entry, challenge)
            yield from _by_kind(entry, challenge)


def _by_kind(entry: RawEntry, challenge: Challenge) -> Iterator[Problem]:
    if isinstance(challenge, QuizChallenge):
        yield from check_questions(entry, challenge)
    if isinstance(challenge, AnswerChallenge):
        generator = GENERATORS.get(challenge.data.generator)
        yield from _data(entry, challenge.data, "data")
        if generator is not None and generator.makes == "data":
            yield from check_parts(entry, challenge, generator)
    if isinstance(challenge, PredictionsChallenge):
        generator = GENERATORS.get(challenge.data.generator)
        yield from _data(entry, challenge.data, "predictions")
        yield from _scoring(entry, challenge)
        if generator is not None and generator.makes == "predictions":
            yield from _columns(entry, challenge, generator)


def _hints(entry: RawEntry, challenge: Challenge) -> Iterator[Problem]:
    cost = sum(hint.cost for hint in challenge.hints)
    if cost >= challenge.points:
        message = f"All hints together cost {cost} points, and solving gives {challenge.points}."
        yield problem("CHL013", entry.place("hints"), message, "Make them cheaper, so that solving still pays.")


def _data(entry: RawEntry, data: Data, wanted: str) -> Iterator[Problem]:
    generator = GENERATORS.get(data.generator)
    place = entry.place("data", "generator")
    if generator is None:
        hint = did_you_mean(data.generator, GENERATORS, f"There are {_names(wanted)}.")
        yield problem("CHL001", place, f"There is no generator {data.generator!r}.", hint)
        return
    if generator.makes != wanted:
        message = f"{data.generator!r} makes {generator.makes}, not {wanted}."
        yield problem("CHL004", place, message, f"Choose one of {_names(wanted)}.")
    for name, said in faults(generator, data.params):
        message = f"{data.generator!r} cannot be made with this {name}: {said}."
        hint = did_you_mean(name, generator.params.model_fields, _parameters(generator))
        yield problem("CHL002", entry.place("data", "with", name), message, hint)


def _names(wanted: str) -> str:
    return ", ".join(name for name, generator in GENERATORS.items() if generator.makes == wanted)


def _parameters(generator: Generator[Any]) -> str:
    return f"Known here: {', '.join(generator.params.model_fields)}."


def _scoring(entry: RawEntry, challenge: PredictionsChallenge) -> Iterator[Problem]:
    metric = challenge.metric
    if metric.needs_k != (challenge.k is not None):
        message = f"{metric} needs k." if metric.needs_k else f"{metric} has no k."
        hint = "Write k: how many places at the top count." if metric.needs_k else "Remove the line."
        yield problem("CHL008", entry.place("k" if challenge.k is not None else "metric"), message, hint)
    room = metric.best - challenge.baseline
    if (-room if metric.lower_is_better else room) < challenge.step or _is_absurd(metric, challenge.baseline):
        message = f"A baseline of {challenge.baseline:g} cannot be, or is no step of {challenge.step:g} from the best."
        hint = f"The best {metric} is {metric.best:g}: write the score of a strong simple model, and a small step."
        yield problem("CHL009", entry.place("baseline"), message, hint)


def _is_absurd(metric: Metric, baseline: float) -> bool:
    return not metric.lower_is_better and baseline < 0


def _columns(entry: RawEntry, challenge: PredictionsChallenge, generator: Generator[Any]) -> Iterator[Problem]:
    if challenge.metric not in generator.metrics:
        message = f"{challenge.metric} does not fit what {generator.name!r} makes."
        hint = f"Choose one of {', '.join(generator.metrics)}."
        yield problem("CHL007", entry.place("metric"), message, hint)
    if challenge.id_column != generator.id_column:
        message = f"The rows of {generator.name!r} are named in the column {generator.id_column!r}."
        yield problem("CHL010", entry.place("id_column"), message, f"Write id_column: {generator.id_column}.")
    if challenge.prediction_column == challenge.id_column:
        message = "One column cannot hold both ids and predictions."
        hint = f"Name the other one differently, such as {generator.target_column}."
        yield problem("CHL010", entry.place("prediction_column"), message, hint)
