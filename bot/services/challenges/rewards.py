"""What work on a challenge is worth: in the round, and in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.context import Ctx
from bot.models import Activity
from bot.models.challenges import Effort
from bot.ports import Store
from bot.services.challenges.rounds import Current
from bot.services.crediting import Credited, give_credit
from bot.services.credits import CHALLENGE_DONE, CHALLENGE_TRIED

REGRADE = "regrade"
# What is left however many hints were opened.
LEAST = 1


@dataclass(frozen=True, slots=True)
class Rewarded:
    """What came of a reward: the points now, all in all, and what changed for the streak."""

    points: int
    credited: Credited | None


async def tried(ctx: Ctx, current: Current) -> Credited:
    """Credit a graded attempt: it keeps the streak, right or wrong."""
    return await give_credit(ctx, CHALLENGE_TRIED, current.challenge.id)


def most(current: Current, hints: tuple[int, ...]) -> int:
    """Return what the whole challenge is worth after these hints."""
    cost = sum(current.challenge.hints[one].cost for one in hints if one < len(current.challenge.hints))
    return max(LEAST, current.challenge.points - cost)


async def reward(ctx: Ctx, current: Current, effort: Effort, share: float, milestone: str) -> Rewarded:
    """Give a member this share of the points, minus what the hints cost; what was given before counts towards it."""
    facts = await facts_of(ctx.store, current, effort.person_id)
    given = sum(fact.points for fact in facts)
    if was_regraded(current, facts):
        return Rewarded(given, None)
    hints = tuple(await ctx.store.efforts.hints(effort.round_id, effort.person_id))
    due = max(given, round(most(current, hints) * share))
    credited = await give_credit(ctx, CHALLENGE_DONE, subject_of(current, milestone), due - given)
    await ctx.store.efforts.reward(effort.round_id, effort.person_id, due, solved=share >= 1)
    return Rewarded(due, credited)


def subject_of(current: Current, milestone: str) -> str:
    """Name what points were given for."""
    return f"{current.challenge.id}:{current.round.id}:{milestone}"


async def facts_of(store: Store, current: Current, person_id: int) -> Sequence[Activity]:
    """Return the facts that gave a member points in a round, the latest last.

    What was given is read from the ledger: a call may have been cut short before the effort heard of it.
    """
    beginning = subject_of(current, "")
    facts = await store.activities.of(person_id, (CHALLENGE_DONE.kind,))
    return [fact for fact in facts if fact.subject.startswith(beginning)]


def was_regraded(current: Current, facts: Sequence[Activity]) -> bool:
    """Say whether an organiser set the points: then they stay as they are."""
    return any(fact.subject.startswith(subject_of(current, f"{REGRADE}:")) for fact in facts)
