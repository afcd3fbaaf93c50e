"""What search gives back: hits with the reasons for their score."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """Name one reason for a score and how strong it was, from 0 to 1."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Hit:
    """Name one entry that was found and how sure the search is of it, from 0 to 1."""

    id: str
    kind: str
    title: str
    score: float
    parts: tuple[Part, ...] = ()

    @property
    def explanation(self) -> str:
        """Tell in one line where the score comes from."""
        return ", ".join(f"{part.name} {part.value:.2f}" for part in self.parts)


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold the hits for one question, best first, and whether the first can be trusted."""

    query: str
    repaired: str
    hits: tuple[Hit, ...]
    confident: bool

    @property
    def was_repaired(self) -> bool:
        """Tell whether a misspelt word was read as another one."""
        return self.repaired != self.query
