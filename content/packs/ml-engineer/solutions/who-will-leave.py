"""How "Who will leave next month?" is solved: a logistic regression, and its probabilities as they are."""

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
    """Send the probability of leaving: only the order of members counts, so keep all of it."""
    return _written(*_chances(files))


def naive(files: dict[str, str]) -> str:
    """Send 1 and 0, as `predict` gives them: hundreds of members then share one place in the order."""
    test, chances = _chances(files)
    return _written(test, [float(chance >= 0.5) for chance in chances])


def _chances(files: dict[str, str]) -> tuple[list[Row], list[float]]:
    train, test = _rows(files["train.csv"]), _rows(files["test.csv"])
    read = _reader(train)
    weights = _fit([read(row) for row in train], [float(row["left"]) for row in train])
    return test, [_chance(weights, read(row)) for row in test]


def _rows(text: str) -> list[Row]:
    return list(csv.DictReader(io.StringIO(text)))


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


def _fit(table: list[list[float]], happened: list[float]) -> list[float]:
    """Find the weights by Newton's method, with a small penalty on all but the first."""
    weights = [0.0] * len(table[0])
    for _ in range(8):
        chances = [_chance(weights, cells) for cells in table]
        slope = [_penalty(i) * -weights[i] for i in range(len(weights))]
        bend = [[_penalty(i) if i == j else 0.0 for j in range(len(weights))] for i in range(len(weights))]
        for cells, chance, y in zip(table, chances, happened, strict=True):
            sure = chance * (1 - chance)
            for i, x in enumerate(cells):
                slope[i] += x * (y - chance)
                for j, other in enumerate(cells):
                    bend[i][j] += sure * x * other
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


def _written(test: list[Row], chances: list[float]) -> str:
    lines = [f"{row['member']},{chance:.6f}" for row, chance in zip(test, chances, strict=True)]
    return "\n".join(["member,left", *lines]) + "\n"
