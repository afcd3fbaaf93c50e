"""How "Sort the notes of the help desk" is solved: naive Bayes on word counts."""

from __future__ import annotations

import csv
import io
import math
import re
from collections import Counter

_OBVIOUS = {
    "invoice": "billing",
    "payment": "billing",
    "parcel": "delivery",
    "courier": "delivery",
    "error": "technical",
}
Row = dict[str, str]


def solve(files: dict[str, str]) -> str:
    """Add up how much each word speaks for each label, and how common the label is."""
    train, test = _rows(files["train.csv"]), _rows(files["test.csv"])
    notes = Counter(row["label"] for row in train)
    words: dict[str, Counter[str]] = {label: Counter() for label in notes}
    for row in train:
        words[row["label"]].update(_words(row["text"]))
    known = {word for counts in words.values() for word in counts}

    def score(label: str, text: str) -> float:
        all_words = words[label].total() + len(known)
        parts = [math.log((words[label][word] + 1) / all_words) for word in _words(text) if word in known]
        return math.log(notes[label] / len(train)) + math.fsum(parts)

    return _written({row["ticket"]: max(notes, key=lambda label: score(label, row["text"])) for row in test})


def naive(files: dict[str, str]) -> str:
    """Look for a handful of words that come to mind; what has none of them is billing, the commonest label."""
    told = {}
    for row in _rows(files["test.csv"]):
        told[row["ticket"]] = next((_OBVIOUS[word] for word in _words(row["text"]) if word in _OBVIOUS), "billing")
    return _written(told)


def _rows(text: str) -> list[Row]:
    return list(csv.DictReader(io.StringIO(text)))


def _words(text: str) -> list[str]:
    return re.findall("[a-z]+", text.lower())


def _written(told: dict[str, str]) -> str:
    return "\n".join(["ticket,label", *(f"{ticket},{label}" for ticket, label in told.items())]) + "\n"
