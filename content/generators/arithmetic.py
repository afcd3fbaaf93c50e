"""Sums that several generators need, each exact to the last digits that matter."""

from __future__ import annotations

import math
from collections.abc import Sequence

Row = Sequence[float]


def mean(numbers: Sequence[float]) -> float:
    """Return the mean."""
    return math.fsum(numbers) / len(numbers)


def squares(numbers: Sequence[float]) -> float:
    """Return the sum of squared distances from the mean."""
    middle = mean(numbers)
    return math.fsum((one - middle) ** 2 for one in numbers)


def products(left: Sequence[float], right: Sequence[float]) -> float:
    """Return the sum of products of the distances from both means."""
    middle, other = mean(left), mean(right)
    return math.fsum((one - middle) * (two - other) for one, two in zip(left, right, strict=True))


def correlation(left: Sequence[float], right: Sequence[float]) -> float:
    """Return Pearson's correlation."""
    return products(left, right) / math.sqrt(squares(left) * squares(right))


def median(numbers: Sequence[float]) -> float:
    """Return the middle one, or the mean of the two in the middle."""
    order = sorted(numbers)
    half = len(order) // 2
    return order[half] if len(order) % 2 else (order[half - 1] + order[half]) / 2


def nearest_rank(numbers: Sequence[float], percent: int) -> float:
    """Return the smallest number that at least so many percent do not exceed."""
    order = sorted(numbers)
    return order[-(-len(order) * percent // 100) - 1]


def dot(left: Row, right: Row) -> float:
    """Return the sum of products."""
    return math.fsum(one * two for one, two in zip(left, right, strict=True))


def length(vector: Row) -> float:
    """Return how long a vector is."""
    return math.sqrt(dot(vector, vector))


def cosine(left: Row, right: Row) -> float:
    """Return the cosine between two vectors."""
    return dot(left, right) / (length(left) * length(right))


def root_mean_square(errors: Sequence[float]) -> float:
    """Return the square root of the mean square."""
    return math.sqrt(math.fsum(error * error for error in errors) / len(errors))


def softmax(scores: Sequence[float]) -> list[float]:
    """Turn scores into weights that sum to one."""
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = math.fsum(powers)
    return [power / total for power in powers]


def logistic(score: float) -> float:
    """Turn a score into a probability."""
    return 1.0 / (1.0 + math.exp(-score))


def rounded(number: float, digits: int) -> float:
    """Round as the member will see it, without a negative zero."""
    return round(number, digits) + 0.0


def solve(matrix: Sequence[Row], right: Row) -> list[float]:
    """Solve linear equations by elimination with pivots."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for row in range(column + 1, size):
            factor = rows[row][column] / rows[column][column]
            rows[row] = [one - factor * two for one, two in zip(rows[row], rows[column], strict=True)]
    found = [0.0] * size
    for row in range(size - 1, -1, -1):
        known = math.fsum(rows[row][column] * found[column] for column in range(row + 1, size))
        found[row] = (rows[row][size] - known) / rows[row][row]
    return found


def fit(columns: Sequence[Row], target: Row, penalty: float = 0.0) -> tuple[float, list[float]]:
    """Return intercept and coefficients of least squares; a ridge penalty spares the intercept."""
    size = len(columns)
    matrix = [
        [products(columns[one], columns[two]) + penalty * (one == two) for two in range(size)] for one in range(size)
    ]
    weights = solve(matrix, [products(column, target) for column in columns])
    return mean(target) - math.fsum(w * mean(c) for w, c in zip(weights, columns, strict=True)), weights
