"""A few rows and a few rounds of boosting: each stump learns what the ones before left over."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated

from pydantic import Field

from content.generators.arithmetic import mean, root_mean_square, rounded, squares
from content.generators.clear import away_from_zero, lowest, require
from content.generators.dice import Dice
from content.generators.generator import Generator, Params, number, text
from content.generators.made import Answer, Cell, Made, Table
from content.generators.words import ids

_CLEAR = 1e-4
Cells = list[float]


class BoostedStumps(Params):
    """Say how much data there is, how many stumps are grown, and how far each is believed."""

    rows: Annotated[int, Field(ge=8, le=80, description="How many days there are.")] = 16
    features: Annotated[int, Field(ge=2, le=4, description="How many measurements each has.")] = 2
    rounds: Annotated[int, Field(ge=1, le=10, description="How many stumps are grown.")] = 2
    rate: Annotated[float, Field(ge=0.05, le=1, description="How much of each stump is taken.")] = 0.5


@dataclass(frozen=True, slots=True)
class _Stump:
    feature: int
    threshold: float
    low: float
    high: float

    def says(self, cells: Cells) -> float:
        return self.low if cells[self.feature] <= self.threshold else self.high


def _build(params: BoostedStumps, dice: Dice) -> Made:
    names = ["temperature", "rain", "wind", "offers"][: params.features]
    pulls = [dice.between(-2.5, 2.5) for _ in names]
    table = [_cells(len(names), dice) for _ in range(params.rows + 1)]
    sold = [rounded(_sold(cells, pulls, dice), 1) for cells in table[:-1]]
    rows: list[list[Cell]] = [
        [day, *cells, y] for day, cells, y in zip(ids("d", params.rows), table, sold, strict=False)
    ]
    files = {
        "days": Table.of(" ".join(["day", *names, "sold"]), rows),
        "tomorrow": Table.of(" ".join(names), [table[-1]]),
    }
    return Made(files, _answers(names, table[:-1], sold, table[-1], params))


def _cells(count: int, dice: Dice) -> Cells:
    return [rounded(dice.between(0, 20), 1) for _ in range(count)]


def _sold(cells: Cells, pulls: Cells, dice: Dice) -> float:
    bent = math.fsum(pull * (x + 8 * (x > 11)) for pull, x in zip(pulls, cells, strict=True))
    return 120 + bent + dice.normal(0, 3)


def _answers(names: list[str], table: list[Cells], sold: Cells, new: Cells, params: BoostedStumps) -> dict[str, Answer]:
    start = mean(sold)
    left = [y - start for y in sold]
    stumps: list[_Stump] = []
    for _ in range(params.rounds):
        stump = _best_stump(table, left)
        # A measurement that lies on the threshold would fall on a side by rounding alone.
        require(abs(new[stump.feature] - stump.threshold) > _CLEAR)
        left = [y - params.rate * stump.says(cells) for y, cells in zip(left, table, strict=True)]
        stumps.append(stump)
    first = stumps[0]
    forecast = start + params.rate * math.fsum(stump.says(new) for stump in stumps)
    away_from_zero(first.low, first.high, start, forecast, root_mean_square(left), least=0.01)
    return {
        "start": start,
        "first_feature": names[first.feature],
        "first_threshold": first.threshold,
        "first_low": first.low,
        "first_high": first.high,
        "last_feature": names[stumps[-1].feature],
        "forecast": forecast,
        "train_rmse": root_mean_square(left),
    }


def _best_stump(table: list[Cells], left: Cells) -> _Stump:
    errors: dict[tuple[int, float], float] = {}
    for feature, column in enumerate(zip(*table, strict=True)):
        for one, two in pairwise(sorted(set(column))):
            sides = _sides(column, left, (one + two) / 2)
            errors[feature, (one + two) / 2] = sum(squares(side) for side in sides)
    feature, threshold = lowest(errors, _CLEAR)
    low, high = _sides([cells[feature] for cells in table], left, threshold)
    return _Stump(feature, threshold, mean(low), mean(high))


def _sides(column: list[float] | tuple[float, ...], left: Cells, threshold: float) -> tuple[Cells, Cells]:
    pairs = list(zip(column, left, strict=True))
    return [y for x, y in pairs if x <= threshold], [y for x, y in pairs if x > threshold]


_FIRST = (
    "The first stump splits one measurement at a threshold half-way between two neighbouring values, such that the "
    "squared errors around the two means of what the mean of sold leaves over are smallest."
)
_ALL = (
    "Begin with the mean; each stump (2 unless told) fits what is left over, and its rate (0.5 unless told) is added."
)
GENERATOR = Generator(
    "boosted-stumps",
    "Days of a kiosk with weather and sales, and tomorrow's weather: boosting with stumps by hand.",
    BoostedStumps,
    _build,
    {
        "start": number("The mean of sold."),
        "first_feature": text(f"{_FIRST} The measurement."),
        "first_threshold": number(f"{_FIRST} The threshold."),
        "first_low": number(f"{_FIRST} The mean of what is left over at or below the threshold."),
        "first_high": number(f"{_FIRST} The mean of what is left over above the threshold."),
        "last_feature": text(f"{_ALL} The measurement of the last stump."),
        "forecast": number(f"{_ALL} What is said for tomorrow."),
        "train_rmse": number(f"{_ALL} The RMSE on the days themselves."),
    },
)
