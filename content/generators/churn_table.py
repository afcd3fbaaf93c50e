"""Members of a service, some of whom leave: two classes, one of them rare."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from content.generators.arithmetic import logistic, rounded
from content.generators.dice import Dice
from content.generators.generator import Generator, Params
from content.generators.made import Cell, Made, Split, Table
from content.generators.words import ids
from content.metric_names import Metric

_PLANS = {"monthly": 0.7, "yearly": -0.9, "family": -0.3}
_COLUMNS = "member months plan price logins support_calls late_payments"


class ChurnTable(Params):
    """Say how many members there are, how many leave, and how hard it is to tell who."""

    train: Annotated[int, Field(ge=100, le=4000, description="How many members are known to stay or leave.")] = 600
    test: Annotated[int, Field(ge=100, le=4000, description="How many members are to be predicted.")] = 400
    leaving: Annotated[float, Field(ge=0.05, le=0.5, description="How many leave, roughly.")] = 0.2
    signal: Annotated[float, Field(ge=0.3, le=3, description="How much the columns tell.")] = 1.2
    missing: Annotated[float, Field(ge=0, le=0.3, description="Share of cells that are missing.")] = 0.03


def _build(params: ChurnTable, dice: Dice) -> Made:
    names = ids("m", params.train + params.test)
    rows = [_member(name, params, dice) for name in names]
    known, asked = rows[: params.train], rows[params.train :]
    train = Table.of(f"{_COLUMNS} left", known)
    test = Table.of(_COLUMNS, [row[:-1] for row in asked])
    truth = {str(row[0]): str(row[-1]) for row in asked}
    return Made({"train": train, "test": test}, split=Split(train, test, truth, "member", "left", ("0", "1")))


def _member(name: str, params: ChurnTable, dice: Dice) -> tuple[Cell, ...]:
    months, plan = 1 + int(dice.exponential(20)), dice.weighted(tuple(_PLANS), (5, 3, 2))
    price, logins = rounded(dice.between(6, 30), 2), dice.poisson(dice.between(1, 16))
    calls, late = dice.poisson(0.8), dice.poisson(0.4)
    risk = _PLANS[plan] - 0.9 * math.log(months / 14) + 0.04 * (price - 18) - 0.12 * (logins - 8)
    risk += 0.5 * (calls - 0.8) + 0.6 * (late - 0.4) + (0.9 if calls > 1 and logins < 5 else 0)
    base = math.log(params.leaving / (1 - params.leaving)) - 0.4 * params.signal
    left = dice.chance(logistic(base + params.signal * risk))
    seen: list[Cell] = [None if dice.chance(params.missing) else each for each in (months, plan, price, logins, calls)]
    return (name, *seen, late, int(left))


GENERATOR = Generator(
    "churn-table",
    "Members of a service with their habits; predicted is who leaves: 1 or 0, or a probability.",
    ChurnTable,
    _build,
    metrics=(
        Metric.ACCURACY, Metric.BALANCED_ACCURACY, Metric.F1, Metric.F1_MACRO,
        Metric.ROC_AUC, Metric.AVERAGE_PRECISION, Metric.LOG_LOSS,
    ),
    id_column="member",
    target_column="left",
)  # fmt: skip
