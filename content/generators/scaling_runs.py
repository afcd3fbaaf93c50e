"""Small training runs, a power law through them, and what it says about a large one."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from content.generators.arithmetic import mean, products, rounded, squares
from content.generators.clear import away_from_zero, require
from content.generators.dice import Dice
from content.generators.generator import Generator, Params, number
from content.generators.made import Answer, Made, Table
from content.generators.words import ids

_TOKENS_A_PARAMETER = 20


class ScalingRuns(Params):
    """Say how many small runs there are, and how far they lie from the law."""

    runs: Annotated[int, Field(ge=4, le=12, description="How many small runs there are.")] = 6
    noise: Annotated[float, Field(ge=0, le=0.03, description="How far losses lie from the law, as a share.")] = 0.004


def _build(params: ScalingRuns, dice: Dice) -> Made:
    floor, fall = rounded(dice.between(1.4, 1.9), 2), dice.between(0.22, 0.36)
    size, above = dice.between(2, 5), dice.between(1.6, 2.4)
    sizes = [rounded(size * 10**6 * dice.between(1.8, 2.2) ** place, -4) for place in range(params.runs)]
    gaps = [above * (each / sizes[0]) ** -fall * (1 + dice.normal(0, params.noise)) for each in sizes]
    losses = [rounded(floor + gap, 4) for gap in gaps]
    facts = {
        "floor": floor,
        "large_parameters": int(rounded(sizes[-1] * dice.between(20, 80), -6)),
        "budget_flops_1e18": int(dice.between(20, 4000)),
    }
    runs = [(name, int(n), loss) for name, n, loss in zip(ids("r", params.runs), sizes, losses, strict=True)]
    files = {"runs": Table.of("run parameters loss", runs), "facts": Table.of("fact value", list(facts.items()))}
    return Made(files, _answers(sizes, losses, facts))


def _answers(sizes: list[float], losses: list[float], facts: dict[str, float]) -> dict[str, Answer]:
    floor, large = facts["floor"], facts["large_parameters"]
    slope, start = _line([math.log(size) for size in sizes], [math.log(loss - floor) for loss in losses])
    bare_slope, bare_start = _line([math.log(size) for size in sizes], [math.log(loss) for loss in losses])
    forecast = floor + math.exp(start + slope * math.log(large))
    bare = math.exp(bare_start + bare_slope * math.log(large))
    require(slope < -0.05)
    away_from_zero(forecast - bare, forecast - floor, least=0.005)
    best = math.sqrt(facts["budget_flops_1e18"] * 1e18 / (6 * _TOKENS_A_PARAMETER))
    return {
        "exponent": -slope,
        "forecast": forecast,
        "forecast_without_floor": bare,
        "halving_factor": 2 ** (-1 / slope),
        "best_parameters": best,
        "best_tokens": _TOKENS_A_PARAMETER * best,
    }


def _line(x: list[float], y: list[float]) -> tuple[float, float]:
    slope = products(x, y) / squares(x)
    return slope, mean(y) - slope * mean(x)


_LAW = "Fit ln(loss - floor) = a - exponent x ln(parameters) to the runs by least squares."
_BUDGET = "Work is 6 x parameters x tokens, with 20 tokens for each parameter; spend the whole budget."
GENERATOR = Generator(
    "scaling-runs",
    "Small training runs with size and loss, the floor that no model gets below, and a budget.",
    ScalingRuns,
    _build,
    {
        "exponent": number(f"{_LAW} The exponent."),
        "forecast": number(f"{_LAW} The loss that this law says for large_parameters."),
        "forecast_without_floor": number("The same with a floor of 0: the loss that is said for large_parameters."),
        "halving_factor": number(f"{_LAW} By which factor parameters must grow for loss - floor to halve."),
        "best_parameters": number(f"{_BUDGET} The number of parameters."),
        "best_tokens": number(f"{_BUDGET} The number of tokens."),
    },
)
