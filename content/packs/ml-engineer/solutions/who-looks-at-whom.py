"""How "Who looks at whom?" is solved: scores are scaled, and nobody sees what comes later."""

from __future__ import annotations

import csv
import io
import math

Vectors = list[list[float]]


def solve(files: dict[str, str]) -> list[str]:
    """Divide by the root of the width, and let each word see only itself and the words before it."""
    queries, keys, values = _read(files)
    scale = math.sqrt(len(queries[0]))
    return _answers([_weights(query, keys[: place + 1], scale) for place, query in enumerate(queries)], values)


def naive(files: dict[str, str]) -> list[str]:
    """Forget the division, and let everybody see everybody."""
    queries, keys, values = _read(files)
    return _answers([_weights(query, keys, 1.0) for query in queries], values)


def _read(files: dict[str, str]) -> tuple[Vectors, Vectors, Vectors]:
    queries, keys, values = (
        [[float(cell) for cell in row[1:]] for row in list(csv.reader(io.StringIO(files[f"{name}.csv"])))[1:]]
        for name in ("queries", "keys", "values")
    )
    return queries, keys, values


def _weights(query: list[float], keys: Vectors, scale: float) -> list[float]:
    powers = [math.exp(math.fsum(q * k for q, k in zip(query, key, strict=True)) / scale) for key in keys]
    return [power / math.fsum(powers) for power in powers]


def _answers(weights: Vectors, values: Vectors) -> list[str]:
    outputs = [
        [math.fsum(w * x for w, x in zip(row, column, strict=False)) for column in zip(*values, strict=True)]
        for row in weights
    ]
    return [f"{outputs[-1][0]:.6f}", f"{math.fsum(map(math.fsum, outputs)):.5f}"]
