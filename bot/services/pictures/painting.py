"""Painting marks: every pixel is an index of the palette, so edges are smooth and the file stays small."""

from __future__ import annotations

import io
from functools import lru_cache

from PIL import Image, ImageDraw

from bot.services.pictures.lettering import font
from bot.services.pictures.marks import Letters, Sheet, Slab
from bot.services.pictures.paints import LEVELS, Paint, palette, transparency

FINE = 8
# The highest level takes seven times as long and saves a tenth.
COMPRESSION = 6
TOUCHED = [0 if round(cover * LEVELS / 255) == 0 else 255 for cover in range(256)]


def paint(sheet: Sheet) -> bytes:
    """Paint a sheet as a PNG."""
    indices = Image.new("L", (sheet.width, sheet.height), 0)
    for mark in sheet.marks:
        if isinstance(mark, Slab):
            _lay(indices, mark)
        else:
            _write(indices, mark)
    indices.putpalette(palette())
    file = io.BytesIO()
    indices.save(file, "PNG", compress_level=COMPRESSION, transparency=transparency())
    return file.getvalue()


def _lay(indices: Image.Image, slab: Slab) -> None:
    shades, touched = _stamp(slab.width, slab.height, slab.radius, slab.paint)
    indices.paste(shades, (slab.left, slab.top), touched)


def _write(indices: Image.Image, letters: Letters) -> None:
    left, top, right, bottom = letters.box
    cover = Image.new("L", (max(right - left, 1), max(bottom - top, 1)), 0)
    place = (letters.left - left, letters.baseline - top)
    ImageDraw.Draw(cover).text(place, letters.text, fill=255, font=font(letters.size), anchor="ls")
    indices.paste(cover.point(_shades(letters.paint)), (left, top), cover.point(TOUCHED))


@lru_cache(maxsize=64)
def _stamp(width: int, height: int, radius: int, colour: Paint) -> tuple[Image.Image, Image.Image]:
    cover = Image.new("L", (width, height), 255)
    corner = _corner(min(radius, width // 2, height // 2))
    for left, top, turn in (
        (0, 0, None),
        (width - corner.width, 0, Image.Transpose.FLIP_LEFT_RIGHT),
        (0, height - corner.height, Image.Transpose.FLIP_TOP_BOTTOM),
        (width - corner.width, height - corner.height, Image.Transpose.ROTATE_180),
    ):
        cover.paste(corner if turn is None else corner.transpose(turn), (left, top))
    return cover.point(_shades(colour)), cover.point(TOUCHED)


def _corner(radius: int) -> Image.Image:
    if radius < 1:
        return Image.new("L", (1, 1), 255)
    fine = Image.new("L", (radius * FINE, radius * FINE), 0)
    ImageDraw.Draw(fine).ellipse((0, 0, 2 * radius * FINE - 1, 2 * radius * FINE - 1), fill=255)
    return fine.reduce(FINE)


@lru_cache(maxsize=len(Paint))
def _shades(colour: Paint) -> list[int]:
    """List the index for each cover; where nothing is covered the index is not used."""
    return [colour.first + max(round(cover * LEVELS / 255), 1) - 1 for cover in range(256)]
