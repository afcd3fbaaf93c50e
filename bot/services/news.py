"""What a member is told once about their streak: a freeze that was used, a streak that ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.core.context import Ctx
from bot.core.markup import Markdown, md
from bot.services.crediting import weeks
from bot.services.days import DAY_ENDS, spoken_day, spoken_moment
from bot.services.streaks import Streak


def end_of_week(streak: Streak) -> datetime:
    """Return the moment at which the current week ends for the member."""
    return datetime.combine(streak.monday + timedelta(weeks=1), DAY_ENDS, streak.until.tzinfo)


def to_repair(streak: Streak) -> str:
    """Say what is still to do to bring a streak back."""
    return "One more activity" if streak.kept else "Two activities"


async def streak_news(ctx: Ctx, streak: Streak) -> list[Markdown]:
    """Return what this member was not told before, and keep that they are told now."""
    news = dict(_news(streak))
    if ctx.known is None or not news:
        return []
    known = await ctx.store.told.of(ctx.known.id)
    fresh = [what for what in news if what not in known]
    told = await ctx.store.told.tell(ctx.known.id, fresh) if fresh else ()
    return [news[what] for what in told]


def _news(streak: Streak) -> Iterator[tuple[str, Markdown]]:
    if streak.last_frozen is not None:
        yield (
            f"frozen:{streak.last_frozen}",
            md("A freeze kept your streak in the week of {week}.", week=spoken_day(streak.last_frozen)),
        )
    loss = streak.loss
    if loss is not None and loss.repairable:
        yield (
            f"lost:{loss.week}",
            md(
                "The week of {week} went by without you, and your streak of {weeks} is on hold. It happens. {what} "
                "before {until} {verb} it back.",
                week=spoken_day(loss.week),
                weeks=weeks(loss.count),
                what=to_repair(streak),
                verb="brings" if streak.kept else "bring",
                until=spoken_moment(end_of_week(streak)),
            ),
        )
    elif loss is not None and not streak.count:
        yield (
            f"lost:{loss.week}",
            md(
                "Your streak of {weeks} ended in the week of {week}. It happens. What you did stays yours, and your "
                "next activity begins a new one.",
                week=spoken_day(loss.week),
                weeks=weeks(loss.count),
            ),
        )
