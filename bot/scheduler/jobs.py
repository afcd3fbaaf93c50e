"""What a job has to say when its time has come, and how an organiser hears how it went."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import Protocol

from bot.core.outgoing import Target
from bot.core.reply import Reply
from bot.models import Slot
from bot.models.posting import CATCH_UP, Post


@dataclass(frozen=True, slots=True)
class Letter:
    """What is posted, and where."""

    target: Target
    reply: Reply


class Job(Protocol):
    """Something that a community is sent at certain times."""

    @property
    def name(self) -> str:
        """Name the job, as its posts are kept."""

    async def compose(self, slot: Slot, *, late: bool) -> Letter | None:
        """Return what to post, or None for nothing; asked again before each try. What is late says so."""


# Tells an organiser what `post.news` says about it; what raises is told again later.
Tell = Callable[[Post], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Pace:
    """How much at once, and how long."""

    # At most so many posts of one platform are under way: enough for forty a second, if each takes a second.
    in_flight: int = 40
    # A poster gets so long. The rest of the lease is for what comes before and after.
    patience: timedelta = timedelta(minutes=4)
    lease: timedelta = timedelta(minutes=6)
    # Before this is over after a try of unknown outcome, nobody looks: it may still be on its way.
    settling: timedelta = timedelta(minutes=2)
    window: timedelta = CATCH_UP
    # Whatever goes out so much after its time is late.
    late: timedelta = timedelta(minutes=15)

    @property
    def doubt(self) -> timedelta:
        """Say how long a post may still come that somebody else had begun."""
        return self.patience + self.settling


PACE = Pace()


def key_of(slot: Slot) -> str:
    """Name a slot for platforms that post what has one name only once."""
    return f"{slot.community_id}/{slot.job}/{slot.due.astimezone(UTC):%Y%m%dT%H%M%SZ}"
