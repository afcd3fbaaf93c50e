"""How a community fares, in numbers: what an organiser's page and its exports show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class WeekCount:
    """What happened in one week, which is named by its Monday."""

    monday: date
    members: int
    # How many credited activities there were of each kind.
    kinds: Mapping[str, int]

    @property
    def activities(self) -> int:
        """Count all of them."""
        return sum(self.kinds.values())


@dataclass(frozen=True, slots=True)
class PathCount:
    """How many members are on a path, and how many of its steps they have done."""

    path: str
    title: str
    members: int
    steps: int


@dataclass(frozen=True, slots=True)
class RoundCount:
    """How one week's challenge went."""

    opens: datetime
    title: str
    opened: int
    tried: int
    solved: int


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member who wants to be seen, with their points of all time and of this week."""

    name: str
    points: int
    this_week: int


@dataclass(frozen=True, slots=True)
class GapLine:
    """A question that nothing answered."""

    question: str
    asked: int
    last: datetime


@dataclass(frozen=True, slots=True)
class PostLine:
    """Something that the bot posted by itself, or did not."""

    job: str
    due: datetime
    state: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class JobLine:
    """Something that the bot will post by itself."""

    job: str
    next: datetime
    paused: bool
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class CommunityName:
    """A community that can be looked at."""

    id: int
    name: str
    platform: str


@dataclass(frozen=True, slots=True)
class Report:
    """All that an organiser's page shows of one community."""

    community: CommunityName
    at: datetime
    weeks: tuple[WeekCount, ...]
    paths: tuple[PathCount, ...]
    rounds: tuple[RoundCount, ...]
    members: tuple[MemberLine, ...]
    gaps: tuple[GapLine, ...]
    jobs: tuple[JobLine, ...]
    posts: tuple[PostLine, ...]
    others: tuple[CommunityName, ...] = ()
