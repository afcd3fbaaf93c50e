"""The metrics that a challenge may name: which there are, what they need, and what they say when there is no number."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.services.grading.faults import CannotCompute
from bot.services.grading.metrics import METRICS, Better, Metric, find_metric
from bot.services.grading.values import Gains, Needs, Ranking

ITEMS = "abcdefg"


def metric(name: str) -> Metric:
    found = find_metric(name)
    assert found is not None
    return found


def test_each_metric_is_found_by_its_name() -> None:
    assert all(find_metric(name) is found and found.name == name for name, found in METRICS.items())


@pytest.mark.parametrize("name", ["map@1", "map@10", "ndcg@5", "ndcg@100"])
def test_rankings_are_scored_at_any_depth(name: str) -> None:
    assert (metric(name).name, metric(name).title, metric(name).needs) == (name, name.upper(), Needs.RANKING)


@pytest.mark.parametrize("name", ["", "map", "map@", "map@0", "map@101", "map@-1", "map@1.5", "ndcg@٣", "F1", "f1@3"])
def test_nothing_else_is_a_metric(name: str) -> None:
    assert find_metric(name) is None


def test_errors_and_losses_are_better_when_they_are_lower() -> None:
    assert {name for name, found in METRICS.items() if found.better is Better.LOWER} == {"log-loss", "rmse", "mae"}
    assert metric("rmse").improves(1.0, 2.0)
    assert metric("r2").improves(2.0, 1.0)
    assert not metric("r2").improves(1.0, 1.0)


@pytest.mark.parametrize(
    ("name", "truth", "predicted", "reason"),
    [
        ("accuracy", [], [], "no rows"),
        ("accuracy", ["a"], [], "0 predictions for 1"),
        ("f1", ["0", "1", "2"], ["0", "1", "1"], "two labels"),
        ("f1", ["0", "1"], ["0", "7"], "two labels"),
        ("log-loss", ["no", "yes"], [0.1, 0.2], "“1” among them"),
        ("roc-auc", ["1", "1"], [0.1, 0.2], "only one"),
        ("r2", [1.0], [1.0], "at least two"),
        ("rmse", [1e200, 0.0], [-1e200, 0.0], "too large"),
        ("r2", [1e200, -1e200], [0.0, 0.0], "too large"),
        ("mae", [1.7e308, 1.7e308], [-1.7e308, 1.0], "too large"),
        ("ndcg@2", [{"a": -1.0}], [("a",)], "0 or more"),
    ],
)
def test_a_metric_without_a_value_says_why(name: str, truth: list[Any], predicted: list[Any], reason: str) -> None:
    with pytest.raises(CannotCompute, match=reason):
        metric(name).compute(truth, predicted)


def test_equal_numbers_are_constant_whatever_their_last_digit() -> None:
    assert metric("r2").compute([0.1] * 3, [0.1] * 3) == 1
    assert metric("r2").compute([0.1] * 3, [0.1, 0.1, 0.2]) == 0


def test_the_largest_numbers_that_are_read_can_be_scored() -> None:
    assert metric("rmse").compute([0.0] * 3, [1e100] * 3) == pytest.approx(1e100)


def test_one_row_that_is_sure_and_wrong_costs_36() -> None:
    assert metric("log-loss").compute(["1"], [0.0]) == pytest.approx(-math.log(2**-52))


def average_precision_by_definition(relevant: set[str], ranking: Sequence[str], k: int) -> float:
    """Cut the list at every place and look at each cut by itself."""
    total = 0.0
    for place in range(1, min(k, len(ranking)) + 1):
        if ranking[place - 1] in relevant and ranking[place - 1] not in ranking[: place - 1]:
            total += len(relevant.intersection(ranking[:place])) / place
    return total / min(len(relevant), k) if relevant else 0.0


@given(
    st.lists(
        st.tuples(
            st.dictionaries(st.sampled_from(ITEMS), st.sampled_from((0.0, 1.0, 3.0))),
            st.lists(st.sampled_from(ITEMS), max_size=9).map(tuple),
        ),
        min_size=1,
        max_size=6,
    ),
    st.integers(1, 9),
)
@settings(max_examples=200, deadline=None)
def test_map_is_what_its_definition_says(rows: list[tuple[Gains, Ranking]], k: int) -> None:
    wanted = [
        average_precision_by_definition({item for item in gains if gains[item]}, order, k) for gains, order in rows
    ]
    got = metric(f"map@{k}").compute([gains for gains, _ in rows], [order for _, order in rows])
    assert got == pytest.approx(sum(wanted) / len(wanted), abs=1e-9)


@pytest.mark.parametrize(
    ("ranking", "worth"),
    [
        (("a", "b"), 1.0),
        (("b", "a"), 1.0),
        (("a",), 0.5),
        (("x", "a"), 0.25),
        (("x", "y", "a"), 0.0),
        (("a", "a"), 0.5),
    ],
)
def test_map_at_2_by_hand(ranking: Ranking, worth: float) -> None:
    assert metric("map@2").compute([{"a": 1.0, "b": 1.0, "c": 0.0}], [ranking]) == worth


def test_items_that_are_not_named_earn_nothing() -> None:
    assert metric("ndcg@2").compute([{"a": 1.0, "b": 1.0}], [("a",)]) == pytest.approx(1 / (1 + 1 / math.log2(3)))
    assert metric("ndcg@2").compute([{"a": 1.0}, {"a": 0.0}], [("a", "a"), ("a",)]) == 0.5
