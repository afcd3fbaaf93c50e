"""Quiet hours are read as people write them, and may pass midnight."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.models import QuietHours
from bot.services.quiet import is_quiet, read_hours, write_hours

TIMES = st.builds(time, st.integers(0, 23), st.integers(0, 59))


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ("22-7", time(22), time(7)),
        ("22:30 to 07:00", time(22, 30), time(7)),
        ("10pm-6:30 am", time(22), time(6, 30)),
        ("12am until 12pm", time(0), time(12)),
        ("2200–0700", time(22), time(7)),
        ("22 - 24", time(22), time(0)),
    ],
)
def test_hours_are_read_as_people_write_them(typed: str, start: time, end: time) -> None:
    assert read_hours(typed) == QuietHours(start, end)


@pytest.mark.parametrize("typed", ["", "late", "22", "22-22", "25-7", "22:60-7", "13pm-7am", "0am-7am", "22-7-8"])
def test_anything_else_is_none_of_them(typed: str) -> None:
    assert read_hours(typed) is None


@given(TIMES, TIMES)
@settings(max_examples=100, deadline=None)
def test_what_is_written_is_read_again(start: time, end: time) -> None:
    hours = QuietHours(start, end)
    assert read_hours(write_hours(hours)) == (hours if start != end else None)


@given(st.text(max_size=20))
@settings(max_examples=100, deadline=None)
def test_no_text_breaks_it(typed: str) -> None:
    read_hours(typed)


@given(TIMES, TIMES, TIMES)
@settings(max_examples=200, deadline=None)
def test_the_quiet_and_the_loud_part_of_the_day_never_overlap(start: time, end: time, at: time) -> None:
    if start != end:
        assert is_quiet(QuietHours(start, end), at) != is_quiet(QuietHours(end, start), at)


def test_quiet_hours_may_pass_midnight() -> None:
    night = QuietHours(time(22), time(7))
    quiet = [hour for hour in range(24) if is_quiet(night, time(hour))]
    assert quiet == [0, 1, 2, 3, 4, 5, 6, 22, 23]
    assert not is_quiet(None, time(3))
