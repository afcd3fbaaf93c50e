"""How "The note that says the same" is solved: word counts, rare words weigh more, and the cosine."""

from __future__ import annotations

import csv
import io
import math
import re
from collections import Counter
from collections.abc import Callable

Weights = dict[str, float]


def solve(files: dict[str, str]) -> list[str]:
    """Weigh each word by how few notes have it."""
    return _nearest(files, lambda notes, count: math.log(notes / count))


def naive(files: dict[str, str]) -> list[str]:
    """Count all words alike, the small ones too."""
    return _nearest(files, lambda *_: 1.0)


def _nearest(files: dict[str, str], rarity: Callable[[int, int], float]) -> list[str]:
    notes, queries = (list(csv.DictReader(io.StringIO(files[name]))) for name in ("notes.csv", "queries.csv"))
    held = Counter(word for row in notes for word in set(_words(row["text"])))

    def weights(text: str) -> Weights:
        counts = Counter(word for word in _words(text) if word in held)
        return {word: count * rarity(len(notes), held[word]) for word, count in counts.items()}

    query = weights(queries[0]["text"])
    near = {row["note"]: _cosine(query, weights(row["text"])) for row in notes}
    best = max(near, key=lambda note: near[note])
    return [best, f"{near[best]:.5f}"]


def _words(text: str) -> list[str]:
    return re.findall("[a-z]+", text.lower())


def _cosine(a: Weights, b: Weights) -> float:
    return math.fsum(a[word] * b[word] for word in a.keys() & b.keys()) / (
        math.hypot(*a.values()) * math.hypot(*b.values())
    )
