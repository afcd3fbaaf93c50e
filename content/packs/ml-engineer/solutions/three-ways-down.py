"""How "Three ways down into the valley" is solved: Adam's running means are corrected for their start at nothing."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable
from functools import partial

_STEPS = 3
Facts = dict[str, float]


def solve(files: dict[str, str]) -> list[str]:
    """Correct both running means."""
    facts = _facts(files)
    return [f"{_loss(facts, _rolled):.6g}", f"{_loss(facts, partial(_adam, corrected=True)):.6g}"]


def naive(files: dict[str, str]) -> list[str]:
    """Leave the correction out."""
    facts = _facts(files)
    return [f"{_loss(facts, _rolled):.6g}", f"{_loss(facts, partial(_adam, corrected=False)):.6g}"]


def _facts(files: dict[str, str]) -> Facts:
    return {row["fact"]: float(row["value"]) for row in csv.DictReader(io.StringIO(files["valley.csv"]))}


def _loss(facts: Facts, walk: Callable[[float, float, Facts], float]) -> float:
    """Add the losses of both directions, which never meet: each is a walk on a line to a bottom at 0."""
    x = walk(facts["start_x"] - facts["bottom_x"], facts["flat"], facts)
    y = walk(facts["start_y"] - facts["bottom_y"], facts["steep"], facts)
    return facts["flat"] * x * x + facts["steep"] * y * y


def _rolled(at: float, bend: float, facts: Facts) -> float:
    speed = 0.0
    for _ in range(_STEPS):
        speed = 0.9 * speed + 2 * bend * at
        at -= facts["rate"] * speed
    return at


def _adam(at: float, bend: float, facts: Facts, corrected: bool) -> float:
    mean = size = 0.0
    for step in range(1, _STEPS + 1):
        slope = 2 * bend * at
        mean, size = 0.9 * mean + 0.1 * slope, 0.999 * size + 0.001 * slope**2
        one, two = (1 - 0.9**step, 1 - 0.999**step) if corrected else (1.0, 1.0)
        at -= facts["adam_rate"] * (mean / one) / (math.sqrt(size / two) + 1e-8)
    return at
