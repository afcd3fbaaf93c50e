"""Keys to other places, kept for adapters that were invited there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Secrets(Protocol):
    """A shelf for what nobody may read: whoever puts something here has encrypted it."""

    async def put(self, key: str, text: str) -> None:
        """Keep a text under this key; it takes the place of the one before."""

    async def get(self, key: str) -> str | None:
        """Return the text under this key."""

    async def delete(self, key: str) -> bool:
        """Drop a text so that no copy of it stays behind; False when there was none."""

    async def keys(self, prefix: str) -> Sequence[str]:
        """Return the keys that begin like this, in order."""
