"""Each metric gives the number that scikit-learn gives, on random rows and where little is left to measure."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics as sk

from bot.services.grading.faults import CannotCompute
from bot.services.grading.metrics import METRICS, find_metric
from bot.services.grading.values import Gains, Ranking

EXAMPLES = settings(max_examples=150, deadline=None)
LABELS = (("0", "1"), ("-1", "1"), ("no", "yes"), ("a", "b", "c"), ("only",), ("x", "ä", "1.0", "10", "9"))
TWO = tuple(labels for labels in LABELS if len(labels) == 2)
# Ties, the ends of the range, and what is nearly at them.
PROBABILITIES = st.sampled_from((0.0, 1.0, 0.5, 1e-300, 1e-16, 1 - 1e-16, 0.3, 0.1 + 0.2)) | st.floats(0, 1)
NUMBERS = st.floats(-1e6, 1e6) | st.integers(-3, 3).map(float)
# Apart by enough that rounding the mean is no part of the variance; where it is, scikit-learn's R² is not 0 but -1e31.
APART = st.integers(-(2**30), 2**30).map(lambda number: number / 1024) | st.integers(-3, 3).map(float)


def theirs(compute: Callable[[], Any]) -> float | None:
    """Return scikit-learn's number; None where it has none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            value = float(compute())
        except ValueError:
            return None
    return None if math.isnan(value) else value


def ours(name: str, truth: Sequence[Any], predicted: Sequence[Any], positive: str = "1") -> float | None:
    metric = find_metric(name)
    assert metric is not None
    try:
        return metric.compute(truth, predicted, positive)
    except CannotCompute as reason:
        assert str(reason).endswith(".")
        return None


def assert_same(our: float | None, their: float | None) -> None:
    assert (our is None) == (their is None)
    if our is not None:
        assert our == pytest.approx(their, rel=1e-9, abs=1e-9)


@st.composite
def labelled(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    labels = st.sampled_from(draw(st.sampled_from(LABELS)))
    rows = draw(st.lists(st.tuples(labels, labels), min_size=1, max_size=40))
    return [truth for truth, _ in rows], [named for _, named in rows]


@given(labelled())
@EXAMPLES
def test_metrics_of_labels(rows: tuple[list[str], list[str]]) -> None:
    truth, named = rows
    assert_same(ours("accuracy", truth, named), theirs(lambda: sk.accuracy_score(truth, named)))
    assert_same(ours("balanced-accuracy", truth, named), theirs(lambda: sk.balanced_accuracy_score(truth, named)))
    assert_same(ours("f1-macro", truth, named), theirs(lambda: sk.f1_score(truth, named, average="macro")))


@given(st.sampled_from(TWO), st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=40))
@EXAMPLES
def test_f1_of_two_labels(labels: tuple[str, str], rows: list[tuple[bool, bool]]) -> None:
    truth, named = [labels[right] for right, _ in rows], [labels[found] for _, found in rows]
    # Which label is the positive one can be told from yes and no; one label alone leaves nothing to ask for.
    as_flags = theirs(lambda: sk.f1_score([right for right, _ in rows], [found for _, found in rows]))
    assert_same(ours("f1", truth, named, labels[1]), as_flags)
    if set(truth) | set(named) == set(labels):
        assert_same(ours("f1", truth, named, labels[1]), theirs(lambda: sk.f1_score(truth, named, pos_label=labels[1])))


@given(st.sampled_from(TWO), st.lists(st.tuples(st.booleans(), PROBABILITIES), min_size=1, max_size=40))
@EXAMPLES
def test_metrics_of_probabilities(labels: tuple[str, str], rows: list[tuple[bool, float]]) -> None:
    truth, flags, scores = [labels[right] for right, _ in rows], [r for r, _ in rows], [score for _, score in rows]
    assert_same(ours("roc-auc", truth, scores, labels[1]), theirs(lambda: sk.roc_auc_score(flags, scores)))
    assert_same(
        ours("average-precision", truth, scores, labels[1]), theirs(lambda: sk.average_precision_score(flags, scores))
    )
    assert_same(
        ours("log-loss", truth, scores, labels[1]), theirs(lambda: sk.log_loss(flags, scores, labels=[False, True]))
    )
    if len(set(truth)) == 2 and sorted(labels) == list(labels):
        assert_same(ours("roc-auc", truth, scores, labels[1]), theirs(lambda: sk.roc_auc_score(truth, scores)))
        assert_same(ours("log-loss", truth, scores, labels[1]), theirs(lambda: sk.log_loss(truth, scores)))


