"""Everything has its place: inside the panel, and nothing over a text."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from bot.services.pictures import Card
from bot.services.pictures.drawing import MARGIN, lay_out
from bot.services.pictures.marks import Box, Letters, Sheet
from bot.services.pictures.sections import SIDE, WIDTH
from tests.services.pictures.cards import FULLEST, MEMBER, SAMPLES, any_cards

SMALLEST_ON_A_PHONE = 9  # pixels of a letter's size when the picture is 360 wide


def _apart(one: Box, other: Box) -> bool:
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def _within(inner: Box, outer: Box) -> bool:
    return inner[0] >= outer[0] and inner[1] >= outer[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def _clashes(sheet: Sheet) -> Iterator[tuple[object, object]]:
    boxes = [(mark, mark.box) for mark in sheet.marks]
    for at, (mark, box) in enumerate(boxes):
        if isinstance(mark, Letters):
            for place, (other, taken) in enumerate(boxes):
                fine = not isinstance(other, Letters) and place < at and _within(box, taken)
                if other is not mark and not fine and not _apart(box, taken):
                    yield mark, other


def _check(card: Card) -> None:
    sheet = lay_out(card)
    inside = (SIDE - 6, MARGIN - 6, WIDTH - SIDE + 6, sheet.height - MARGIN + 6)
    assert [mark for mark in sheet.marks[2:] if not _within(mark.box, inside)] == []
    assert list(_clashes(sheet)) == []


@pytest.mark.parametrize("card", SAMPLES.values(), ids=SAMPLES.keys())
def test_nothing_is_outside_and_nothing_overlaps(card: Card) -> None:
    _check(card)


@settings(max_examples=40, deadline=None)
@given(any_cards())
def test_whatever_comes_has_its_place(card: Card) -> None:
    _check(card)


@pytest.mark.parametrize("day", range(0, 366, 3))
def test_the_names_of_the_months_stand_apart_all_year(day: int) -> None:
    card = replace(MEMBER, today=date(2028, 1, 1) + timedelta(days=day))
    sheet = lay_out(card)
    months = [mark for mark in sheet.marks if isinstance(mark, Letters) and len(mark.text) == 3 and mark.text.isalpha()]
    assert len(months) in {11, 12, 13}
    assert all(one.box[2] + 6 <= other.box[0] for one, other in itertools.pairwise(months))
    _check(card)


@pytest.mark.parametrize("card", SAMPLES.values(), ids=SAMPLES.keys())
def test_letters_are_large_enough_for_a_phone(card: Card) -> None:
    sizes = [mark.size * 360 / WIDTH for mark in lay_out(card).marks if isinstance(mark, Letters)]
    assert min(sizes) >= SMALLEST_ON_A_PHONE


def test_a_card_is_as_tall_as_it_needs() -> None:
    assert lay_out(replace(MEMBER, badges=())).height < lay_out(MEMBER).height < lay_out(FULLEST).height
