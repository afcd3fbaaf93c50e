"""How "Text in little pieces" is solved: a word counts as often as it occurs."""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import pairwise

_MERGES = 8
Pair = tuple[str, str]


def solve(files: dict[str, str]) -> list[str]:
    """Let each pair weigh as much as the words in which it stands occur."""
    return _answers(_counts(files))


def naive(files: dict[str, str]) -> list[str]:
    """Count every word of the list once."""
    return _answers(dict.fromkeys(_counts(files), 1))


def _counts(files: dict[str, str]) -> dict[str, int]:
    return {row["word"]: int(row["count"]) for row in csv.DictReader(io.StringIO(files["words.csv"]))}


def _answers(weights: dict[str, int]) -> list[str]:
    pieces = {word: list(word) for word in weights}
    made = []
    for _ in range(_MERGES):
        pairs: Counter[Pair] = Counter()
        for word, weight in weights.items():
            for pair in pairwise(pieces[word]):
                pairs[pair] += weight
        best = pairs.most_common(1)[0][0]
        pieces = {word: _joined(old, best) for word, old in pieces.items()}
        made.append("".join(best))
    return [made[0], ", ".join(made)]


def _joined(old: list[str], pair: Pair) -> list[str]:
    new: list[str] = []
    for piece in old:
        if new and (new[-1], piece) == pair:
            new[-1] += piece
        else:
            new.append(piece)
    return new
