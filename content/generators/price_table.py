"""Used cars whose price is to be told: effects that multiply, and some odd ones."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from content.generators.dice import Dice
from content.generators.generator import Generator, Params
from content.generators.made import Cell, Made, Split, Table
from content.generators.words import ids
from content.metric_names import Metric

_MAKERS = {"Arvo": 0.35, "Bellis": 0.1, "Corvo": -0.05, "Dunlin": -0.2, "Estra": 0.0}
_FUELS = {"petrol": 0.0, "diesel": -0.05, "hybrid": 0.12, "electric": 0.2}
_COLUMNS = "car maker fuel age kilometres power owners"


class PriceTable(Params):
    """Say how many cars there are and how odd their prices."""

    train: Annotated[int, Field(ge=100, le=4000, description="How many cars have a price.")] = 600
    test: Annotated[int, Field(ge=100, le=4000, description="How many prices are to be predicted.")] = 400
    noise: Annotated[float, Field(ge=0.02, le=0.5, description="How odd prices are, as a share.")] = 0.12
    missing: Annotated[float, Field(ge=0, le=0.3, description="Share of cells that are missing.")] = 0.02


def _build(params: PriceTable, dice: Dice) -> Made:
    rows = [_car(name, params, dice) for name in ids("c", params.train + params.test)]
    known, asked = rows[: params.train], rows[params.train :]
    train = Table.of(f"{_COLUMNS} price", known)
    test = Table.of(_COLUMNS, [row[:-1] for row in asked])
    truth = {str(row[0]): float(row[-1] or 0) for row in asked}
    return Made({"train": train, "test": test}, split=Split(train, test, truth, "car", "price"))


def _car(name: str, params: PriceTable, dice: Dice) -> tuple[Cell, ...]:
    maker, fuel = dice.choice(tuple(_MAKERS)), dice.weighted(tuple(_FUELS), (5, 4, 2, 1))
    age, power, owners = dice.integer(0, 18), dice.integer(50, 220), 1 + dice.poisson(0.8)
    kilometres = round(age * dice.between(4000, 22000) + dice.between(0, 9000))
    worth = 9.6 + _MAKERS[maker] + _FUELS[fuel] - 0.1 * age + 0.006 * (power - 100) - kilometres / 600_000
    worth -= 0.05 * (owners - 1) + (0.25 if fuel == "electric" and age > 7 else 0)
    price = round(math.exp(worth + dice.normal(0, params.noise)))
    cells = [None if dice.chance(params.missing) else each for each in (fuel, age, kilometres, power)]
    return (name, maker, *cells, owners, price)


GENERATOR = Generator(
    "price-table",
    "Used cars; their price is to be predicted.",
    PriceTable,
    _build,
    metrics=(Metric.RMSE, Metric.MAE, Metric.R2),
    id_column="car",
    target_column="price",
)
