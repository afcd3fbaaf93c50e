"""The values that everything else talks about. All of them are frozen."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum


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
    reminders: bool = False
    # How far along they are, in the words of the packs; None when they have not said.
    level: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """One human being, however many platforms they write from."""

    id: int
    name: str
    preferences: Preferences = field(default_factory=Preferences)


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
    key: str


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
class Post:
    """A slot's row: written before anything is sent, so that nothing is sent twice."""

    id: int
    slot: Slot
    state: PostState
    fence: int = 0
    message: str | None = None


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
