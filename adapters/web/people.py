"""Who speaks on the page, and where."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.calls import Speaker
from bot.core.markup import one_line
from bot.models import Handle, Place

PLATFORM = "web"
HERE = Place(PLATFORM, "home")
DIRECT = "direct"
# Where everybody talks, and where the bot posts.
CHANNELS = ("general", "weekly")
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody at the page: what they are called, and whether they look after the community."""

    name: str
    organiser: bool = False

    @property
    def handle(self) -> Handle:
        """Return who this is to the bot."""
        return handle_of(self.name)

    def speaker(self, room: str, community: str) -> Speaker:
        """Say it as the core wants to hear it."""
        if room == DIRECT:
            return Speaker(self.handle, self.name, None, "", self.organiser)
        return Speaker(self.handle, self.name, HERE, community, self.organiser)


def tidy(name: str) -> str:
    """Make one word of a name, so that others can call it; empty when nothing of it can be seen."""
    return "-".join(one_line(name).lstrip("@").replace(":", " ").split())[:LONGEST_NAME].strip()


def handle_of(name: str) -> Handle:
    """Return the handle behind a name; capitals make no other person."""
    return Handle(PLATFORM, "", tidy(name).casefold())
