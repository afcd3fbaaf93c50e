"""How "Version B looks different. Is it?" is solved: the lift, and how often chance alone gives as much."""

from __future__ import annotations

import csv
import io
import math


def solve(files: dict[str, str]) -> list[str]:
    """Test two proportions with the pooled rate, and count surprises in both directions."""
    lift, z = _lift_and_z(files)
    return [f"{lift:.5f}", f"{math.erfc(abs(z) / math.sqrt(2)):.4g}"]


def naive(files: dict[str, str]) -> list[str]:
    """Look only in the direction in which the result happens to point: half the p-value."""
    lift, z = _lift_and_z(files)
    return [f"{lift:.5f}", f"{math.erfc(abs(z) / math.sqrt(2)) / 2:.4g}"]


def _lift_and_z(files: dict[str, str]) -> tuple[float, float]:
    visits = list(csv.DictReader(io.StringIO(files["visits.csv"])))
    a, b = ([int(row["bought"]) for row in visits if row["version"] == version] for version in "AB")
    rate_a, rate_b, both = sum(a) / len(a), sum(b) / len(b), (sum(a) + sum(b)) / len(visits)
    error = math.sqrt(both * (1 - both) * (1 / len(a) + 1 / len(b)))
    return rate_b / rate_a - 1, (rate_b - rate_a) / error
