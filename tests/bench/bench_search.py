"""Measure the search beside plain full-text search and rank-bm25: python -m tests.bench.bench_search."""

from __future__ import annotations

import random
import re
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from rank_bm25 import BM25Okapi

from content.document import Document
from content.lenient import SearchReading, survey_for_search
from content.search import Index
from content.search.evaluation import Known, NoQuestions, read_questions
from content.search.noise import cut_short, with_slips

PACK = Path(__file__).parents[2] / "content" / "packs" / "ml-engineer"
SIZES = (100, 1_000, 10_000)
QUESTIONS = 300
SEED = 11
_WORD = re.compile(r"\w+")


class Engine(Protocol):
    """Find the ids of entries for a question, best first."""

    def find(self, question: str, limit: int = 5) -> list[str]: ...


class Ours:
    """The search of this project."""

    def __init__(self, documents: Sequence[Document], words: Iterable[Iterable[str]] = ()) -> None:
        self.index = Index.build(documents, words)

    def find(self, question: str, limit: int = 5) -> list[str]:
        return [hit.id for hit in self.index.ask(question, limit=limit).hits]


class PlainFts5:
    """SQLite's full-text search with any of the words, by BM25, and nothing else."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._ids = [document.id for document in documents]
        self._database = sqlite3.connect(":memory:")
        self._database.execute(
            "CREATE VIRTUAL TABLE entries USING fts5(title, also, body, tokenize = 'porter unicode61')"
        )
        rows = ((document.title, " ".join(document.also), document.body) for document in documents)
        self._database.executemany("INSERT INTO entries VALUES (?, ?, ?)", rows)

    def find(self, question: str, limit: int = 5) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in dict.fromkeys(_WORD.findall(question)))
        if not words:
            return []
        sql = "SELECT rowid FROM entries WHERE entries MATCH ? ORDER BY rank LIMIT ?"
        return [self._ids[row - 1] for (row,) in self._database.execute(sql, (words, limit))]


class RankBm25:
    """The usual BM25 package over lower-case words."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._ids = [document.id for document in documents]
        texts = (" ".join((document.title, *document.also, document.body)) for document in documents)
        self._ranks: Any = BM25Okapi([_WORD.findall(text.casefold()) or ["-"] for text in texts])

    def find(self, question: str, limit: int = 5) -> list[str]:
        scores = self._ranks.get_scores(_WORD.findall(question.casefold()))
        best = sorted(range(len(self._ids)), key=lambda at: -scores[at])[:limit]
        return [self._ids[at] for at in best]


@dataclass(frozen=True, slots=True)
class Timing:
    """Hold times in milliseconds."""

    half: float
    most: float

    def __str__(self) -> str:
        return f"{self.half:6.2f} {self.most:7.2f}"


def synthetic(count: int, seed: int = SEED) -> list[Document]:
    """Make up entries whose words are as uneven as those of a language."""
    chance = random.Random(seed)
    syllables = [a + b for a in "bcdfglmnprstv" for b in "aeiou"]
    words = ["".join(chance.choices(syllables, k=chance.choice((2, 2, 3, 4)))) for _ in range(4_000 + count)]
    weights = [1 / (rank + 8) for rank in range(len(words))]

    def say(length: int) -> str:
        return " ".join(chance.choices(words, weights, k=length))

    kinds = ("faq", "tip", "resource")
    return [
        Document(f"made-up-{at}", kinds[at % 3], say(8), tuple(say(6) for _ in range(4)), say(90), (say(1),))
        for at in range(count)
    ]


def questions_of(documents: Sequence[Document], seed: int = SEED) -> list[str]:
    """Ask for entries in other words: some of the title, some of the text, half of them misspelt."""
    chance = random.Random(seed)
    found: list[str] = []
    for at in range(QUESTIONS):
        document = chance.choice(documents)
        some = [*chance.sample(document.title.split(), min(4, len(document.title.split())))]
        some += chance.sample(document.body.split() or ["word"], min(4, len(document.body.split()) or 1))
        question = f"how do i {' '.join(some)} please"
        found.append(with_slips(question, seed) if at % 2 else question)
    return found


def timed(work: Callable[[str], object], texts: Iterable[str]) -> Timing:
    """Time one call for each text."""
    times: list[float] = []
    for text in texts:
        began = time.perf_counter()
        work(text)
        times.append((time.perf_counter() - began) * 1_000)
    return Timing(statistics.median(times), sorted(times)[int(len(times) * 0.99)])


def built(make: Callable[[], Engine]) -> tuple[Engine, float]:
    """Build an engine and tell how many seconds that took."""
    began = time.perf_counter()
    engine = make()
    return engine, time.perf_counter() - began


def quality(engine: Engine, known: Sequence[Known], change: Callable[[str], str]) -> tuple[float, float]:
    """Return hit@1 and the mean reciprocal rank over the questions that have an answer."""
    answerable = [each for each in known if each.id is not None]
    ranks: list[float] = []
    for each in answerable:
        found = engine.find(change(each.question), 10)
        ranks.append(1 / (found.index(each.id) + 1) if each.id in found else 0.0)
    total = max(1, len(ranks))
    return ranks.count(1.0) / total, sum(ranks) / total


def measure_speed(pack: Sequence[Document]) -> None:
    """Print build and answer times for each size."""
    print(f"{'entries':>8}  {'engine':<12} {'build s':>8}  {'question ms p50, p99':>20}  {'typing ms p50, p99':>20}")
    for size in SIZES:
        documents = [*pack[: size // 2], *synthetic(size - len(pack[: size // 2]))]
        texts = questions_of(documents)
        typing = [text[:end] for text in texts[::5] for end in range(len(text) + 1)]
        ours = Ours(documents[:1])
        for name, make in _engines(documents):
            engine, seconds = built(make)
            shown = ""
            if isinstance(engine, Ours):
                ours = engine
                shown = str(timed(ours.index.suggest, typing))
            print(f"{size:>8}  {name:<12} {seconds:>8.2f}  {timed(engine.find, texts)!s:>20}  {shown:>20}")


def _engines(
    documents: Sequence[Document], words: Iterable[Iterable[str]] = ()
) -> list[tuple[str, Callable[[], Engine]]]:
    return [
        ("ours", lambda: Ours(documents, words)),
        ("plain FTS5", lambda: PlainFts5(documents)),
        ("rank-bm25", lambda: RankBm25(documents)),
    ]


def measure_quality(reading: SearchReading) -> None:
    """Print how often each engine finds the right entry of our own pack first."""
    try:
        known = read_questions(PACK)
    except NoQuestions as missing:
        print(f"\nNo quality figures: {missing}")
        return
    documents = [document for document in reading.documents if document.kind == "faq"]
    ids = {document.id for document in documents}
    asked = [each for each in known if each.id in ids]
    print(f"\nhit@1 and MRR on {len(asked)} questions to the {len(documents)} FAQs of the pack")
    print(f"{'engine':<12} {'as written':>14} {'with slips':>14} {'3-4 words':>14}")
    changes: tuple[Callable[[str], str], ...] = (
        str,
        lambda text: with_slips(text, SEED),
        lambda text: cut_short(text, SEED),
    )
    for name, make in _engines(documents, reading.words):
        engine = make()
        cells = [quality(engine, asked, change) for change in changes]
        print(f"{name:<12} " + " ".join(f"{hit:>7.3f}{mrr:>7.3f}" for hit, mrr in cells))


def main() -> None:
    """Print all figures."""
    reading = survey_for_search(PACK)
    measure_speed(reading.documents)
    measure_quality(reading)


if __name__ == "__main__":
    main()
