"""Visitors of a shop by day: a week that breathes, a slow trend, and days that are missing."""

from __future__ import annotations

import math
from datetime import date, timedelta
from itertools import pairwise
from typing import Annotated

from pydantic import Field

from content.generators.arithmetic import mean, products, squares
from content.generators.clear import away_from_zero, highest, require
from content.generators.dice import Dice
from content.generators.generator import Generator, Params, number, text, whole
from content.generators.made import Answer, Made, Table

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_FIRST = date(2024, 1, 1)


class TimeSeries(Params):
    """Say how long the series is and how many holes it has."""

    days: Annotated[int, Field(ge=60, le=730, description="How many days lie between the first and the last.")] = 180
    gaps: Annotated[int, Field(ge=1, le=12, description="How many holes the series has.")] = 5
    noise: Annotated[float, Field(ge=1, le=30, description="How far days lie from the rule.")] = 10.0


def _build(params: TimeSeries, dice: Dice) -> Made:
    start = _FIRST + timedelta(days=dice.integer(0, 364))
    level, trend = dice.between(120, 300), dice.choice((-1, 1)) * dice.between(0.05, 0.25)
    week = [dice.between(0.7, 1.3) for _ in WEEKDAYS]
    gone = _gone(params, dice)
    seen: dict[int, int] = {}
    for day in range(params.days):
        usual = (level + trend * day) * week[(start + timedelta(days=day)).weekday()]
        visitors = max(0, round(dice.normal(usual, params.noise)))
        if day not in gone:
            seen[day] = visitors
    rows = [((start + timedelta(days=day)).isoformat(), visitors) for day, visitors in seen.items()]
    return Made({"visitors": Table.of("day visitors", rows)}, _answers(start, params.days, seen))


def _gone(params: TimeSeries, dice: Dice) -> set[int]:
    """Choose holes of one to nine days, one in each equal part of the time, never at its ends."""
    part = (params.days - 2) // params.gaps
    gone: set[int] = set()
    for number_of_gap in range(params.gaps):
        longest = min(9, part - 1)
        size = dice.integer(1, longest)
        begin = 1 + number_of_gap * part + dice.integer(0, part - 1 - size)
        gone |= set(range(begin, begin + size))
    return gone


def _answers(start: date, days: int, seen: dict[int, int]) -> dict[str, Answer]:
    filled = _filled(days, seen)
    weekday = [(start + timedelta(days=day)).weekday() for day in range(days)]
    by_weekday = {
        name: mean([seen[day] for day in seen if weekday[day] == place]) for place, name in enumerate(WEEKDAYS)
    }
    weeks = {day: mean(filled[day - 6 : day + 1]) for day in range(6, days)}
    slope = products(range(days), filled) / squares(range(days))
    middle = mean(filled)
    again = math.fsum((one - middle) * (two - middle) for one, two in zip(filled, filled[7:], strict=False))
    away_from_zero(slope, again / squares(filled), least=0.01)
    smooth = filled[0]
    for visitors in filled[1:]:
        smooth += 0.3 * (visitors - smooth)
    require(max(filled[-28:]) > 0)
    return {
        "missing_days": days - len(seen),
        "longest_gap": max(two - one - 1 for one, two in pairwise(seen)),
        "filled_mean": middle,
        "busiest_weekday": highest(by_weekday),
        "busiest_weekday_mean": max(by_weekday.values()),
        "best_week_end": (start + timedelta(days=highest(weeks))).isoformat(),
        "best_week_mean": max(weeks.values()),
        "trend": slope,
        "week_echo": again / squares(filled),
        "naive_mae": mean([abs(filled[day] - filled[day - 7]) for day in range(days - 28, days)]),
        "smoothed_last": smooth,
    }


def _filled(days: int, seen: dict[int, int]) -> list[float]:
    """Fill holes with a straight line between the days around them."""
    known = list(seen)
    filled = [0.0] * days
    for one, two in pairwise(known):
        for day in range(one, two + 1):
            filled[day] = seen[one] + (seen[two] - seen[one]) * (day - one) / (two - one)
    return filled


_FILL = "Fill missing days with a straight line between the days around them."
GENERATOR = Generator(
    "time-series",
    "Visitors by day with a weekly rhythm, a trend and missing days.",
    TimeSeries,
    _build,
    {
        "missing_days": whole("How many days between the first and the last have no row."),
        "longest_gap": whole("The longest run of missing days."),
        "filled_mean": number(f"{_FILL} The mean of all days."),
        "busiest_weekday": text("The weekday with the highest mean of the days that have a row, in English."),
        "busiest_weekday_mean": number("The highest mean of a weekday, from the days that have a row."),
        "best_week_end": text(f"{_FILL} The last day (2024-05-31) of the seven days in a row with the highest mean."),
        "best_week_mean": number(f"{_FILL} The highest mean of seven days in a row."),
        "trend": number(f"{_FILL} The slope of the least-squares line of visitors on the number of the day."),
        "week_echo": number(
            f"{_FILL} The autocorrelation at lag 7: products of distances from the mean of all days, seven days "
            "apart, divided by the sum of all squared distances."
        ),
        "naive_mae": number(f"{_FILL} The mean absolute error in the last 28 days of saying the value 7 days before."),
        "smoothed_last": number(
            f"{_FILL} The last level of exponential smoothing with weight 0.3 for the new day, from the first day on."
        ),
    },
)
