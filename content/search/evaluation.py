"""How good the search is on questions whose answer is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from content.search.answer import Answer
from content.search.index import Index
from content.search.noise import cut_short, with_slips

QUESTIONS_FILE = Path("eval") / "questions.yaml"
SEED = 7
DEPTH = 5


class NoQuestions(Exception):
    """The pack has no questions to judge the search by."""


@dataclass(frozen=True, slots=True)
class Known:
    """Pair a question with the id that answers it, or with None when nothing does; `others` answer it as well."""

    question: str
    id: str | None
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Miss:
    """Tell of one question that was not answered as it should be."""

    variant: str
    question: str
    wanted: str | None
    got: tuple[str, ...]
    confident: bool


@dataclass(frozen=True, slots=True)
class Scores:
    """Hold the figures for one way of typing the questions; rates are between 0 and 1."""

    variant: str
    answerable: int
    unanswerable: int
    hit_at_1: float
    hit_at_3: float
    hit_at_5: float
    mrr: float
    abstained_rightly: float | None
    abstained_wrongly: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Hold the figures for every way of typing the questions, and the misses."""

    scores: tuple[Scores, ...]
    misses: tuple[Miss, ...]


def read_questions(folder: Path) -> tuple[Known, ...]:
    """Read the evaluation questions of a pack."""
    path = folder / QUESTIONS_FILE
    if not path.is_file():
        raise NoQuestions(f"{path} is missing. Write a list of {{q: question, id: entry or null}} into it.")
    try:
        data = yaml.load(path.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    except yaml.YAMLError as error:
        raise NoQuestions(f"{path} cannot be read: {error}") from None
    known = tuple(map(_known, data)) if isinstance(data, list) else ()
    if not known or None in known:
        raise NoQuestions(f"{path} must be a list of {{q: question, id: entry, [several] or null}}.")
    return tuple(filter(None, known))


def _known(item: Any) -> Known | None:
    if not isinstance(item, dict) or not isinstance(item.get("q"), str):
        return None
    answer = item.get("id")
    if answer is None:
        return Known(item["q"], None)
    first, *others = map(str, answer if isinstance(answer, list) and answer else [answer])
    return Known(item["q"], first, tuple(others))


def evaluate(index: Index, known: Sequence[Known], seed: int = SEED) -> Evaluation:
    """Ask every question as written, with slips and cut short, and count what comes back."""
    variants: tuple[tuple[str, Callable[[str], str]], ...] = (
        ("as written", str),
        ("with slips", lambda text: with_slips(text, seed)),
        ("three or four words", lambda text: cut_short(text, seed)),
    )
    kinds = _kinds(index, known)
    scores: list[Scores] = []
    misses: list[Miss] = []
    for name, change in variants:
        asked = [(each, index.ask(change(each.question), kinds[each], DEPTH)) for each in known]
        scores.append(_count(name, asked))
        misses += [_miss(name, each, answer) for each, answer in asked if not _is_right(each, answer)]
    return Evaluation(tuple(scores), tuple(misses))


def _kinds(index: Index, known: Sequence[Known]) -> dict[Known, str | None]:
    """Ask as the commands do: each kind of entry has its own, and a question without answer goes to the busiest."""
    found = {each: index.kind_of(each.id) for each in known if each.id is not None}
    usual = Counter(found.values()).most_common(1)
    return {each: found.get(each, usual[0][0] if usual else None) for each in known}


def _count(name: str, asked: Sequence[tuple[Known, Answer]]) -> Scores:
    ranks = [(_rank(each, answer), answer.confident) for each, answer in asked if each.id is not None]
    foreign = [answer.confident for each, answer in asked if each.id is None]
    total = max(1, len(ranks))

    def within(depth: int) -> float:
        return sum(1 for rank, _ in ranks if rank and rank <= depth) / total

    return Scores(
        name,
        len(ranks),
        len(foreign),
        within(1),
        within(3),
        within(DEPTH),
        sum(1 / rank for rank, _ in ranks if rank) / total,
        foreign.count(False) / len(foreign) if foreign else None,
        sum(1 for _, confident in ranks if not confident) / total,
    )


def _rank(known: Known, answer: Answer) -> int:
    """Return at which place a right entry came first, 0 when none did."""
    right = {known.id, *known.others}
    return next((place for place, hit in enumerate(answer.hits, 1) if hit.id in right), 0)


def _is_right(known: Known, answer: Answer) -> bool:
    if known.id is None:
        return not answer.confident
    return _rank(known, answer) == 1 and answer.confident


def _miss(variant: str, known: Known, answer: Answer) -> Miss:
    return Miss(variant, answer.query, known.id, tuple(hit.id for hit in answer.hits[:3]), answer.confident)
