"""Homes with their prices: a straight line, several features, a ridge, and homes that fit badly."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from content.generators.arithmetic import correlation, fit, mean, root_mean_square, rounded, squares
from content.generators.clear import away_from_zero, highest, require
from content.generators.dice import Dice
from content.generators.generator import Generator, Params, number, text
from content.generators.made import Answer, Made, Table
from content.generators.words import ids

_FEATURES = (
    ("size", 30, 160, 1, (0.2, 1.0)),
    ("age", 0, 90, 0, (-1.6, -0.3)),
    ("distance", 0.3, 18, 1, (-7.0, -1.0)),
    ("light", 1, 10, 1, (2.0, 10.0)),
    ("noise_level", 30, 75, 1, (-2.0, -0.4)),
)


class RegressionTable(Params):
    """Say how many homes there are and how hard their prices are to tell."""

    homes: Annotated[int, Field(ge=40, le=1500, description="How many homes, a quarter of them for the test.")] = 200
    features: Annotated[int, Field(ge=2, le=5, description="How many features beside the price.")] = 3
    noise: Annotated[float, Field(ge=5, le=80, description="How far prices lie from the rule.")] = 25.0
    penalty: Annotated[float, Field(ge=1, le=1e5, description="The ridge penalty.")] = 5000.0


def _build(params: RegressionTable, dice: Dice) -> Made:
    chosen = _FEATURES[: params.features]
    weights = [dice.between(*effect) for *_, effect in chosen]
    base = dice.between(300, 500)
    names = ids("h", params.homes)
    columns = [[_value(feature, dice) for _ in names] for feature in chosen]
    prices = [
        rounded(base + math.fsum(w * x for w, x in zip(weights, row, strict=True)) + dice.normal(0, params.noise), 1)
        for row in zip(*columns, strict=True)
    ]
    test = set(dice.sample(range(params.homes), params.homes // 4))
    parts = ["test" if place in test else "train" for place in range(params.homes)]
    header = " ".join(["home", "part", *(name for name, *_ in chosen), "price"])
    table = Table.of(header, list(zip(names, parts, *columns, prices, strict=True)))
    return Made({"homes": table}, _answers(names, parts, columns, prices, params.penalty))


def _value(feature: tuple[str, float, float, int, tuple[float, float]], dice: Dice) -> float:
    _, low, high, digits, _ = feature
    return dice.integer(int(low), int(high)) if digits == 0 else rounded(dice.between(low, high), digits)


def _answers(
    names: list[str], parts: list[str], columns: list[list[float]], prices: list[float], penalty: float
) -> dict[str, Answer]:
    train = [place for place, part in enumerate(parts) if part == "train"]
    test = [place for place, part in enumerate(parts) if part == "test"]
    features, target = [_at(column, train) for column in columns], _at(prices, train)
    intercept, (slope,) = fit(features[:1], target)
    base, weights = fit(features, target)
    _, ridged = fit(features, target, penalty)
    left = _errors(intercept, [slope], features[:1], target)
    all_left = dict(zip(_names(names, train), _errors(base, weights, features, target), strict=True))
    strength = {_FEATURES[place][0]: abs(correlation(column, target)) for place, column in enumerate(features)}
    tests, truth = [_at(column, test) for column in columns], _at(prices, test)
    away_from_zero(intercept, weights[0], ridged[0], least=0.01)
    explained = 1 - math.fsum(error * error for error in left) / squares(target)
    require(explained > 0.01)
    return {
        "correlation": correlation(features[0], target),
        "slope": slope,
        "intercept": intercept,
        "r2": explained,
        "line_test_rmse": root_mean_square(_errors(intercept, [slope], tests[:1], truth)),
        "size_effect": weights[0],
        "all_test_rmse": root_mean_square(_errors(base, weights, tests, truth)),
        "mean_test_rmse": root_mean_square([price - mean(target) for price in truth]),
        "ridge_size_effect": ridged[0],
        "strongest_feature": highest(strength),
        "worst_home": highest({name: abs(error) for name, error in all_left.items()}),
    }


def _at(column: Sequence[float], places: list[int]) -> list[float]:
    return [column[place] for place in places]


def _names(names: Sequence[str], places: list[int]) -> list[str]:
    return [names[place] for place in places]


def _errors(base: float, weights: list[float], columns: list[list[float]], target: list[float]) -> list[float]:
    said = [base + math.fsum(w * x for w, x in zip(weights, row, strict=True)) for row in zip(*columns, strict=True)]
    return [true - guess for true, guess in zip(target, said, strict=True)]


_TRAIN = "On the train rows:"
GENERATOR = Generator(
    "regression-table",
    "Homes with features and prices, in a train and a test part.",
    RegressionTable,
    _build,
    {
        "correlation": number(f"{_TRAIN} Pearson's correlation of size and price."),
        "slope": number(f"{_TRAIN} the slope of the least-squares line of price on size."),
        "intercept": number(f"{_TRAIN} the intercept of the least-squares line of price on size."),
        "r2": number(f"{_TRAIN} R2 of the least-squares line of price on size."),
        "line_test_rmse": number("The RMSE on the test rows of the line of price on size that the train rows give."),
        "size_effect": number(f"{_TRAIN} the coefficient of size in least squares on all features with intercept."),
        "all_test_rmse": number(
            "The RMSE on the test rows of least squares on all features, fitted to the train rows."
        ),
        "mean_test_rmse": number("The RMSE on the test rows of always saying the mean price of the train rows."),
        "ridge_size_effect": number(
            f"{_TRAIN} the coefficient of size that minimises squared errors plus penalty (5000 unless told) times "
            "the sum of squared coefficients; features as they are, the intercept without penalty."
        ),
        "strongest_feature": text(f"{_TRAIN} the feature with the largest absolute correlation with price."),
        "worst_home": text(f"{_TRAIN} the home that least squares on all features misses by most."),
    },
)
