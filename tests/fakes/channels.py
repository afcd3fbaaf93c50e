"""Channels that remember what was posted in them, for tests that need no platform around them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.core.outgoing import PostFailed, Target, Trouble
from bot.core.reply import Reply
from bot.models import Handle, Place


@dataclass(slots=True)
class Channels:
    """Takes posts as a platform does: a key once, and nothing in a channel that is closed."""

    platform: str
    posted: list[tuple[Target, Reply]] = field(default_factory=list)
    told: list[tuple[Handle, Reply]] = field(default_factory=list)
    letters: list[tuple[Place, Reply]] = field(default_factory=list)
    closed: dict[str, Trouble] = field(default_factory=dict)
    # Fail after the post is there, so that nobody knows.
    answers: bool = True
    _keys: dict[str, str] = field(default_factory=dict)

    async def tell(self, handle: Handle, reply: Reply) -> bool:
        self.told.append((handle, reply))
        return True

    async def tell_organiser(self, place: Place, reply: Reply) -> bool:
        self.letters.append((place, reply))
        return True

    async def trouble_at(self, target: Target) -> Trouble | None:
        return self.closed.get(target.channel)

    async def post(self, target: Target, reply: Reply, key: str) -> str:
        if (trouble := self.closed.get(target.channel)) is not None:
            raise PostFailed(trouble, "closed")
        if key not in self._keys:
            self.posted.append((target, reply))
            self._keys[key] = str(len(self.posted))
        if not self.answers:
            raise PostFailed(Trouble.UNKNOWN, "no answer")
        return self._keys[key]

    @property
    def titles(self) -> list[str]:
        """Return the titles of what was posted."""
        return [reply.title for _, reply in self.posted]


@dataclass(slots=True)
class ChannelsToRead(Channels):
    """The same, on a platform where the bot can read what is in a channel."""

    async def find(self, target: Target, key: str, reply: Reply, since: datetime) -> str | None:
        return self._keys.get(key)
