"""How "Those who bought nothing" is solved: begin with all customers, not with the orders."""

from __future__ import annotations

import csv
import io
import math


def solve(files: dict[str, str]) -> list[str]:
    """Divide by everybody in the list, each counted once."""
    known, buyers, total = _facts(files)
    return [str(len(known - buyers)), f"{total / len(known):.4f}"]


def naive(files: dict[str, str]) -> list[str]:
    """Take the mean over those who turn up in the join."""
    known, buyers, total = _facts(files)
    return [str(len(known)), f"{total / len(known & buyers):.4f}"]


def _facts(files: dict[str, str]) -> tuple[set[str], set[str], float]:
    customers, orders = (list(csv.DictReader(io.StringIO(files[name]))) for name in ("customers.csv", "orders.csv"))
    known = {row["customer"] for row in customers}
    total = math.fsum(float(row["amount"]) for row in orders if row["customer"] in known)
    return known, {row["customer"] for row in orders}, total
