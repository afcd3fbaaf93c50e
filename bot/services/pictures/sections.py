"""The parts of the card from top to bottom: the path, the streak, the calendar, the badges."""

from __future__ import annotations

from bot.services.pictures import words
from bot.services.pictures.card import Card, StageBar
from bot.services.pictures.lettering import fit, legible, width
from bot.services.pictures.marks import Letters, Mark, Section, Slab
from bot.services.pictures.paints import Paint

# Everything is three times as large as it will look on a phone.
WIDTH = 1080
SIDE = 46
ROOM = WIDTH - 2 * SIDE
TITLE, LARGE, TEXT, HUGE = 62, 50, 36, 168
STAGE_PITCH, STAGE_TITLE, BAR = 58, 420, 20
PILL, PILL_PAD, PILL_GAP = 62, 26, 14


def path(card: Card, top: int) -> Section:
    """Draw the path's name, how much is done, and a bar for each stage."""
    title = fit(legible(words.tidy(card.title, 120), "Your path"), TITLE, ROOM)
    marks: list[Mark] = [
        Letters(SIDE, top + 48, title, TITLE, Paint.INK),
        Letters(SIDE, top + 104, words.steps_words(card), TEXT, Paint.SOFT),
    ]
    bottom = top + (132 if card.stages else 116)
    stages = card.shown_stages()
    counts = max((width(words.share(stage.done, stage.total), TEXT) for stage in stages), default=0)
    for at, stage in enumerate(stages, 1):
        marks += _stage(stage, at, bottom, counts)
        bottom += STAGE_PITCH
    more = words.more_stages_words(card)
    if more:
        marks.append(Letters(SIDE, bottom + 40, more, TEXT, Paint.SOFT))
        bottom += STAGE_PITCH
    return Section(tuple(marks), bottom)


def _stage(stage: StageBar, at: int, top: int, counts: int) -> list[Mark]:
    share = words.share(stage.done, stage.total)
    name = fit(legible(words.tidy(stage.title, 80), f"Stage {at}"), TEXT, STAGE_TITLE - 24)
    left, length = SIDE + STAGE_TITLE, ROOM - STAGE_TITLE - counts - 24
    ink = Paint.INK if stage.done else Paint.SOFT
    marks: list[Mark] = [
        Letters(SIDE, top + 42, name, TEXT, ink),
        Slab(left, top + 19, length, BAR, BAR // 2, Paint.EMPTY),
        Letters(WIDTH - SIDE - width(share, TEXT), top + 42, share, TEXT, ink),
    ]
    if stage.done:
        filled = max(length * stage.done // stage.total, BAR)
        marks.append(Slab(left, top + 19, filled, BAR, BAR // 2, Paint.THREE))
    return marks


def streak(card: Card, top: int) -> Section:
    """Draw the weekly streak as a large number with its words."""
    left = SIDE
    marks: list[Mark] = []
    if card.weeks > 0:
        count = words.number(card.weeks)
        marks.append(Letters(SIDE, top + 136, count, HUGE, Paint.STREAK))
        left += width(count, HUGE) + 40
    main = Paint.INK if card.weeks > 0 else Paint.STREAK
    marks += [
        Letters(left, top + 42, words.streak_words(card), LARGE, main),
        Letters(left, top + 91, words.best_words(card), TEXT, Paint.SOFT),
        Letters(left, top + 136, words.this_week_words(card), TEXT, Paint.SOFT),
    ]
    return Section(tuple(marks), top + 148)


def badges(card: Card, top: int) -> Section:
    """Draw the badges as pills, in as many rows as they need."""
    marks: list[Mark] = []
    left = SIDE
    for badge in words.badge_words(card):
        text = fit(legible(badge, "A badge"), TEXT, ROOM - 2 * PILL_PAD)
        long = width(text, TEXT) + 2 * PILL_PAD
        if left > SIDE and left + long > WIDTH - SIDE:
            left, top = SIDE, top + PILL + PILL_GAP
        marks.append(Slab(left, top, long, PILL, PILL // 2, Paint.EMPTY))
        marks.append(Letters(left + PILL_PAD, top + 43, text, TEXT, Paint.PILL_INK))
        left += long + PILL_GAP
    return Section(tuple(marks), top + PILL)
