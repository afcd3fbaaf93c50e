from __future__ import annotations

import pytest

from content.search import Index
from tests.content.search.garden import EVERYTHING


def _ids(garden: Index, typed: str, kind: str | None = None) -> list[str]:
    return [found.id for found in garden.suggest(typed, kind)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("how do i st", "compost-start"),
        ("comp", "compost-start"),
        ("plot cos", "plot-price"),
        ("tomatoes wat", "water-when"),
        ("WINTER veg", "winter-vegetables"),
        ("kitchen scr", "compost-start"),
        ("slgus", "slug-war"),
        ("compsot he", "compost-start"),
        ("label every row the day you sow", "label-rows"),
    ],
)
def test_the_last_word_is_a_beginning(garden: Index, typed: str, first: str) -> None:
    assert _ids(garden, typed)[0] == first


def test_nothing_typed_offers_the_shortest_titles(garden: Index) -> None:
    assert _ids(garden, "")[0] == "seed-atlas"
    assert len(_ids(garden, "")) == len(EVERYTHING)


def test_a_title_that_begins_so_comes_before_one_that_holds_the_word(garden: Index) -> None:
    assert _ids(garden, "which ")[0] == "winter-vegetables"


def test_only_one_kind_when_asked(garden: Index) -> None:
    assert _ids(garden, "", "tip") == ["mulch", "label-rows"]
    assert _ids(garden, "plot", "tip") == []
    assert _ids(garden, "plot", "unheard-of") == []


def test_nothing_comes_twice(garden: Index) -> None:
    for typed in ("", "w", "wh", "plot", "the "):
        found = _ids(garden, typed)
        assert len(found) == len(set(found))


def test_nonsense_offers_nothing(garden: Index) -> None:
    assert _ids(garden, "zzzzqqq") == []
