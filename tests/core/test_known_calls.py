"""Ids are known for as long as the store keeps their answers, and no longer."""

from __future__ import annotations

from bot.core.known_calls import KnownCalls
from tests.clock import ManualClock


def test_what_the_store_has_forgotten_is_let_go(clock: ManualClock) -> None:
    known = KnownCalls(clock, seconds=100)
    known.add("old")
    clock.advance(seconds=60)
    known.add("newer")
    clock.advance(seconds=60)
    known.add("newest")
    assert "old" not in known
    assert "newer" in known
    assert len(known) == 2


def test_what_was_there_before_the_start_is_let_go_as_well(clock: ManualClock) -> None:
    known = KnownCalls(clock, seconds=100)
    known.load(["first", "second"])
    assert "first" in known
    clock.advance(seconds=101)
    known.add("third")
    assert len(known) == 1


def test_where_there_are_too_many_the_oldest_go(clock: ManualClock) -> None:
    known = KnownCalls(clock, seconds=100, most=2)
    for one in ("first", "second", "second", "third"):
        known.add(one)
    assert [one for one in ("first", "second", "third") if one in known] == ["second", "third"]
