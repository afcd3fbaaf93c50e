"""An export of orders as they come: sent twice, with holes, and with cities spelled in every way."""

from __future__ import annotations

import math
from collections import Counter
from typing import Annotated

from pydantic import Field

from content.generators.arithmetic import mean, median, rounded
from content.generators.clear import highest
from content.generators.dice import Dice
from content.generators.generator import Generator, Params, number, text, whole
from content.generators.made import Answer, Cell, Made, Table
from content.generators.words import CITIES, PEOPLE, ids

_MARKS = (None, "NA", "n/a", "-")
_MISSING = "Missing is an empty cell, NA, n/a or -."
_CLEAN = "Keep the first row of each order."


class MessyTable(Params):
    """Say how large and how messy the export is."""

    orders: Annotated[int, Field(ge=60, le=2000, description="How many different orders there are.")] = 240
    repeated: Annotated[float, Field(ge=0.02, le=0.5, description="Share of orders that come again.")] = 0.1
    missing: Annotated[float, Field(ge=0.02, le=0.3, description="Share of cells that are missing.")] = 0.06
    cities: Annotated[int, Field(ge=3, le=8, description="How many cities there are.")] = 5


def _build(params: MessyTable, dice: Dice) -> Made:
    cities = dice.sample(CITIES, params.cities)
    holes = [params.missing * factor for factor in dice.shuffled((0.6, 1.0, 1.4))]
    clean = [_order(name, cities, holes, dice) for name in ids("o", params.orders)]
    rows = _with_repeats(clean, params.repeated, dice)
    written = [_as_written(row, dice) for row in rows]
    answers = _answers(_first_of_each(rows))
    answers |= {"repeated_rows": len(rows) - len(clean)}
    return Made({"orders": Table.of("order customer city amount items", written)}, answers)


def _order(name: str, cities: list[str], holes: list[float], dice: Dice) -> tuple[Cell, ...]:
    amount = rounded(math.exp(dice.normal(3.2, 0.7)), 2)
    weights = [1.0 / (place + 3) for place in range(len(cities))]
    cells: list[Cell] = [dice.weighted(cities, weights), amount, 1 + dice.poisson(1.8)]
    seen = [None if dice.chance(hole) else cell for cell, hole in zip(cells, holes, strict=True)]
    return (name, dice.choice(PEOPLE), *seen)


def _with_repeats(clean: list[tuple[Cell, ...]], share: float, dice: Dice) -> list[tuple[Cell, ...]]:
    again = [row for row in clean if dice.chance(share)]
    return dice.shuffled([*clean, *again])


def _first_of_each(rows: list[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    return list({row[0]: row for row in reversed(rows)}.values())


def _as_written(row: tuple[Cell, ...], dice: Dice) -> list[Cell]:
    cells = [dice.choice(_MARKS) if cell is None else cell for cell in row]
    if isinstance(row[2], str):
        cells[2] = dice.choice((row[2], row[2], row[2].lower(), row[2].upper(), f" {row[2]}", f"{row[2]} "))
    return cells


def _answers(rows: list[tuple[Cell, ...]]) -> dict[str, Answer]:
    holes = Counter({"city": 0, "amount": 0, "items": 0})
    for row in rows:
        holes.update(name for name, cell in zip(("city", "amount", "items"), row[2:], strict=True) if cell is None)
    amounts = [float(row[3]) for row in rows if row[3] is not None]
    items = [float(row[4]) for row in rows if row[4] is not None]
    cities = sorted({str(row[2]) for row in rows if row[2]})
    by_city = {city: math.fsum(float(row[3] or 0) for row in rows if row[2] == city) for city in cities}
    best = highest(by_city, 0.005)
    return {
        "missing_cells": holes.total(),
        "most_missing_column": highest(holes, 0.5),
        "complete_orders": sum(None not in row for row in rows),
        "mean_amount": mean(amounts),
        "median_amount": median(amounts),
        "total_amount": math.fsum(amounts),
        "mean_items_filled": mean([*items, *[median(items)] * (len(rows) - len(items))]),
        "best_city": best,
        "best_city_total": by_city[best],
    }


GENERATOR = Generator(
    "messy-table",
    "Orders sent twice, with missing cells and cities spelled in many ways.",
    MessyTable,
    _build,
    {
        "repeated_rows": whole("How many rows repeat an order that stands further up."),
        "missing_cells": whole(f"{_CLEAN} How many cells are missing? {_MISSING}"),
        "most_missing_column": text(f"{_CLEAN} Which column misses the most cells? {_MISSING}"),
        "complete_orders": whole(f"{_CLEAN} How many orders miss nothing? {_MISSING}"),
        "mean_amount": number(f"{_CLEAN} The mean of the known amounts."),
        "median_amount": number(f"{_CLEAN} The median of the known amounts."),
        "total_amount": number(f"{_CLEAN} The sum of the known amounts."),
        "mean_items_filled": number(f"{_CLEAN} The mean of items once each missing one is filled with the median."),
        "best_city": text(f"{_CLEAN} The city with the largest sum of known amounts, however it is spelled."),
        "best_city_total": number(f"{_CLEAN} The sum of known amounts in the best city."),
    },
)
