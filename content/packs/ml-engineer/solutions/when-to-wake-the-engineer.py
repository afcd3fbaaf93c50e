"""How "When to wake the engineer" is solved: sort by score, and every row is a threshold."""

from __future__ import annotations

import csv
import io

_MISS = 8
_FOUND = 0.9


def solve(files: dict[str, str]) -> list[str]:
    """Walk down the scores with two counts, and price each place."""
    cases = sorted(_cases(files), reverse=True)
    events = sum(happened for _, happened in cases)
    found, costs, enough = 0, [_MISS * events], ""
    for place, (score, happened) in enumerate(cases, 1):
        found += happened
        costs.append(_MISS * (events - found) + place - found)
        enough = enough or (str(score) if found >= _FOUND * events else "")
    return [enough, str(min(costs))]


def naive(files: dict[str, str]) -> list[str]:
    """Keep the threshold with which the model came."""
    cases = _cases(files)
    missed = sum(happened for score, happened in cases if score < 0.5)
    false = sum(1 - happened for score, happened in cases if score >= 0.5)
    return ["0.5", str(_MISS * missed + false)]


def _cases(files: dict[str, str]) -> list[tuple[float, int]]:
    rows = csv.DictReader(io.StringIO(files["scores.csv"]))
    return [(float(row["score"]), int(row["happened"])) for row in rows]
