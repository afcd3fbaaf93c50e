"""The same columns before and now: which of them moved, and by how much."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from typing import Annotated

from pydantic import Field

from content.generators.arithmetic import mean, rounded, squares
from content.generators.clear import away_from_zero, highest, require
from content.generators.dice import Dice
from content.generators.generator import Generator, Params, number, text
from content.generators.made import Answer, Cell, Made, Table

_FEATURES = ("age", "income", "visits", "basket", "tenure", "clicks")
_PLANS = ("free", "basic", "plus", "team")
Columns = dict[str, list[float | None]]


class Drift(Params):
    """Say how large the two samples are and how much has changed."""

    rows: Annotated[int, Field(ge=100, le=2000, description="How many rows each sample has.")] = 300
    features: Annotated[int, Field(ge=3, le=6, description="How many columns of numbers there are.")] = 4
    moved: Annotated[float, Field(ge=0.1, le=2, description="How far columns move, in standard deviations.")] = 0.5


def _build(params: Drift, dice: Dice) -> Made:
    names = _FEATURES[: params.features]
    middles = {name: dice.between(20, 80) for name in names}
    spreads = {name: dice.between(4, 12) for name in names}
    shifts = {name: spreads[name] * params.moved * dice.between(-1, 1) for name in names}
    before = {name: _column(params.rows, middles[name], spreads[name], 0.03, dice) for name in names}
    now = {
        name: _column(params.rows, middles[name] + shifts[name], spreads[name] * dice.between(0.8, 1.3), holes, dice)
        for name, holes in ((name, dice.between(0.0, 0.15)) for name in names)
    }
    edges = {name: [rounded(middles[name] + z * spreads[name], 1) for z in (-0.8, -0.25, 0.25, 0.8)] for name in names}
    plans = [_plans(params.rows, _PLANS, dice), _plans(params.rows, (*_PLANS, "student"), dice)]
    header = " ".join([*names, "plan"])
    files = {
        "before": Table.of(header, list(zip(*before.values(), plans[0], strict=True))),
        "now": Table.of(header, list(zip(*now.values(), plans[1], strict=True))),
        "bins": Table.of("column edge1 edge2 edge3 edge4", [_bin_row(name, edges[name]) for name in names]),
    }
    return Made(files, _answers(before, now, edges, plans))


def _bin_row(name: str, edges: list[float]) -> tuple[Cell, ...]:
    return (name, *edges)


def _column(rows: int, middle: float, spread: float, holes: float, dice: Dice) -> list[float | None]:
    return [None if dice.chance(holes) else rounded(dice.normal(middle, spread), 2) for _ in range(rows)]


def _plans(rows: int, plans: tuple[str, ...], dice: Dice) -> list[str]:
    weights = [dice.between(0.4, 1.0) for _ in plans]
    return [dice.weighted(plans, weights) for _ in range(rows)]


def _answers(before: Columns, now: Columns, edges: dict[str, list[float]], plans: list[list[str]]) -> dict[str, Answer]:
    old, new = ({name: [x for x in each if x is not None] for name, each in side.items()} for side in (before, now))
    apart = {name: _apart(sorted(old[name]), sorted(new[name])) for name in old}
    moved = highest(apart)
    stability = {name: _stability(old[name], new[name], edges[name]) for name in old}
    first = next(iter(old))
    shift = (mean(new[moved]) - mean(old[moved])) / math.sqrt(squares(old[moved]) / (len(old[moved]) - 1))
    missing = {name: now[name].count(None) / len(now[name]) - before[name].count(None) / len(now[name]) for name in old}
    away_from_zero(shift, least=0.01)
    return {
        "moved_column": moved,
        "largest_ks": apart[moved],
        "mean_shift": shift,
        "first_psi": stability[first],
        "largest_psi_column": highest(stability),
        "largest_psi": max(stability.values()),
        "missing_column": highest(missing),
        "missing_change": max(missing.values()),
        "new_plan_share": mean([plan not in plans[0] for plan in plans[1]]),
        "plan_chi2": _chi_square(*map(Counter, plans)),
    }


def _apart(old: list[float], new: list[float]) -> float:
    """Return the largest distance between two shares of values that do not exceed a point."""
    points = {*old, *new}
    return max(abs(bisect_right(old, each) / len(old) - bisect_right(new, each) / len(new)) for each in points)


def _stability(old: list[float], new: list[float], edges: list[float]) -> float:
    shares = [[_in_bin(each, edges, place) for place in range(len(edges) + 1)] for each in (old, new)]
    require(min(map(min, shares)) > 0)
    return math.fsum((b - a) * math.log(b / a) for a, b in zip(*shares, strict=True))


def _in_bin(numbers: list[float], edges: list[float], place: int) -> float:
    return sum(bisect_right(edges, each) == place for each in numbers) / len(numbers)


def _chi_square(old: Counter[str], new: Counter[str]) -> float:
    total = old.total() + new.total()
    terms = []
    for side in (old, new):
        for plan in sorted({*old, *new}):
            expected = side.total() * (old[plan] + new[plan]) / total
            terms.append((side[plan] - expected) ** 2 / expected)
    return math.fsum(terms)


_KNOWN = "Leave out missing cells."
GENERATOR = Generator(
    "drift",
    "Two samples of the same columns, before and now, with bins for each column.",
    Drift,
    _build,
    {
        "moved_column": text(f"{_KNOWN} The column of numbers with the largest Kolmogorov-Smirnov distance."),
        "largest_ks": number(f"{_KNOWN} That largest Kolmogorov-Smirnov distance."),
        "mean_shift": number(
            f"{_KNOWN} For that column: mean now minus mean before, divided by the sample standard deviation before."
        ),
        "first_psi": number(
            f"{_KNOWN} The population stability index of the first column: the sum over its five bins of (share now - "
            "share before) x ln(share now / share before). A value on an edge belongs to the higher bin."
        ),
        "largest_psi_column": text(f"{_KNOWN} The column of numbers with the largest population stability index."),
        "largest_psi": number(f"{_KNOWN} That largest population stability index."),
        "missing_column": text("The column whose share of missing cells grew most."),
        "missing_change": number("The share of missing cells of this column now minus that before."),
        "new_plan_share": number("The share of rows now with a plan that nobody had before."),
        "plan_chi2": number("The chi-square statistic of plan by sample, without correction."),
    },
)
