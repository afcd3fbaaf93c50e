"""What counts: the one table of credited activities."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Credit:
    """One kind of activity: what it is called, what it gives, and how often."""

    kind: str
    words: str
    points: int
    # It counts again on another day; otherwise each thing counts once.
    each_day: bool = False
    # So many of a kind give points in one day; further ones still keep the streak.
    paid_a_day: int | None = None
    # What it gives, in words, where that differs from case to case.
    worth: str = ""

    def key(self, subject: str, day: object) -> str:
        """Name what was done, so that it counts once."""
        return f"{self.kind}:{subject}:{day}" if self.each_day else f"{self.kind}:{subject}"


CHECK_IN = Credit("check-in", "A check-in", 1, each_day=True, paid_a_day=1)
TIP_TRIED = Credit("tip-tried", "A tip that you tried", 2, each_day=True, paid_a_day=3)
RESOURCE_DONE = Credit("resource-done", "A resource that you finished", 3, paid_a_day=3)
STEP_DONE = Credit("step-done", "A step of a path", 10, paid_a_day=3)

CHALLENGE_TRIED = Credit("challenge-tried", "An answer to a challenge, right or wrong", 1, each_day=True, paid_a_day=1)
CHALLENGE_DONE = Credit(
    "challenge-done", "A challenge that you solved", 10, worth="10 to 40 points by how hard it is, less what hints cost"
)
REVIEW_DONE = Credit("review-done", "A review of somebody's project", 5, paid_a_day=3)

CREDITS = (CHECK_IN, TIP_TRIED, RESOURCE_DONE, STEP_DONE, CHALLENGE_TRIED, CHALLENGE_DONE, REVIEW_DONE)
