"""Repetition: no two entries that teach the same in other sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from content.checks.reading import Reading
from content.codes import problem
from content.entry import RawEntry
from content.kinds import NAMES
from content.problem import Problem
from content.similar_words import Echo, find_echoes

Pair = frozenset[int]
_CURE = "Rewrite the weaker one so that it teaches something else, or keep one and put the other's id into its was:."


@dataclass(frozen=True, slots=True)
class _Family:
    """Say which fields of which kinds are compared with each other, and how alike is too alike."""

    fields: dict[str, tuple[str, ...]]
    least: float
    what: str


_FAMILIES = (
    _Family({"tip": ("title", "text", "try", "done"), "step": ("title", "why", "do", "done")}, 0.42, "what it teaches"),
    _Family({"faq": ("question", "answer")}, 0.42, "its answer"),
    _Family({"resource": ("why",)}, 0.45, "why"),
    _Family({"tip": ("try",)}, 0.55, "try"),
)


def find_repetition(reading: Reading, told: Collection[Pair]) -> Iterator[Problem]:
    """Find entries that repeat each other, except those that were told of."""
    for family in _FAMILIES:
        entries = [entry for kind in family.fields for entry in reading.of(kind)]
        texts = [" ".join(entry.text(field) for field in family.fields[entry.kind]) for entry in entries]
        for echo in find_echoes(texts, family.least):
            first, second = entries[echo.first], entries[echo.second]
            if pair_of(first, second) not in told:
                yield _say(family, first, second, echo)


def pair_of(one: RawEntry, other: RawEntry) -> Pair:
    """Name two entries together, in either order."""
    return frozenset((id(one), id(other)))


def _say(family: _Family, first: RawEntry, second: RawEntry, echo: Echo) -> Problem:
    mine, theirs = (f"{NAMES[entry.kind]} {entry.name!r}" for entry in (second, first))
    where = first.place(family.fields[first.kind][0])
    message = (
        f"The {mine} says nearly what the {theirs} says at {where}: "
        f"{family.what} is {echo.alike:.0%} alike, in {', '.join(echo.words)}."
    )
    return problem("SIM005", second.place(family.fields[second.kind][0]), message, _CURE)
