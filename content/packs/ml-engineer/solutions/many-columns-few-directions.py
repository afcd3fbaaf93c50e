"""How "Many columns, few directions" is solved: the same unit for every column first."""

from __future__ import annotations

import csv
import io
import math

Columns = list[list[float]]


def solve(files: dict[str, str]) -> list[str]:
    """Find the longest direction, once as the columns are and once after giving each the same spread."""
    columns = _centred(files)
    return [_share(columns), _share([_scaled(column) for column in columns])]


def naive(files: dict[str, str]) -> list[str]:
    """Leave the units as they are, both times."""
    share = _share(_centred(files))
    return [share, share]


def _centred(files: dict[str, str]) -> Columns:
    rows = list(csv.reader(io.StringIO(files["machines.csv"])))[1:]
    columns = [[float(cell) for cell in column] for column in list(zip(*rows, strict=True))[1:]]
    return [[value - math.fsum(column) / len(column) for value in column] for column in columns]


def _scaled(column: list[float]) -> list[float]:
    spread = math.sqrt(math.fsum(value * value for value in column) / len(column))
    return [value / spread for value in column]


def _share(columns: Columns) -> str:
    """Multiply a direction by the covariances until it no longer turns."""
    matrix = [[math.fsum(a * b for a, b in zip(one, two, strict=True)) for two in columns] for one in columns]
    way = [1.0 + place / 10 for place in range(len(matrix))]
    size = 0.0
    for _ in range(500):
        turned = [math.fsum(a * b for a, b in zip(row, way, strict=True)) for row in matrix]
        size = math.hypot(*turned)
        way = [value / size for value in turned]
    return f"{size / math.fsum(matrix[place][place] for place in range(len(matrix))):.6f}"
