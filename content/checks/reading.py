"""What the checks look at: all packs at once, every entry as written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from content.entry import RawEntry
from content.loader import LoadedPack


@dataclass(frozen=True)
class Reading:
    """Hold the packs that are checked together, and the day of the check."""

    packs: tuple[LoadedPack, ...]
    today: date | None = None

    @cached_property
    def entries(self) -> tuple[RawEntry, ...]:
        """Return every entry of every pack, those inside others too."""
        return tuple(entry for pack in self.packs for entry in pack.everything())

    @cached_property
    def by_kind(self) -> dict[str, list[RawEntry]]:
        """Return the entries by kind."""
        found: dict[str, list[RawEntry]] = {}
        for entry in self.entries:
            found.setdefault(entry.kind, []).append(entry)
        return found

    def of(self, *kinds: str) -> Iterator[RawEntry]:
        """Yield the entries of some kinds."""
        for kind in kinds:
            yield from self.by_kind.get(kind, ())

    def ids(self, *kinds: str) -> dict[str, RawEntry]:
        """Return the entries of some kinds by id, broken ones included."""
        return {entry.id: entry for entry in self.of(*kinds) if entry.id}

    def old_ids(self, *kinds: str) -> dict[str, RawEntry]:
        """Return the entries of some kinds by the ids they had before."""
        return {old: entry for entry in self.of(*kinds) for _, old in entry.texts("was")}
