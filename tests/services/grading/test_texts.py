"""Typed words are held against the accepted answers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.services.grading.texts import Shape, TextRule, is_accepted, normal

ONE = TextRule(("Naïve Bayes", "NB"))
SIGNS = TextRule(("C++", "C#", ".NET", "-1", "don't"))


@pytest.mark.parametrize(
    "typed", ["naive bayes", "NAIVE  BAYES", " naïve bayes. ", "“Naïve Bayes”", "nai\u0308ve\nbayes", "(nb)!", "`NB`"]
)
def test_case_accents_spaces_and_what_stands_around_do_not_matter(typed: str) -> None:
    assert is_accepted(typed, ONE)


@pytest.mark.parametrize("typed", ["", " ", ".", "bayes", "naive-bayes", "naivebayes", "nb nb"])
def test_other_words_are_other_words(typed: str) -> None:
    assert not is_accepted(typed, ONE)


@pytest.mark.parametrize("typed", ["c++", "C#.", "'.net'", "−1", "don’t"])
def test_signs_that_belong_to_a_name_stay(typed: str) -> None:
    assert is_accepted(typed, SIGNS)


@pytest.mark.parametrize("typed", ["c", "net", "1", "dont"])
def test_names_without_their_signs_are_others(typed: str) -> None:
    assert not is_accepted(typed, SIGNS)


def test_accents_matter_where_the_author_says_so() -> None:
    rule = TextRule(("año",), accents_matter=True)
    assert is_accepted("AÑO", rule)
    assert not is_accepted("ano", rule)


@pytest.mark.parametrize(
    ("typed", "as_list", "as_set"),
    [
        ("age, income", True, True),
        ("[Age; Income]", True, True),
        ("age\nincome\n", True, True),
        ("income, age", False, True),
        ("age, income, age", False, True),
        ("age", False, False),
        ("age, income, zip", False, False),
        ("age income", False, False),
        (", ,", False, False),
    ],
)
def test_several_in_order_or_not(typed: str, as_list: bool, as_set: bool) -> None:
    assert is_accepted(typed, TextRule(("age, income",), Shape.LIST)) is as_list
    assert is_accepted(typed, TextRule(("age, income",), Shape.SET)) is as_set


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_every_answer_with_anything_in_it_is_itself(text: str) -> None:
    assert is_accepted(text, TextRule((text,))) is bool(normal(text))
