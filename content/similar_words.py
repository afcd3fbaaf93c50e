"""Pairs of entries that speak of the same thing in the same words, whatever their sentences look like.

Each text becomes its words, cut down to their stems; rare words weigh most (tf-idf), and two texts are as alike as the
angle between them is small (cosine). Only texts that share a word are compared.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from content.search.stemming import stem
from content.search.stopwords import STOP_WORDS

_WORD = re.compile(r"[^\W_]+")
_NAMED = 4


@dataclass(frozen=True, slots=True)
class Echo:
    """Hold the positions of two texts, how alike they are, and the words that make them so."""

    first: int
    second: int
    alike: float
    words: tuple[str, ...]


def find_echoes(texts: Sequence[str], least: float) -> Iterator[Echo]:
    """Yield the pairs of texts that are at least so alike, in the order of the second."""
    vectors = _weigh([_count(text) for text in texts])
    holders: dict[str, list[tuple[int, float]]] = {}
    for position, vector in enumerate(vectors):
        for other, alike in sorted(_overlaps(vector, holders).items()):
            if alike >= least:
                yield Echo(other, position, alike, _shared(vectors[other], vector, texts[position]))
        for word, weight in vector.items():
            holders.setdefault(word, []).append((position, weight))


def _count(text: str) -> Counter[str]:
    return Counter(stem(word) for word in _words(text) if word not in STOP_WORDS)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold().replace("'", "").replace("\u2019", ""))


def _weigh(counts: Sequence[Counter[str]]) -> list[dict[str, float]]:
    known = Counter(word for each in counts for word in each)
    rare = {word: math.log((len(counts) + 1) / number) for word, number in known.items()}
    return [_unit({word: (1 + math.log(times)) * rare[word] for word, times in each.items()}) for each in counts]


def _unit(vector: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {word: weight / length for word, weight in vector.items()}


def _overlaps(vector: Mapping[str, float], holders: Mapping[str, list[tuple[int, float]]]) -> dict[int, float]:
    found: dict[int, float] = {}
    for word, weight in vector.items():
        for other, its in holders.get(word, ()):
            found[other] = found.get(other, 0.0) + weight * its
    return found


def _shared(one: Mapping[str, float], other: Mapping[str, float], text: str) -> tuple[str, ...]:
    """Return the words that weigh most in both, as they are written in the second text."""
    spelled = {stem(word): word for word in reversed(_words(text))}
    heaviest = sorted(one.keys() & other.keys(), key=lambda word: (-one[word] * other[word], word))
    return tuple(spelled[word] for word in heaviest[:_NAMED])
