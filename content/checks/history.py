"""History: an old id leads to one entry, and to nothing that lives under it."""

from __future__ import annotations

from collections.abc import Iterator

from content.checks.ids import GROUPS
from content.checks.reading import Reading
from content.codes import problem
from content.entry import RawEntry
from content.problem import Problem


def check_history(reading: Reading) -> Iterator[Problem]:
    """Find old ids that are still in use or claimed twice."""
    for group in GROUPS:
        living = reading.ids(*group)
        claimed: dict[str, RawEntry] = {}
        for entry in reading.of(*group):
            for number, old in entry.texts("was"):
                yield from _look(entry, number, old, living, claimed)


def _look(
    entry: RawEntry, number: int, old: str, living: dict[str, RawEntry], claimed: dict[str, RawEntry]
) -> Iterator[Problem]:
    place = entry.place("was", number)
    if old in living:
        message = f"The old id {old!r} still lives at {living[old].place('id')}."
        yield problem("HIS001", place, message, "Remove it here, or give the other entry a new id.")
    other = claimed.setdefault(old, entry)
    if other is not entry:
        message = f"The old id {old!r} is claimed by {other.name!r} too, at {other.place('was')}."
        yield problem("HIS002", place, message, "Leave it with the entry that took its place.")
    elif sum(1 for _, each in entry.texts("was") if each == old) > 1 and number == _last(entry, old):
        yield problem("HIS002", place, f"The old id {old!r} stands here twice.", "Keep one of them.")


def _last(entry: RawEntry, old: str) -> int:
    return max(number for number, each in entry.texts("was") if each == old)
