"""How "Red or blue?" is solved: the ideal order takes the best of all documents, not of those that were shown."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable

_SHOWN = 5
Lists = dict[str, dict[str, list[int]]]


def solve(files: dict[str, str]) -> list[str]:
    """Compare with the best order of all documents of the query."""
    lists = _lists(files)
    recalls = [_relevant(found[:_SHOWN]) / _relevant(found) for found in lists["red"].values()]
    return [f"{math.fsum(recalls) / len(recalls):.5f}", _difference(lists, lambda found: found)]


def naive(files: dict[str, str]) -> list[str]:
    """Compare with the best order of the documents that were shown, and count shares of what was shown."""
    lists = _lists(files)
    shares = [_relevant(found[:_SHOWN]) / _SHOWN for found in lists["red"].values()]
    return [f"{math.fsum(shares) / len(shares):.5f}", _difference(lists, lambda found: found[:_SHOWN])]


def _lists(files: dict[str, str]) -> Lists:
    lists: Lists = {}
    rows = csv.DictReader(io.StringIO(files["results.csv"]))
    for row in sorted(rows, key=lambda row: int(row["rank"])):
        lists.setdefault(row["system"], {}).setdefault(row["query"], []).append(int(row["relevance"]))
    return lists


def _relevant(found: list[int]) -> int:
    return sum(worth > 0 for worth in found)


def _difference(lists: Lists, within: Callable[[list[int]], list[int]]) -> str:
    means = {}
    for system, queries in lists.items():
        gains = [_gain(found) / (_gain(sorted(within(found), reverse=True)) or 1.0) for found in queries.values()]
        means[system] = math.fsum(gains) / len(gains)
    return f"{means['blue'] - means['red']:.6f}"


def _gain(found: list[int]) -> float:
    return math.fsum((2**worth - 1) / math.log2(rank + 1) for rank, worth in enumerate(found[:_SHOWN], 1))
