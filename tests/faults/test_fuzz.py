"""A handful of what `python -m tests.faults.fuzz` sends by the hundred thousand."""

from __future__ import annotations

import logging

import pytest

from tests.faults.fuzz import fuzz


@pytest.mark.parametrize("seed", [1, 2])
async def test_hostile_calls_are_answered(seed: int, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        done = await fuzz(1_000, seed)
    assert done.incidents == ()
    assert set(done.pages) <= {"answered", "refused"}
    assert done.pages["answered"] > 80, "and some of what the page was sent did too"
    assert (done.unanswered, done.said_words, done.said_secrets, done.differences) == (0, 0, 0, 0)
    assert done.statuses["done"] > 100, "some of them got through, or this would prove little"
