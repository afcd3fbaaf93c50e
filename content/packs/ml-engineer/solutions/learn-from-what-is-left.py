"""How "Learn from what is left" is solved: only half of each stump is believed, in both places."""

from __future__ import annotations

import csv
import io
import math
from itertools import pairwise

_ROUNDS, _RATE = 3, 0.5
Row = dict[str, float]
Stump = tuple[str, float, float, float]


def solve(files: dict[str, str]) -> list[str]:
    """Take half of each stump off what is left, and add half of it to the forecast."""
    return _boosted(files, taken=_RATE)


def naive(files: dict[str, str]) -> list[str]:
    """Take the whole stump off what is left, and add half of it to the forecast."""
    return _boosted(files, taken=1.0)


def _boosted(files: dict[str, str], taken: float) -> list[str]:
    days, (tomorrow,) = _rows(files["days.csv"]), _rows(files["tomorrow.csv"])
    start = _mean([day["sold"] for day in days])
    left, forecast = [day["sold"] - start for day in days], start
    thresholds = []
    for _ in range(_ROUNDS):
        name, threshold, low, high = _best(days, left, list(tomorrow))
        answers = [low if day[name] <= threshold else high for day in days]
        left = [rest - taken * answer for rest, answer in zip(left, answers, strict=True)]
        forecast += _RATE * (low if tomorrow[name] <= threshold else high)
        thresholds.append(threshold)
    return [f"{thresholds[0]:.4f}", f"{forecast:.4f}"]


def _rows(text: str) -> list[Row]:
    return [{k: float(v) for k, v in row.items() if k != "day"} for row in csv.DictReader(io.StringIO(text))]


def _best(days: list[Row], left: list[float], names: list[str]) -> Stump:
    best, error = ("", 0.0, 0.0, 0.0), math.inf
    for name in names:
        for one, two in pairwise(sorted({day[name] for day in days})):
            threshold = (one + two) / 2
            low = [rest for day, rest in zip(days, left, strict=True) if day[name] <= threshold]
            high = [rest for day, rest in zip(days, left, strict=True) if day[name] > threshold]
            misses = _squares(low) + _squares(high)
            if misses < error:
                best, error = (name, threshold, _mean(low), _mean(high)), misses
    return best


def _mean(numbers: list[float]) -> float:
    return math.fsum(numbers) / len(numbers)


def _squares(numbers: list[float]) -> float:
    middle = _mean(numbers)
    return math.fsum((each - middle) ** 2 for each in numbers)
