"""What members read, keep and ask, and what communities add."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from bot.models import Addition, AdditionState, Gap, GapState, NewAddition, Notice, Saved, ShownTip


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

    async def choose(self, person_id: int, tip: str, day: date) -> None:
        """Note it where a second delivery of the call would choose the same tip, so that it is no step of the call."""

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
