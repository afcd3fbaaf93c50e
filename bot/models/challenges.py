"""What happens around a weekly challenge, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Round:
    """One week of one community: the challenge as it was when the week began."""

    id: int
    community_id: int
    challenge: str
    # The challenge as JSON.
    content: str
    opens: datetime
    closes: datetime
    # When the results were settled; None while the round is open, or not settled yet.
    wound_up: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        """Say whether work still gives points."""
        return self.opens <= now < self.closes


@dataclass(frozen=True, slots=True)
class Effort:
    """One member in one round."""

    round_id: int
    person_id: int
    opened: datetime
    tried: int = 0
    parts: int = 0
    points: int = 0
    solved: datetime | None = None
    # The best public score as it is shown, the best as it is, and the private score of the same upload.
    shown: float | None = None
    public: float | None = None
    private: float | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of one typed answer."""

    accepted: bool
    # Until when to wait, when it was not accepted.
    wait: datetime | None = None
    # How many answers to this part were wrong, this one included.
    wrong: int = 0
    already: bool = False


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What came of one upload: whether it was scored, and how many are left today."""

    accepted: bool
    left: int


@dataclass(frozen=True, slots=True)
class Handin:
    """What a member handed in for a project."""

    id: int
    round_id: int
    person_id: int
    link: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Review:
    """One peer's look at a project: asked for, and perhaps done."""

    id: int
    handin_id: int
    reviewer_id: int
    assigned: datetime
    scores: tuple[int, ...] | None = None
    words: str = ""
    done: datetime | None = None


@dataclass(frozen=True, slots=True)
class RoundNumbers:
    """How a round went."""

    opened: int
    tried: int
    solved: int
    # For each part (or question), how many attempts and how many of them were right.
    parts: tuple[tuple[int, int], ...] = ()
    hints: int = 0


@dataclass(frozen=True, slots=True)
class SameAnswer:
    """Several members gave the same answer to different data: for an organiser to look at, nothing more."""

    part: int
    person_ids: tuple[int, ...]
