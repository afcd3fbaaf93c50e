"""Search over the entries of content packs."""

from __future__ import annotations

from content.search.answer import Answer, Hit, Part
from content.search.index import Index
from content.search.suggesting import Suggestion

__all__ = ["Answer", "Hit", "Index", "Part", "Suggestion"]
