"""Sales of several shops by day: the coming weeks are to be told."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import Annotated

from pydantic import Field

from content.generators.dice import Dice
from content.generators.generator import Generator, Params
from content.generators.made import Cell, Made, Split, Table
from content.metric_names import Metric

_FIRST = date(2024, 1, 1)
_YEAR = 365.25


class DemandSeries(Params):
    """Say how many shops there are, how long they are known and how far one looks ahead."""

    shops: Annotated[int, Field(ge=1, le=6, description="How many shops there are.")] = 3
    days: Annotated[int, Field(ge=120, le=800, description="How many days are known.")] = 364
    ahead: Annotated[int, Field(ge=14, le=120, description="How many days are to be predicted.")] = 56
    noise: Annotated[float, Field(ge=0.02, le=0.4, description="How far days lie from the rule, as a share.")] = 0.08


def _build(params: DemandSeries, dice: Dice) -> Made:
    start = _FIRST + timedelta(days=dice.integer(0, 364))
    rows = [row for shop in range(params.shops) for row in _shop(f"s{shop + 1}", start, params, dice)]
    last = (start + timedelta(days=params.days)).isoformat()
    rows = sorted(rows, key=lambda row: (str(row[1]), str(row[2])))
    known, asked = ([row for row in rows if (str(row[1]) < last) is past] for past in (True, False))
    train = Table.of("id day shop offer sold", known)
    test = Table.of("id day shop offer", [row[:-1] for row in asked])
    truth = {str(row[0]): float(row[-1] or 0) for row in asked}
    return Made({"train": train, "test": test}, split=Split(train, test, truth, "id", "sold"))


def _shop(shop: str, start: date, params: DemandSeries, dice: Dice) -> list[tuple[Cell, ...]]:
    level, growth, season = dice.between(60, 200), dice.between(-0.2, 0.5), dice.between(0.1, 0.3)
    phase, pull = dice.between(0, 2 * math.pi), dice.between(0.25, 0.5)
    week = [dice.between(0.6, 1.4) for _ in range(7)]
    rows: list[tuple[Cell, ...]] = []
    offer = 0
    for count in range(params.days + params.ahead):
        day = start + timedelta(days=count)
        offer = int(dice.chance(0.75 if offer else 0.06))
        turn = 2 * math.pi * day.timetuple().tm_yday / _YEAR + phase
        usual = level * (1 + growth * count / _YEAR) * week[day.weekday()] * (1 + season * math.sin(turn))
        sold = max(0, round(usual * (1 + pull * offer) * (1 + dice.normal(0, params.noise))))
        rows.append((f"{shop}-{day.isoformat()}", day.isoformat(), shop, offer, sold))
    return rows


GENERATOR = Generator(
    "demand-series",
    "Sales of shops by day with weekdays, seasons and offers; the days that follow are to be predicted.",
    DemandSeries,
    _build,
    metrics=(Metric.RMSE, Metric.MAE, Metric.R2),
    id_column="id",
    target_column="sold",
)
