"""How "Seven rows are not seven days" is solved: put the days back first, then look a week back."""

from __future__ import annotations

import csv
import io
import math
from datetime import date
from itertools import pairwise

_WEEK = 7
_LAST = 28


def solve(files: dict[str, str]) -> list[str]:
    """Fill the missing days with straight lines, and compare each day with the one a week before."""
    known = _known(files)
    days = sorted(known)
    filled = [float(known[days[0]])]
    for before, after in pairwise(days):
        steps = after - before
        filled += [known[before] + (known[after] - known[before]) * step / steps for step in range(1, steps + 1)]
    return [str(len(filled) - len(known)), f"{_error(filled):.3f}"]


def naive(files: dict[str, str]) -> list[str]:
    """Count the holes, not the days in them, and take the row seven places up for the day a week before."""
    known = _known(files)
    days = sorted(known)
    holes = sum(after - before > 1 for before, after in pairwise(days))
    return [str(holes), f"{_error([float(known[day]) for day in days]):.3f}"]


def _known(files: dict[str, str]) -> dict[int, int]:
    rows = csv.DictReader(io.StringIO(files["visitors.csv"]))
    return {date.fromisoformat(row["day"]).toordinal(): int(row["visitors"]) for row in rows}


def _error(series: list[float]) -> float:
    last = range(len(series) - _LAST, len(series))
    return math.fsum(abs(series[place] - series[place - _WEEK]) for place in last) / _LAST
