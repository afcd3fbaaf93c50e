"""Rounds to try things in."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol

from bot.models import Community
from bot.models.challenges import Attempt, Round
from bot.ports import Store

WEEK = timedelta(weeks=1)
MONDAY = datetime(2026, 2, 23, 8, tzinfo=UTC)
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))


class Attempts(Protocol):
    """How an answer is sent in a test."""

    def __call__(self, part: int = ..., *, correct: bool = ..., mark: str = ...) -> Awaitable[Attempt]: ...


async def open_week(store: Store, guild: Community, number: int = 0, challenge: str = "weigh") -> Round:
    """Open the round of a week, counted from the one that runs."""
    opens = MONDAY + number * WEEK
    return await store.rounds.open(guild.id, challenge, f'{{"id": "{challenge}"}}', opens, opens + WEEK)


def sends(store: Store, round_id: int, person_id: int, waits: Sequence[timedelta] = WAITS) -> Attempts:
    """Return what sends a member's answers."""

    def send(part: int = 0, *, correct: bool = False, mark: str = "m") -> Awaitable[Attempt]:
        return store.efforts.attempt(round_id, person_id, part, correct=correct, mark=mark, waits=waits)

    return send
