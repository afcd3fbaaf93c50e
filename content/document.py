"""What search reads of an entry: one flat record, whatever the kind."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """Hold the searchable words of one entry."""

    id: str
    kind: str
    title: str
    also: tuple[str, ...] = ()
    body: str = ""
    topics: tuple[str, ...] = ()
    level: str = ""
