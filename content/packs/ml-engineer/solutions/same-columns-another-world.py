"""How "Same columns, another world" is solved: missing cells by themselves, and the bins of what is known."""

from __future__ import annotations

import csv
import io
import math
from bisect import bisect_right

_BINS = 5
Row = dict[str, str]


def solve(files: dict[str, str]) -> list[str]:
    """Leave missing cells out of the bins."""
    return _changes(files, None)


def naive(files: dict[str, str]) -> list[str]:
    """Write 0 into missing cells, as many pipelines do, so that they fill the lowest bin."""
    return _changes(files, 0.0)


def _changes(files: dict[str, str], hole: float | None) -> list[str]:
    before, now, bins = (list(csv.DictReader(io.StringIO(files[f"{name}.csv"]))) for name in ("before", "now", "bins"))
    missing, moved = [], []
    for row in bins:
        name, edges = row["column"], [float(row[f"edge{place}"]) for place in range(1, _BINS)]
        missing.append(_missing(now, name) - _missing(before, name))
        pairs = zip(_shares(before, name, edges, hole), _shares(now, name, edges, hole), strict=True)
        moved.append(math.fsum((new - old) * math.log(new / old) for old, new in pairs))
    return [f"{max(missing):.5f}", f"{max(moved):.5f}"]


def _missing(rows: list[Row], name: str) -> float:
    return sum(not row[name] for row in rows) / len(rows)


def _shares(rows: list[Row], name: str, edges: list[float], hole: float | None) -> list[float]:
    values = [float(row[name]) if row[name] else hole for row in rows]
    places = [bisect_right(edges, value) for value in values if value is not None]
    return [places.count(place) / len(places) for place in range(_BINS)]
