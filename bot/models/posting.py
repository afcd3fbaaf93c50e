"""What the bot posts by itself: by which rule, for which moment, and how it went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from bot.models import PostState, Slot

# So long after its time a post is still worth sending: late, but once.
CATCH_UP = timedelta(hours=48)


class Why(StrEnum):
    """Why nothing was posted."""

    # It could not be sent until it was too late.
    LATE = "late"
    # The platform did not take it.
    REFUSED = "refused"
    # There was nothing to post.
    NOTHING = "nothing"
    # An organiser left this one out.
    SKIPPED = "skipped"
    # An organiser had paused the job.
    PAUSED = "paused"


class News(StrEnum):
    """What an organiser should hear about a post."""

    # The job cannot go on before somebody does something.
    STUCK = "stuck"
    # This one was not posted.
    MISSED = "missed"
    # Nobody knows whether it was posted; an organiser can look.
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Rule:
    """When a job posts: every day, or on one weekday (Monday is 0), at a wall time in a zone."""

    wall: time
    zone: str
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """A job of a community, and the next moment at which it has to be looked at."""

    community_id: int
    job: str
    rule: Rule
    # When the rule was made; it says nothing about the time before.
    since: datetime
    next: datetime
    paused: bool = False
    # What keeps the job from posting; empty when nothing does.
    trouble: str = ""
    # The latest slot that was planned before, whatever became of it.
    last: datetime | None = None
    # Grows with every change, so that nobody writes over what they have not seen.
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Planned:
    """A slot to be written down: to post until a moment, or missed from the start."""

    slot: Slot
    until: datetime
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A slot's row: written before anything is sent, so that nothing is sent twice."""

    id: int
    slot: Slot
    platform: str
    # PENDING: surely not sent. SENDING: under way, or it may have been sent.
    state: PostState
    # Later than this it is not sent any more.
    until: datetime
    # Nobody takes it before.
    turn: datetime
    fence: int = 0
    # How often it was put off.
    tries: int = 0
    # When it was sent for the first time, as far as we know.
    began: datetime | None = None
    ended: datetime | None = None
    message: str | None = None
    why: Why | None = None
    # What keeps it from being posted; empty when nothing does.
    trouble: str = ""
    news: News | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """What became of one try: put off until a turn, or over."""

    state: PostState
    turn: datetime | None = None
    why: Why | None = None
    trouble: str = ""
    news: News | None = None
