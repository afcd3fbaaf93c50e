from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from content.checks.run import find_problems
from content.cli import content_app
from content.loader import load_pack
from content.probe import Answer, State
from content.scaffold import KINDS
from tests.content.fixture_packs import GOOD_PACK, TODAY, all_fixtures, good_copy

APP = content_app(lambda: [GOOD_PACK], lambda: TODAY, lambda urls: {url: Answer(State.ALIVE) for url in urls})


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(APP, [str(word) for word in words])


def test_a_clean_pack_passes() -> None:
    result = run("check")
    assert (result.exit_code, result.output) == (0, "0 errors, 0 warnings in 17 entries.\n")


def test_problems_are_printed_with_file_and_line(tmp_path: Path) -> None:
    pack = all_fixtures()["REF001"].build(tmp_path / "pack")
    result = run("check", pack)
    assert result.exit_code == 1
    assert f"{pack}/tips/extra.yaml:10 REF001 There is no topic 'sol' - did you mean 'soil'?" in result.output


def test_warnings_fail_only_when_strict(tmp_path: Path) -> None:
    pack = all_fixtures()["AGE002"].build(tmp_path / "pack")
    assert run("check", pack).exit_code == 0
    assert run("check", pack, "--strict").exit_code == 1


def test_json_for_programs(tmp_path: Path) -> None:
    pack = all_fixtures()["ID001"].build(tmp_path / "pack")
    said = json.loads(run("check", pack, "--json").output)
    assert (said["errors"], said["warnings"]) == (1, 0)
    (problem,) = said["problems"]
    assert (problem["code"], problem["line"], problem["severity"]) == ("ID001", 1, "error")


def test_fix_and_online_write_and_say_so(tmp_path: Path) -> None:
    pack = all_fixtures()["TXT003"].build(tmp_path / "pack")
    result = run("check", pack, "--fix", "--online")
    assert result.exit_code == 0
    assert "added a full stop to try" in result.output
    assert "checked 2026-11-15" in result.output
    assert "0 errors, 0 warnings" in result.output


def test_a_missing_folder_is_an_error_and_no_crash(tmp_path: Path) -> None:
    result = run("check", tmp_path / "none")
    assert result.exit_code == 1
    assert "FIL001" in result.output
    assert run("check", "--colour").exit_code == 2


@pytest.mark.parametrize("kind", KINDS)
def test_new_entries_only_lack_words(kind: str, tmp_path: Path) -> None:
    pack = good_copy(tmp_path)
    result = run("new", kind, "--id", "grow-beans", "--pack", pack)
    assert result.exit_code == 0, result.output
    assert "TODO:" in result.output
    codes = {each.code for each in find_problems([load_pack(pack)], TODAY) if each.is_error}
    assert codes == {"TXT008"}
    before = {path: path.read_bytes() for path in pack.glob("**/*.yaml")}
    assert run("new", kind, "--id", "grow-beans", "--pack", pack).exit_code == 2
    assert {path: path.read_bytes() for path in pack.glob("**/*.yaml")} == before


def test_a_filled_scaffold_is_clean(tmp_path: Path) -> None:
    pack = good_copy(tmp_path)
    run("new", "resource", "--id", "bean-book", "--pack", pack)
    file = pack / "resources" / "bean-book.yaml"
    words = {
        "its own name": "Beans for Everybody",
        "a topic id": "soil",
        "why this one, and for whom.": "It is the one book on beans for people without a garden.",
        "what the page is called": "The publisher",
    }
    text = file.read_text().replace("TODO: https address of the page", "https://www.example.org/press")
    text = text.replace("TODO: https address", "https://www.example.org/beans")
    for wish, word in words.items():
        text = text.replace(f"TODO: {wish}", word)
    file.write_text(text)
    assert find_problems([load_pack(pack)], TODAY) == ()


@pytest.mark.parametrize(
    "words", [["new", "poem"], ["new", "tip", "--id", "Bad Id"], ["new", "tip", "--pack", "/no/where"]]
)
def test_new_refuses_kindly(words: list[str]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_schema_is_written_once(tmp_path: Path) -> None:
    assert "8 schema files changed." in run("schema", "--to", tmp_path).output
    assert "up to date" in run("schema", "--to", tmp_path).output


def test_stats() -> None:
    said = json.loads(run("stats", "--json").output)
    assert said["kinds"]["tips"] == said["kinds"]["faqs"] == said["kinds"]["resources"] == 2
    assert said["topics"]["soil"] == {"tips": 1, "faqs": 1, "resources": 1}
    assert said["levels"]["beginner"]["tips"] == 1
    assert said["ages"]["up to 3 months"]["faqs"] == 2
    assert "Entries by topic" in run("stats").output
