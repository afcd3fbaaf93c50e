"""How "Orders that came twice" is solved: first the rows, then the holes, then the mean."""

from __future__ import annotations

import csv
import io
import math

_MISSING = {"", "NA", "n/a", "-"}
Row = dict[str, str]


def solve(files: dict[str, str]) -> list[str]:
    """Keep the first row of each order, and leave out what is not known."""
    rows = _rows(files)
    first: dict[str, Row] = {}
    for row in rows:
        first.setdefault(row["order"], row)
    return [str(len(rows) - len(first)), f"{_mean(list(first.values())):.2f}"]


def naive(files: dict[str, str]) -> list[str]:
    """Count rows that are equal from end to end, and take the mean of the column as it came."""
    rows = _rows(files)
    return [str(len(rows) - len({tuple(row.values()) for row in rows})), f"{_mean(rows):.2f}"]


def _rows(files: dict[str, str]) -> list[Row]:
    return list(csv.DictReader(io.StringIO(files["orders.csv"])))


def _mean(rows: list[Row]) -> float:
    known = [float(row["amount"]) for row in rows if row["amount"] not in _MISSING]
    return math.fsum(known) / len(known)
