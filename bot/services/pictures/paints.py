"""The colours of the card, as one palette that holds every shade between a paint and what lies under it."""

from __future__ import annotations

from enum import Enum

Colour = tuple[int, int, int]

NIGHT: Colour = (0x15, 0x1B, 0x23)
STEEL: Colour = (0x3D, 0x48, 0x55)
SLATE: Colour = (0x2B, 0x35, 0x40)
WHITE: Colour = (0xF3, 0xF6, 0xF8)
# Shades from faint to full: enough for smooth edges, few enough for a small file.
LEVELS = 7


class Paint(Enum):
    """A colour and what it is laid on."""

    # The panel itself: its rim is laid on nothing, so that any chat shines through at the corners.
    RIM = (STEEL, None)
    PANEL = (NIGHT, STEEL)
    HOLE = (NIGHT, NIGHT)
    INK = (WHITE, NIGHT)
    SOFT = ((0xAE, 0xBA, 0xC6), NIGHT)
    STREAK = ((0xF7, 0xCB, 0x74), NIGHT)
    # The steps of the calendar differ in lightness, so they can be told apart without seeing colours.
    EMPTY = (SLATE, NIGHT)
    ONE = ((0x2B, 0x78, 0x66), NIGHT)
    TWO = ((0x3F, 0xA6, 0x88), NIGHT)
    THREE = ((0x7F, 0xD3, 0xAE), NIGHT)
    FOUR = ((0xE2, 0xFB, 0xE4), NIGHT)
    EXCUSED = ((0x6B, 0x78, 0x86), NIGHT)
    PILL_INK = (WHITE, SLATE)

    @property
    def front(self) -> Colour:
        """Return the colour itself."""
        front: Colour = self.value[0]
        return front

    @property
    def back(self) -> Colour | None:
        """Return what it is laid on; nothing for the rim."""
        back: Colour | None = self.value[1]
        return back

    @property
    def first(self) -> int:
        """Return the palette's index of its faintest shade; 0 is nothing at all."""
        return 1 + list(Paint).index(self) * LEVELS

    @property
    def solid(self) -> int:
        """Return the palette's index of the full colour."""
        return self.first + LEVELS - 1

    def shade(self, level: int) -> Colour:
        """Mix a shade: 1 is the faintest, `LEVELS` the full colour."""
        back = self.back or self.front
        return (
            _between(back[0], self.front[0], level),
            _between(back[1], self.front[1], level),
            _between(back[2], self.front[2], level),
        )


STEPS = (Paint.EMPTY, Paint.ONE, Paint.TWO, Paint.THREE, Paint.FOUR)


def _between(back: int, front: int, level: int) -> int:
    return back + round((front - back) * level / LEVELS)


def palette() -> list[int]:
    """Return red, green and blue of every index."""
    colours = [STEEL, *(paint.shade(level) for paint in Paint for level in range(1, LEVELS + 1))]
    return [part for colour in colours for part in colour]


def transparency() -> bytes:
    """Return how solid each index is: only the corners of the panel are not."""
    rim = [round(255 * level / LEVELS) for level in range(1, LEVELS + 1)]
    return bytes([0, *rim])
