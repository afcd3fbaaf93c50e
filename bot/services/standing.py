"""Where a member stands: their streak as of now, from what is kept or from the ledger itself."""

from __future__ import annotations

from bot.core.context import Ctx
from bot.models import Activity, Basis, Excused
from bot.ports import Store
from bot.services.streaks import State, Streak, look, recompute


async def state_of(store: Store, person_id: int) -> tuple[State | None, Excused]:
    """Return a member's streak state and what excuses them."""
    basis = await store.streaks.standing(person_id)
    return state_from(basis), basis.excused


def state_from(basis: Basis) -> State | None:
    """Return the streak state that this makes."""
    return State.from_text(basis.kept) if basis.kept else recompute(basis.facts, basis.excused)


async def credited_facts(store: Store, person_id: int) -> list[Activity]:
    """Return the facts on which a member's streak rests, oldest first."""
    return [fact for fact in await store.activities.of(person_id) if fact.credited]


async def my_streak(ctx: Ctx) -> Streak:
    """Return the streak of whoever asks; all zero for somebody new."""
    return (await my_standing(ctx))[0]


async def my_standing(ctx: Ctx) -> tuple[Streak, Excused]:
    """Return the streak of whoever asks, and what excuses them."""
    state, excused = await state_of(ctx.store, ctx.known.id) if ctx.known else (None, Excused())
    return look(state, excused, ctx.clock.now(), ctx.zone), excused
