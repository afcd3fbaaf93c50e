"""Half of the rows is scored at once, the other half at the close, and small gains are not shown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.services.grading.faults import CannotCompute, UploadProblem
from bot.services.grading.halves import Part, part_of
from bot.services.grading.metrics import Metric, find_metric
from bot.services.grading.scoring import Grade, grade_upload, next_shown, score
from bot.services.grading.values import Predictions, Truth
from tests.services.grading.asked import IDS, LABELS, NUMBERS, good_cells, good_file

KEY = b"a secret"


def metric(name: str) -> Metric:
    found = find_metric(name)
    assert found is not None
    return found


@given(st.sets(st.text(max_size=5), max_size=30), st.binary(min_size=1, max_size=8))
@settings(max_examples=200, deadline=None)
def test_the_halves_are_equal_and_share_nothing(ids: set[str], key: bytes) -> None:
    public, private = part_of(Part.PUBLIC, ids, key), part_of(Part.PRIVATE, ids, key)
    assert 0 <= len(public) - len(private) <= 1
    assert sorted(public + private) == sorted(ids) == sorted(part_of(Part.ALL, ids, key))


def test_the_halves_depend_on_the_key_alone() -> None:
    public = part_of(Part.PUBLIC, IDS, KEY)
    assert public == part_of(Part.PUBLIC, reversed(IDS), KEY)
    assert set(public) != set(part_of(Part.PUBLIC, IDS, b"another"))


def test_the_halves_never_change() -> None:
    assert part_of(Part.PUBLIC, IDS, KEY) == ("r7", "r4", "r5", "r2", "r3", "r8")


def test_each_half_is_scored_by_itself() -> None:
    public = set(part_of(Part.PUBLIC, IDS, KEY))
    truth = Truth(dict(zip(IDS, good_cells(LABELS), strict=True)), KEY)
    wrong = {"cat": "dog", "dog": "cat"}
    values = tuple(cell if own in public else wrong[cell] for own, cell in zip(IDS, good_cells(LABELS), strict=True))
    predictions = Predictions(IDS, values)
    assert [score(predictions, truth, metric("accuracy"), part) for part in Part] == [1.0, 0.0, 0.5]


def test_a_file_is_graded_in_one_go() -> None:
    truth = Truth({own: float(cell) for own, cell in zip(IDS, good_cells(NUMBERS), strict=True)}, KEY)
    assert grade_upload(good_file(NUMBERS), NUMBERS, truth, metric("rmse")) == Grade(public=0.0, private=0.0)
    with pytest.raises(UploadProblem):
        grade_upload(b"PK\x03\x04", NUMBERS, truth, metric("rmse"))


def test_the_positive_label_is_the_authors() -> None:
    truth = Truth(dict(zip(IDS, good_cells(LABELS), strict=True)), KEY, positive="cat")
    assert grade_upload(good_file(LABELS), LABELS, truth, metric("f1")) == Grade(public=1.0, private=1.0)
    with pytest.raises(CannotCompute, match="two labels"):
        grade_upload(good_file(LABELS), LABELS, Truth(truth.answers, KEY), metric("f1"))


@pytest.mark.parametrize(
    ("name", "best", "new", "shown"),
    [
        ("accuracy", None, 0.8349, 0.83),
        ("accuracy", None, 0.0, 0.0),
        ("accuracy", 0.83, 0.8399, None),
        ("accuracy", 0.83, 0.84, 0.84),
        ("accuracy", 0.83, 0.8571, 0.86),
        ("accuracy", 0.83, 0.5, None),
        ("accuracy", 0.83, 0.83, None),
        ("rmse", None, 12.347, 12.35),
        ("rmse", 12.35, 12.341, None),
        ("rmse", 12.35, 12.34, 12.34),
        ("rmse", 12.35, 13.0, None),
        ("r2", -0.5, -0.2, -0.2),
        ("r2", 0.5, -0.2, None),
    ],
)
def test_only_a_step_forward_is_shown(name: str, best: float | None, new: float, shown: float | None) -> None:
    assert next_shown(best, new, 0.01, metric(name)) == shown


@given(st.lists(st.floats(0, 1), max_size=40), st.sampled_from((0.1, 0.01, 0.005, 0.25)))
@settings(max_examples=200, deadline=None)
def test_the_ladder_only_goes_up_and_by_whole_steps(scores: list[float], step: float) -> None:
    best: float | None = None
    for new in scores:
        shown = next_shown(best, new, step, metric("roc-auc"))
        if shown is not None:
            assert abs(shown - new) <= step / 2 + 1e-9
            assert best is None or shown - best >= step - 1e-9
            best = shown


@pytest.mark.parametrize("step", [0.0, -0.1, float("nan")])
def test_a_step_leads_somewhere(step: float) -> None:
    with pytest.raises(ValueError, match="more than 0"):
        next_shown(None, 0.5, step, metric("accuracy"))
