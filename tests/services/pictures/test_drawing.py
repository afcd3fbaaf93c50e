"""The picture itself, pixel by pixel."""

from __future__ import annotations

import io
import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from PIL import Image

from bot.services.pictures import Card, StageBar, draw
from bot.services.pictures.calendar import CELL, PITCH, place
from bot.services.pictures.drawing import lay_out
from bot.services.pictures.marks import Letters, Sheet, Slab
from bot.services.pictures.painting import paint
from bot.services.pictures.paints import STEPS, Colour, Paint
from bot.services.pictures.sections import BAR
from bot.services.pictures.year import Square, squares
from tests.services.pictures.cards import FULLEST, HOLIDAY, MEMBER, NEWCOMER, SAMPLES, TODAY, any_cards

# The widest rows of the panel are its rim; the middle of its upper edge lies below that.
PANEL_AT = (540, 12)


def _open(card: Card) -> Image.Image:
    return Image.open(io.BytesIO(draw(card)))


def _colour(picture: Image.Image, at: tuple[int, int]) -> Colour:
    return _three(picture.convert("RGBA").getpixel(at))


def _light(colour: Colour) -> float:
    linear = [(c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4) for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: Colour, other: Colour) -> float:
    dark, bright = sorted((_light(one), _light(other)))
    return (bright + 0.05) / (dark + 0.05)


def _middle(card: Card, day: date) -> tuple[int, int]:
    """Find the middle of a day's square in the sheet that was really laid out."""
    days = squares(card)
    square = next(one for one in days if one.day == day)
    first = next(mark for mark in lay_out(card).marks if isinstance(mark, Slab) and mark.width == CELL)
    left, top = place(0, square)
    origin = place(0, Square(days[0].day, 0, 0, 0, excused=False))
    return first.left + left - origin[0] + CELL // 2, first.top + top - origin[1] + CELL // 2


@pytest.mark.parametrize("card", SAMPLES.values(), ids=SAMPLES.keys())
def test_it_is_a_png_of_the_size_that_was_laid_out(card: Card) -> None:
    picture = _open(card)
    picture.load()
    sheet = lay_out(card)
    assert (picture.format, picture.mode, picture.size) == ("PNG", "P", (sheet.width, sheet.height))


def test_the_file_is_small() -> None:
    assert len(draw(NEWCOMER)) < 25_000
    assert len(draw(MEMBER)) < 40_000
    assert len(draw(FULLEST)) < 65_000


@pytest.mark.parametrize("card", SAMPLES.values(), ids=SAMPLES.keys())
def test_the_same_card_gives_the_same_bytes(card: Card) -> None:
    turned = replace(card, days=dict(reversed(list(card.days.items()))))
    assert draw(card) == draw(turned)


def test_corners_let_the_chat_shine_through_and_nothing_else_does() -> None:
    picture = _open(MEMBER).convert("RGBA")
    alpha = picture.getchannel("A")
    corners = [alpha.getpixel((x, y)) for x in (0, picture.width - 1) for y in (0, picture.height - 1)]
    assert corners == [0, 0, 0, 0]
    assert alpha.crop((0, 40, picture.width, picture.height - 40)).getextrema() == (255, 255)
    assert alpha.crop((40, 0, picture.width - 40, picture.height)).getextrema() == (255, 255)


@pytest.mark.parametrize("card", SAMPLES.values(), ids=SAMPLES.keys())
def test_every_text_stands_out_from_what_it_really_lies_on(card: Card) -> None:
    picture, sheet = _open(card), lay_out(card)
    for letters in (mark for mark in sheet.marks if isinstance(mark, Letters)):
        found = picture.convert("RGBA").crop(letters.box).getcolors()
        assert found is not None
        lights = sorted((colour for _, colour in found), key=lambda colour: _light(_three(colour)))
        assert _contrast(_three(lights[0]), _three(lights[-1])) >= 4.5, letters


def _three(colour: object) -> Colour:
    assert isinstance(colour, tuple)
    return int(colour[0]), int(colour[1]), int(colour[2])


def test_the_panel_stands_out_from_light_and_dark_chats() -> None:
    picture = _open(MEMBER)
    assert _contrast(_colour(picture, PANEL_AT), (255, 255, 255)) > 10
    rim = _colour(picture, (540, 1))
    assert _contrast(rim, _colour(picture, PANEL_AT)) > 1.5


