"""Whose name is whose, where strangers may come in: the first browser that takes a name keeps it."""

from __future__ import annotations

from hashlib import sha256
from typing import Protocol

from adapters.web.people import handle_of


class Shelf(Protocol):
    """Remembers a word under a name."""

    async def get(self, key: str) -> str | None:
        """Return what is kept under this name."""

    async def put(self, key: str, text: str) -> None:
        """Keep this under this name."""


async def may_be(shelf: Shelf, name: str, visitor: str) -> bool:
    """Say whether a visitor may go by this name, and keep it for them from now on."""
    key, mark = f"web:name:{handle_of(name).user}", sha256(visitor.encode()).hexdigest()
    kept = await shelf.get(key)
    if kept is None:
        await shelf.put(key, mark)
    return kept in (None, mark)
