"""What the rest of the house says on the page without being asked."""

from __future__ import annotations

from hashlib import sha256

from adapters.web.people import CHANNELS, DIRECT, HERE, PLATFORM
from adapters.web.rooms import Rooms
from bot.core.outgoing import PostFailed, Target, Trouble
from bot.core.reply import Reply
from bot.models import Handle, Place


class WebPoster:
    """Writes into the rooms; whoever has the page open sees it at once."""

    platform = PLATFORM

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    async def tell(self, handle: Handle, reply: Reply) -> bool:
        """Say something to one member in their direct messages."""
        self._rooms.say(DIRECT, reply, only=handle)
        return True

    async def tell_organiser(self, place: Place, reply: Reply) -> bool:
        """Say something that only organisers see."""
        self._rooms.say(CHANNELS[0], reply, for_organisers=True)
        return place == HERE

    async def trouble_at(self, target: Target) -> Trouble | None:
        """Say whether there is such a channel."""
        there = target.place == HERE and _channel(target) in CHANNELS
        return None if there else Trouble.GONE

    async def post(self, target: Target, reply: Reply, key: str) -> str:
        """Post in a channel; the same key posts once."""
        channel = _channel(target)
        if target.place != HERE or channel not in CHANNELS:
            raise PostFailed(Trouble.GONE, f"there is no channel {target.channel}")
        name = sha256(f"{channel}:{key}".encode()).hexdigest()[:32]
        if self._rooms.find(name) is None:
            self._rooms.say(channel, reply, id=name)
        return name


def _channel(target: Target) -> str:
    return target.channel.lstrip("#").casefold()