def test_the_steps_of_the_calendar_differ_in_lightness_and_not_by_hue_alone() -> None:
    days = {TODAY - timedelta(days=30 + count): count for count in range(1, 5)}
    card = replace(NEWCOMER, days=days)
    picture = _open(card)
    seen = [_colour(picture, _middle(card, TODAY - timedelta(days=30 + count))) for count in range(5)]
    assert all(_contrast(less, more) > 1.5 and _light(less) < _light(more) for less, more in itertools.pairwise(seen))


@pytest.mark.parametrize(
    "day", [TODAY - timedelta(days=1), date(2025, 12, 31), date(2026, 1, 1), date(2026, 2, 28), date(2025, 11, 17)]
)
def test_a_day_with_an_activity_looks_different(day: date) -> None:
    card = replace(NEWCOMER, days={day: 1})
    at = _middle(card, day)
    assert _colour(_open(card), at) == Paint.ONE.front
    assert _colour(_open(NEWCOMER), at) == Paint.EMPTY.front


def test_a_leap_day_lights_up() -> None:
    leap = date(2028, 2, 29)
    card = replace(NEWCOMER, today=date(2028, 12, 31), days={leap: 9})
    assert _colour(_open(card), _middle(card, leap)) == Paint.FOUR.front


@pytest.mark.parametrize("ahead", range(7))
@pytest.mark.parametrize("count", [0, 1, 4])
def test_today_has_an_outline_on_every_weekday(ahead: int, count: int) -> None:
    today = date(2026, 12, 28) + timedelta(days=ahead)
    card = replace(NEWCOMER, today=today, days={today: count})
    picture = _open(card)
    x, y = _middle(card, today)
    assert _colour(picture, (x, y)) == STEPS[count].front
    outline = [_colour(picture, (x + dx, y + dy)) for dx, dy in ((-10, 0), (10, 0), (0, -10), (0, 10))]
    gap = [_colour(picture, (x + dx, y + dy)) for dx, dy in ((-7, 0), (7, 0), (0, -7), (0, 7))]
    assert outline == [Paint.INK.front] * 4
    assert all(_contrast(Paint.INK.front, colour) > 7 for colour in gap)


def test_days_to_come_are_not_drawn() -> None:
    card = replace(NEWCOMER, today=date(2026, 11, 18))
    picture = _open(card)
    x, y = _middle(card, card.today)
    assert _colour(picture, (x, y + 2 * PITCH)) == Paint.PANEL.front


def test_an_excused_day_is_an_outline_and_an_active_one_is_filled_all_the_same() -> None:
    rested, active = sorted(HOLIDAY)[:2]
    card = replace(NEWCOMER, excused=HOLIDAY, days={active: 2})
    picture = _open(card)
    x, y = _middle(card, rested)
    assert _colour(picture, (x, y)) == Paint.PANEL.front
    assert _colour(picture, (x - CELL // 2, y)) == Paint.EXCUSED.front
    assert _colour(picture, _middle(card, active)) == Paint.TWO.front


@pytest.mark.parametrize(("done", "share"), [(0, 0.0), (1, 0.25), (3, 0.75), (4, 1.0)])
def test_a_bar_is_filled_as_far_as_the_stage_is_done(done: int, share: float) -> None:
    card = replace(MEMBER, stages=(StageBar("Only", done, 4),))
    track = next(mark for mark in lay_out(card).marks if isinstance(mark, Slab) and mark.height == BAR)
    row = (
        _open(card)
        .convert("RGBA")
        .crop((track.left, track.top + BAR // 2, track.left + track.width, track.top + BAR // 2 + 1))
    )
    colours = [_colour(row, (x, 0)) for x in range(row.width)]
    assert abs(colours.count(Paint.THREE.front) / track.width - share) < 0.01


@pytest.mark.parametrize("size", [28, 36, 62, 168])
@pytest.mark.parametrize("text", ["jgQ,", "W…", "7", "fjÅ"])
def test_letters_keep_to_the_box_they_were_given(size: int, text: str) -> None:
    letters = Letters(100, 250, text.replace("Å", "A"), size, Paint.INK)
    inked = Image.open(io.BytesIO(paint(Sheet(900, 400, (letters,))))).convert("RGBA").getchannel("A").getbbox()
    assert inked is not None
    left, top, right, bottom = letters.box
    assert left <= inked[0] <= inked[2] <= right
    assert top <= inked[1] <= inked[3] <= bottom


@settings(max_examples=25, deadline=None)
@given(any_cards())
def test_whatever_comes_is_drawn(card: Card) -> None:
    picture = _open(card)
    picture.load()
    assert picture.width == 1080
    assert 600 < picture.height < 2000
