"""How "What did the assistant cost?" is solved: cached tokens are part of the prompt, at a price of their own."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable

_MILLION = 1_000_000
Row = dict[str, str]


def solve(files: dict[str, str]) -> list[str]:
    """Take the cached tokens out of the prompt before it pays the full price."""
    return _bill(files, lambda call: int(call["prompt_tokens"]) - int(call["cached_tokens"]))


def naive(files: dict[str, str]) -> list[str]:
    """Let the cached tokens pay twice: within the prompt, and once more by themselves."""
    return _bill(files, lambda call: int(call["prompt_tokens"]))


def _bill(files: dict[str, str], fresh: Callable[[Row], int]) -> list[str]:
    calls, prices = (list(csv.DictReader(io.StringIO(files[name]))) for name in ("calls.csv", "prices.csv"))
    price = {row["model"]: row for row in prices}

    def cost(call: Row) -> float:
        its = price[call["model"]]
        read = fresh(call) * float(its["prompt"]) + int(call["cached_tokens"]) * float(its["cached"])
        return (read + int(call["answer_tokens"]) * float(its["answer"])) / _MILLION

    teams = {call["team"] for call in calls}
    sums = [math.fsum(cost(call) for call in calls if call["team"] == team) for team in teams]
    return [f"{math.fsum(sums):.7f}", f"{max(sums):.7f}"]
