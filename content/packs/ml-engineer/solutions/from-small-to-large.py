"""How "From small to large" is solved: the line goes through what lies above the floor."""

from __future__ import annotations

import csv
import io
import math

_WORK, _TOKENS_EACH = 6, 20


def solve(files: dict[str, str]) -> list[str]:
    """Fit the logarithm of loss minus floor, and add the floor again."""
    facts = _facts(files)
    return [_best(facts), f"{_forecast(files, facts['floor']):.6f}"]


def naive(files: dict[str, str]) -> list[str]:
    """Draw the line through the losses as they are."""
    return [_best(_facts(files)), f"{_forecast(files, 0.0):.6f}"]


def _facts(files: dict[str, str]) -> dict[str, float]:
    return {row["fact"]: float(row["value"]) for row in csv.DictReader(io.StringIO(files["facts.csv"]))}


def _best(facts: dict[str, float]) -> str:
    return f"{math.sqrt(facts['budget_flops_1e18'] * 1e18 / (_WORK * _TOKENS_EACH)):.6g}"


def _forecast(files: dict[str, str], floor: float) -> float:
    runs = list(csv.DictReader(io.StringIO(files["runs.csv"])))
    x = [math.log(float(run["parameters"])) for run in runs]
    y = [math.log(float(run["loss"]) - floor) for run in runs]
    middle, height = math.fsum(x) / len(x), math.fsum(y) / len(y)
    slope = math.fsum((a - middle) * (b - height) for a, b in zip(x, y, strict=True))
    slope /= math.fsum((a - middle) ** 2 for a in x)
    return floor + math.exp(height + slope * (math.log(_facts(files)["large_parameters"]) - middle))
