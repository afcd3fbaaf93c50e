"""Likeness: no two entries that say nearly the same, no wording that leads to two answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from content.checks.reading import Reading
from content.checks.repetition import Pair, find_repetition, pair_of
from content.codes import problem
from content.entry import RawEntry
from content.problem import Problem
from content.similar import likeness, similar_texts, similar_titles, trigrams

ALIKE_TITLES, ALIKE_TEXTS, ALIKE_WORDINGS = 0.6, 0.4, 0.8
_TITLES = (("tip", "title"), ("faq", "question"), ("step", "title"), ("challenge", "title"))
_LINES = (("tip", "try"), ("resource", "why"))
_TEXTS = (("tip", "text"), ("faq", "answer"), ("challenge", "task"))


@dataclass(frozen=True, slots=True)
class _Wording:
    entry: RawEntry
    path: tuple[str | int, ...]
    text: str


def check_similarity(reading: Reading) -> Iterator[Problem]:
    """Find entries that repeat each other."""
    told: set[Pair] = set()
    for kind, field in _TITLES:
        yield from _pairs(reading, kind, field, "SIM001", told)
    for kind, field in (*_LINES, *_TEXTS):
        yield from _pairs(reading, kind, field, "SIM002", told)
    yield from _wordings(reading)
    yield from find_repetition(reading, told)


def _pairs(reading: Reading, kind: str, field: str, code: str, told: set[Pair]) -> Iterator[Problem]:
    entries = [entry for entry in reading.of(kind) if entry.text(field).strip()]
    texts = [entry.text(field) for entry in entries]
    find, least = (similar_texts, ALIKE_TEXTS) if (kind, field) in _TEXTS else (similar_titles, ALIKE_TITLES)
    for one, other, alike in find(texts, least):
        first, second = entries[one], entries[other]
        told.add(pair_of(first, second))
        message = f"{field} of {second.name!r} is {alike:.0%} like that of {first.name!r} at {first.place(field)}."
        yield problem(code, second.place(field), message, "Say something else, or keep one of the two.")


def _wordings(reading: Reading) -> Iterator[Problem]:
    seen: dict[str, _Wording] = {}
    for faq in reading.of("faq"):
        own = trigrams(faq.text("question"))
        said = [_Wording(faq, ("question",), faq.text("question"))]
        said += [_Wording(faq, ("also", number), text) for number, text in faq.texts("also")]
        for wording in said:
            other = seen.setdefault(" ".join(wording.text.casefold().rstrip("?! ").split()), wording)
            if other is not wording and wording.text.strip():
                yield _same(wording, other)
            elif wording.path[0] == "also" and likeness(own, trigrams(wording.text)) >= ALIKE_WORDINGS:
                message = f"{wording.text!r} is a near copy of the question."
                yield problem("SIM003", faq.place(*wording.path), message, "Ask it in quite other words.")


def _same(wording: _Wording, other: _Wording) -> Problem:
    place = wording.entry.place(*wording.path)
    if other.entry is wording.entry:
        return problem("SIM003", place, f"{wording.text!r} stands here twice.", "Ask it in quite other words.")
    message = f"{wording.text!r} also belongs to {other.entry.name!r} at {other.entry.place(*other.path)}."
    return problem("SIM004", place, message, "Leave it with the entry that answers it best.")
