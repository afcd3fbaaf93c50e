"""Spelling repair against the words of the pack."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from content.search.stemming import stem

SHORTEST = 4
LONGEST = 24
_TWO_ERRORS_FROM = 7
_CLOSE_LOOKS = 48
_FREQUENCY_PULL = 0.09
_OTHER_FIRST_LETTER = 0.5
_COMMON_WORD = 1


@dataclass(frozen=True, slots=True)
class Repair:
    """Hold the words that a misspelt one stands for and how many slips lie between."""

    words: tuple[str, ...]
    slips: int


class Speller:
    """Know how words are spelt; never touch a word that it knows."""

    def __init__(self, spellings: Mapping[str, int], everyday: Iterable[str] = ()) -> None:
        counts: Counter[str] = Counter()
        whole: dict[str, str] = {}
        for word, times in spellings.items():
            if _repairable(word):
                counts[word] += times
            if _repairable(base := stem(word)) and base not in spellings:
                counts[base] += times
                whole[base] = max(word, whole.get(base, word), key=lambda each: (spellings[each], each))
        for word in everyday:
            if word.isalpha() and len(word) >= SHORTEST - 1:
                counts[word] += _COMMON_WORD
        self._words = sorted(counts)
        self._whole = whole
        self._counts = [counts[word] for word in self._words]
        self._known = frozenset(spellings)
        self._places: dict[tuple[str, int], list[int]] = {}
        for place, word in enumerate(self._words):
            for pair in set(_pairs(word)):
                self._places.setdefault((pair, len(word)), []).append(place)
        self._remembered = lru_cache(maxsize=4096)(self._repair)

    def repair(self, word: str) -> Repair | None:
        """Return what a misspelt word most likely stands for, or nothing."""
        if not SHORTEST - 1 <= len(word) <= LONGEST or not word.isalpha():
            return None
        return self._remembered(word)

    def _repair(self, word: str) -> Repair | None:
        nearest = self._nearest(word, 1)
        if nearest is None and (base := stem(word)) != word and len(base) >= SHORTEST:
            nearest = self._nearest(base, 1)
        if nearest is None and (halves := self._split(word)):
            return Repair(halves, 1)
        if nearest is None and len(word) >= _TWO_ERRORS_FROM:
            nearest = self._nearest(word, 2)
        return nearest

    def _nearest(self, word: str, reach: int) -> Repair | None:
        best: tuple[float, str, int] | None = None
        for place in self._look_alikes(word, reach):
            other = self._words[place]
            slips = distance(word, other, reach)
            if slips > reach or not _plausible(word, other, slips):
                continue
            cost = slips - _FREQUENCY_PULL * math.log1p(self._counts[place])
            cost += _OTHER_FIRST_LETTER * (word[0] != other[0])
            best = min(best, (cost, other, slips)) if best else (cost, other, slips)
        return Repair((self._whole.get(best[1], best[1]),), best[2]) if best else None

    def _look_alikes(self, word: str, reach: int) -> list[int]:
        """Return the words that share the most pairs of letters, most alike first."""
        shared: Counter[int] = Counter()
        pairs = set(_pairs(word))
        for length in range(len(word) - reach, len(word) + reach + 1):
            for pair in pairs:
                shared.update(self._places.get((pair, length), ()))
        least = len(pairs) - 3 * reach
        alike = [place for place, times in shared.items() if times >= least]
        alike.sort(key=lambda place: (-shared[place], -self._counts[place], place))
        return alike[: _CLOSE_LOOKS * reach]

    def _split(self, word: str) -> tuple[str, str] | None:
        """Read a word with a missing space as the two words that it is made of."""
        halves = [(word[:at], word[at:]) for at in range(3, len(word) - 2)]
        both = [pair for pair in halves if pair[0] in self._known and pair[1] in self._known]
        return max(both, key=lambda pair: (min(map(len, pair)), pair), default=None)


def _repairable(word: str) -> bool:
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


def _pairs(word: str) -> list[str]:
    padded = f"^{word}$"
    return [padded[at : at + 2] for at in range(len(padded) - 1)]


def _plausible(word: str, other: str, slips: int) -> bool:
    """Doubt two slips, and slips in a short word, unless the word begins as the other does or lost its first letter."""
    if sorted(word) == sorted(other) or other[1:] == word:
        return True
    if word[0] != other[0]:
        return slips == 1 and len(word) > SHORTEST
    return len(word) >= SHORTEST or len(other) > len(word)


def distance(one: str, other: str, reach: int) -> int:
    """Count the slips between two words: a letter missing, added, wrong, or two swapped."""
    if abs(len(one) - len(other)) > reach:
        return reach + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, rival in enumerate(other, 1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != rival))
            if row > 1 < column and letter == other[column - 2] and one[row - 2] == rival:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) > reach:
            return reach + 1
        before, last = last, current
    return last[-1]
