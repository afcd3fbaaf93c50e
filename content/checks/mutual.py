"""Mutual: a challenge and the step that it trains name each other, so that members find one from the other."""

from __future__ import annotations

from collections.abc import Iterator

from content.checks.reading import Reading
from content.codes import problem
from content.entry import RawEntry
from content.problem import Problem

_SIDES = (("challenge", "steps", "challenges"), ("step", "challenges", "steps"))


def check_mutual(reading: Reading) -> Iterator[Problem]:
    """Find challenges and steps of which only one names the other."""
    known = reading.ids("challenge", "step")
    old = reading.old_ids("challenge", "step")
    meant = {**{name: entry.id for name, entry in old.items()}, **{name: name for name in known}}
    for kind, field, back in _SIDES:
        for entry in reading.of(kind):
            for number, name in entry.texts(field):
                other = known.get(meant.get(name, ""))
                if other and entry.id and not _names(other, back, entry.id, meant):
                    yield _one_sided(entry, (field, number), other, back)


def _names(entry: RawEntry, field: str, wanted: str, meant: dict[str, str]) -> bool:
    """Tell whether an entry names another; a name that nobody bears may be meant for it, and is told elsewhere."""
    return any(meant.get(name, wanted) == wanted for _, name in entry.texts(field))


def _one_sided(entry: RawEntry, path: tuple[str | int, ...], other: RawEntry, back: str) -> Problem:
    message = f"The {entry.kind} {entry.name!r} names the {other.kind} {other.name!r}, which does not name it back."
    hint = f"Add {entry.id!r} to {back} at {other.place(back)}, or take it out here."
    return problem("REF016", entry.place(*path), message, hint)
