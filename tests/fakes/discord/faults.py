"""Trouble on demand: errors, lost connections before or after the effect, and silence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from fnmatch import fnmatchcase
from typing import Any


class Kind(Enum):
    """What goes wrong."""

    STATUS = auto()
    LOST_BEFORE = auto()
    LOST_AFTER = auto()
    HANG = auto()


@dataclass(slots=True)
class Fault:
    """One kind of trouble, for the next so many requests to matching routes."""

    pattern: str
    kind: Kind
    left: int
    status: int = 500
    body: Any = "upstream error"
    headers: Mapping[str, str] = field(default_factory=dict)


class Faults:
    """Keeps what shall go wrong. Patterns are like "POST /channels/*/messages"."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def fail(
        self,
        pattern: str,
        status: int,
        times: int = 1,
        body: Any = "upstream error",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Answer with this status and have no effect; a body that is no text goes as JSON."""
        self._waiting.append(Fault(pattern, Kind.STATUS, times, status, body, headers or {}))

    def lose_before(self, pattern: str, times: int = 1) -> None:
        """Cut the connection before anything happens."""
        self._waiting.append(Fault(pattern, Kind.LOST_BEFORE, times))

    def lose_after(self, pattern: str, times: int = 1) -> None:
        """Do what was asked, then cut the connection."""
        self._waiting.append(Fault(pattern, Kind.LOST_AFTER, times))

    def hang(self, pattern: str, times: int = 1) -> None:
        """Never answer, and have no effect."""
        self._waiting.append(Fault(pattern, Kind.HANG, times))

    def heal(self) -> None:
        """Let nothing go wrong any more."""
        self._waiting.clear()

    def take(self, method: str, path: str) -> Fault | None:
        """Return what goes wrong with this request."""
        for fault in self._waiting:
            if fnmatchcase(f"{method} {path}", fault.pattern):
                fault.left -= 1
                if fault.left <= 0:
                    self._waiting.remove(fault)
                return fault
        return None
