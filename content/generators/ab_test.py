"""Visits to two versions of a page: who bought, what they spent, and whether the difference is real."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from content.generators.arithmetic import mean, rounded, squares
from content.generators.clear import away_from_zero, highest, require
from content.generators.dice import Dice
from content.generators.generator import Generator, Params, number, text
from content.generators.made import Answer, Made, Table
from content.generators.words import DEVICES, ids

_NORMAL_95 = 1.959964
Visit = tuple[str, str, str, int, float]


class AbTest(Params):
    """Say how many visits there are and how different the versions are."""

    visits: Annotated[int, Field(ge=200, le=5000, description="How many visits there are.")] = 800
    rate: Annotated[float, Field(ge=0.05, le=0.5, description="How many visitors of version A buy, roughly.")] = 0.15
    lift: Annotated[float, Field(ge=-0.5, le=1, description="How much more they buy with version B.")] = 0.25


def _build(params: AbTest, dice: Dice) -> Made:
    rates = [params.rate * dice.between(0.6, 1.4) for _ in DEVICES]
    lifts = [1 + params.lift * dice.between(-0.5, 2.5) for _ in DEVICES]
    visits = [_visit(name, rates, lifts, dice) for name in ids("v", params.visits)]
    return Made({"visits": Table.of("visit version device bought spent", visits)}, _answers(visits))


def _visit(name: str, rates: list[float], lifts: list[float], dice: Dice) -> Visit:
    version = "B" if dice.chance(0.49) else "A"
    place = dice.weighted((0, 1, 2), (5, 3, 2))
    rate = rates[place] * (lifts[place] if version == "B" else 1)
    bought = dice.chance(min(0.95, rate))
    spent = rounded(math.exp(dice.normal(3.2, 0.5)), 2) if bought else 0.0
    return name, version, DEVICES[place], int(bought), spent


def _answers(visits: list[Visit]) -> dict[str, Answer]:
    a, b = ([visit for visit in visits if visit[1] == version] for version in "AB")
    rate_a, rate_b = mean([visit[3] for visit in a]), mean([visit[3] for visit in b])
    require(0 < rate_a < 1 and 0 < rate_b < 1 and len(a) != len(b))
    both = mean([visit[3] for visit in visits])
    z = (rate_b - rate_a) / math.sqrt(both * (1 - both) * (1 / len(a) + 1 / len(b)))
    width = _NORMAL_95 * math.sqrt(rate_a * (1 - rate_a) / len(a) + rate_b * (1 - rate_b) / len(b))
    spent_a, spent_b = [visit[4] for visit in a], [visit[4] for visit in b]
    error = math.sqrt(_variance(spent_a) / len(a) + _variance(spent_b) / len(b))
    more = mean(spent_b) - mean(spent_a)
    away_from_zero(z, more, least=0.02)
    away_from_zero(rate_b - rate_a - width, rate_b - rate_a + width)
    lifts = {device: _difference(device, a, b) for device in DEVICES}
    return {
        "rate_a": rate_a,
        "rate_b": rate_b,
        "lift": rate_b / rate_a - 1,
        "z": z,
        "p_value": math.erfc(abs(z) / math.sqrt(2)),
        "interval_low": rate_b - rate_a - width,
        "interval_high": rate_b - rate_a + width,
        "spent_difference": more,
        "welch_t": more / error,
        "split_chi2": (len(a) - len(b)) ** 2 / len(visits),
        "best_device": highest(lifts),
        "best_device_difference": max(lifts.values()),
    }


def _variance(numbers: list[float]) -> float:
    return squares(numbers) / (len(numbers) - 1)


def _difference(device: str, a: list[Visit], b: list[Visit]) -> float:
    bought = [[visit[3] for visit in each if visit[2] == device] for each in (a, b)]
    require(all(bought))
    found = mean(bought[1]) - mean(bought[0])
    away_from_zero(found)
    return found


GENERATOR = Generator(
    "ab-test",
    "Visits to versions A and B with device, purchase and money spent.",
    AbTest,
    _build,
    {
        "rate_a": number("The share of visits to version A that bought."),
        "rate_b": number("The share of visits to version B that bought."),
        "lift": number("The share for B divided by the share for A, minus 1."),
        "z": number("The z of the test of two proportions, B minus A, with the pooled rate in the standard error."),
        "p_value": number("The two-sided p-value of that z."),
        "interval_low": number(
            "The lower end of the interval for B minus A: difference - 1.959964 standard errors, not pooled."
        ),
        "interval_high": number("The upper end of that interval."),
        "spent_difference": number("The mean spent in all visits to B minus that in all visits to A."),
        "welch_t": number("Welch's t for that difference, with sample variances."),
        "split_chi2": number("The chi-square of the numbers of visits to A and B against an equal split."),
        "best_device": text("The device with the largest difference of the shares, B minus A."),
        "best_device_difference": number("That largest difference, B minus A."),
    },
)
