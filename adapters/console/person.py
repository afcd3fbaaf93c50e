"""Who speaks at this terminal."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.calls import Speaker
from bot.models import Handle, Place

PLATFORM = "console"


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody at the terminal: their name, their community (none is a direct message), and their role."""

    name: str
    community: str | None = "home"
    admin: bool = False

    def speaker(self) -> Speaker:
        """Say it as the core wants to hear it."""
        place = Place(PLATFORM, self.community.casefold()) if self.community else None
        handle = Handle(PLATFORM, "", self.name.casefold())
        return Speaker(handle, self.name, place, self.community or "", self.admin)
