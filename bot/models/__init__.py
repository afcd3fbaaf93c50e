"""The values that everything else talks about. All of them are frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Handle:
    """Who somebody is on one platform; `realm` is the workspace where user ids are only unique in one."""

    platform: str
    realm: str
    user: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a community lives: one server, one workspace, one console."""

    platform: str
    key: str


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The part of the member's day in which the bot writes nothing of its own accord."""

    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a member told us about how they want to be treated."""

    zone: str | None = None
    zone_asked: bool = False
    quiet: QuietHours | None = None
    # How far along they are, in the words of the packs; None when they have not said.
    level: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """One human being, however many platforms they write from."""

    id: int
    name: str
    preferences: Preferences = field(default_factory=Preferences)
    # The joined account that writes here; None when it is the person's own.
    origin_id: int | None = None


@dataclass(frozen=True, slots=True)
class Community:
    """One group of people who learn together in one place."""

    id: int
    place: Place
    name: str
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Activity:
    """A fact of the ledger: what somebody did, when, and which day it was for them then."""

    person_id: int
    community_id: int | None
    kind: str
    subject: str
    at: datetime
    zone: str
    day: date
    # Names what was done; nobody does the same thing twice unless the first time was taken back.
    key: str
    # Whether it keeps a streak alive, and the points that it gave: both as the rules were then.
    credited: bool = True
    points: int = 0
    origin_id: int | None = None
    # Given by the store.
    id: int = 0


@dataclass(frozen=True, slots=True)
class DayCount:
    """How much somebody did on one of their days."""

    day: date
    activities: int
    points: int


@dataclass(frozen=True, slots=True)
class DayRange:
    """Some days in a row, both ends included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Pause:
    """Days for which a member said that they would be away."""

    id: int
    days: DayRange


@dataclass(frozen=True, slots=True)
class Excuse:
    """Days that an organiser excused for everybody in a community."""

    id: int
    community_id: int
    days: DayRange
    reason: str


@dataclass(frozen=True, slots=True)
class Outage:
    """A time in which the bot itself was down."""

    start: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Excused:
    """All that counts for nothing against one member's streak."""

    pauses: tuple[DayRange, ...] = ()
    excuses: tuple[DayRange, ...] = ()
    outages: tuple[Outage, ...] = ()


class Basis(NamedTuple):
    """What a member's streak is made of at one moment: its kept state, or the credited facts where none is kept."""

    kept: str | None
    excused: Excused
    facts: Sequence[Activity]


@dataclass(frozen=True, slots=True)
class CheckIn:
    """What a member wrote about one of their days."""

    id: int
    day: date
    text: str


@dataclass(frozen=True, slots=True)
class Standing:
    """One line of a board: members with equal points share a rank."""

    rank: int
    person_id: int
    name: str
    points: int


@dataclass(frozen=True, slots=True)
class Board:
    """A part of a board: the best, and those around one member."""

    members: int
    top: tuple[Standing, ...]
    # Empty when the member has no points in this period.
    around: tuple[Standing, ...] = ()


@dataclass(frozen=True, slots=True)
class Reminder:
    """A member's wish to be reminded: where, at what time of their day, and what became of the last ones."""

    person_id: int
    handle: Handle
    wall: time
    due: datetime
    # Where they were by their community when they asked; it counts for those who have set no zone themselves.
    zone: str | None = None
    sent: datetime | None = None
    # How many reminders in a row led to nothing.
    ignored: int = 0


class PostState(StrEnum):
    """Where a planned post stands."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Slot:
    """The one moment for which a community's job posts once."""

    community_id: int
    job: str
    due: datetime


@dataclass(frozen=True, slots=True)
class Saved:
    """Something that a member keeps for later."""

    kind: str
    entry: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ShownTip:
    """A tip that a member has seen, and on which of their days."""

    tip: str
    day: date


class GapState(StrEnum):
    """What became of a question that nothing answered."""

    OPEN = "open"
    ANSWERED = "answered"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that nothing answered, and how many members asked it."""

    id: int
    community_id: int
    question: str
    asked: int
    last: datetime
    state: GapState = GapState.OPEN


class AdditionState(StrEnum):
    """Where a community's own entry stands."""

    SUGGESTED = "suggested"
    LIVE = "live"
    DECLINED = "declined"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Addition:
    """An entry of a community's own: its kind, its id, and its fields as JSON."""

    id: int
    community_id: int
    place: Place
    kind: str
    entry: str
    body: str
    state: AdditionState
    author_id: int | None
    changed: datetime


@dataclass(frozen=True, slots=True)
class NewAddition:
    """An entry that somebody wants to add."""

    community_id: int
    kind: str
    entry: str
    body: str
    state: AdditionState
    author_id: int | None


@dataclass(frozen=True, slots=True)
class Notice:
    """A word that waits for a member until they are here again."""

    id: int
    person_id: int
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of comparing all that is derived with what it is derived from."""

    # How many of each kind were looked at.
    checked: Mapping[str, int]
    # A sentence for each thing that was not as it should be.
    differences: tuple[str, ...] = ()
    # Whether there were differences and all of them were put right.
    mended: bool = False
