"""Readers and the books they opened: which ones will they open next?"""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from content.generators.clear import require
from content.generators.dice import Dice
from content.generators.generator import Generator, Params
from content.generators.made import Cell, Made, Split, Table
from content.generators.words import ids
from content.metric_names import Metric

_SUBJECTS = ("crime", "history", "poetry", "science", "travel", "cooking")


class BookClicks(Params):
    """Say how many readers and books there are."""

    readers: Annotated[int, Field(ge=40, le=600, description="How many readers there are.")] = 150
    books: Annotated[int, Field(ge=30, le=300, description="How many books there are.")] = 80
    opened: Annotated[int, Field(ge=8, le=30, description="How many books a reader opens; a third is hidden.")] = 15
    taste: Annotated[float, Field(ge=0.2, le=3, description="How much a reader keeps to favourite subjects.")] = 1.5


def _build(params: BookClicks, dice: Dice) -> Made:
    books = {book: dice.choice(_SUBJECTS) for book in ids("b", params.books)}
    fame = {book: math.exp(dice.normal(0, 0.7)) for book in books}
    clicks: list[tuple[Cell, ...]] = []
    truth: dict[str, dict[str, float]] = {}
    for reader in ids("r", params.readers):
        opened = _opened(books, fame, params, dice)
        shown = len(opened) - len(opened) // 3
        clicks += [(reader, book, times) for book, times in opened[:shown]]
        truth[reader] = dict(opened[shown:])
    require(all(truth.values()))
    train = Table.of("reader book times", clicks)
    test = Table.of("reader", [(reader,) for reader in truth])
    files = {"train": train, "test": test, "books": Table.of("book subject", list(books.items()))}
    return Made(files, split=Split(train, test, truth, "reader", "books", tuple(books)))


def _opened(books: dict[str, str], fame: dict[str, float], params: BookClicks, dice: Dice) -> list[tuple[str, int]]:
    """Draw different books by fame and taste, in the order in which they are opened."""
    liking = {subject: math.exp(params.taste * dice.normal()) for subject in _SUBJECTS}
    keys = {book: dice.exponential(1.0) / (fame[book] * liking[subject]) for book, subject in books.items()}
    chosen = dice.shuffled(sorted(books, key=lambda book: keys[book])[: params.opened])
    return [(book, 1 + min(2, dice.poisson(0.7))) for book in chosen]


GENERATOR = Generator(
    "book-clicks",
    "Books that readers opened; predicted is which other ones each will open, best first, separated by spaces.",
    BookClicks,
    _build,
    metrics=(Metric.MAP_AT_K, Metric.NDCG_AT_K),
    id_column="reader",
    target_column="books",
)
