"""How "The bill before the training" is solved: 16 bytes and 6 operations for each parameter, at the real speed."""

from __future__ import annotations

import csv
import io

_BYTES = 16
_OPERATIONS = 6
_GB = 10**9


def solve(files: dict[str, str]) -> list[str]:
    """Count what training holds, and divide the work by what the cards really reach."""
    plan = _plan(files)
    return [f"{_BYTES * _size(plan) / _GB:.6g}", f"{_cost(plan, plan['utilisation']):.6g}"]


def naive(files: dict[str, str]) -> list[str]:
    """Count the weights alone, and believe the number on the box."""
    plan = _plan(files)
    return [f"{2 * _size(plan) / _GB:.6g}", f"{_cost(plan, 1.0):.6g}"]


def _plan(files: dict[str, str]) -> dict[str, float]:
    return {row["fact"]: float(row["value"]) for row in csv.DictReader(io.StringIO(files["plan.csv"]))}


def _size(plan: dict[str, float]) -> float:
    width = plan["heads"] * plan["head_width"]
    attention = 2 * width * width + 2 * width * plan["key_value_heads"] * plan["head_width"]
    layer = attention + 3 * width * plan["feed_forward_width"]
    return 2 * plan["vocabulary"] * width + plan["layers"] * layer


def _cost(plan: dict[str, float], share: float) -> float:
    work = _OPERATIONS * _size(plan) * plan["training_tokens_billion"] * 1e9
    hours = work / (plan["gpus"] * plan["gpu_tflops"] * 1e12 * share) / 3600
    return hours * plan["gpus"] * plan["gpu_hour_price"]
