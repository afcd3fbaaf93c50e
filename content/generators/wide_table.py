"""A table with many columns in many units, and the few directions in which it really varies."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from content.generators.arithmetic import dot, mean, products, rounded, squares
from content.generators.clear import highest, require
from content.generators.dice import Dice
from content.generators.generator import Generator, Params, number, text, whole
from content.generators.made import Answer, Cell, Made, Table
from content.generators.words import ids

_NAMES = ("speed", "heat", "noise", "load", "shake", "dust", "current", "pressure")
_UNITS = (0.01, 0.1, 1.0, 10.0, 100.0)
_CLEAR = 1e-4
Matrix = list[list[float]]


class WideTable(Params):
    """Say how many rows and columns there are, and how many causes lie behind them."""

    rows: Annotated[int, Field(ge=20, le=400, description="How many machines there are.")] = 60
    columns: Annotated[int, Field(ge=3, le=8, description="How many measurements each has.")] = 6
    causes: Annotated[int, Field(ge=1, le=3, description="How many hidden causes move them.")] = 2
    noise: Annotated[float, Field(ge=0.1, le=1.5, description="How much each measurement moves by itself.")] = 0.5


def _build(params: WideTable, dice: Dice) -> Made:
    names = dice.shuffled(_NAMES)[: params.columns]
    pulls = [[dice.normal() for _ in names] for _ in range(params.causes)]
    units = [dice.choice(_UNITS) for _ in names]
    middles = [dice.between(5, 20) for _ in names]
    table: Matrix = []
    for _ in range(params.rows):
        causes = [dice.normal() for _ in pulls]
        moved = [dot(causes, column) + params.noise * dice.normal() for column in zip(*pulls, strict=True)]
        table.append([_written(m + x, unit) for m, x, unit in zip(middles, moved, units, strict=True)])
    rows: list[list[Cell]] = [[name, *row] for name, row in zip(ids("m", params.rows), table, strict=True)]
    return Made({"machines": Table.of(" ".join(["machine", *names]), rows)}, _answers(names, table))


def _written(value: float, unit: float) -> float:
    return rounded(value * unit, 2 - round(math.log10(unit)))


def _answers(names: list[str], table: Matrix) -> dict[str, Answer]:
    columns = [list(column) for column in zip(*table, strict=True)]
    scaled = [_scaled(column) for column in columns]
    values, vectors = _directions(scaled)
    raw_values, raw_vectors = _directions(columns)
    shares = [value / math.fsum(values) for value in values]
    passed = [math.fsum(shares[:count]) for count in range(1, len(shares) + 1)]
    require(all(abs(each - 0.9) > _CLEAR for each in passed))
    places = {
        row: abs(dot(cells, vectors[0]))
        for row, cells in zip(ids("m", len(table)), zip(*scaled, strict=True), strict=True)
    }
    return {
        "first_share": shares[0],
        "raw_first_share": raw_values[0] / math.fsum(raw_values),
        "first_two_share": passed[1],
        "components_for_90": next(count for count, share in enumerate(passed, 1) if share >= 0.9),
        "strongest_column": _strongest(names, vectors[0]),
        "raw_strongest_column": _strongest(names, raw_vectors[0]),
        "farthest_machine": highest(places, _CLEAR),
    }


def _scaled(column: list[float]) -> list[float]:
    middle, spread = mean(column), math.sqrt(squares(column) / len(column))
    require(spread > 0)
    return [(value - middle) / spread for value in column]


def _strongest(names: list[str], vector: list[float]) -> str:
    return highest(dict(zip(names, map(abs, vector), strict=True)), _CLEAR)


def _directions(columns: Matrix) -> tuple[list[float], Matrix]:
    """Return variances and unit directions, the largest variance first and clearly ahead of the next."""
    rows = len(columns[0])
    values, vectors = _jacobi([[products(one, two) / rows for two in columns] for one in columns])
    order = sorted(range(len(values)), key=lambda place: -values[place])
    require(values[order[0]] - values[order[1]] > _CLEAR * values[order[0]])
    return [values[place] for place in order], [[row[place] for row in vectors] for place in order]


def _jacobi(matrix: Matrix) -> tuple[list[float], Matrix]:
    """Turn a symmetric matrix until only its diagonal is left; the columns of the turn are the directions."""
    size = len(matrix)
    left = [row[:] for row in matrix]
    turn = [[float(row == column) for column in range(size)] for row in range(size)]
    pairs = [(one, two) for one in range(size) for two in range(one + 1, size)]
    for _ in range(30):
        for one, two in pairs:
            if left[one][two]:
                _rotate(left, turn, one, two)
    return [left[place][place] for place in range(size)], turn


def _rotate(left: Matrix, turn: Matrix, one: int, two: int) -> None:
    angle = math.atan2(2 * left[one][two], left[one][one] - left[two][two]) / 2
    cos, sin = math.cos(angle), math.sin(angle)
    for rows in (left, turn):
        for row in rows:
            row[one], row[two] = cos * row[one] + sin * row[two], cos * row[two] - sin * row[one]
    first = [cos * a + sin * b for a, b in zip(left[one], left[two], strict=True)]
    left[two] = [cos * b - sin * a for a, b in zip(left[one], left[two], strict=True)]
    left[one] = first


_SCALED = "Give each column mean 0 and standard deviation 1 (population) first."
GENERATOR = Generator(
    "wide-table",
    "Machines with many measurements in many units, moved by a few hidden causes.",
    WideTable,
    _build,
    {
        "first_share": number(f"{_SCALED} The share of variance along the first principal component."),
        "raw_first_share": number(
            "The share of variance along the first principal component of the columns as they are."
        ),
        "first_two_share": number(
            f"{_SCALED} The share of variance along the first two principal components together."
        ),
        "components_for_90": whole(
            f"{_SCALED} The fewest principal components with at least 90 percent of the variance."
        ),
        "strongest_column": text(f"{_SCALED} The column with the largest absolute weight in the first component."),
        "raw_strongest_column": text("The same for the columns as they are: the largest absolute weight."),
        "farthest_machine": text(
            f"{_SCALED} The machine that lies farthest out along the first component, either way."
        ),
    },
)
