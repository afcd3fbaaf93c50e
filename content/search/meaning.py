"""Entries by meaning: which of them point the same way as a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from content.document import Document
from content.search.encoder import Encoder

if TYPE_CHECKING:
    from content.search.encoder import Vectors

NEAREST = 30


@dataclass(frozen=True, slots=True)
class Likeness:
    """Hold how alike a question is to every entry, by place: to a wording of it, and to its whole text."""

    wording: Vectors
    text: Vectors

    def nearest(self, allowed: Sequence[bool] | None, limit: int = NEAREST) -> list[int]:
        """Return the places of the entries that are most alike."""
        both = self.wording + self.text
        if allowed is not None:
            both = np.where(np.array(allowed, bool), both, -np.inf)
        order = np.argsort(-both, kind="stable")[:limit]
        return [int(place) for place in order if np.isfinite(both[place])]


class Meaning:
    """Hold the vectors of all entries."""

    def __init__(self, documents: Sequence[Document], encoder: Encoder) -> None:
        self._encoder = encoder
        wordings = [(document.title, *document.also) for document in documents]
        self._starts = np.cumsum([0, *map(len, wordings)])[:-1]
        texts = [f"{document.title} {document.body}" for document in documents]
        flat = [text for several in wordings for text in several]
        vectors = encoder.encode_entries([*flat, *texts])
        self._wordings, self._texts = vectors[: len(flat)], vectors[len(flat) :]

    def likeness(self, question: str) -> Likeness:
        """Compare a question with every entry."""
        vector = self._encoder.encode([question])[0]
        if not len(self._texts):
            return Likeness(vector[:0], vector[:0])
        best = np.maximum.reduceat(self._wordings @ vector, self._starts)
        return Likeness(np.clip(best, 0, 1), np.clip(self._texts @ vector, 0, 1))
