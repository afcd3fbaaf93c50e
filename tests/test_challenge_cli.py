"""`stepwise challenge check` as authors and CI run it, and the bot that never looks at solutions."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.challenge_cli import challenge_app
from tests.content.fixture_packs import TODAY
from tests.services.challenges.small_proofs import CHANCES, LEAVING, NAIVE, ORDERS, READ, RIGHT, solutions, tiny_pack

QUIZ = {
    **{name: ORDERS[name] for name in ("level", "minutes", "topics", "solution", "as_of")},
    "task": "Five minutes of sums for a rainy evening.",
    "id": "two-and-two",
    "title": "Two and two",
    "kind": "quiz",
    "questions": [{"ask": "What is 2 + 2?", "kind": "number", "right": 4, "explain": "It is four."}],
}


def run(*words: str | Path, packs: tuple[Path, ...] = ()) -> Result:
    app = challenge_app(lambda: packs, lambda: TODAY)
    return CliRunner().invoke(app, ["check", "--members", "10", *map(str, words)])


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tiny_pack(tmp_path / "pack", ORDERS)
    solutions(folder / "solutions", RIGHT)
    return folder


def test_a_challenge_is_proved_in_one_line(pack: Path) -> None:
    result = run(pack / "challenges" / "orders-twice.yaml")
    assert result.exit_code == 0, result.output
    line, total = result.output.splitlines()
    assert line.startswith(
        "orders-twice (number, beginner, 10 points): solve() is right for all 10 members, naive() is wrong in the "
        "last part for 10 of them, and no two have the same answers. Data made 10 times in "
    )
    assert total == "Proved 1 challenge."


def test_two_hundred_members_unless_told(pack: Path) -> None:
    result = CliRunner().invoke(challenge_app(lambda: [pack], lambda: TODAY), ["check"])
    assert "Data made 200 times" in result.output


def test_without_a_file_all_challenges_of_the_packs_are_proved(tmp_path: Path) -> None:
    one, two = tiny_pack(tmp_path / "one", LEAVING, QUIZ), tiny_pack(tmp_path / "two", ORDERS)
    solutions(one / "solutions", CHANCES, "who-leaves")
    solutions(two / "solutions", READ + NAIVE + "def solve(files):\n    return ['1', '2']\n")
    result = run(packs=(one, two))
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert [line.split()[0] for line in lines[:2]] == ["two-and-two", "who-leaves"]
    assert lines[2].startswith(f"{two}/challenges/orders-twice.yaml:1 orders-twice: solve() is wrong for 10 of 10")
    assert lines[3:] == ["Proved 2 of 3 challenges."]


def test_nothing_to_prove_is_no_error(tmp_path: Path) -> None:
    result = run(packs=(tiny_pack(tmp_path / "pack"),))
    assert (result.exit_code, result.output) == (0, "There are no challenges here yet.\n")


def test_only_what_was_named_is_proved(pack: Path) -> None:
    (pack / "challenges" / "other.yaml").write_text("id: [\n")
    result = run(pack / "challenges" / "orders-twice.yaml", packs=(pack,))
    assert (result.exit_code, len(result.output.splitlines())) == (0, 2)
    assert run(pack / "challenges", packs=(pack,)).exit_code == 1


def test_a_missing_solution_is_told_with_its_place(pack: Path) -> None:
    (pack / "solutions" / "orders-twice.py").unlink()
    result = run(packs=(pack,))
    assert result.exit_code == 1
    assert f"There is no reference solution {pack}/solutions/orders-twice.py - Write it" in result.output
    assert result.output.endswith("Proved 0 of 1 challenge.\n")


def test_what_is_wrong_with_a_file_is_told_as_the_content_checks_do(tmp_path: Path) -> None:
    part = {"ask": "How many?", "answer": "repeated_row"}
    bad = tiny_pack(tmp_path / "pack", {**ORDERS, "parts": [part]}, {**QUIZ, "level": None})
    result = run(packs=(bad,))
    assert result.exit_code == 1
    assert "orders-twice.yaml:" in result.output
    assert "CHL003 'messy-table' has no answer 'repeated_row' - did you mean 'repeated_rows'?" in result.output
    assert "SHP004 level cannot be None" in result.output
    assert result.output.endswith("Proved 0 of 2 challenges.\n")


@pytest.mark.parametrize("name", ["topics.yaml", "challenges/none.yaml", "../lost.yaml"])
def test_a_file_without_challenges_is_a_mistake(pack: Path, name: str) -> None:
    (pack.parent / "lost.yaml").write_text("id: lost\n")
    assert run(pack / name).exit_code == 2


def test_the_reason_is_told(pack: Path) -> None:
    (pack.parent / "lost.yaml").write_text("id: lost\n")
    assert "holds no challenges. Name files that lie in challenges/" in run(pack / "pack.yaml").output
    assert "is in no pack: no folder above it holds pack.yaml" in run(pack.parent / "lost.yaml").output
    assert run("--members", "0").exit_code == 2


# Whatever Python opens, lists or imports passes by this hook, in the whole of the bot.
WATCHED = """
import sys
seen = []
watched = ("open", "os.listdir", "os.scandir", "import", "os.chdir")
sys.addaudithook(lambda event, args: seen.append(args) if event in watched and "solutions" in str(args[0]) else None)
sys.argv = ["stepwise", "say", "/help"]
from bot.cli import main
try:
    main()
except SystemExit as left:
    print("left with", left.code)
from pathlib import Path
from bot.services.challenges.answering import is_right
from bot.services.challenges.data import files_of
from content.catalog import Catalog
(challenge,) = Catalog.load([Path("pack")]).challenges
print([file.name for file in files_of(challenge, b"seed")], is_right(challenge, challenge.parts[0], b"seed", "-1"))
print(seen)
open("pack/solutions/orders-twice.py").close()
print(len(seen))
"""


def test_the_bot_never_touches_solutions(pack: Path) -> None:
    solutions(pack / "solutions", "this is no Python (\n")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("STEPWISE_")}
    done = subprocess.run(
        [sys.executable, "-c", WATCHED],
        cwd=pack.parent,
        env={**environment, "STEPWISE_CONTENT": str(pack)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines()[-4:] == ["left with 0", "['orders.csv'] False", "[]", "1"], done.stderr
