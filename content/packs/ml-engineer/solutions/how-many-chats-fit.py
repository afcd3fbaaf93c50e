"""How "How many chats fit on one card?" is solved: count the weights, take them off, divide what is left."""

from __future__ import annotations

import csv
import io

_BYTES = 2
_GB = 10**9


def solve(files: dict[str, str]) -> list[str]:
    """Count keys and values only for the heads that have them, and leave room for the weights."""
    plan = _plan(files)
    size = _size(plan)
    chat = 2 * plan["layers"] * plan["key_value_heads"] * plan["head_width"] * _BYTES * plan["context"]
    return [str(size), str((plan["gpu_memory_gb"] * _GB - size * _BYTES) // chat)]


def naive(files: dict[str, str]) -> list[str]:
    """Count keys but not values, give every head its own, and forget that the weights need room too."""
    plan = _plan(files)
    chat = plan["layers"] * plan["heads"] * plan["head_width"] * _BYTES * plan["context"]
    return [str(_size({**plan, "key_value_heads": plan["heads"]})), str(plan["gpu_memory_gb"] * _GB // chat)]


def _plan(files: dict[str, str]) -> dict[str, int]:
    rows = csv.DictReader(io.StringIO(files["plan.csv"]))
    return {row["fact"]: int(float(row["value"])) for row in rows if float(row["value"]).is_integer()}


def _size(plan: dict[str, int]) -> int:
    width = plan["heads"] * plan["head_width"]
    attention = 2 * width * width + 2 * width * plan["key_value_heads"] * plan["head_width"]
    layer = attention + 3 * width * plan["feed_forward_width"]
    return 2 * plan["vocabulary"] * width + plan["layers"] * layer
