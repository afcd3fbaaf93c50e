"""Whatever arrives is either read or refused in plain words; nothing else can happen."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.limits import TEXT
from bot.core.markup import plain
from bot.services.grading.faults import UploadProblem
from bot.services.grading.uploads import LARGEST_FILE, SHOWN_PROBLEMS, read_predictions
from bot.services.grading.values import Wanted
from tests.services.grading.asked import ALL, NUMBERS, good_file
from tests.services.grading.hostile import hostile_uploads

UPLOADS = hostile_uploads()
CURES = ("Write", "Save", "Send", "send", "Unpack", "Keep", "Add", "Remove", "Put", "name it")


def problem_of(data: bytes, wanted: Wanted) -> UploadProblem | None:
    """Read a file; anything but an answer or an UploadProblem fails the test."""
    try:
        read = read_predictions(data, wanted)
    except UploadProblem as problem:
        return problem
    assert read.ids == wanted.ids
    assert len(read.values) == len(wanted.ids)
    return None


def assert_kind(problem: UploadProblem) -> None:
    assert 1 <= len(problem.problems) <= SHOWN_PROBLEMS
    for said in map(plain, problem.problems):
        assert said.endswith(".")
        assert any(cure in said for cure in CURES), said
    assert str(problem).endswith(".")
    assert ("more like these" in str(problem)) == (problem.more > 0)
    assert len(str(problem)) <= TEXT


def test_there_are_at_least_500_of_them() -> None:
    assert len(UPLOADS) >= 500
    assert hostile_uploads() == UPLOADS


@pytest.mark.parametrize("group", sorted({name.split("/")[0] for name in UPLOADS}))
def test_hostile_uploads_are_refused_with_a_cure(group: str) -> None:
    for name, data in UPLOADS.items():
        if name.startswith(f"{group}/"):
            problem = problem_of(data, NUMBERS)
            assert problem is not None, name
            assert_kind(problem)


@pytest.mark.parametrize("wanted", ALL, ids=lambda wanted: f"{wanted.needs}-{wanted.column}")
def test_no_upload_breaks_any_kind_of_challenge(wanted: Wanted) -> None:
    for data in UPLOADS.values():
        problem = problem_of(data, wanted)
        if problem is not None:
            assert_kind(problem)


@given(st.sampled_from(ALL), st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_bytes(wanted: Wanted, data: bytes) -> None:
    problem = problem_of(data, wanted)
    assert problem is not None
    assert_kind(problem)


@given(st.sampled_from(ALL), st.text(alphabet='id,price;\t"\n\r r123.5-=aclstdog', max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text(wanted: Wanted, text: str) -> None:
    problem = problem_of(text.encode(), wanted)
    if problem is not None:
        assert_kind(problem)


@given(
    st.sampled_from(ALL),
    st.sampled_from((",", ";", "\t")),
    st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "latin-1")),
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 4), st.binary(max_size=4)), max_size=6),
)
@settings(max_examples=400, deadline=None)
def test_right_files_with_pieces_changed(
    wanted: Wanted, delimiter: str, encoding: str, changes: list[tuple[int, int, bytes]]
) -> None:
    data = good_file(wanted, delimiter).decode().encode(encoding)
    for at, gone, new in changes:
        start = at % (len(data) + 1)
        data = data[:start] + new + data[start + gone :]
    problem = problem_of(data, wanted)
    if problem is not None:
        assert_kind(problem)
    assert changes or problem is None


def lines_run(data: bytes) -> int:
    """Count the lines of our own code that are run to refuse a file."""
    count = 0

    def trace(frame: object, event: str, arg: object) -> object:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type]
    try:
        problem_of(data, NUMBERS)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("name", sorted(name for name in UPLOADS if name.startswith(("size/", "kind/"))))
def test_a_large_file_is_refused_with_little_work(name: str) -> None:
    # Not a million rows' worth: a few thousand steps whatever the size.
    assert lines_run(UPLOADS[name]) < 60_000, name


def test_files_that_are_too_large_are_not_looked_into() -> None:
    fits = good_file(NUMBERS).ljust(LARGEST_FILE, b" ")
    assert problem_of(fits + b" ", NUMBERS) is not None
    assert "larger than 2 MB" in str(problem_of(fits + b" ", NUMBERS))
