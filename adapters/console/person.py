"""Who speaks at this terminal."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.calls import Speaker
from bot.core.markup import one_line
from bot.models import Handle, Place

PLATFORM = "console"
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody at the terminal: their name, their community (none is a direct message), and their role."""

    name: str
    community: str | None = "home"
    admin: bool = False

    def speaker(self) -> Speaker:
        """Say it as the core wants to hear it."""
        name, community = _tidy(self.name), _tidy(self.community or "")
        place = Place(PLATFORM, community.casefold()) if community else None
        return Speaker(Handle(PLATFORM, "", name.casefold()), name, place, community, self.admin)


def _tidy(name: str) -> str:
    """Keep what can be stored and shown; the argument of a program may hold any bytes."""
    return one_line(name)[:LONGEST]
