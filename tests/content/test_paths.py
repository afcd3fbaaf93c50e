"""Paths that branch from each other, and steps that build on steps of other paths."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.checks.run import find_errors
from content.loader import load_pack
from content.model import Level
from content.path_model import Draw
from content.problem import Problem
from tests.content.fixture_packs import TODAY, good_copy

TRACK = """id: {id}
title: The second year
summary: From the first harvest to the second.
suits: For people whose first harvest was small.
starts: intermediate
branch_of: {branch_of}
draws: [decisions, data]
as_of: "2026-10"
stages:
  - id: begin
    title: Begin again
    steps:
      - id: {step}
        title: Let one bed rest
        why: Tired ground gives little.
        do: Choose one bed and cover it with leaves.
        done: You cannot see the soil.
        hours: 1
        topics: [soil]
        resources: [soil-primer]
        needs: [{needs}]
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return good_copy(tmp_path)


def write(
    pack: Path,
    needs: str = "first-heap",
    step: str = "rest-one-bed",
    branch_of: str = "first-year",
    path: str = "second-year",
) -> None:
    text = TRACK.format(id=path, branch_of=branch_of, step=step, needs=needs)
    (pack / "paths" / f"{path}.yaml").write_text(text)


def common(pack: Path, old: str, new: str) -> None:
    file = pack / "paths" / "first-year.yaml"
    text = file.read_text()
    assert text.count(old) == 1
    file.write_text(text.replace(old, new))


def problems(pack: Path) -> list[Problem]:
    return list(find_errors([load_pack(pack)], TODAY))


def test_a_track_builds_on_steps_of_the_common_road(pack: Path) -> None:
    write(pack)
    assert problems(pack) == []
    track = next(path for path in load_pack(pack).paths if path.id == "second-year")
    assert track.branch_of == "first-year"
    assert track.starts is Level.INTERMEDIATE
    assert track.draws == (Draw.DECISIONS, Draw.DATA)
    assert track.suits == "For people whose first harvest was small."


def test_a_need_that_is_nowhere_is_refused(pack: Path) -> None:
    write(pack, needs="first-heep")
    (found,) = problems(pack)
    assert found.code == "REF004"
    assert "did you mean 'first-heap'?" in str(found)


def test_a_circle_through_two_paths_is_found(pack: Path) -> None:
    write(pack)
    common(pack, "needs: []", "needs: [rest-one-bed]")
    (found,) = problems(pack)
    assert found.code == "REF008"
    assert "know-your-ground -> rest-one-bed -> first-heap -> know-your-ground" in found.message


def test_an_old_id_does_not_hide_a_circle(pack: Path) -> None:
    write(pack)
    common(pack, "      - id: know-your-ground\n", "      - id: know-your-ground\n        was: [look-at-it]\n")
    common(pack, "needs: []", "needs: [rest-one-bed]")
    common(pack, "needs: [know-your-ground]", "needs: [look-at-it]")
    assert [found.code for found in problems(pack)] == ["REF008"]


def test_an_old_id_does_not_hide_a_wrong_order(pack: Path) -> None:
    common(pack, "      - id: first-heap\n", "      - id: first-heap\n        was: [old-heap]\n")
    common(pack, "needs: []", "needs: [old-heap]")
    common(pack, "needs: [know-your-ground]", "needs: []")
    (found,) = problems(pack)
    assert found.code == "REF014"
    assert "'know-your-ground' needs 'first-heap', which comes later" in found.message


def test_step_ids_are_names_in_all_paths(pack: Path) -> None:
    write(pack, step="first-heap", needs="")
    (found,) = problems(pack)
    assert found.code == "ID002"


def test_a_path_does_not_branch_from_itself(pack: Path) -> None:
    write(pack, branch_of="second-year")
    (found,) = problems(pack)
    assert found.code == "REF013"


def test_a_track_may_branch_from_a_track(pack: Path) -> None:
    write(pack)
    write(pack, path="third-year", branch_of="second-year", step="rest-two-beds", needs="rest-one-bed")
    assert problems(pack) == []


def test_an_unknown_draw_is_refused(pack: Path) -> None:
    write(pack)
    file = pack / "paths" / "second-year.yaml"
    file.write_text(file.read_text().replace("decisions, data", "desisions"))
    (found,) = problems(pack)
    assert found.code == "SHP004"
    assert "did you mean 'decisions'?" in str(found)
