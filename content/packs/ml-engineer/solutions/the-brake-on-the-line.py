"""How "The brake on the line" is solved: the penalty spares the intercept."""

from __future__ import annotations

import csv
import io
import math

_NO_FEATURES = {"home", "part", "price"}
_PENALTY = 20_000.0
Numbers = list[float]


def solve(files: dict[str, str]) -> list[str]:
    """Centre everything, so that no intercept is left to be punished."""
    table, prices = _train(files)
    middles = [math.fsum(column) / len(column) for column in zip(*table, strict=True)]
    middle = math.fsum(prices) / len(prices)
    centred = [[cell - mean for cell, mean in zip(row, middles, strict=True)] for row in table]
    left = [price - middle for price in prices]
    return [f"{_fit(centred, left, penalty)[0]:.6f}" for penalty in (0.0, _PENALTY)]


def naive(files: dict[str, str]) -> list[str]:
    """Put a column of ones beside the features, and punish its coefficient like the others."""
    table, prices = _train(files)
    with_ones = [[*row, 1.0] for row in table]
    return [f"{_fit(with_ones, prices, penalty)[0]:.6f}" for penalty in (0.0, _PENALTY)]


def _train(files: dict[str, str]) -> tuple[list[Numbers], Numbers]:
    rows = [row for row in csv.DictReader(io.StringIO(files["homes.csv"])) if row["part"] == "train"]
    table = [[float(cell) for name, cell in row.items() if name not in _NO_FEATURES] for row in rows]
    return table, [float(row["price"]) for row in rows]


def _fit(table: list[Numbers], right: Numbers, penalty: float) -> Numbers:
    size = len(table[0])
    matrix = [
        [math.fsum(row[i] * row[j] for row in table) + penalty * (i == j) for j in range(size)] for i in range(size)
    ]
    return _solved(matrix, [math.fsum(row[i] * y for row, y in zip(table, right, strict=True)) for i in range(size)])


def _solved(matrix: list[Numbers], right: Numbers) -> Numbers:
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
