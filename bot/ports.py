"""What the domain asks of storage. Whoever keeps these promises can stand behind the bot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.models import (
    Activity,
    Addition,
    AdditionState,
    Community,
    Gap,
    GapState,
    Handle,
    NewAddition,
    Notice,
    Person,
    Place,
    Post,
    PostState,
    Preferences,
    Saved,
    ShownTip,
    Slot,
)


class Trouble(StrEnum):
    """Why a store cannot do what it was asked."""

    FULL = "full"
    READ_ONLY = "read-only"
    LOCKED = "locked"
    CORRUPT = "corrupt"
    NEWER = "newer"
    MIGRATION = "migration"
    UNREACHABLE = "unreachable"
    CLOSED = "closed"


class StoreError(Exception):
    """The store could not do it, and nothing of it was kept. Says what happened and the cure."""

    def __init__(self, trouble: Trouble, what: str, cure: str) -> None:
        super().__init__(f"{what} {cure}")
        self.trouble, self.what, self.cure = trouble, what, cure


class Communities(Protocol):
    """The places that the bot knows."""

    async def find(self, place: Place) -> Community | None:
        """Return the community that lives in this place."""

    async def enter(self, place: Place, name: str) -> Community:
        """Return the community of this place, made at its first call; a new name is kept."""

    async def set_zone(self, community_id: int, zone: str | None) -> None:
        """Keep the community's time zone."""


class People(Protocol):
    """The members, and the platform identities by which they are known."""

    async def find(self, handle: Handle) -> Person | None:
        """Return the person behind a handle."""

    async def enter(self, handle: Handle, name: str) -> Person:
        """Return the person behind a handle, made at their first write; a new name is kept."""

    async def attach(self, person_id: int, handle: Handle) -> None:
        """Make one more handle mean this person."""

    async def handles(self, person_id: int) -> Sequence[Handle]:
        """Return every handle of this person."""

    async def prefer(self, person_id: int, preferences: Preferences) -> None:
        """Keep how this person wants to be treated."""


class Activities(Protocol):
    """The ledger. Facts are added, never changed."""

    async def record(self, activity: Activity) -> bool:
        """Add one fact; False when a fact with this key is there already."""

    async def of(self, person_id: int) -> Sequence[Activity]:
        """Return a person's facts, oldest first."""


class Stash(Protocol):
    """A shelf for what is too long for a button's token."""

    async def put(self, value: str, *, until: datetime) -> str:
        """Keep a value for a while and return its short key."""

    async def get(self, key: str) -> str | None:
        """Return the value, or None when it is unknown or its time is over."""


class Calls(Protocol):
    """The calls that were answered, so that a second delivery gets the same answer."""

    async def find(self, call_id: str) -> str | None:
        """Return what this call was answered with."""

    async def remember(self, call_id: str, outcome: str) -> None:
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


class Saves(Protocol):
    """What members keep for later."""

    async def keep(self, person_id: int, kind: str, entry: str) -> bool:
        """Keep an entry; False when it is kept already."""

    async def drop(self, person_id: int, entry: str) -> bool:
        """Keep it no longer; False when it was not kept."""

    async def of(self, person_id: int) -> Sequence[Saved]:
        """Return what a member keeps, the newest first."""


class TipLog(Protocol):
    """Which tips a member has seen, and when."""

    async def show(self, person_id: int, tip: str, day: date) -> None:
        """Note that a tip was shown on a member's day; noting it again on that day changes nothing."""

    async def of(self, person_id: int) -> Sequence[ShownTip]:
        """Return what was shown, oldest first."""


class Votes(Protocol):
    """Whether an answer helped: one vote for each member and answer."""

    async def cast(self, person_id: int, faq: str, *, helped: bool) -> None:
        """Count a vote; a later one takes the place of the earlier."""

    async def tally(self, faq: str) -> tuple[int, int]:
        """Return how many it helped and how many not."""


class Gaps(Protocol):
    """The questions that nothing answered."""

    async def ask(self, community_id: int, question: str, person_id: int) -> Gap:
        """Keep a question, or count it once more for another member. The same words in any case are one question."""

    async def open(self, community_id: int, *, offset: int = 0, limit: int = 5) -> Sequence[Gap]:
        """Return the open ones, most asked first, then the latest."""

    async def count(self, community_id: int) -> int:
        """Count the open ones."""

    async def find(self, gap_id: int) -> Gap | None:
        """Return one."""

    async def settle(self, gap_id: int, state: GapState) -> Sequence[int]:
        """Set what became of it, and return who had asked; opening it again is a state like the others."""


class Additions(Protocol):
    """The entries of the communities' own."""

    async def add(self, new: NewAddition) -> Addition:
        """Keep a new entry."""

    async def change(self, addition_id: int, *, body: str | None = None, state: AdditionState | None = None) -> bool:
        """Change an entry's fields or its state; False when there is none."""

    async def find(self, addition_id: int) -> Addition | None:
        """Return one."""

    async def of(self, community_id: int, state: AdditionState) -> Sequence[Addition]:
        """Return a community's entries in one state, the newest first."""

    async def live(self) -> Sequence[Addition]:
        """Return every live entry of every community, oldest first."""


class Notices(Protocol):
    """Words that wait for members until they are here again."""

    async def leave(self, person_id: int, text: str) -> None:
        """Leave a word for a member."""

    async def waiting(self) -> Sequence[int]:
        """Return the members for whom something waits."""

    async def take(self, person_id: int) -> Sequence[Notice]:
        """Return what waits for a member, oldest first, and let it wait no longer."""


class Store(Protocol):
    """All that the bot remembers."""

    @property
    def communities(self) -> Communities: ...
    @property
    def people(self) -> People: ...
    @property
    def activities(self) -> Activities: ...
    @property
    def stash(self) -> Stash: ...
    @property
    def calls(self) -> Calls: ...
    @property
    def posts(self) -> Posts: ...
    @property
    def saves(self) -> Saves: ...
    @property
    def tips(self) -> TipLog: ...
    @property
    def votes(self) -> Votes: ...
    @property
    def gaps(self) -> Gaps: ...
    @property
    def additions(self) -> Additions: ...
    @property
    def notices(self) -> Notices: ...

    def during(self, call_id: str) -> Store:
        """Return this store for one call: each of its writes happens once, however often the call is delivered."""

    @property
    def wrote(self) -> bool:
        """Say whether anything was written through this view of the store."""

    async def close(self) -> None:
        """Finish the writes that wait, then close."""
