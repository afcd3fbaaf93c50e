"""Weekly challenges: rounds, what members do in them, and reviews."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.models.challenges import Attempt, Effort, Handin, Review, Round, RoundNumbers, SameAnswer, Uploaded


class Rounds(Protocol):
    """The weeks of the communities, with their challenges."""

    async def secret(self) -> bytes:
        """Return the secret from which members' data is made: 32 bytes, made at the first call, the same for ever."""

    async def open(self, community_id: int, challenge: str, content: str, opens: datetime, closes: datetime) -> Round:
        """Open a round; when one with this beginning is there, return that one as it is."""

    async def at(self, community_id: int, now: datetime) -> Round | None:
        """Return the round that is open now."""

    async def find(self, round_id: int) -> Round | None:
        """Return one."""

    async def of(self, community_id: int, *, offset: int = 0, limit: int = 5) -> Sequence[Round]:
        """Return a community's rounds, the latest first."""

    async def used(self, community_id: int, since: datetime) -> Mapping[str, datetime]:
        """Return which challenges a community had since then, and when each was last opened."""

    async def plan(self, community_id: int, opens: datetime, challenge: str | None) -> None:
        """Keep what an organiser wants for a week: a challenge, or None for no round."""

    async def unplan(self, community_id: int, opens: datetime) -> bool:
        """Leave a week to the usual order again; False when nothing was planned."""

    async def plans(self, community_id: int, since: datetime) -> Mapping[datetime, str | None]:
        """Return what is planned from then on."""

    async def swap_content(self, round_id: int, challenge: str, content: str) -> bool:
        """Give a round another challenge; False when somebody has tried it already."""

    async def move_close(self, round_id: int, closes: datetime) -> bool:
        """Let a round close at another moment; False when it is over, or would be over before it opens."""

    async def to_wind_up(self, now: datetime, limit: int) -> Sequence[Round]:
        """Return the rounds that are over and not settled yet, the oldest first."""

    async def wind_up(self, round_id: int) -> bool:
        """Note that a round's results are settled; False when they were before."""


class Efforts(Protocol):
    """What members do in rounds."""

    async def enter(self, round_id: int, person_id: int) -> Effort:
        """Note that a member opened the round, and return where they stand."""

    async def of(self, round_id: int, person_id: int) -> Effort | None:
        """Return where a member stands in a round."""

    async def mine(self, person_id: int, *, offset: int = 0, limit: int = 5) -> Sequence[tuple[Round, Effort]]:
        """Return a member's rounds, the latest first."""

    async def count(self, person_id: int) -> int:
        """Count a member's rounds."""

    async def all(self, round_id: int) -> Sequence[Effort]:
        """Return everybody's, best points first."""

    async def attempt(
        self, round_id: int, person_id: int, part: int, *, correct: bool, mark: str, waits: Sequence[timedelta]
    ) -> Attempt:
        """Count a typed answer: wait, count and keep in one transaction.

        After the n-th wrong answer to a part the next one waits for waits[n-1] (the last one for all further). An
        answer that comes too early is not accepted and not counted; one to a part that is solved says so. An accepted
        one raises the effort's `tried`, a correct one its `parts`.
        """

    async def reward(self, round_id: int, person_id: int, points: int, *, solved: bool) -> None:
        """Set a member's points in a round, and note when it was solved first."""

    async def hint(self, round_id: int, person_id: int, hint: int) -> bool:
        """Note that a hint was opened; False when it was before."""

    async def hints(self, round_id: int, person_id: int) -> Sequence[int]:
        """Return the hints that a member opened."""

    async def upload(
        self,
        round_id: int,
        person_id: int,
        day: date,
        *,
        public: float,
        private: float,
        shown: float | None,
        better: bool,
        a_day: int,
    ) -> Uploaded:
        """Count a scored upload, at most so many a day, in one transaction with the check.

        `better`: it is this member's best so far, so public and private of the effort become these; `shown`, when it
        is not None, becomes the score that is shown.
        """

    async def answer(self, round_id: int, person_id: int, question: int, answer: str) -> None:
        """Keep the answer to a quiz question; a later one takes its place."""

    async def answers(self, round_id: int, person_id: int) -> Mapping[int, str]:
        """Return a member's answers to a quiz."""

    async def everybodys_answers(self, round_id: int) -> Mapping[int, Mapping[int, str]]:
        """Return the answers to a quiz by member."""

    async def numbers(self, round_id: int, parts: int) -> RoundNumbers:
        """Return how a round went."""

    async def same_answers(self, round_id: int) -> Sequence[SameAnswer]:
        """Return where several members gave the same answer."""


class Reviews(Protocol):
    """Projects that were handed in, and what peers say of them."""

    async def hand_in(self, round_id: int, person_id: int, link: str, words: str) -> Handin:
        """Keep what a member hands in; a later one takes the place of the earlier, and its reviews stay."""

    async def handin(self, round_id: int, person_id: int) -> Handin | None:
        """Return what a member handed in."""

    async def find_handin(self, handin_id: int) -> Handin | None:
        """Return one."""

    async def handins(self, round_id: int) -> Sequence[Handin]:
        """Return all of a round, the oldest first."""

    async def assign(self, handin_id: int, reviewer_id: int) -> Review:
        """Ask somebody for a review; asked twice it is the same one."""

    async def unassign(self, review_id: int) -> bool:
        """Ask no longer; False when the review is done or gone."""

    async def to_do(self, reviewer_id: int) -> Sequence[tuple[Review, Handin]]:
        """Return what somebody was asked to review and has not yet, the oldest first."""

    async def find(self, review_id: int) -> Review | None:
        """Return one."""

    async def finish(self, review_id: int, scores: Sequence[int], words: str) -> bool:
        """Keep a review; a later one of the same takes its place. False when it is gone."""

    async def of_round(self, round_id: int) -> Sequence[Review]:
        """Return all reviews of a round, asked for and done."""
