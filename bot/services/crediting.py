"""Give credit for an activity, and find the words for what it changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.context import Ctx
from bot.core.markup import Markdown, join, md
from bot.models import Activity
from bot.services.credits import Credit
from bot.services.ledger import record
from bot.services.standing import state_from, state_of
from bot.services.streaks import Streak, advance, look

MILESTONES = {4: "a whole month", 13: "a whole season", 26: "half a year", 52: "a whole year", 104: "two years"}


@dataclass(frozen=True, slots=True)
class Credited:
    """What came of an activity: the new fact, if it counts, and the streak before and after it."""

    fact: Activity | None
    before: Streak
    after: Streak

    @property
    def new(self) -> bool:
        """Say whether it counts."""
        return self.fact is not None

    @property
    def words(self) -> Markdown:
        """Say what it changed; nothing when it changed nothing."""
        return join(list(_changes(self.before, self.after)), " ") if self.new else Markdown("")


async def give_credit(ctx: Ctx, credit: Credit, subject: str, points: int | None = None) -> Credited:
    """Record an activity, and tell the streak before and after."""
    me = await ctx.me()
    fact, basis = await record(ctx, credit, subject, points)
    now, excused = ctx.clock.now(), basis.excused
    state = state_from(basis)
    before = look(state, excused, now, ctx.zone)
    if fact is None:
        return Credited(None, before, before)
    after = advance(state, fact)
    if after is None:
        after, excused = await state_of(ctx.store, me.id)
    return Credited(fact, before, look(after, excused, now, ctx.zone))


def _changes(before: Streak, after: Streak) -> Iterator[Markdown]:
    if after.active_weeks == 1 and not before.active_weeks:
        yield md("Your streak begins here: the first week counts.")
    elif after.count > before.count + 1:
        yield md("Your streak is whole again: **{weeks}**.", weeks=weeks(after.count))
    elif after.loss and after.loss.repairable and not before.kept:
        yield md(
            "Good to see you again. One more activity this week brings your streak of {weeks} back.",
            weeks=weeks(after.loss.count),
        )
    elif after.comebacks > before.comebacks:
        yield md(
            "Good to see you again. A new streak begins, and your best of {weeks} stays yours.", weeks=_best(before)
        )
    elif after.kept and not before.kept:
        yield md("This week counts: **{weeks} in a row**.", weeks=weeks(after.count))
    if after.gold and not before.gold:
        yield md("Three active days: this week is gold.")
    if after.held > before.held:
        yield md("You earned a freeze. It keeps your streak if a week goes by without you.")
    reached = [name for mark, name in MILESTONES.items() if before.best < mark <= after.count]
    if reached:
        yield md("You have kept going for {time}. That is rare.", time=reached[-1])


def _best(streak: Streak) -> str:
    return weeks(streak.best)


def weeks(count: int) -> str:
    """Say a number of weeks."""
    return "one week" if count == 1 else f"{count} weeks"
