"""How "The odd one out" is solved: strange is measured from the centre of the own group."""

from __future__ import annotations

import csv
import io
import math

Point = tuple[float, float]


def solve(files: dict[str, str]) -> list[str]:
    """Run k-means until nothing moves, then look within each group."""
    points, starts = _read(files, "points.csv"), _read(files, "starts.csv")
    return _odd(_distances(points, list(starts.values())))


def naive(files: dict[str, str]) -> list[str]:
    """Look for what is farthest from the middle of everything."""
    points = _read(files, "points.csv")
    middle = _mean(list(points.values()))
    return _odd({name: math.dist(point, middle) for name, point in points.items()})


def _odd(far: dict[str, float]) -> list[str]:
    name = max(far, key=lambda each: far[each])
    return [name, f"{far[name]:.5f}"]


def _read(files: dict[str, str], name: str) -> dict[str, Point]:
    rows = list(csv.reader(io.StringIO(files[name])))[1:]
    return {key: (float(x), float(y)) for key, x, y in rows}


def _mean(points: list[Point]) -> Point:
    return math.fsum(x for x, _ in points) / len(points), math.fsum(y for _, y in points) / len(points)


def _distances(points: dict[str, Point], centres: list[Point]) -> dict[str, float]:
    """Return the distance of each point from the centre of its group, once nothing moves."""
    old: list[int] = []
    while True:
        groups = [
            min(range(len(centres)), key=lambda each: math.dist(point, centres[each])) for point in points.values()
        ]
        if groups == old:
            pairs = zip(points.items(), groups, strict=True)
            return {name: math.dist(point, centres[group]) for (name, point), group in pairs}
        held = [[p for p, g in zip(points.values(), groups, strict=True) if g == each] for each in range(len(centres))]
        centres, old = [_mean(each) for each in held], groups
