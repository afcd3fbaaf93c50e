"""How "Sixteen steps for a weight" is solved: a loud unit sets the scale for itself only."""

from __future__ import annotations

import csv
import io
import math

_MOST = 7
Layer = list[list[float]]


def solve(files: dict[str, str]) -> list[str]:
    """Squeeze once with one scale for all, and once with a scale for each unit."""
    layer, signal = _read(files)
    scales = [max(map(abs, row)) / _MOST for row in layer]
    return [_error(layer, [max(scales)] * len(layer), signal), _error(layer, scales, signal)]


def naive(files: dict[str, str]) -> list[str]:
    """Take a scale for each input instead of each unit in the second part."""
    layer, signal = _read(files)
    one = max(abs(weight) for row in layer for weight in row) / _MOST
    scales = [max(map(abs, column)) / _MOST for column in zip(*layer, strict=True)]
    misses = [
        math.fsum((w - round(w / s) * s) * x for w, s, x in zip(row, scales, signal, strict=True)) for row in layer
    ]
    return [_error(layer, [one] * len(layer), signal), _root_mean_square(misses)]


def _read(files: dict[str, str]) -> tuple[Layer, list[float]]:
    layer = [[float(cell) for cell in row[1:]] for row in list(csv.reader(io.StringIO(files["layer.csv"])))[1:]]
    return layer, [float(row["value"]) for row in csv.DictReader(io.StringIO(files["signal.csv"]))]


def _error(layer: Layer, scales: list[float], signal: list[float]) -> str:
    rows = zip(layer, scales, strict=True)
    return _root_mean_square(
        [math.fsum((w - round(w / s) * s) * x for w, x in zip(row, signal, strict=True)) for row, s in rows]
    )


def _root_mean_square(misses: list[float]) -> str:
    return f"{math.sqrt(math.fsum(miss * miss for miss in misses) / len(misses)):.7g}"
