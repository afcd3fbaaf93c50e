"""Typed numbers are read as people write them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.markup import plain
from bot.services.grading.faults import AnswerProblem
from bot.services.grading.numbers import Tolerance, matches, read_number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12.5", 12.5), ("12,5", 12.5), ("1,234.5", 1234.5), ("1.234,5", 1234.5), ("1 234,5", 1234.5),
        ("1 234.5", 1234.5), ("1\u202f234,5", 1234.5), ("1'234.5", 1234.5), ("1’234.5", 1234.5), ("1_234.5", 1234.5),
        ("1,234,567", 1234567), ("1.234.567", 1234567), ("1 234 567", 1234567), ("1.234.567,8", 1234567.8),
        ("10 000", 10000), ("1e-3", 0.001), ("1E3", 1000), ("1,5e3", 1500), ("2.5 e+2", 250), ("1/3", 1 / 3),
        ("-1 / 4", -0.25), ("1⁄2", 0.5), ("+3", 3), ("−3", -3), ("–3", -3), ("- 3", -3), (".5", 0.5), (",5", 0.5),
        ("-.5", -0.5), ("5.", 5), ("12.5.", 12.5), ("= 3", 3), ("x=3", 3), ("x = −3", -3), ("answer: 7", 7),
        ("≈ 3.14", 3.14), ("k_1 = 4", 4), ("  42\n", 42), ("`42`", 42), ("**42**", 42), ("“42”", 42), ("007", 7),
        ("0,123", 0.123), ("0.123", 0.123), ("12.3456", 12.3456), ("1.5×10^-3", 0.0015), ("2 x 10^3", 2000),
        ("3*10**2", 300), ("0", 0), ("-0.0", 0), ("٣", 3),
    ],
)  # fmt: skip
def test_usual_ways_to_write_a_number(typed: str, number: float) -> None:
    assert list(read_number(typed)) == pytest.approx([number])


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("1,234", {1.234, 1234}),
        ("1.234", {1.234, 1234}),
        ("-12,500", {-12.5, -12500}),
        ("5%", {0.05, 5}),
        ("12,5 %", {0.125, 12.5}),
        ("1,000/3", {1 / 3, 1000 / 3}),
    ],
)
def test_both_readings_are_returned_where_there_are_two(typed: str, numbers: set[float]) -> None:
    assert set(read_number(typed)) == numbers


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", ".", "-", "five", "$5", "5 €", "12 kg", "1 2", "1,23,4", "1,2,3", "1.234.5", "1.2.3", "1,234,5", "1/0",
        "1/2/3", "/2", "1/", "%", "5%%", "nan", "inf", "-infinity", "1e999", "1e99999", "--3", "+-3", "0x10", "1+1",
        "12:30", "2026-01-01", "10²", "½ of it", "=SUM(A1)", "1e", "e5", "[1]", "9" * 61, "1 234 56", "x=", "3 = x",
    ],
)  # fmt: skip
def test_anything_else_is_refused_kindly(typed: str) -> None:
    with pytest.raises(AnswerProblem) as caught:
        read_number(typed)
    assert plain(caught.value.message).endswith("Write only the number, like 12.5, 1e-3 or 1/3, without a unit.")


@given(st.floats(allow_nan=False, allow_infinity=False))
@settings(max_examples=200, deadline=None)
def test_every_number_that_a_program_prints_is_read_exactly(number: float) -> None:
    assert number in read_number(repr(number))


@given(st.integers(-(10**12), 10**12), st.sampled_from((",", " ", "'", "_")))
@settings(max_examples=200, deadline=None)
def test_groups_of_thousands(number: int, mark: str) -> None:
    assert number in read_number(f"{number:,}".replace(",", mark) + ("" if mark == "," else ",0"))


@given(st.text(max_size=80))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_number_or_refused(typed: str) -> None:
    try:
        numbers = read_number(typed)
    except AnswerProblem:
        return
    assert numbers
    assert all(map(math.isfinite, numbers))


@pytest.mark.parametrize(
    ("typed", "truth", "tolerance", "right"),
    [
        ("12.5", 12.5, Tolerance(), True),
        ("12.6", 12.5, Tolerance(), False),
        ("1.1", 1.0, Tolerance(absolute=0.1), True),
        ("0.3", 0.2, Tolerance(absolute=0.1), True),
        ("1.1001", 1.0, Tolerance(absolute=0.1), False),
        ("101", 100, Tolerance(relative=0.01), True),
        ("-99", -100, Tolerance(relative=0.01), True),
        ("102", 100, Tolerance(relative=0.01), False),
        ("0.001", 0, Tolerance(relative=0.5), False),
        ("0.001", 0, Tolerance(relative=0.5, absolute=0.001), True),
        ("1,234", 1234, Tolerance(), True),
        ("1,234", 1.234, Tolerance(), True),
        ("1,234", 12.34, Tolerance(), False),
        ("5%", 0.05, Tolerance(), True),
        ("5%", 5, Tolerance(), True),
        ("1/3", 0.3333, Tolerance(absolute=1e-3), True),
    ],
)
def test_an_answer_is_right_within_the_tolerance(typed: str, truth: float, tolerance: Tolerance, right: bool) -> None:
    assert matches(read_number(typed), truth, tolerance) is right
