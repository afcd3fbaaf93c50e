"""Reminders: when the next is due, and what it says. At most one a day, and none for those who do not want it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.context import Ctx
from bot.core.markup import Markdown, join, md
from bot.models import Excused, Preferences, QuietHours, Reminder
from bot.services.crediting import weeks
from bot.services.days import member_day, spoken_moment
from bot.services.quiet import is_quiet
from bot.services.streaks import Streak

USUAL = time(18)
PATIENCE = 3


async def reminder_of(ctx: Ctx) -> Reminder | None:
    """Return the reminder of whoever asks."""
    return await ctx.store.reminders.of(ctx.known.id) if ctx.known else None


async def remind_at(ctx: Ctx, wall: time, preferences: Preferences | None = None) -> Reminder:
    """Remind whoever asks, here, at a time of their day."""
    me, wishes = await ctx.me(), preferences or ctx.preferences
    zone = ZoneInfo(wishes.zone) if wishes.zone else ctx.zone
    due = next_due(wall, zone, wishes.quiet, ctx.clock.now())
    wanted = Reminder(me.id, ctx.call.speaker.handle, wall, due, zone.key)
    await ctx.store.reminders.plan(wanted)
    return wanted


async def stop_reminding(ctx: Ctx) -> None:
    """Remind whoever asks no longer."""
    if ctx.known is not None:
        await ctx.store.reminders.stop(ctx.known.id)


def next_due(wall: time, zone: ZoneInfo, quiet: QuietHours | None, after: datetime) -> datetime:
    """Return the next moment for a reminder: the member's time of day, or the end of their quiet hours."""
    local = after.astimezone(zone)
    days = (_moment(local, days, wall, zone, quiet) for days in range(4))
    return next(moment for moment in days if moment > after)


def _moment(local: datetime, days: int, wall: time, zone: ZoneInfo, quiet: QuietHours | None) -> datetime:
    day = local.date() + timedelta(days=days)
    if quiet is None or not is_quiet(quiet, wall):
        return _instant(datetime.combine(day, wall, zone))
    later = day if quiet.end > wall else day + timedelta(days=1)
    return _instant(datetime.combine(later, quiet.end, zone))


def _instant(local: datetime) -> datetime:
    """Return the moment in UTC; a wall time that the clocks skip becomes the first one after it."""
    return local.astimezone(ZoneInfo("UTC"))


def answered(reminder: Reminder, last_activity: datetime | None) -> bool:
    """Say whether the last reminder led to something."""
    return reminder.sent is None or (last_activity is not None and last_activity >= reminder.sent)


def is_needed(streak: Streak, excused: Excused, now: datetime) -> bool:
    """Say whether there is anything to remind of: a day without activity on which the member is not away."""
    today = member_day(now)
    away = any(today in days for days in (*excused.pauses, *excused.excuses))
    return not away and today not in streak.days_this_week


def words(streak: Streak, last_one: bool) -> Markdown:
    """Say the reminder."""
    until = spoken_moment(streak.until)
    if streak.kept:
        lead = md("Five minutes for yourself today? This week counts already.")
    elif streak.count:
        lead = md(
            "Five minutes for yourself today? One activity before {until} keeps your {weeks}.",
            until=until,
            weeks=weeks(streak.count),
        )
    else:
        lead = md("Five minutes for yourself today? A check-in takes ten seconds.")
    last = md(
        "Unless you are back by then, I leave out the next ones: these were not what you needed. {how:code} brings "
        "them back.",
        how="/reminders",
    )
    return join([lead, last], "\n\n") if last_one else lead
