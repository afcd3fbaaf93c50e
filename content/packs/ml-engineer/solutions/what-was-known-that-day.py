"""How "What was known that day?" is solved: only what had been learned by then counts."""

from __future__ import annotations

import csv
import io
import math

Row = dict[str, str]


def solve(files: dict[str, str]) -> list[str]:
    """Take what had been learned by the day of the decision."""
    return _answers(files, "learned")


def naive(files: dict[str, str]) -> list[str]:
    """Take what had happened by the day of the decision, whether or not anybody knew it."""
    return _answers(files, "happened")


def _answers(files: dict[str, str], by: str) -> list[str]:
    history = sorted(_rows(files, "history.csv"), key=lambda row: row["happened"])
    cases = _rows(files, "cases.csv")
    found = [
        [row for row in history if row["customer"] == case["customer"] and row[by] <= case["asked"]] for case in cases
    ]
    known = [float(rows[-1]["balance"]) for rows in found if rows]
    return [str(len(cases) - len(known)), f"{math.fsum(known) / len(known):.4f}"]


def _rows(files: dict[str, str], name: str) -> list[Row]:
    return list(csv.DictReader(io.StringIO(files[name])))
