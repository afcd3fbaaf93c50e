"""The words for whoever cannot see the picture."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given

from bot.services.pictures import Card, StageBar, describe
from bot.services.pictures.drawing import lay_out
from bot.services.pictures.marks import Letters
from bot.services.pictures.words import LONGEST, number, tidy
from bot.services.pictures.year import squares
from tests.services.pictures.cards import HOLIDAY, MEMBER, NEWCOMER, SAMPLES, TODAY, any_cards


def test_a_member_is_told_whole() -> None:
    card = replace(MEMBER, days={TODAY: 2, min(HOLIDAY): 5})
    assert describe(card) == (
        "The common road: 8 of 31 steps done (Foundations 5 of 5, Entry level 3 of 8, Mid-career 0 of 7, "
        "Senior and leadership 0 of 6, A voice in the field 0 of 5). "
        "7 weeks in a row (best so far: 12 weeks), 3 active days this week; "
        "badges: First step, Ten tips tried, Comeback. "
        "The last year: 7 activities on 2 days (Jul 2026 5, Nov 2), at most 5 on one day, 8 excused days, 2 today."
    )


def test_a_newcomer_is_welcome() -> None:
    assert describe(NEWCOMER) == (
        "No path yet: choose one whenever you like. "
        "Ready when you are, 0 weeks in a row (one small thing begins a streak), this week is still open. "
        "The last year: no activities yet."
    )


def test_a_lost_streak_is_a_fresh_start() -> None:
    text = describe(replace(MEMBER, weeks=0, this_week=0))
    assert "A fresh start, 0 weeks in a row (best so far: 12 weeks), this week is still open" in text


def test_one_is_one() -> None:
    text = describe(
        replace(MEMBER, weeks=1, best_weeks=1, this_week=1, days={TODAY: 1}, excused=frozenset({min(HOLIDAY)}))
    )
    assert "1 week in a row (your best so far), 1 active day this week" in text
    assert "1 activity on 1 day (Nov 2026 1), at most 1 on one day, 1 excused day, 1 today" in text


@pytest.mark.parametrize("card", SAMPLES.values(), ids=SAMPLES.keys())
def test_every_number_in_the_picture_is_told(card: Card) -> None:
    legend = {"1", "2", "3", "4+ a day"}
    seen = [mark.text for mark in lay_out(card).marks if isinstance(mark, Letters) and mark.text not in legend]
    told = describe(card)
    # A title may be shortened earlier in the picture; what counts is what is a number by itself.
    figures = {figure for text in seen for figure in re.findall(r"(?<![\w…])[\d,]+\+?(?!\w)", text)}
    assert figures <= set(re.findall(r"[\d,]*\d\+?", told))


def test_what_had_no_room_is_counted() -> None:
    many = replace(MEMBER, stages=(StageBar("One", 0, 2),) * 11, badges=("Star",) * 10)
    assert "One 0 of 2, and 4 more stages)" in describe(many)
    assert "Star, and 3 more badges." in describe(many)


def test_letters_of_every_language_are_kept() -> None:
    text = describe(replace(MEMBER, title="Глубокое обучение", badges=("深度",)))
    assert text.startswith("Глубокое обучение: ")
    assert "badges: 深度." in text


def test_the_excused_days_told_are_those_drawn() -> None:
    drawn = sum(square.rested for square in squares(MEMBER))
    assert drawn == len(HOLIDAY)
    assert f"{drawn} excused days" in describe(MEMBER)


@pytest.mark.parametrize(("value", "said"), [(-3, "0"), (0, "0"), (1234, "1,234"), (9999, "9,999"), (10**9, "9,999+")])
def test_numbers_beyond_reason_are_said_to_be_more(value: int, said: str) -> None:
    assert number(value) == said


def test_a_text_is_put_on_one_line_and_shortened() -> None:
    assert tidy(" a\n\tb\u202e c\x00 ", 20) == "a b c"
    assert tidy("Machine learning", 9) == "Machine…"
    assert tidy("\ud800", 9) == ""


@given(any_cards())
def test_whatever_comes_is_told_on_one_line_of_bounded_length(card: Card) -> None:
    text = describe(card)
    assert 0 < len(text) <= LONGEST
    assert "\n" not in text
    assert text.endswith(".")
    text.encode("utf-8")
