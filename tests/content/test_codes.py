"""Each code has a fixture that shows it, each fixture a code, and the good pack shows none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from content.checks.run import find_problems
from content.codes import CODES
from content.loader import load_pack
from tests.content.fixture_packs import GOOD_PACK, TODAY, all_fixtures

FIXTURES = all_fixtures()


def test_good_pack_is_clean() -> None:
    assert [str(found) for found in find_problems([load_pack(GOOD_PACK)], TODAY)] == []


def test_codes_and_fixtures_pair_up() -> None:
    assert sorted(FIXTURES) == sorted(CODES)


@pytest.mark.parametrize("code", FIXTURES)
def test_fixture_shows_its_code_and_no_other(code: str, tmp_path: Path) -> None:
    fixture = FIXTURES[code]
    found = fixture.problems(tmp_path / "pack")
    said = [str(problem) for problem in found]
    assert {problem.code for problem in found} == {code}, said
    assert fixture.where(tmp_path / "pack") in {str(problem.place) for problem in found}, said
    assert all(problem.severity is CODES[code].severity for problem in found)
    assert all(re.fullmatch(r".+:\d+ [A-Z]{2,3}\d{3} .+ - .+", line) for line in said)


def test_every_code_is_used_in_the_sources() -> None:
    folder = Path(__file__).parents[2] / "content"
    text = "\n".join(path.read_text() for path in folder.glob("**/*.py") if path.name != "codes.py")
    assert [code for code in CODES if f'"{code}"' not in text] == []
