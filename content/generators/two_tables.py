"""Customers and orders that do not quite fit together: joins that lose rows, and joins that double them."""

from __future__ import annotations

import math
from collections import Counter
from datetime import date, timedelta
from typing import Annotated

from pydantic import Field

from content.generators.arithmetic import mean, rounded
from content.generators.clear import highest
from content.generators.dice import Dice
from content.generators.generator import Generator, Params, number, text, whole
from content.generators.made import Answer, Made, Table
from content.generators.words import ids

_REGIONS = ("north", "east", "south", "west", "coast")
_FIRST = date(2024, 1, 1)
Customer = tuple[str, str, str]
Order = tuple[str, str, float]


class TwoTables(Params):
    """Say how large the tables are and how badly they fit."""

    customers: Annotated[int, Field(ge=20, le=500, description="How many customers there are.")] = 60
    orders: Annotated[int, Field(ge=40, le=2000, description="How many orders there are.")] = 220
    lost: Annotated[float, Field(ge=0.02, le=0.3, description="Share of orders whose customer is unknown.")] = 0.06
    moved: Annotated[float, Field(ge=0.05, le=0.5, description="Share of customers listed twice, as they moved.")] = 0.2


def _build(params: TwoTables, dice: Dice) -> Made:
    names = ids("c", params.customers)
    strangers = ids("x", max(3, params.customers // 10))
    customers = dice.shuffled([row for name in names for row in _customer(name, params.moved, dice)])
    usual = [name for name in names for _ in range(dice.poisson(3))]
    orders = [_order(order, usual, strangers, params.lost, dice) for order in ids("o", params.orders)]
    files = {
        "customers": Table.of("customer region since", customers),
        "orders": Table.of("order customer amount", orders),
    }
    return Made(files, _answers(customers, orders))


def _customer(name: str, moved: float, dice: Dice) -> list[Customer]:
    day = _FIRST + timedelta(days=dice.integer(0, 200))
    old, new = dice.sample(_REGIONS, 2)
    found = [(name, old, day.isoformat())]
    if dice.chance(moved):
        found.append((name, new, (day + timedelta(days=dice.integer(1, 160))).isoformat()))
    return found


def _order(order: str, usual: list[str], strangers: list[str], lost: float, dice: Dice) -> Order:
    customer = dice.choice(strangers if dice.chance(lost) else usual)
    return order, customer, rounded(math.exp(dice.normal(3.5, 0.8)), 2)


def _answers(customers: list[Customer], orders: list[Order]) -> dict[str, Answer]:
    rows = Counter(name for name, _, _ in customers)
    now = {name: region for name, region, _ in sorted(customers, key=lambda row: row[2])}
    known = [order for order in orders if order[1] in now]
    amounts: dict[str, list[float]] = {name: [] for name in now}
    for _, who, amount in known:
        amounts[who].append(amount)
    spent = {name: math.fsum(each) for name, each in amounts.items()}
    regions = {region: math.fsum(spent[name] for name in now if now[name] == region) for region in _REGIONS}
    top = highest(regions, 0.005)
    buyers = {who for _, who, _ in known}
    return {
        "lost_orders": len(orders) - len(known),
        "moved_customers": sum(times > 1 for times in rows.values()),
        "quiet_customers": len(now) - len(buyers),
        "joined_rows": sum(rows[who] for _, who, _ in orders),
        "inflated_total": math.fsum(amount * rows[who] for _, who, amount in orders),
        "true_total": math.fsum(amount for _, _, amount in known),
        "top_region": top,
        "top_region_total": regions[top],
        "top_customer": highest(spent, 0.005),
        "mean_per_customer": mean(list(spent.values())),
        "mean_per_buyer": math.fsum(spent.values()) / len(buyers),
    }


_NOW = "A customer who is listed twice moved: the row with the later date in since counts."
GENERATOR = Generator(
    "two-tables",
    "Customers, some listed twice, and orders, some of customers whom nobody knows.",
    TwoTables,
    _build,
    {
        "lost_orders": whole("How many orders name a customer that is not in the list of customers."),
        "moved_customers": whole("How many customers are listed twice."),
        "quiet_customers": whole("How many customers have no order; each counts once."),
        "joined_rows": whole("How many rows a plain inner join on customer gives."),
        "inflated_total": number("The sum of amount over the rows of that plain inner join."),
        "true_total": number("The sum of amount of all orders of known customers, each order once."),
        "top_region": text(f"{_NOW} The region with the largest sum of orders."),
        "top_region_total": number(f"{_NOW} That largest sum of orders of a region."),
        "top_customer": text("The known customer with the largest sum of orders."),
        "mean_per_customer": number("The mean sum of orders over all known customers, those without orders included."),
        "mean_per_buyer": number("The mean sum of orders over the known customers who have at least one."),
    },
)
