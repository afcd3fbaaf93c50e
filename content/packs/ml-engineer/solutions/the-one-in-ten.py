"""How "The one in ten" is solved: honest probabilities, and a yes from the share of the rare class on."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable

_NUMBERS = ("months", "price", "logins", "support_calls", "late_payments")
_PLANS = ("yearly", "family")
_CAREFUL = 1.0
Row = dict[str, str]
Reader = Callable[[Row], list[float]]


def solve(files: dict[str, str]) -> str:
    """Say yes to everybody who is likelier to leave than the average member."""
    return _told(files, lambda rate: rate)


def naive(files: dict[str, str]) -> str:
    """Say yes from one half on, as every library does by itself."""
    return _told(files, lambda _: 0.5)


def _told(files: dict[str, str], threshold: Callable[[float], float]) -> str:
    train, test = (list(csv.DictReader(io.StringIO(files[name]))) for name in ("train.csv", "test.csv"))
    read = _reader(train)
    left = [float(row["left"]) for row in train]
    limit = threshold(math.fsum(left) / len(left))
    weights = _fit([read(row) for row in train], left)
    lines = [f"{row['member']},{int(_chance(weights, read(row)) >= limit)}" for row in test]
    return "\n".join(["member,left", *lines]) + "\n"


def _reader(train: list[Row]) -> Reader:
    """Learn means and spreads on the train rows alone; an empty cell becomes the mean."""
    scales = {}
    for name in _NUMBERS:
        known = [_number(name, row[name]) for row in train if row[name]]
        middle = math.fsum(known) / len(known)
        scales[name] = (middle, math.sqrt(math.fsum((x - middle) ** 2 for x in known) / len(known)))

    def read(row: Row) -> list[float]:
        cells = [
            (_number(name, row[name]) - scales[name][0]) / scales[name][1] if row[name] else 0.0 for name in scales
        ]
        return [1.0, *cells, *(float(row["plan"] == plan) for plan in _PLANS)]

    return read


def _number(name: str, cell: str) -> float:
    # The first months matter more than the thirtieth.
    return math.log(float(cell)) if name == "months" else float(cell)


def _chance(weights: list[float], cells: list[float]) -> float:
    return 1 / (1 + math.exp(-math.fsum(w * x for w, x in zip(weights, cells, strict=True))))


def _fit(table: list[list[float]], left: list[float]) -> list[float]:
    """Find the weights by Newton's method, with a small penalty on all but the first."""
    weights = [0.0] * len(table[0])
    for _ in range(8):
        slope = [_penalty(i) * -weights[i] for i in range(len(weights))]
        bend = [[_penalty(i) if i == j else 0.0 for j in range(len(weights))] for i in range(len(weights))]
        for cells, y in zip(table, left, strict=True):
            chance = _chance(weights, cells)
            for i, x in enumerate(cells):
                slope[i] += x * (y - chance)
                for j, other in enumerate(cells):
                    bend[i][j] += chance * (1 - chance) * x * other
        weights = [w + step for w, step in zip(weights, _solved(bend, slope), strict=True)]
    return weights


def _penalty(place: int) -> float:
    return _CAREFUL if place else 0.0


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Solve linear equations by elimination."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for i in range(len(rows)):
        best = max(range(i, len(rows)), key=lambda k: abs(rows[k][i]))
        rows[i], rows[best] = rows[best], rows[i]
        for k in range(len(rows)):
            if k != i:
                factor = rows[k][i] / rows[i][i]
                rows[k] = [a - factor * b for a, b in zip(rows[k], rows[i], strict=True)]
    return [row[-1] / row[i] for i, row in enumerate(rows)]
