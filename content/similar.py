"""Pairs of nearly equal texts among many, without comparing each with each.

Texts become sets of features; two are alike when the shared part of both sets is large (Jaccard). Only texts
that share one of their rarest features can be that alike, so only those are compared.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset((
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "how", "i", "if", "in",
    "into", "is", "it", "me", "my", "of", "on", "or", "our", "should", "so", "that", "the", "their", "there",
    "this", "to", "we", "what", "when", "where", "which", "who", "why", "will", "with", "you", "your",
))  # fmt: skip


def trigrams(text: str) -> frozenset[str]:
    """Return the letter triples of a text: for titles and questions."""
    padded = f" {' '.join(_WORD.findall(text.casefold()))} "
    return frozenset(padded[start : start + 3] for start in range(len(padded) - 2))


def word_pairs(text: str) -> frozenset[str]:
    """Return the neighbouring words of a text: for whole answers."""
    found = _WORD.findall(text.casefold())
    return frozenset(f"{one} {other}" for one, other in pairwise(found)) or frozenset(found)


def beginnings(text: str) -> frozenset[str]:
    """Return the first letters of the words that matter: maths and mathematics begin alike."""
    return frozenset(word[:4] for word in _that_matter(text) or _WORD.findall(text.casefold()))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the shared part of two sets, from zero to one."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def differ_in_substance(one: str, other: str) -> bool:
    """Tell whether each text has a word that matters and that the other lacks: ML and AI engineer differ."""
    mine, theirs = _that_matter(one), _that_matter(other)
    return any(_lacks(theirs, word) for word in mine) and any(_lacks(mine, word) for word in theirs)


def _that_matter(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.casefold()) if word not in _SMALL]


def _lacks(others: list[str], word: str) -> bool:
    return not any(_same_word(word, other) for other in others)


def _same_word(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) >= 4 and long.startswith(short[:-1]):
        return True
    return SequenceMatcher(None, one, other).ratio() >= 0.8


def similar_titles(texts: Sequence[str], least: float) -> Iterator[tuple[int, int, float]]:
    """Yield the positions of titles at least so alike by their letters, unless they differ in substance."""
    letters = [trigrams(text) for text in texts]
    for one, other, _ in _close_pairs([beginnings(text) for text in texts], least / 2):
        alike = likeness(letters[one], letters[other])
        if alike >= least and not differ_in_substance(texts[one], texts[other]):
            yield one, other, alike


def similar_texts(texts: Sequence[str], least: float) -> Iterator[tuple[int, int, float]]:
    """Yield the positions of long texts at least so alike by their neighbouring words."""
    return _close_pairs([word_pairs(text) for text in texts], least)


def _close_pairs(sets: Sequence[frozenset[str]], least: float) -> Iterator[tuple[int, int, float]]:
    counts = Counter(feature for each in sets for feature in each)
    by_feature: dict[str, list[int]] = {}
    for position, each in enumerate(sets):
        rarest = sorted(each, key=lambda feature: (counts[feature], feature))
        prefix = rarest[: len(each) - math.ceil(least * len(each)) + 1]
        near = {other for feature in prefix for other in by_feature.get(feature, ())}
        for other in sorted(near):
            if least * len(each) <= len(sets[other]) <= len(each) / least:
                alike = likeness(each, sets[other])
                if alike >= least:
                    yield other, position, alike
        for feature in prefix:
            by_feature.setdefault(feature, []).append(position)
