"""Who looks at whose project."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from bot.services.challenges.assigning import EACH, to_ask

Circle = list[int]
circles = st.lists(st.integers(1, 10**6), unique=True, min_size=1, max_size=60)


def _reviewers(pairs: list[tuple[int, int]]) -> dict[int, set[int]]:
    asked: dict[int, set[int]] = {}
    for author, reviewer in pairs:
        asked.setdefault(author, set()).add(reviewer)
    return asked


@given(circles)
def test_everybody_is_seen_by_two_others_and_looks_at_two(circle: Circle) -> None:
    pairs = to_ask(circle, {})
    wanted = min(EACH, len(circle) - 1)
    assert len(set(pairs)) == len(pairs) == wanted * len(circle)
    assert all(author != reviewer for author, reviewer in pairs)
    assert set(Counter(author for author, _ in pairs).values()) <= {wanted}
    assert set(Counter(reviewer for _, reviewer in pairs).values()) <= {wanted}


@given(circles, st.data())
def test_asking_that_stopped_half_way_goes_on_where_it_was(circle: Circle, data: st.DataObject) -> None:
    pairs = to_ask(circle, {})
    done = data.draw(st.integers(0, len(pairs)))
    assert to_ask(circle, _reviewers(pairs[:done])) == pairs[done:]


@given(circles, st.data())
def test_when_some_are_gone_everybody_left_is_still_seen_by_two(circle: Circle, data: st.DataObject) -> None:
    gone = data.draw(st.sets(st.sampled_from(circle), max_size=len(circle) - 1))
    left = [one for one in circle if one not in gone]
    kept = [(author, one) for author, one in to_ask(circle, {}) if author not in gone and one not in gone]
    more = to_ask(left, _reviewers(kept))
    assert not set(kept) & set(more)
    seen = Counter(author for author, _ in [*kept, *more])
    assert all(seen[one] >= min(EACH, len(left) - 1) for one in left)
    assert all(author != reviewer for author, reviewer in more)
    assert to_ask(left, _reviewers([*kept, *more])) == []


def test_few_people_do_what_they_can() -> None:
    assert to_ask([], {}) == []
    assert to_ask([1], {}) == []
    assert sorted(to_ask([1, 2], {})) == [(1, 2), (2, 1)]
    assert sorted(to_ask([1, 2, 3], {})) == [(1, 2), (1, 3), (2, 1), (2, 3), (3, 1), (3, 2)]


def test_who_helped_already_is_not_asked_again() -> None:
    organiser = 99
    pairs = to_ask([1, 2, 3, 4], {1: {organiser, 2}})
    assert all(author != 1 for author, _ in pairs)
    assert Counter(author for author, _ in pairs) == {2: 2, 3: 2, 4: 2}
