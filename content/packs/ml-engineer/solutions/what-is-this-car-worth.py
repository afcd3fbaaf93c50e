"""How "What is this car worth?" is solved: a linear regression on the logarithm of the price."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable

_NUMBERS = ("age", "kilometres", "power", "owners")
_MAKERS = ("Bellis", "Corvo", "Dunlin", "Estra")
_FUELS = ("diesel", "hybrid", "electric")
_CAREFUL = 0.1
Row = dict[str, str]


def solve(files: dict[str, str]) -> str:
    """Let every effect be a share of the price: fit its logarithm."""
    return _told(files, math.log, math.exp)


def naive(files: dict[str, str]) -> str:
    """Fit the price itself, so that a year costs a cheap car as many euros as a dear one."""
    return _told(files, lambda price: price, lambda price: price)


def _told(files: dict[str, str], there: Callable[[float], float], back: Callable[[float], float]) -> str:
    train, test = (list(csv.DictReader(io.StringIO(files[name]))) for name in ("train.csv", "test.csv"))
    read = _reader(train)
    weights = _fit([read(row) for row in train], [there(float(row["price"])) for row in train])
    lines = []
    for row in test:
        guess = math.fsum(w * x for w, x in zip(weights, read(row), strict=True))
        lines.append(f"{row['car']},{back(guess):.1f}")
    return "\n".join(["car,price", *lines]) + "\n"


def _reader(train: list[Row]) -> Callable[[Row], list[float]]:
    """Learn means and spreads on the train rows alone; an empty cell becomes the mean."""
    scales = {}
    for name in _NUMBERS:
        known = [float(row[name]) for row in train if row[name]]
        middle = math.fsum(known) / len(known)
        scales[name] = (middle, math.sqrt(math.fsum((x - middle) ** 2 for x in known) / len(known)))

    def read(row: Row) -> list[float]:
        cells = [
            (float(row[name]) - middle) / spread if row[name] else 0.0 for name, (middle, spread) in scales.items()
        ]
        makers, fuels = (row["maker"] == each for each in _MAKERS), (row["fuel"] == each for each in _FUELS)
        return [1.0, *cells, *map(float, makers), *map(float, fuels)]

    return read


def _fit(table: list[list[float]], right: list[float]) -> list[float]:
    """Find the weights with the least squared error, with a small penalty on all but the first."""
    size = len(table[0])
    matrix = [[math.fsum(row[i] * row[j] for row in table) for j in range(size)] for i in range(size)]
    for place in range(1, size):
        matrix[place][place] += _CAREFUL
    sums = [math.fsum(row[i] * value for row, value in zip(table, right, strict=True)) for i in range(size)]
    return _solved(matrix, sums)


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
