"""What is left of a card when not everything has room."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from bot.services.pictures import Card, StageBar
from bot.services.pictures.card import MOST_BADGES, MOST_STAGES
from tests.services.pictures.cards import MEMBER, any_cards


def _long_path(done: int, stages: int = 20) -> Card:
    return replace(MEMBER, stages=tuple(StageBar(f"Stage {at}", int(at < done), 1) for at in range(stages)))


def test_eight_stages_are_all_shown() -> None:
    assert len(_long_path(0, stages=8).shown_stages()) == 8


def test_of_a_long_path_the_current_stage_is_shown_with_its_neighbours() -> None:
    shown = [stage.title for stage in _long_path(10).shown_stages()]
    assert shown == [f"Stage {at}" for at in range(7, 14)]


def test_a_long_path_shows_its_beginning_and_its_end() -> None:
    assert _long_path(0).shown_stages()[0].title == "Stage 0"
    assert _long_path(20).shown_stages()[-1].title == "Stage 19"


def test_impossible_numbers_are_put_right() -> None:
    assert StageBar("a", 9, 5).sound() == StageBar("a", 5, 5)
    assert StageBar("a", -1, -5).sound() == StageBar("a", 0, 0)


@given(any_cards())
def test_there_is_never_more_than_has_room(card: Card) -> None:
    assert len(card.shown_stages()) == min(len(card.stages), MOST_STAGES - (len(card.stages) > MOST_STAGES))
    assert len(card.shown_badges()) <= MOST_BADGES
    assert all(0 <= stage.done <= stage.total for stage in card.shown_stages())
