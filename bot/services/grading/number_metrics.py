"""Metrics of numbers: how far predictions are from the truth."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from bot.services.grading.faults import CannotCompute


def rmse(truth: Sequence[float], predicted: Sequence[float]) -> float:
    """Return the root of the mean squared error."""
    return math.sqrt(_squares(a - b for a, b in zip(truth, predicted, strict=True)) / len(truth))


def mae(truth: Sequence[float], predicted: Sequence[float]) -> float:
    """Return the mean absolute error."""
    return _sum(abs(a - b) for a, b in zip(truth, predicted, strict=True)) / len(truth)


def r2(truth: Sequence[float], predicted: Sequence[float]) -> float:
    """Return the share of the variance that is explained; for a constant truth 1 when all is right, else 0.

    That is scikit-learn's rule too, but it misses a constant whose computed mean is off by a last digit.
    """
    if len(truth) < 2:
        raise CannotCompute("R² needs at least two rows.")
    missed = _squares(a - b for a, b in zip(truth, predicted, strict=True))
    spread = _spread(truth)
    if not spread:
        return 0.0 if missed else 1.0
    return 1 - missed / spread if math.isfinite(spread) else math.nan


def _spread(truth: Sequence[float]) -> float:
    mean = _sum(truth) / len(truth)
    # Asked like this because the mean of equal numbers may miss them by a last digit.
    return 0.0 if min(truth) == max(truth) else _squares(value - mean for value in truth)


def _squares(numbers: Iterable[float]) -> float:
    return _sum(number * number for number in numbers)


def _sum(numbers: Iterable[float]) -> float:
    try:
        return math.fsum(numbers)
    except OverflowError:
        return math.inf
