from __future__ import annotations

import pytest

from content.search.spelling import Repair, Speller, distance

SPELLER = Speller({"python": 9, "learning": 5, "learner": 1, "machine": 5, "data": 9, "set": 3, "recommend": 2})


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("pyhton", "python"),
        ("pythn", "python"),
        ("pythoon", "python"),
        ("lerning", "learning"),
        ("machien", "machine"),
        ("recomend", "recommend"),
        ("dta", "data"),
        ("ata", "data"),
    ],
)
def test_a_slip_is_mended(word: str, wanted: str) -> None:
    assert SPELLER.repair(word) == Repair((wanted,), 1)


def test_two_slips_only_in_long_words_that_begin_alike() -> None:
    assert SPELLER.repair("rekomment") == Repair(("recommend",), 2)
    assert SPELLER.repair("sekommend") is None
    assert SPELLER.repair("dxxa") is None


def test_a_missing_space_is_found() -> None:
    assert SPELLER.repair("dataset") == Repair(("data", "set"), 1)


def test_the_more_usual_word_wins() -> None:
    assert Speller({"cart": 1, "card": 40}).repair("carx") == Repair(("card",), 1)


@pytest.mark.parametrize("word", ["gpt4", "c3po", "x", "ab", "zebra", "p" * 500, "", "日本語"])
def test_what_is_better_left_alone(word: str) -> None:
    assert SPELLER.repair(word) is None


@pytest.mark.parametrize(
    ("one", "other", "slips"), [("ab", "ab", 0), ("abcd", "acbd", 1), ("abcd", "abd", 1), ("abcd", "abxcd", 1)]
)
def test_distance_counts_swapped_letters_once(one: str, other: str, slips: int) -> None:
    assert distance(one, other, 2) == distance(other, one, 2) == slips


def test_distance_gives_up_beyond_its_reach() -> None:
    assert distance("abcdef", "uvwxyz", 2) == 3
    assert distance("a", "abcdef", 2) == 3


def test_a_large_vocabulary_is_no_burden() -> None:
    letters = "etaoinsrhl"
    words = {f"{a}{b}{c}{d}ing": 1 for a in letters for b in letters for c in letters for d in letters}
    repaired = Speller(words).repair("etaoqing")
    assert repaired is not None
    assert "etaoing" in repaired.words