@given(st.lists(st.tuples(st.booleans(), NUMBERS), min_size=2, max_size=40))
@EXAMPLES
def test_scores_of_any_size_rank_as_well(rows: list[tuple[bool, float]]) -> None:
    truth, scores = [str(int(right)) for right, _ in rows], [score for _, score in rows]
    flags = [right for right, _ in rows]
    assert_same(ours("roc-auc", truth, scores), theirs(lambda: sk.roc_auc_score(flags, scores)))
    assert_same(ours("average-precision", truth, scores), theirs(lambda: sk.average_precision_score(flags, scores)))


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=40))
@EXAMPLES
def test_metrics_of_numbers(rows: list[tuple[float, float]]) -> None:
    truth, told = [right for right, _ in rows], [number for _, number in rows]
    assert_same(ours("rmse", truth, told), theirs(lambda: sk.root_mean_squared_error(truth, told)))
    assert_same(ours("mae", truth, told), theirs(lambda: sk.mean_absolute_error(truth, told)))


@given(st.lists(st.tuples(APART, NUMBERS), min_size=1, max_size=40))
@EXAMPLES
def test_explained_variance(rows: list[tuple[float, float]]) -> None:
    truth, told = [right for right, _ in rows], [number for _, number in rows]
    assert_same(ours("r2", truth, told), theirs(lambda: sk.r2_score(truth, told)))


@pytest.mark.parametrize("size", [1, 2, 3, 50])
@pytest.mark.parametrize("constant", [0.0, -2.0, 0.5, 1e6])
@pytest.mark.parametrize("offset", [0.0, 1.0])
def test_constant_truth(size: int, constant: float, offset: float) -> None:
    truth, told = [constant] * size, [constant + offset] * size
    for name, compute in (("rmse", sk.root_mean_squared_error), ("mae", sk.mean_absolute_error), ("r2", sk.r2_score)):
        assert_same(ours(name, truth, told), theirs(lambda compute=compute: compute(truth, told)))  # type: ignore[misc]


@pytest.mark.parametrize("labels", TWO)
@pytest.mark.parametrize("present", [(0,), (1,), (0, 1), (1, 1, 1, 0)])
@pytest.mark.parametrize("score", [0.0, 0.5, 1.0])
def test_constant_predictions(labels: tuple[str, str], present: tuple[int, ...], score: float) -> None:
    truth, flags, scores = [labels[at] for at in present], [bool(at) for at in present], [score] * len(present)
    assert_same(ours("roc-auc", truth, scores, labels[1]), theirs(lambda: sk.roc_auc_score(flags, scores)))
    assert_same(
        ours("average-precision", truth, scores, labels[1]), theirs(lambda: sk.average_precision_score(flags, scores))
    )
    assert_same(
        ours("log-loss", truth, scores, labels[1]), theirs(lambda: sk.log_loss(flags, scores, labels=[False, True]))
    )


@st.composite
def ranked(draw: st.DrawFn) -> tuple[list[list[float]], list[list[int]], int]:
    items = draw(st.integers(2, 7))
    gain = st.sampled_from((0.0, 0.0, 1.0, 2.0, 0.5)) | st.floats(0.001, 10)
    rows = draw(
        st.lists(
            st.tuples(st.lists(gain, min_size=items, max_size=items), st.permutations(range(items))),
            min_size=1,
            max_size=8,
        )
    )
    return [gains for gains, _ in rows], [list(order) for _, order in rows], draw(st.integers(1, items + 2))


@given(ranked(), st.booleans())
@EXAMPLES
def test_ndcg_whether_ties_are_ignored_or_not(
    rows: tuple[list[list[float]], list[list[int]], int], ignore_ties: bool
) -> None:
    gains, orders, k = rows
    truth: list[Gains] = [{str(item): gain for item, gain in enumerate(each)} for each in gains]
    # All items, or just as many as count: what comes after them makes no difference.
    named: list[Ranking] = [tuple(str(item) for item in order[: k if ignore_ties else len(order)]) for order in orders]
    scores = [[-order.index(item) for item in range(len(order))] for order in orders]
    assert_same(
        ours(f"ndcg@{k}", truth, named),
        theirs(lambda: sk.ndcg_score(gains, scores, k=k, ignore_ties=ignore_ties)),
    )


def test_every_listed_metric_is_compared_here() -> None:
    compared = {"accuracy", "balanced-accuracy", "f1", "f1-macro", "roc-auc", "average-precision", "log-loss"}
    assert set(METRICS) == compared | {"rmse", "mae", "r2"}
