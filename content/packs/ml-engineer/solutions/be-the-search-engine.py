"""How "Be the search engine" is solved: cosine for every pair of query and passage, then ranks."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable

Row = dict[str, str]
Vector = list[float]
Likeness = Callable[[Vector, Vector], float]


def solve(files: dict[str, str]) -> list[str]:
    """Compare directions: divide the dot product by both lengths."""
    return _answers(files, lambda a, b: _dot(a, b) / math.sqrt(_dot(a, a) * _dot(b, b)))


def naive(files: dict[str, str]) -> list[str]:
    """Compare by the dot product alone, so that long vectors push to the front."""
    return _answers(files, _dot)


def _answers(files: dict[str, str], likeness: Likeness) -> list[str]:
    passages, queries = (list(csv.DictReader(io.StringIO(files[name]))) for name in ("passages.csv", "queries.csv"))
    vectors = {row["passage"]: _vector(row) for row in passages}
    found = [_sorted(_vector(query), vectors, likeness) for query in queries]
    ranks = [1 + order.index(query["relevant"]) for order, query in zip(found, queries, strict=True)]
    return [", ".join(found[0][:3]), f"{math.fsum(1 / rank for rank in ranks) / len(ranks):.5f}"]


def _sorted(asked: Vector, vectors: dict[str, Vector], likeness: Likeness) -> list[str]:
    return sorted(vectors, key=lambda name: likeness(asked, vectors[name]), reverse=True)


def _vector(row: Row) -> Vector:
    return [float(cell) for name, cell in row.items() if name.startswith("v")]


def _dot(a: Vector, b: Vector) -> float:
    return math.fsum(x * y for x, y in zip(a, b, strict=True))
