"""The calendar of the card: a square for each day of a year."""

from __future__ import annotations

from collections.abc import Iterator

from bot.services.pictures import words
from bot.services.pictures.card import Card
from bot.services.pictures.lettering import width
from bot.services.pictures.marks import Letters, Mark, Section, Slab
from bot.services.pictures.paints import STEPS, Paint
from bot.services.pictures.sections import ROOM, SIDE, TEXT, WIDTH
from bot.services.pictures.year import WEEKS, Square, month_starts, squares

PITCH, CELL, ROUND = 18, 15, 4
GUTTER = ROOM - WEEKS * PITCH
LEFT = SIDE + GUTTER
SMALL = 32
MONTH_ROOM = 4  # columns
GRID_TOP = 44
WEEKDAYS = {0: "M", 2: "W", 4: "F"}
SWATCH = 26


def place(top: int, square: Square) -> tuple[int, int]:
    """Tell where the left upper corner of a day's square is."""
    return LEFT + square.column * PITCH, top + GRID_TOP + square.row * PITCH


def calendar(card: Card, top: int) -> Section:
    """Draw the year, the names of its months above and what it adds up to below."""
    days = squares(card)
    grid = top + GRID_TOP
    marks = [*_months(days, top + 28), *_weekdays(grid)]
    for square in days[:-1]:
        marks += _cell(square, *place(top, square))
    marks += _today(days[-1], *place(top, days[-1]))
    baseline = grid + 7 * PITCH + 48
    marks += [Letters(SIDE, baseline, words.year_words(days), TEXT, Paint.SOFT), *_steps(baseline)]
    excused = words.excused_words(days)
    if excused:
        baseline += 50
        marks += _rested(excused, baseline)
    return Section(tuple(marks), baseline + 12)


def _months(days: tuple[Square, ...], baseline: int) -> Iterator[Mark]:
    """Name each month where it begins; one without room, at either end, goes unnamed."""
    starts = list(month_starts(days))
    if len(starts) > 1 and starts[1][0] < MONTH_ROOM:
        del starts[0]
    free = LEFT
    for column, name in starts:
        long = width(name, SMALL)
        left = min(LEFT + column * PITCH, WIDTH - SIDE - long)
        if left >= free:
            yield Letters(left, baseline, name, SMALL, Paint.SOFT)
            free = left + long + 10


def _weekdays(grid: int) -> Iterator[Mark]:
    for row, letter in WEEKDAYS.items():
        yield Letters(SIDE, grid + row * PITCH + CELL + 3, letter, 28, Paint.SOFT)


def _cell(square: Square, left: int, top: int) -> list[Mark]:
    if square.rested:
        return _outlined(left, top, CELL, 2, Paint.EXCUSED)
    return [Slab(left, top, CELL, CELL, ROUND, STEPS[square.step])]


def _outlined(left: int, top: int, size: int, line: int, paint: Paint) -> list[Mark]:
    inner = size - 2 * line
    return [
        Slab(left, top, size, size, ROUND, paint),
        Slab(left + line, top + line, inner, inner, max(ROUND - line, 1), Paint.HOLE),
    ]


def _today(square: Square, left: int, top: int) -> list[Mark]:
    """Outline today with a gap, so that the outline shows around the brightest square too."""
    inside = [] if square.rested else [Slab(left + 2, top + 2, CELL - 4, CELL - 4, 2, STEPS[square.step])]
    return [*_outlined(left - 4, top - 4, CELL + 8, 4, Paint.INK), *inside]


def _steps(baseline: int) -> Iterator[Mark]:
    """Draw what the shades mean, from right to left."""
    right = WIDTH - SIDE
    for name, paint in (("4+ a day", STEPS[4]), ("3", STEPS[3]), ("2", STEPS[2]), ("1", STEPS[1])):
        right -= width(name, SMALL)
        yield Letters(right, baseline, name, SMALL, Paint.SOFT)
        right -= SWATCH + 9
        yield Slab(right, baseline - SWATCH + 1, SWATCH, SWATCH, 6, paint)
        right -= 24


def _rested(excused: str, baseline: int) -> list[Mark]:
    swatch = _outlined(SIDE, baseline - SWATCH + 1, SWATCH, 3, Paint.EXCUSED)
    return [*swatch, Letters(SIDE + SWATCH + 12, baseline, excused, TEXT, Paint.SOFT)]
