"""What was set up comes back as it was, and what is no such text is none."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.models.posting import Rule
from bot.models.weekly import JobName, Weekly
from bot.services.posting.arranging import Arrangement
from bot.services.posting.keeping import Kept, as_text, from_text

words = st.text(max_size=20)
weeklies = st.builds(
    Weekly, words.filter(bool), role=words, track=words, recap=st.booleans(), tips=words, digest=st.booleans()
)
rules = st.builds(Rule, st.times(), words, st.none() | st.integers(0, 6))
arrangements = st.builds(
    Arrangement, weeklies, rules, st.times(), st.frozensets(st.sampled_from(JobName).map(str), max_size=5)
)
moments = st.datetimes(timezones=st.just(UTC))


@given(st.builds(Kept, st.none() | arrangements, st.none() | words, st.none() | moments))
def test_what_was_kept_comes_back(kept: Kept) -> None:
    assert from_text(as_text(kept)) == kept


@pytest.mark.parametrize("text", ["", "null", "{}", "[]", "[1, 2]", '[["x"], null, null]', "[null, null, 3]"])
def test_what_is_no_such_text_is_none(text: str) -> None:
    assert from_text(text) is None


def test_a_setup_that_never_was_is_kept_as_none() -> None:
    before = Kept(None, None, datetime(2026, 11, 23, 8, tzinfo=UTC))
    assert from_text(as_text(before)) == before
    assert Kept(Arrangement(Weekly("c"), Rule(time(9), "UTC", 0))) != before
