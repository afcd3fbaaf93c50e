"""Chance that falls the same for ever: only the one sequence that Python promises never to change."""

from __future__ import annotations

import math
from collections.abc import Sequence
from hashlib import sha256
from random import Random
from typing import TypeVar

_T = TypeVar("_T")
_LONGEST_KNUTH = 30.0


class Dice:
    """Draw numbers from a seed. Everything is built on Random(int).random(), whose sequence is promised to stay."""

    def __init__(self, seed: bytes) -> None:
        number = int.from_bytes(sha256(seed).digest(), "big")
        self.number = Random(number).random  # noqa: S311  the secret is in the seed, not in the sequence

    def between(self, low: float, high: float) -> float:
        """Draw a number from an interval, each part of it as likely as the other."""
        return low + (high - low) * self.number()

    def integer(self, low: int, high: int) -> int:
        """Draw a whole number; both ends are possible."""
        return low + int(self.number() * (high - low + 1))

    def chance(self, probability: float) -> bool:
        """Tell whether something of this probability happens."""
        return self.number() < probability

    def normal(self, mean: float = 0.0, spread: float = 1.0) -> float:
        """Draw from a bell curve, as the sum of twelve: the same bits on every machine, with no far tails."""
        draw = self.number
        total = draw() + draw() + draw() + draw() + draw() + draw()
        total += draw() + draw() + draw() + draw() + draw() + draw()
        return mean + spread * (total - 6.0)

    def exponential(self, mean: float) -> float:
        """Draw a waiting time."""
        return -math.log(1.0 - self.number()) * mean

    def poisson(self, mean: float) -> int:
        """Draw how often something happens that happens so many times on average."""
        count = 0
        while mean > _LONGEST_KNUTH:
            count += self._short_poisson(_LONGEST_KNUTH)
            mean -= _LONGEST_KNUTH
        return count + self._short_poisson(mean)

    def choice(self, items: Sequence[_T]) -> _T:
        """Draw one of several, each as likely."""
        return items[int(self.number() * len(items))]

    def weighted(self, items: Sequence[_T], weights: Sequence[float]) -> _T:
        """Draw one of several by their weights."""
        left = self.number() * math.fsum(weights)
        for item, weight in zip(items, weights, strict=True):
            left -= weight
            if left < 0:
                return item
        return items[-1]

    def shuffled(self, items: Sequence[_T]) -> list[_T]:
        """Return the items in a new order."""
        mixed = list(items)
        for last in range(len(mixed) - 1, 0, -1):
            other = int(self.number() * (last + 1))
            mixed[last], mixed[other] = mixed[other], mixed[last]
        return mixed

    def sample(self, items: Sequence[_T], count: int) -> list[_T]:
        """Draw several different ones, in the order in which they were drawn."""
        left = list(items)
        return [left.pop(int(self.number() * len(left))) for _ in range(count)]

    def _short_poisson(self, mean: float) -> int:
        limit, product, count = math.exp(-mean), self.number(), 0
        while product > limit:
            product *= self.number()
            count += 1
        return count
