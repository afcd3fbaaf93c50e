"""What members did, and what follows from it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.models import Activity, Basis, Board, CheckIn, DayCount, DayRange, Excuse, Excused, Outage, Pause


class Activities(Protocol):
    """The ledger. Facts are added, never changed."""

    async def record(self, activity: Activity, *, paid_a_day: int | None = None) -> bool:
        """Add one fact; False when a standing fact of this person has this key.

        Only so many facts of a kind give points in a day; further ones count without points. What is derived from
        the ledger (the kept streak, the boards) changes in the same transaction.
        """

    async def add(self, activity: Activity, *, paid_a_day: int | None = None) -> tuple[Activity | None, Basis]:
        """Record one fact; return it with its number, or None when it stands already, and how its member stood before.

        Where this was done before, by an earlier delivery of the call, it tells how they stand now.
        """

    async def of(self, person_id: int, kinds: Collection[str] = ()) -> Sequence[Activity]:
        """Return a person's standing facts, of all kinds or of these, oldest first."""

    async def last(self, person_id: int, kinds: Collection[str] = ()) -> Activity | None:
        """Return the latest standing fact, of any kind or of these."""

    async def standing(self, person_id: int, key: str) -> Activity | None:
        """Return the standing fact with this key."""

    async def take_back(self, person_id: int, activity_id: int) -> bool:
        """Let a person's fact count no longer; False when it is not theirs or was taken back before."""

    async def members(self, community_id: int, since: datetime, until: datetime) -> int:
        """Count who did something in a community in this time."""

    async def counts(self, person_id: int) -> Mapping[str, int]:
        """Count a person's standing facts of each kind."""

    async def days(self, person_id: int, since: date) -> Sequence[DayCount]:
        """Return the days with credited facts from this day on, oldest first."""


class Streaks(Protocol):
    """What is kept of streaks, and what keeps them alive without doing anything."""

    async def kept(self, person_id: int) -> str | None:
        """Return the streak's state as text; None when there is none that still holds."""

    async def excused(self, person_id: int) -> Excused:
        """Return what counts for nothing against this member: pauses, excuses of their communities, outages."""

    async def standing(self, person_id: int) -> Basis:
        """Return what a member's streak is made of, as of one moment."""

    async def pauses(self, person_id: int) -> Sequence[Pause]:
        """Return a member's pauses, the newest first."""

    async def pause(self, person_id: int, days: DayRange) -> Pause:
        """Keep a pause."""

    async def set_pause(self, pause_id: int, days: DayRange | None) -> bool:
        """Change the days of a pause, or take it away; False when there is none."""

    async def excuse(self, community_id: int, days: DayRange, reason: str) -> Excuse:
        """Excuse days for everybody in a community."""

    async def withdraw(self, excuse_id: int) -> Excuse | None:
        """Take an excuse back, and return it."""

    async def excuses(self, community_id: int) -> Sequence[Excuse]:
        """Return a community's excuses, the newest first."""

    async def beat(self, longest: timedelta) -> Outage | None:
        """Note that the bot is alive; return the outage that ended with this, when the last beat is older than that."""


class CheckIns(Protocol):
    """What members wrote at their check-ins."""

    async def write(self, person_id: int, day: date, text: str, origin_id: int | None = None) -> bool:
        """Keep the text of a day, for the joined account that wrote it; say whether it took another's place."""

    async def of(self, person_id: int, *, offset: int = 0, limit: int = 5) -> Sequence[CheckIn]:
        """Return a member's texts, the newest first."""

    async def count(self, person_id: int) -> int:
        """Count a member's texts."""

    async def find(self, person_id: int, check_in_id: int) -> CheckIn | None:
        """Return one text of this member."""

    async def erase(self, person_id: int, check_in_id: int) -> bool:
        """Delete a text; False when this member has no such text."""


class Boards(Protocol):
    """Who has how many points in a period: `week 2026-11-16` (its Monday), `season 2026-Q4` or `all`."""

    async def join(self, community_id: int, person_id: int) -> bool:
        """Put a member on a community's board, with the points of their ledger; False when they are on it."""

    async def leave(self, community_id: int, person_id: int) -> bool:
        """Take a member off; False when they are not on it."""

    async def has(self, community_id: int, person_id: int) -> bool:
        """Say whether a member wants to be seen on this board."""

    async def names(self, community_id: int, person_ids: Collection[int]) -> Mapping[int, str]:
        """Return the names of those among these members who want to be seen on this board."""

    async def show(self, community_id: int, period: str, person_id: int | None, *, top: int, near: int) -> Board:
        """Return the best, and so many before and behind this member, themselves included."""


class Told(Protocol):
    """What members were told once."""

    async def tell(self, person_id: int, what: Sequence[str]) -> Sequence[str]:
        """Keep that a member is told these now; return those that they were not told before."""

    async def of(self, person_id: int) -> Collection[str]:
        """Return what a member was told."""
