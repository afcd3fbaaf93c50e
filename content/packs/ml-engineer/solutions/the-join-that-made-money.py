"""How "The join that made money" is solved: one row for each customer, and only then the join."""

from __future__ import annotations

import csv
import io
import math
from collections import Counter

Row = dict[str, str]


def solve(files: dict[str, str]) -> list[str]:
    """Count what the plain join gives; then keep the latest region of each customer and add up once."""
    customers, orders = _tables(files)
    rows = Counter(row["customer"] for row in customers)
    joined = sum(rows[order["customer"]] for order in orders)
    latest = {row["customer"]: row["region"] for row in sorted(customers, key=lambda row: row["since"])}
    pairs = [(latest[row["customer"]], float(row["amount"])) for row in orders if row["customer"] in latest]
    return [str(joined), f"{_largest(pairs):.2f}"]


def naive(files: dict[str, str]) -> list[str]:
    """Expect one row for each order, and add up what the plain join gives."""
    customers, orders = _tables(files)
    pairs = [
        (customer["region"], float(order["amount"]))
        for order in orders
        for customer in customers
        if customer["customer"] == order["customer"]
    ]
    return [str(len(orders)), f"{_largest(pairs):.2f}"]


def _tables(files: dict[str, str]) -> tuple[list[Row], list[Row]]:
    customers, orders = (list(csv.DictReader(io.StringIO(files[name]))) for name in ("customers.csv", "orders.csv"))
    return customers, orders


def _largest(pairs: list[tuple[str, float]]) -> float:
    regions = {region for region, _ in pairs}
    return max(math.fsum(amount for region, amount in pairs if region == each) for each in regions)
