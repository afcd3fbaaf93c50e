"""What the card says: the words in the picture, and the whole of it for whoever cannot see it."""

from __future__ import annotations

import unicodedata

from bot.services.pictures.card import Card, StageBar
from bot.services.pictures.year import Square, by_month, squares

LONGEST = 1000
MOST = 9_999
BADGE_LENGTH = 24
NO_STAGES = "Choose one whenever you like"
# How long titles may be, and whether months are told: the first that fits is used.
TELLINGS = ((60, 40, True), (60, 24, True), (40, 16, False))


def number(value: int) -> str:
    """Say a number; beyond what fits, say that it is more."""
    return f"{min(max(value, 0), MOST):,}{'+' if value > MOST else ''}"


def counted(value: int, one: str, many: str) -> str:
    """Say a number with its noun."""
    return f"{number(value)} {one if value == 1 else many}"


def tidy(text: str, longest: int) -> str:
    """Put a text on one line, without what cannot be seen, and shorten it."""
    # Only the beginning is looked at, so that an endless text costs nothing.
    seen = "".join(" " if sign.isspace() else sign for sign in text[: 4 * longest] if _visible(sign))
    line = " ".join(seen.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def _visible(sign: str) -> bool:
    return sign.isspace() or not unicodedata.category(sign).startswith("C")


def steps_words(card: Card) -> str:
    """Say how much of the whole path is done."""
    stages = card.sound_stages()
    if not stages:
        return NO_STAGES
    return f"{share(sum(stage.done for stage in stages), sum(stage.total for stage in stages))} steps done"


def share(done: int, total: int) -> str:
    """Say a part of a whole."""
    return f"{number(done)} of {number(total)}"


def more_stages_words(card: Card) -> str:
    """Say how many stages had no room."""
    return _more(len(card.stages) - len(card.shown_stages()), "stage")


def badge_words(card: Card) -> tuple[str, ...]:
    """Return the badges as they are said, and how many had no room."""
    shown = card.shown_badges()
    named = (tidy(badge, BADGE_LENGTH) for badge in shown)
    more = _more(len(card.badges) - len(shown), "badge")
    return (*(name for name in named if name), *([more] if more else []))


def _more(count: int, noun: str) -> str:
    return f"and {counted(count, f'more {noun}', f'more {noun}s')}" if count > 0 else ""


def streak_words(card: Card) -> str:
    """Say what the large number counts, or that a new streak can begin."""
    if card.weeks > 0:
        return "week in a row" if card.weeks == 1 else "weeks in a row"
    return "A fresh start" if card.best_weeks > 0 else "Ready when you are"


def best_words(card: Card) -> str:
    """Say how long the best streak was."""
    if card.best_weeks > card.weeks:
        return f"best so far: {counted(card.best_weeks, 'week', 'weeks')}"
    return "your best so far" if card.weeks > 0 else "one small thing begins a streak"


def this_week_words(card: Card) -> str:
    """Say what this week holds."""
    days = min(card.this_week, 7)
    if days > 0:
        return f"{counted(days, 'active day', 'active days')} this week"
    return "this week is still open"


def year_words(days: tuple[Square, ...]) -> str:
    """Say what the calendar adds up to."""
    active = [square.count for square in days if square.count]
    if not active:
        return "Today has the outline"
    return f"{counted(sum(active), 'activity', 'activities')} on {counted(len(active), 'day', 'days')}"


def excused_words(days: tuple[Square, ...]) -> str:
    """Say how many days are drawn as excused."""
    rested = sum(square.rested for square in days)
    return counted(rested, "excused day", "excused days") if rested else ""


def describe(card: Card) -> str:
    """Say in words everything that the picture says."""
    days = squares(card)
    for title, stage, months in TELLINGS:
        text = " ".join((_path(card, title, stage), _streak(card), _calendar(days, months)))
        if len(text) <= LONGEST:
            break
    return text


def _path(card: Card, title: int, stage: int) -> str:
    name = tidy(card.title, title) or "Your path"
    if not card.stages:
        return f"{name}: {NO_STAGES.lower()}."
    bars = [_bar(one, stage) for one in card.shown_stages()]
    more = more_stages_words(card)
    return f"{name}: {steps_words(card)} ({', '.join([*bars, *([more] if more else [])])})."


def _bar(stage: StageBar, longest: int) -> str:
    return f"{tidy(stage.title, longest) or 'a stage'} {share(stage.done, stage.total)}"


def _streak(card: Card) -> str:
    words = streak_words(card)
    start = f"{number(card.weeks)} {words}" if card.weeks > 0 else f"{words}, 0 weeks in a row"
    badges = badge_words(card)
    told = f"; badges: {', '.join(badges)}" if badges else ""
    return f"{start} ({best_words(card)}), {this_week_words(card)}{told}."


def _calendar(days: tuple[Square, ...], months: bool) -> str:
    active = [square.count for square in days if square.count]
    rested = excused_words(days)
    excused = f", {rested}" if rested else ""
    if not active:
        return f"The last year: no activities yet{excused}."
    each = f" ({', '.join(f'{month} {number(count)}' for month, count in by_month(days))})" if months else ""
    return (
        f"The last year: {year_words(days)}{each}, at most {number(max(active))} on one day"
        f"{excused}, {number(days[-1].count)} today."
    )
