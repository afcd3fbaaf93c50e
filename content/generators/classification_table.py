"""Machines that fail or run: neighbours, centres, one good split, and a baseline that looks good."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field

from content.generators.arithmetic import mean, rounded
from content.generators.clear import MARGIN, highest, lowest, ranked, require
from content.generators.dice import Dice
from content.generators.generator import Generator, Params, Unclear, number, text
from content.generators.made import Answer, Cell, Made, Table
from content.generators.words import ids

_FEATURES = ("heat", "wobble", "sound", "load")
_FAILS, _RUNS = "fails", "runs"
Point = tuple[float, ...]
Labelled = list[tuple[str, Point, str]]


class ClassificationTable(Params):
    """Say how many machines there are and how alike the two kinds look."""

    machines: Annotated[int, Field(ge=60, le=800, description="How many machines, a quarter of them for the test.")] = (
        160
    )
    features: Annotated[int, Field(ge=2, le=4, description="How many measurements each has.")] = 3
    failing: Annotated[float, Field(ge=0.15, le=0.5, description="Share of machines that fail.")] = 0.3
    apart: Annotated[float, Field(ge=0.5, le=4, description="How far the two kinds lie apart.")] = 1.6
    neighbours: Annotated[Literal[1, 3, 5, 7, 9, 11, 15], Field(description="How many neighbours vote.")] = 5


def _build(params: ClassificationTable, dice: Dice) -> Made:
    shifts = [dice.between(0.3, 1.0) * params.apart for _ in range(params.features)]
    rows = [_machine(name, shifts, params.failing, dice) for name in ids("m", params.machines)]
    test = set(dice.sample(range(params.machines), params.machines // 4))
    known = [row for place, row in enumerate(rows) if place not in test]
    asked = [row for place, row in enumerate(rows) if place in test]
    parts = ["test" if place in test else "train" for place in range(params.machines)]
    header = " ".join(["machine", "part", *_FEATURES[: params.features], "outcome"])
    written: list[list[Cell]] = [
        [name, part, *point, label] for part, (name, point, label) in zip(parts, rows, strict=True)
    ]
    return Made({"machines": Table.of(header, written)}, _answers(known, asked, params.neighbours))


def _machine(name: str, shifts: list[float], failing: float, dice: Dice) -> tuple[str, Point, str]:
    fails = dice.chance(failing)
    point = tuple(rounded(dice.normal(5 + shift * fails, 1), 3) for shift in shifts)
    return name, point, _FAILS if fails else _RUNS


def _answers(known: Labelled, asked: Labelled, votes: int) -> dict[str, Answer]:
    labels = Counter(label for _, _, label in known)
    require(len(labels) == 2 and any(label == _FAILS for _, _, label in asked))
    usual = highest(labels, 0.5)
    said = [_vote(point, known, votes) for _, point, _ in asked]
    centres = {label: _centre([point for _, point, each in known if each == label]) for label in labels}
    near = [lowest({label: math.dist(point, centre) for label, centre in centres.items()}) for _, point, _ in asked]
    truth = [label for _, _, label in asked]
    splits = {name: _best_split(place, known) for place, name in enumerate(_FEATURES[: len(asked[0][1])])}
    feature = lowest({name: impurity for name, (impurity, _) in splits.items()})
    first = {name: -math.dist(asked[0][1], point) for name, point, _ in known}
    return {
        "usual_accuracy": _share(truth, [usual] * len(truth)),
        "neighbours_accuracy": _share(truth, said),
        "neighbours_recall": mean([one == _FAILS for one, label in zip(said, truth, strict=True) if label == _FAILS]),
        "centres_accuracy": _share(truth, near),
        "nearest_machine": ranked(first, 1)[0],
        "gini": _gini(labels),
        "split_feature": feature,
        "split_threshold": splits[feature][1],
        "split_gini": splits[feature][0],
    }


def _share(truth: Sequence[str], said: Sequence[str]) -> float:
    return mean([one == two for one, two in zip(truth, said, strict=True)])


def _centre(points: list[Point]) -> Point:
    return tuple(mean(column) for column in zip(*points, strict=True))


def _vote(point: Point, known: Labelled, votes: int) -> str:
    near = sorted((math.dist(point, other), label) for _, other, label in known)[: votes + 1]
    if near[-1][0] - near[-2][0] <= MARGIN:
        raise Unclear
    return highest(Counter(label for _, label in near[:votes]), 0.5)


def _gini(labels: Counter[str]) -> float:
    total = labels.total()
    return 1.0 - math.fsum((count / total) ** 2 for count in labels.values())


def _best_split(place: int, known: Labelled) -> tuple[float, float]:
    """Return the lowest weighted impurity of a feature and the threshold, half-way between two values."""
    order = sorted((point[place], label) for _, point, label in known)
    below: Counter[str] = Counter()
    above = Counter(label for _, label in order)
    found: dict[float, float] = {}
    for (value, label), (following, _) in pairwise(order):
        below[label] += 1
        above[label] -= 1
        if following > value:
            parts = below.total() * _gini(below) + above.total() * _gini(above)
            found[(value + following) / 2] = parts / len(order)
    threshold = lowest(found)
    return found[threshold], threshold


_ONLY = "On the train rows:"
GENERATOR = Generator(
    "classification-table",
    "Machines with measurements that fail or run, in a train and a test part.",
    ClassificationTable,
    _build,
    {
        "usual_accuracy": number("Accuracy on the test rows of always saying the commoner outcome of the train rows."),
        "neighbours_accuracy": number(
            "Accuracy on the test rows of a vote of the nearest train rows, as many as the parameter says "
            "(5 unless told), Euclidean on the measurements as they are."
        ),
        "neighbours_recall": number("Of the test rows that fail, the share that this vote of neighbours finds."),
        "centres_accuracy": number("Accuracy on the test rows of saying the outcome whose train mean is nearest."),
        "nearest_machine": text("The train machine that is nearest to the first test row."),
        "gini": number(f"{_ONLY} the Gini impurity of the outcome."),
        "split_feature": text(f"{_ONLY} the measurement whose best threshold gives the lowest weighted Gini impurity."),
        "split_threshold": number(f"{_ONLY} that best threshold, half-way between two neighbouring values."),
        "split_gini": number(f"{_ONLY} the weighted Gini impurity after that split."),
    },
)
