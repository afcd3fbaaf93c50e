"""How "One step downhill" is solved: the error, sent back through the weights and the bends."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable

_RATE = 0.1
_HIDDEN = ("h1", "h2")
Weights = dict[tuple[str, str], float]


def solve(files: dict[str, str]) -> list[str]:
    """Multiply by the slope of the bend on the way back."""
    return _step(files, lambda h: 1 - h * h)


def naive(files: dict[str, str]) -> list[str]:
    """Send the error back as if the hidden units were straight wires."""
    return _step(files, lambda _: 1.0)


def _step(files: dict[str, str], slope: Callable[[float], float]) -> list[str]:
    weights = {(row["from"], row["to"]): float(row["weight"]) for row in _rows(files["weights.csv"])}
    values = {row["name"]: float(row["value"]) for row in _rows(files["example.csv"])}
    target = values.pop("target")
    inputs = {**values, "bias": 1.0}
    hidden, output = _forward(weights, inputs)
    error = output - target
    gradients = {("bias", "output"): error}
    for unit in _HIDDEN:
        gradients[unit, "output"] = error * hidden[unit]
        back = error * weights[unit, "output"] * slope(hidden[unit])
        gradients |= {(name, unit): back * value for name, value in inputs.items()}
    moved = {place: weight - _RATE * gradients[place] for place, weight in weights.items()}
    after = _forward(moved, inputs)[1]
    return [f"{gradients['x1', 'h1']:.7f}", f"{-math.log(after if target else 1 - after):.7f}"]


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def _forward(weights: Weights, inputs: dict[str, float]) -> tuple[dict[str, float], float]:
    hidden = {
        unit: math.tanh(math.fsum(weights[name, unit] * value for name, value in inputs.items())) for unit in _HIDDEN
    }
    total = math.fsum(weights[unit, "output"] * value for unit, value in hidden.items()) + weights["bias", "output"]
    return hidden, 1 / (1 + math.exp(-total))
