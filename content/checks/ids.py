"""Ids: unique over all packs. Topics are names of their own, and so are the stages of one path."""

from __future__ import annotations

from collections.abc import Iterator

from content.checks.reading import Reading
from content.codes import problem
from content.entry import RawEntry
from content.kinds import NAMES
from content.problem import Problem

ENTRIES = ("tip", "faq", "resource", "path", "step", "challenge")
GROUPS = (ENTRIES, ("topic",), ("pack",))


def check_ids(reading: Reading) -> Iterator[Problem]:
    """Find ids that two entries use."""
    for group in GROUPS:
        yield from _twice(reading.of(*group))
    for path in reading.of("path"):
        yield from _twice(path.inner("stages", "stage"))


def _twice(entries: Iterator[RawEntry]) -> Iterator[Problem]:
    first: dict[str, RawEntry] = {}
    for entry in entries:
        if not entry.id:
            continue
        other = first.setdefault(entry.id, entry)
        if other is not entry:
            message = f"The id {entry.id!r} is used twice, first by the {NAMES[other.kind]} at {other.place('id')}."
            yield problem("ID002", entry.place("id"), message, "Give this one an id of its own.")
