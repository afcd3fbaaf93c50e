"""Post in channels, and to whoever looks after a community where no channel is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.core.outgoing import CanCall, CanCheck, CanLook, CanThread, Poster, PostFailed, Target, Trouble
from bot.core.reply import Reply
from bot.models import Handle, Place


@dataclass(frozen=True, slots=True)
class Mail:
    """A poster that also takes what has no channel."""

    poster: Poster

    @property
    def platform(self) -> str:
        """Name the platform."""
        return self.poster.platform

    async def tell(self, handle: Handle, reply: Reply) -> bool:
        """Send a private message."""
        return await self.poster.tell(handle, reply)

    async def tell_organiser(self, place: Place, reply: Reply) -> bool:
        """Tell whoever looks after a community."""
        return await self.poster.tell_organiser(place, reply)

    async def trouble_at(self, target: Target) -> Trouble | None:
        """Say what would keep a post from this channel, as far as the platform tells."""
        return await self.poster.trouble_at(target) if isinstance(self.poster, CanCheck) else None

    def knows_role(self, role: str) -> bool:
        """Say whether a role could be mentioned by this name, as far as that can be seen."""
        return self.poster.knows_role(role) if isinstance(self.poster, CanCall) else True

    async def open_thread(self, target: Target, message: str) -> None:
        """Open the thread that a target names, where the platform has threads."""
        if target.channel and target.thread and isinstance(self.poster, CanThread):
            await self.poster.open_thread(target, message)

    async def post(self, target: Target, reply: Reply, key: str) -> str:
        """Post in a channel; without one, tell whoever looks after the community."""
        if target.channel:
            return await self.poster.post(target, reply, key)
        if not await self.poster.tell_organiser(target.place, reply):
            raise PostFailed(Trouble.LATER, "nobody who looks after this community could be reached")
        return ""


@dataclass(frozen=True, slots=True)
class MailThatLooks(Mail):
    """The same, on a platform where the bot can see what is in a channel."""

    looking: CanLook

    async def find(self, target: Target, key: str, reply: Reply, since: datetime) -> str | None:
        """Return the id of what was posted with this key; a private message cannot be looked up."""
        if not target.channel:
            raise PostFailed(Trouble.LATER, "a private message cannot be looked up")
        return await self.looking.find(target, key, reply, since)


def mail_by(poster: Poster) -> Mail:
    """Let a poster take what has no channel."""
    return MailThatLooks(poster, poster) if isinstance(poster, CanLook) else Mail(poster)
