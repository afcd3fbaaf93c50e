"""Scores between 0 and 1 and what happened: thresholds, curves, calibration and what mistakes cost."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from content.generators.arithmetic import logistic, mean, rounded
from content.generators.clear import away_from_zero, require
from content.generators.dice import Dice
from content.generators.generator import Generator, Params, number, whole
from content.generators.made import Answer, Made, Table
from content.generators.words import ids

_SCALE = 100_000
Scored = list[tuple[float, int]]


class Scores(Params):
    """Say how many cases there are, how rare the event is, and how good and honest the scores are."""

    cases: Annotated[int, Field(ge=50, le=2000, description="How many cases there are.")] = 200
    happens: Annotated[float, Field(ge=0.05, le=0.5, description="How often it happens, roughly.")] = 0.25
    skill: Annotated[float, Field(ge=0.3, le=3, description="How well the scores tell the cases apart.")] = 1.2
    boldness: Annotated[float, Field(ge=0.5, le=3, description="Above 1 the scores are too sure.")] = 1.5
    miss_cost: Annotated[int, Field(ge=1, le=50, description="What a missed event costs; a false alarm costs 1.")] = 5


def _build(params: Scores, dice: Dice) -> Made:
    base = math.log(params.happens / (1 - params.happens))
    found: dict[int, int] = {}
    for _ in range(params.cases):
        belief = base + params.skill * dice.normal()
        happened = dice.chance(logistic(belief))
        found[_free(logistic(params.boldness * belief), found)] = int(happened)
    cases = [(rounded(point / _SCALE, 5), happened) for point, happened in found.items()]
    rows = [(name, *case) for name, case in zip(ids("c", params.cases), cases, strict=True)]
    return Made({"scores": Table.of("case score happened", rows)}, _answers(cases, params.miss_cost))


def _free(score: float, taken: dict[int, int]) -> int:
    """Return the nearest point of the scale above a score that is not taken and on no edge of a tenth."""
    point = min(max(1, round(score * _SCALE)), _SCALE * 9 // 10 + 1)
    while point in taken or point % (_SCALE // 10) == 0:
        point += 1
    return point


def _answers(cases: Scored, miss_cost: int) -> dict[str, Answer]:
    order = sorted(cases, reverse=True)
    steps = _steps(order)
    _, events, others = steps[-1]
    hits = [step for step, (_, happened) in zip(steps, order, strict=True) if happened]
    require(events > 2 and others > 2)
    gaps = _calibration_gaps(cases)
    away_from_zero(math.fsum(gaps))
    tenth = order[: len(order) // 10]
    return {
        "roc_auc": sum(others - false for _, _, false in hits) / (events * others),
        "average_precision": mean([found / (found + false) for _, found, false in hits]),
        "log_loss": -mean([math.log(score if happened else 1 - score) for score, happened in cases]),
        "brier": mean([(score - happened) ** 2 for score, happened in cases]),
        "calibration_error": math.fsum(gaps),
        "lowest_cost": min(events * miss_cost, *(false + (events - found) * miss_cost for _, found, false in steps)),
        "best_f1": max(2 * found / (found + false + events) for _, found, false in steps),
        "threshold_for_recall": next(score for score, found, _ in steps if found >= 0.9 * events),
        "precision_there": next(found / (found + false) for _, found, false in steps if found >= 0.9 * events),
        "top_tenth_lift": mean([happened for _, happened in tenth]) * len(cases) / events,
    }


def _steps(order: Scored) -> list[tuple[float, int, int]]:
    """Return for each threshold, highest first, how many events and others score that much or more."""
    found = false = 0
    steps = []
    for score, happened in order:
        found, false = found + happened, false + 1 - happened
        steps.append((score, found, false))
    return steps


def _calibration_gaps(cases: Scored) -> list[float]:
    """Return for each tenth of the scale the gap between score and outcome, weighted by its cases."""
    bins: dict[int, Scored] = {}
    for case in cases:
        bins.setdefault(round(case[0] * _SCALE) * 10 // _SCALE, []).append(case)
    gaps = [abs(math.fsum(score - happened for score, happened in each)) for each in bins.values()]
    return [gap / len(cases) for gap in gaps]


_ALARM = "Sound the alarm from some score upwards."
GENERATOR = Generator(
    "scores",
    "Scores between 0 and 1, each with what happened: 1 or 0.",
    Scores,
    _build,
    {
        "roc_auc": number("The area under the ROC curve."),
        "average_precision": number("Average precision: the mean over all events of the precision at their score."),
        "log_loss": number("The mean log loss, with natural logarithms."),
        "brier": number("The mean squared distance of score and outcome."),
        "calibration_error": number(
            "The expected calibration error with ten bins of equal width: absolute distance of mean score and mean "
            "outcome in each bin, weighted by its cases."
        ),
        "lowest_cost": whole(f"{_ALARM} A missed event costs 5 (unless told), a false alarm 1. The lowest total."),
        "best_f1": number(f"{_ALARM} The highest F1."),
        "threshold_for_recall": number(
            f"{_ALARM} The highest score from which at least 90 percent of events are found."
        ),
        "precision_there": number("The precision of the alarm from that score upwards."),
        "top_tenth_lift": number(
            "Of the tenth of cases with the highest scores (rounded down), the share of events, divided by the share "
            "of events in all cases."
        ),
    },
)
