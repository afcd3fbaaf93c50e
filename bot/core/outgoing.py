"""Writing to somebody without being asked: what an adapter offers to the rest of the house."""

from __future__ import annotations

from typing import Protocol

from bot.core.reply import Reply
from bot.models import Handle


class Messenger(Protocol):
    """Writes private messages on one platform."""

    @property
    def platform(self) -> str:
        """Name the platform, as handles do."""

    async def tell(self, handle: Handle, reply: Reply) -> bool:
        """Send a private message; False when this member cannot be reached."""
