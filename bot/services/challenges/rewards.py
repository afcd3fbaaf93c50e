"""What work on a challenge is worth: in the round, and in the ledger."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.context import Ctx
from bot.models.challenges import Effort
from bot.services.challenges.rounds import Current
from bot.services.crediting import Credited, give_credit
from bot.services.credits import CHALLENGE_DONE, CHALLENGE_TRIED

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
    if await _was_regraded(ctx, current):
        return Rewarded(effort.points, None)
    hints = tuple(await ctx.store.efforts.hints(effort.round_id, effort.person_id))
    due = max(effort.points, round(most(current, hints) * share))
    subject = f"{current.challenge.id}:{current.round.id}:{milestone}"
    credited = await give_credit(ctx, CHALLENGE_DONE, subject, due - effort.points)
    await ctx.store.efforts.reward(effort.round_id, effort.person_id, due, solved=share >= 1)
    return Rewarded(due, credited)


async def _was_regraded(ctx: Ctx, current: Current) -> bool:
    """Say whether an organiser set the points: then they stay as they are."""
    facts = await ctx.store.activities.of((await ctx.me()).id, (CHALLENGE_DONE.kind,))
    return any(fact.subject.startswith(f"{current.challenge.id}:{current.round.id}:regrade:") for fact in facts)
