"""What the bot itself has to remember: calls, long values, posts, reminders."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol, Self

from bot.models import Reminder, Slot
from bot.models.posting import Ending, Planned, Post, Schedule


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

    async def remember_all(self, answers: Mapping[str, tuple[Self, str]]) -> None:
        """Keep what calls were answered with, each as its own view of the store would; first answers stay."""

    async def recent(self, since: datetime) -> Sequence[str]:
        """Return the ids of the calls answered since then."""

    async def forget_before(self, moment: datetime) -> int:
        """Drop answers, steps and stashed values older than this; return how many calls went."""


class Schedules(Protocol):
    """When which job of which community posts."""

    async def arrange(self, schedule: Schedule) -> None:
        """Keep a job's rule in place of the one before, whose trouble and slots that lie ahead are forgotten."""

    async def arranged(self, community_id: int) -> Sequence[Schedule]:
        """Return the jobs of a community by name."""

    async def ripe(self, limit: int) -> Sequence[Schedule]:
        """Return the schedules whose next moment has come, the longest waiting first.

        Those that a clock which ran ahead has looked at come too. The latest slot of a schedule lies before its next
        moment, and at most half a day ahead, whatever that clock has planned.
        """

    async def lay_out(self, schedule: Schedule, planned: Sequence[Planned], next_at: datetime) -> bool:
        """Write these slots down and set the next moment, in one go; False when the schedule changed since.

        A slot that is there already stays as it is.
        """

    async def pause(self, community_id: int, job: str, *, paused: bool) -> bool:
        """Pause a job or let it go on; its slots are still planned, as missed. False when there is no such job."""

    async def cancel(self, community_id: int, job: str) -> bool:
        """Forget a job's rule and leave out what it has not begun to post; False when there is no such job."""


class Posts(Schedules, Protocol):
    """The posts that are due, under way and done.

    A post is claimed for a while (its lease), begun just before it is sent, and then ended. Each claim raises its
    fence, so whoever comes back too late changes nothing, except that a post which was sent is sent.
    """

    async def plan(self, slot: Slot, until: datetime | None = None) -> bool:
        """Write the row of a slot, to be posted until then; False when it is there already."""

    async def claim(self, worker: str, platform: str, *, lease: timedelta, limit: int) -> Sequence[Post]:
        """Take posts of a platform whose turn has come, in the order of their turns.

        PENDING means that it surely was not sent, SENDING that it may have been.
        """

    async def begin(self, post: Post, *, lease: timedelta) -> bool:
        """Write that a claimed post is about to be sent; False when it is no longer ours. The lease starts anew."""

    async def confirm(self, post: Post, message: str | None) -> bool:
        """Write that a post is there, whoever claimed it since; False when that is known already."""

    async def end(self, post: Post, ending: Ending) -> bool:
        """Write how a try ended, or that it was put off; False when somebody else claimed the post since."""

    async def recover(self, platform: str, *, doubt: timedelta) -> int:
        """Take back what nobody works on any more, and return how many that were.

        A post that was begun may have been sent, or may still be on its way: its turn comes when `doubt` is over.
        What a clock that ran ahead has put off too far, or written off as too late, is taken up again.
        """

    async def find(self, slot: Slot) -> Post | None:
        """Return the row of a slot."""

    async def log(self, community_id: int, limit: int) -> Sequence[Post]:
        """Return the posts of a community, the latest first."""

    async def again(self, post_id: int, until: datetime) -> bool:
        """Post once more what nobody knows of, until then at least, on an organiser's word; False when it is known."""

    async def is_there(self, post_id: int) -> bool:
        """Take an organiser's word that a post of which nobody knew is there; False when it is known by now."""

    async def take_news(self, limit: int, *, lease: timedelta) -> Sequence[Post]:
        """Take posts of which an organiser should hear, for a while."""

    async def told(self, post: Post) -> None:
        """Write that an organiser heard of a post."""


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
