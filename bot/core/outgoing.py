"""Writing without being asked: what an adapter offers to the rest of the house, and how it says that it failed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.core.reply import Reply
from bot.models import Handle, Place


class Messenger(Protocol):
    """Writes private messages on one platform."""

    @property
    def platform(self) -> str:
        """Name the platform, as handles do."""

    async def tell(self, handle: Handle, reply: Reply) -> bool:
        """Send a private message; False when this member cannot be reached."""


@dataclass(frozen=True, slots=True)
class Target:
    """A channel of a community."""

    place: Place
    channel: str


class Trouble(StrEnum):
    """Why a post did not go out, as far as it matters for what to do next."""

    # The channel is not there any more, or takes no messages.
    GONE = "gone"
    # The bot may not write there.
    FORBIDDEN = "forbidden"
    # The bot is not in this community any more, or its key was taken back.
    EXPELLED = "expelled"
    # The platform does not answer or asks to wait; nothing went out.
    LATER = "later"
    # Nobody knows whether it went out.
    UNKNOWN = "unknown"
    # The platform does not take what was to be posted: a mistake of ours.
    REFUSED = "refused"


class PostFailed(Exception):
    """A post did not go out, or may not have."""

    def __init__(self, trouble: Trouble, detail: str = "", wait: float = 0.0) -> None:
        super().__init__(f"{trouble}: {detail}" if detail else str(trouble))
        self.trouble, self.detail, self.wait = trouble, detail, wait


class Poster(Messenger, Protocol):
    """Writes into channels of communities on one platform."""

    async def post(self, target: Target, reply: Reply, key: str) -> str:
        """Post and return the message's id, or raise `PostFailed`. The same key posts once, where the platform can."""

    async def tell_organiser(self, place: Place, reply: Reply) -> bool:
        """Tell whoever looks after a community, privately; False when nobody can be reached."""
