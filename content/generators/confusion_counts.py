"""A table of what was said about what was there: every score of a classifier comes out of it."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from content.generators.arithmetic import mean
from content.generators.clear import away_from_zero, highest, lowest, require
from content.generators.dice import Dice
from content.generators.generator import Generator, Params, listed, number, text
from content.generators.made import Answer, Made, Table
from content.generators.words import several

_CLASSES = several("bird cat dog fish fox horse")
Counts = dict[tuple[str, str], int]


class ConfusionCounts(Params):
    """Say how many classes there are and how often each is seen."""

    classes: Annotated[int, Field(ge=3, le=6, description="How many classes there are.")] = 4
    pictures: Annotated[int, Field(ge=60, le=5000, description="How many pictures there are, roughly.")] = 400
    skew: Annotated[float, Field(ge=0, le=0.8, description="How much rarer each class is than the one before.")] = 0.4


def _build(params: ConfusionCounts, dice: Dice) -> Made:
    classes = _CLASSES[: params.classes]
    order = dice.shuffled(classes)
    weights = [(1 - params.skew) ** order.index(name) for name in classes]
    counts: Counts = {}
    for actual, weight in zip(classes, weights, strict=True):
        seen = 8 + dice.poisson(params.pictures * weight / sum(weights))
        skill, slips = dice.between(0.5, 0.95), [dice.between(0.05, 1.0) for _ in classes]
        wrong = math.fsum(slip for name, slip in zip(classes, slips, strict=True) if name != actual)
        for said, slip in zip(classes, slips, strict=True):
            share = skill if said == actual else (1 - skill) * slip / wrong
            counts[actual, said] = dice.poisson(seen * share)
    rows = [(actual, said, count) for (actual, said), count in counts.items()]
    return Made({"counts": Table.of("actual predicted count", rows)}, _answers(classes, counts))


def _answers(classes: tuple[str, ...], counts: Counts) -> dict[str, Answer]:
    actual = {name: sum(counts[name, other] for other in classes) for name in classes}
    said = {name: sum(counts[other, name] for other in classes) for name in classes}
    right = {name: counts[name, name] for name in classes}
    require(min(right.values()) > 0)
    total, correct = sum(actual.values()), sum(right.values())
    recall = {name: right[name] / actual[name] for name in classes}
    precision = {name: right[name] / said[name] for name in classes}
    f1 = {name: 2 * right[name] / (actual[name] + said[name]) for name in classes}
    by_chance = sum(actual[name] * said[name] for name in classes)
    spread = [total**2 - sum(part**2 for part in each.values()) for each in (actual, said)]
    matthews = (correct * total - by_chance) / math.sqrt(spread[0] * spread[1])
    away_from_zero(matthews)
    wrong = {pair: count for pair, count in counts.items() if pair[0] != pair[1]}
    return {
        "accuracy": correct / total,
        "balanced_accuracy": mean(list(recall.values())),
        "macro_f1": mean(list(f1.values())),
        "weighted_f1": math.fsum(f1[name] * actual[name] for name in classes) / total,
        "kappa": (correct * total - by_chance) / (total**2 - by_chance),
        "matthews": matthews,
        "usual_accuracy": max(actual.values()) / total,
        "hardest_class": lowest(recall),
        "least_trusted_class": lowest(precision),
        "most_confused": highest(wrong, 0.5),
    }


GENERATOR = Generator(
    "confusion-counts",
    "A confusion matrix of three to six classes, one count a row.",
    ConfusionCounts,
    _build,
    {
        "accuracy": number("The share of pictures that were named rightly."),
        "balanced_accuracy": number("The mean of the recalls of all classes."),
        "macro_f1": number("The plain mean of the F1 of all classes."),
        "weighted_f1": number("The mean of the F1 of all classes, weighted by how often each class is there."),
        "kappa": number("Cohen's kappa."),
        "matthews": number("Matthews' correlation coefficient for several classes."),
        "usual_accuracy": number("The accuracy of always saying the commonest class."),
        "hardest_class": text("The class with the lowest recall."),
        "least_trusted_class": text("The class with the lowest precision."),
        "most_confused": listed("The most frequent mistake: the actual class, then the predicted one."),
    },
)
