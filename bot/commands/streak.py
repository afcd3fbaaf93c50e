"""The streak: the number, what keeps it alive, and the way back when it is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from bot.commands.checkin import checkin
from bot.core.context import Ctx
from bot.core.declare import PRIVATE, command
from bot.core.markup import Markdown, bullets, join, md
from bot.core.reply import Button, Field, Reply, Style, Tone
from bot.models import DayCount
from bot.services.crediting import weeks
from bot.services.credits import CREDITS
from bot.services.days import member_day, monday_of, spoken_day, spoken_moment
from bot.services.news import end_of_week, streak_news, to_repair
from bot.services.standing import my_standing, my_streak
from bot.services.streaks import Excusing, Loss, Streak

SECTION = "Keep going"
WEEKS_SHOWN = 5


@command(
    "streak", summary="Your streak, and what keeps it alive", section=SECTION, visibility=PRIVATE, examples=("streak",)
)
async def streak(ctx: Ctx) -> Reply:
    """Show your streak.

    The weekly streak is the one that counts: one activity a week keeps it.
    """
    found, excused = await my_standing(ctx)
    news = await streak_news(ctx, found)
    since = found.monday - timedelta(weeks=WEEKS_SHOWN - 1)
    days = await ctx.store.activities.days(ctx.known.id, since) if ctx.known else ()
    forgiven = Excusing(excused, lambda _: ctx.zone.key, since).week
    return Reply(
        join(filter(None, [*news, headline(found), alive_until(found)]), "\n\n"),
        title="Your streak",
        fields=(
            Field("The last weeks", calendar(found, days, forgiven)),
            Field("Freezes", freezes(found)),
            Field("So far", so_far(found)),
        ),
        rows=(_buttons(days, member_day(ctx.now)),),
        footer=md("Only you can see this. {why:code} shows the days that decide.", why="/streak why"),
        tone=Tone.GOOD if found.kept else Tone.NEUTRAL,
    )


def headline(found: Streak) -> Markdown:
    """Say the number."""
    if found.count:
        gold = md(" This week is gold.") if found.gold else Markdown("")
        return md("**{weeks} in a row.**{gold}", weeks=weeks(found.count).capitalize(), gold=gold)
    if found.active_weeks:
        return md("**No streak right now.** The next activity begins a new one.")
    return md("**Your streak begins with the first activity.** A check-in takes ten seconds.")


def alive_until(found: Streak) -> Markdown:
    """Say what keeps the streak alive, and until when."""
    until = spoken_moment(found.until)
    if found.kept:
        return md("This week counts. The next activity is due before {until}, your time.", until=until)
    if found.count:
        return md("One activity before {until}, your time, keeps it alive.", until=until)
    return md("One activity before {until}, your time, makes this week count.", until=spoken_moment(end_of_week(found)))


def calendar(found: Streak, days: Sequence[DayCount], forgiven: Callable[[date], bool]) -> Markdown:
    """List the last weeks with their active days, the newest first."""
    active = {one.day for one in days}
    mondays = [found.monday - timedelta(weeks=back) for back in range(WEEKS_SHOWN)]
    if len(active) == found.active_days:  # all that there is: what was before it is no news
        first = min(active, default=found.monday)
        mondays = [monday for monday in mondays if monday + timedelta(days=6) >= first]
    return bullets([_week(found, monday, active, forgiven) for monday in mondays])


def _week(found: Streak, monday: date, active: set[date], forgiven: Callable[[date], bool]) -> Markdown:
    names = [f"{day:%a}" for day in (monday + timedelta(days=n) for n in range(7)) if day in active]
    gold = md(" (gold)") if len(names) >= 3 else Markdown("")
    return md(
        "{day} {month}: {what}{gold}",
        day=monday.day,
        month=f"{monday:%b}",
        what=", ".join(names) or _empty(found, monday, active, forgiven),
        gold=gold,
    )


def _empty(found: Streak, monday: date, active: set[date], forgiven: Callable[[date], bool]) -> str:
    if forgiven(monday):
        return "excused"
    if monday == found.monday:
        return "nothing yet"
    since = sum(1 for week in {monday_of(day) for day in active} if week > monday)
    # A streak that is longer than what was done since has passed over this week.
    return "kept by a freeze" if monday == found.last_frozen else "kept" if found.count > since else "nothing"


def freezes(found: Streak) -> Markdown:
    """Say how many freezes are held, and when the next comes."""
    held = {0: "None held.", 1: "One held.", 2: "Two held, the most there can be."}[found.held]
    if found.weeks_to_freeze is None:
        return md("{held}", held=held)
    return md("{held} The next comes after {weeks} with an activity.", held=held, weeks=weeks(found.weeks_to_freeze))


def so_far(found: Streak) -> Markdown:
    """Say what has come together over time."""
    return bullets(
        [
            md("Longest: {weeks}", weeks=weeks(found.best)),
            md("Gold weeks: {count}", count=found.gold_weeks),
            md("Active days: {count}", count=found.active_days),
            md("Days in a row: {now}, at best {best} (weekends are free)", now=found.daily, best=found.best_daily),
        ]
    )


def _buttons(days: Sequence[DayCount], today: date) -> tuple[Button, ...]:
    today_counts = any(one.day == today for one in days)
    return (
        *([] if today_counts else [checkin.button("Check in", style=Style.PRIMARY)]),
        streak_rules.button("The rules"),
    )


@command(
    "streak rules",
    summary="What counts, and what protects a streak",
    section=SECTION,
    visibility=PRIVATE,
    examples=("streak rules",),
)
async def streak_rules(ctx: Ctx) -> Reply:
    """Say the rules."""
    return Reply(
        md("One activity a week keeps your streak. Three active days make the week gold."),
        title="The rules of the streak",
        fields=(
            Field("What counts", bullets(_what_counts())),
            Field("What protects it", bullets(map(Markdown, PROTECTS))),
            Field("Your days and weeks", bullets(map(Markdown, DAYS))),
        ),
    )


def _what_counts() -> Iterator[Markdown]:
    for one in CREDITS:
        most = f", for at most {one.paid_a_day} a day" if one.paid_a_day and one.paid_a_day > 1 else ""
        once = "" if one.each_day else "; each counts once"
        worth = one.worth or f"{points(one.points)}{most}"
        yield md("{what}: {worth}{once}", what=one.words, worth=worth, once=once)


def points(count: int) -> str:
    """Say a number of points."""
    return "1 point" if count == 1 else f"{count} points"


PROTECTS = (
    "A freeze is used by itself when a week goes by without you. Every fourth week earns one; you can hold two.",
    "Lost it? Two activities in the week after bring it back.",
    "Going away? `/streak pause` holds it for up to four weeks.",
    "Days that an organiser excuses, and times when I was down myself, never count against you.",
    "A week without you is forgiven when its Sunday, or four of its days, were excused.",
)
DAYS = (
    "Your day ends at 04:00, where you are. The week begins on Monday.",
    "Each activity keeps the day that it had for you. Travel and a new time zone never take anything away.",
    "The days in a row leave weekends free. Only you see them.",
)


@command(
    "streak repair",
    summary="How to bring a lost streak back",
    section=SECTION,
    visibility=PRIVATE,
    examples=("streak repair",),
)
async def streak_repair(ctx: Ctx) -> Reply:
    """Say what brings a lost streak back.

    It is free: one extra activity within seven days.
    """
    found = await my_streak(ctx)
    loss = found.loss
    if loss is None or not loss.repairable:
        return Reply(
            join([md("There is nothing to repair."), headline(found), alive_until(found)], "\n\n"), title="Repair"
        )
    days = await ctx.store.activities.days(ctx.known.id, found.monday) if ctx.known else ()
    return Reply(_way_back(found, loss), title="Bring it back", rows=(_buttons(days, member_day(ctx.now)),))


def _way_back(found: Streak, loss: Loss) -> Markdown:
    return md(
        "Your streak of {weeks} broke in the week of {week}. {count} before {until}, your time, {verb} it back. "
        "A tip that you tried, a step, a check-in on another day: everything counts.",
        weeks=weeks(loss.count),
        week=spoken_day(loss.week),
        count=to_repair(found),
        until=spoken_moment(end_of_week(found)),
        verb="brings" if found.kept else "bring",
    )
