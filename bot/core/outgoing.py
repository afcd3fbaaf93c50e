"""Writing without being asked: what an adapter offers to the rest of the house, and how it says that it failed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, runtime_checkable

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
    """A channel of a community, or with none whoever looks after it, privately."""

    place: Place
    channel: str
    # Who is mentioned there; empty for nobody.
    role: str = ""
    # The name of the thread that is opened under the post; empty for none.
    thread: str = ""


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


class CannotStart(Exception):
    """A platform will not let the bot in, whatever we try; the text says what the operator can do."""


class PostFailed(Exception):
    """A post did not go out, or may not have."""

    def __init__(self, trouble: Trouble, detail: str = "", wait: float = 0.0) -> None:
        super().__init__(f"{trouble}: {detail}" if detail else str(trouble))
        self.trouble, self.detail, self.wait = trouble, detail, wait


class Doorkeeper(Protocol):
    """Knows what to do when a community takes the bot in, or sends it away."""

    async def arrived(self, place: Place, name: str) -> Reply | None:
        """Take note that the bot is in a community; return what to say to whoever took it in, if it is new there."""

    async def left(self, place: Place) -> None:
        """Take note that the bot was sent away. What is known is kept for a while."""

    async def seen(self, platform: str, here: Collection[Place], served: Callable[[Place], bool]) -> Sequence[Place]:
        """Compare with where the bot is now, among the places that this process serves; return the new ones."""


@runtime_checkable
class Poster(Messenger, Protocol):
    """Writes into channels of communities on one platform."""

    async def post(self, target: Target, reply: Reply, key: str) -> str:
        """Post and return the message's id, or raise `PostFailed`. The same key posts once, where the platform can."""

    async def tell_organiser(self, place: Place, reply: Reply) -> bool:
        """Tell whoever looks after a community, privately; False when nobody can be reached."""


@runtime_checkable
class CanLook(Protocol):
    """Can look whether a post is in its channel: what a poster offers where its platform lets it read there."""

    async def find(self, target: Target, key: str, reply: Reply, since: datetime) -> str | None:
        """Return the id of the message that was posted with this key, or None; raise `PostFailed` if it cannot look.

        `since` says how far back to look at least. It comes from a clock that may be wrong, so look at the newest
        messages in any case.
        """


@runtime_checkable
class CanThread(Protocol):
    """Can open a thread under a post, where the target names one."""

    async def open_thread(self, target: Target, message: str) -> None:
        """Open the thread; a post without one is a post all the same, so nothing is raised for it."""


@runtime_checkable
class CanCheck(Protocol):
    """Can say before anything is posted whether it could be: what a poster offers where its platform tells."""

    async def trouble_at(self, target: Target) -> Trouble | None:
        """Say what would keep a post from this channel; None for nothing that is known."""


@runtime_checkable
class CanCall(Protocol):
    """Can say whether a name leads to somebody who can be mentioned: what a poster offers where names may not."""

    def knows_role(self, role: str) -> bool:
        """Say whether this is the id of a role, and not just its name."""
