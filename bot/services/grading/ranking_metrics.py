"""Metrics of rankings: what each row's list of items is worth, read from the top.

An item counts where it is named first; a repetition takes up its place and earns nothing. Items that are not named take
no place. A row for which nothing is worth anything scores 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from bot.services.grading.faults import CannotCompute
from bot.services.grading.values import Gains, Ranking


def map_at(truth: Sequence[Gains], rankings: Sequence[Ranking], k: int) -> float:
    """Return the mean over rows of the average precision of the first `k` items.

    An item is relevant when its gain is above 0, and R is how many are. With P(i) the share of relevant items among the
    first i, a row's average precision is the sum of P(i) over the places i <= k that hold a relevant item, divided by
    min(R, k).
    """
    return _mean(_average_precision, truth, rankings, k)


def ndcg_at(truth: Sequence[Gains], rankings: Sequence[Ranking], k: int) -> float:
    """Return the mean over rows of the discounted gain of the first `k` items, divided by the best that is possible.

    The item at place i earns gain / log2(i + 1). A ranking has no ties, so this equals scikit-learn's `ndcg_score` of
    scores that fall along the ranking, whether it ignores ties or not, as long as each ranking names k items or all.
    Ties among the gains change nothing: the best order of equal gains is worth the same.
    """
    if any(gain < 0 for gains in truth for gain in gains.values()):
        raise CannotCompute("NDCG needs gains of 0 or more.")
    return _mean(_discounted_share, truth, rankings, k)


def _mean(
    score: Callable[[Gains, Ranking, int], float], truth: Sequence[Gains], rankings: Sequence[Ranking], k: int
) -> float:
    return math.fsum(score(gains, ranking, k) for gains, ranking in zip(truth, rankings, strict=True)) / len(truth)


def _average_precision(gains: Gains, ranking: Ranking, k: int) -> float:
    relevant = sum(gain > 0 for gain in gains.values())
    found, precisions = 0, []
    for place, gain in enumerate(_earned(gains, ranking[:k]), 1):
        if gain > 0:
            found += 1
            precisions.append(found / place)
    return math.fsum(precisions) / min(relevant, k) if relevant else 0.0


def _discounted_share(gains: Gains, ranking: Ranking, k: int) -> float:
    best = _discounted(sorted(gains.values(), reverse=True)[:k])
    return _discounted(_earned(gains, ranking[:k])) / best if best else 0.0


def _discounted(gains: Iterator[float] | Sequence[float]) -> float:
    return math.fsum(gain / math.log2(place + 1) for place, gain in enumerate(gains, 1) if gain)


def _earned(gains: Gains, items: Ranking) -> Iterator[float]:
    seen: set[str] = set()
    for item in items:
        yield 0.0 if item in seen else gains.get(item, 0.0)
        seen.add(item)
