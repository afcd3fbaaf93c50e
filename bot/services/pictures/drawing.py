"""Drawing the card: the parts one under the other on a panel of their own."""

from __future__ import annotations

from bot.services.pictures import sections
from bot.services.pictures.calendar import calendar
from bot.services.pictures.card import Card
from bot.services.pictures.marks import Mark, Section, Sheet, Slab
from bot.services.pictures.painting import paint
from bot.services.pictures.paints import Paint
from bot.services.pictures.sections import ROOM, SIDE, WIDTH

ROUND, RIM = 36, 3
MARGIN, GAP = 44, 34


def draw(card: Card) -> bytes:
    """Draw a card as a PNG."""
    return paint(lay_out(card))


def lay_out(card: Card) -> Sheet:
    """Decide where everything stands."""
    path = sections.path(card, MARGIN)
    rule = Slab(SIDE, path.bottom + GAP - 8, ROOM, 2, 0, Paint.EMPTY)
    streak = sections.streak(card, path.bottom + 2 * GAP)
    year = calendar(card, streak.bottom + GAP)
    badges = sections.badges(card, year.bottom + GAP) if card.badges else Section((), year.bottom)
    height = badges.bottom + MARGIN
    return Sheet(WIDTH, height, (*_panel(height), *path.marks, rule, *streak.marks, *year.marks, *badges.marks))


def _panel(height: int) -> tuple[Mark, Mark]:
    return (
        Slab(0, 0, WIDTH, height, ROUND, Paint.RIM),
        Slab(RIM, RIM, WIDTH - 2 * RIM, height - 2 * RIM, ROUND - RIM, Paint.PANEL),
    )
