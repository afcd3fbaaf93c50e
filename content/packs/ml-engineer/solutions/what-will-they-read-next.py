"""How "What will they read next?" is solved: how famous a book is, times how much this reader likes its subject."""

from __future__ import annotations

import csv
import io
from collections import Counter

_DOUBT = 1.0
_SENT = 10
Row = dict[str, str]


def solve(files: dict[str, str]) -> str:
    """Rank unopened books by fame and by the subjects that the reader came back to."""
    train, subjects = _rows(files["train.csv"]), {row["book"]: row["subject"] for row in _rows(files["books.csv"])}
    opened = _opened(train)
    fame = Counter(row["book"] for row in train)
    usual: Counter[str] = Counter(subjects[row["book"]] for row in train)
    told = {}
    for reader, books in opened.items():
        own = Counter(subjects[book] for book in books)
        liking = {
            each: (own[each] + _DOUBT) / (len(books) * usual[each] / len(train) + _DOUBT) for each in sorted(usual)
        }
        rest = [book for book in subjects if book not in books]
        told[reader] = sorted(rest, key=lambda book: -(fame[book] + 1) * liking[subjects[book]])
    return _written(files, told)


def naive(files: dict[str, str]) -> str:
    """Give everybody the most famous books that they have not opened."""
    train = _rows(files["train.csv"])
    fame = Counter(row["book"] for row in train)
    told = {
        reader: [book for book, _ in fame.most_common() if book not in books]
        for reader, books in _opened(train).items()
    }
    return _written(files, told)


def _rows(text: str) -> list[Row]:
    return list(csv.DictReader(io.StringIO(text)))


def _opened(train: list[Row]) -> dict[str, set[str]]:
    opened: dict[str, set[str]] = {}
    for row in train:
        opened.setdefault(row["reader"], set()).add(row["book"])
    return opened


def _written(files: dict[str, str], told: dict[str, list[str]]) -> str:
    readers = [row["reader"] for row in _rows(files["test.csv"])]
    return "\n".join(["reader,books", *(f"{each},{' '.join(told[each][:_SENT])}" for each in readers)]) + "\n"
