"""What makes an answer clear: one winner, and no number that hides in the noise of rounding."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from itertools import pairwise
from typing import TypeVar

from content.generators.generator import Unclear

_K = TypeVar("_K", bound=Hashable)
MARGIN = 1e-6


def highest(scores: Mapping[_K, float], margin: float = MARGIN) -> _K:
    """Return what has the highest score by a clear margin."""
    return ranked(scores, 1, margin)[0]


def lowest(scores: Mapping[_K, float], margin: float = MARGIN) -> _K:
    """Return what has the lowest score by a clear margin."""
    return highest({key: -score for key, score in scores.items()}, margin)


def ranked(scores: Mapping[_K, float], count: int, margin: float = MARGIN) -> list[_K]:
    """Return those with the highest scores, best first, each clearly ahead of the next."""
    order = sorted(scores, key=lambda key: -scores[key])[: count + 1]
    for one, next_one in pairwise(order):
        if scores[one] - scores[next_one] <= margin:
            raise Unclear
    return order[:count]


def away_from_zero(*numbers: float, least: float = 1e-3) -> None:
    """Refuse numbers so near to zero that a relative tolerance would ask too much."""
    require(abs(number) >= least for number in numbers)


def require(conditions: Iterable[bool] | bool) -> None:
    """Throw again unless all of this holds."""
    if not (conditions if isinstance(conditions, bool) else all(conditions)):
        raise Unclear
