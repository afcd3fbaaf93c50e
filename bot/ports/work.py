"""What the bot itself has to remember: calls, long values, posts, reminders."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.models import Handle, Post, PostState, Reminder, Slot


class Stash(Protocol):
    """A shelf for what is too long for a button's token."""

    async def put(self, value: str, *, until: datetime) -> str:
        """Keep a value for a while and return its short key; it goes earlier when its member is forgotten."""

    async def get(self, key: str) -> str | None:
        """Return the value, or None when it is unknown or its time is over."""


class Calls(Protocol):
    """The calls that were answered, so that a second delivery gets the same answer."""

    async def find(self, call_id: str) -> str | None:
        """Return what this call was answered with."""

    async def remember(self, call_id: str, outcome: str, whose: Handle | None = None) -> None:
        """Keep what this call was answered with; the first answer stays."""

    async def recent(self, since: datetime) -> Sequence[str]:
        """Return the ids of the calls answered since then."""

    async def forget_before(self, moment: datetime) -> int:
        """Drop answers, steps and stashed values older than this; return how many calls went."""


class Posts(Protocol):
    """The posts that are due, under way and done."""

    async def plan(self, slot: Slot) -> bool:
        """Write the row of a slot; False when it is there already."""

    async def claim(self, worker: str, *, lease: timedelta, limit: int) -> Sequence[Post]:
        """Take due rows, pending or with an expired lease, for one worker; each claim raises the row's fence."""

    async def settle(self, post: Post, state: PostState, message: str | None = None) -> bool:
        """Write how a claimed post ended; False when somebody else claimed it since (its fence moved)."""

    async def find(self, slot: Slot) -> Post | None:
        """Return the row of a slot."""


class Reminders(Protocol):
    """When to remind whom."""

    async def plan(self, reminder: Reminder) -> None:
        """Keep a member's reminder; it takes the place of the one before."""

    async def of(self, person_id: int) -> Reminder | None:
        """Return a member's reminder."""

    async def due(self, limit: int, platforms: Collection[str]) -> Sequence[Reminder]:
        """Return the reminders for these platforms whose time has come, the oldest first."""

    async def move(self, reminder: Reminder, was_due: datetime) -> bool:
        """Keep what became of a due reminder; False when somebody else did it since (its due time moved)."""

    async def stop(self, person_id: int) -> bool:
        """Remind this member no longer; False when they were not reminded."""
