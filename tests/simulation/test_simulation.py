"""Fifty years of the scheduler in half a minute: crashes, wrong clocks, lost answers, and nothing lost or doubled."""

from __future__ import annotations

import logging

import pytest

from tests.simulation.chapters import CHAPTERS, SHORT, Chapter
from tests.simulation.design import BUGS, RIGHT, Design
from tests.simulation.judge import findings

# How many short plays a bug may stay hidden.
HUNTS = 25
SEED = 2026


@pytest.fixture(autouse=True)
def _quiet() -> None:
    """Keep decades of warnings out of the log."""
    logging.disable(logging.CRITICAL)


@pytest.fixture(autouse=True)
def _loud_again(_quiet: None, request: pytest.FixtureRequest) -> None:
    request.addfinalizer(lambda: logging.disable(logging.NOTSET))


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.name)
def test_years_without_a_violation(chapter: Chapter) -> None:
    stage = chapter.played(RIGHT, SEED)
    assert findings(stage) == [], f"play it again: python -m tests.simulation '{chapter.name}' {SEED}"
    # It was no easy time.
    assert len(stage.world.deaths) > 20 * chapter.years
    assert len(stage.world.doubted) > 20 * chapter.years


def test_the_chapters_are_fifty_years() -> None:
    assert sum(chapter.years for chapter in CHAPTERS) >= 50


def test_a_play_is_the_same_each_time() -> None:
    first, second = (SHORT.played(RIGHT, seed=7) for _ in range(2))
    assert first.world.messages == second.world.messages
    assert {number: row.post for number, row in first.tables.rows.items()} == {
        number: row.post for number, row in second.tables.rows.items()
    }


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_each_planted_bug_is_found(bug: Design) -> None:
    seed = next((seed for seed in range(HUNTS) if findings(SHORT.played(bug, seed))), None)
    assert seed is not None, "it stayed hidden"
    assert findings(SHORT.played(RIGHT, seed)) == [], "and it is the bug that was found"
