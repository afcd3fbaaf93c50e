"""What a start makes stays, and is not looked through for garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from bot.operate.starting import let_it_stay, uncollected


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


def test_what_is_there_stays_and_what_comes_later_is_looked_through_seldom() -> None:
    usual, *rest = gc.get_threshold()
    let_it_stay()
    assert gc.get_freeze_count() > 0
    seldom, *same = gc.get_threshold()
    assert seldom > usual
    assert same == rest


def test_garbage_that_comes_later_still_goes() -> None:
    let_it_stay()
    circle: list[object] = []
    circle.append(circle)
    del circle
    assert gc.collect() > 0


def test_while_much_is_made_nobody_looks_and_afterwards_somebody_does_again() -> None:
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()
