"""The house keeps its own rules: who enters which room, how large things grow, what is generated."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.console.features import FEATURES as CONSOLE
from adapters.discord.features import FEATURES as DISCORD
from adapters.slack.features import FEATURES as SLACK
from adapters.web.features import FEATURES as WEB
from bot.cli import generated_pages
from bot.core.features import Feature

ROOT = Path(__file__).parent.parent
ROOMS = ("bot", "adapters", "content", "storage")
FILE_LINES, FUNCTION_LINES, USUAL_FUNCTION_LINES = 400, 50, 14
PLATFORM_WORDS = re.compile(r"\b(discord|slack|telegram|teams|guild|mrkdwn|embed|ephemeral|block kit)\b", re.IGNORECASE)


# What starts the bot and reads its keys has to call platforms by their names.
EDGE = {
    *("cli.py", "discord_cli.py", "slack_cli.py", "moving_cli.py", "doctor_cli.py", "secret_cli.py"),
    *("platforms.py", "settings.py"),
}


def _sources(*rooms: str) -> Iterator[Path]:
    for room in rooms:
        yield from sorted((ROOT / room).rglob("*.py"))


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", (node.end_lineno or 0) - node.lineno + 1


def test_files_stay_small() -> None:
    sizes = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in _sources(*ROOMS, "tests")
    }
    assert {name: size for name, size in sizes.items() if size > FILE_LINES} == {}


def test_functions_stay_small() -> None:
    sizes = [size for path in _sources(*ROOMS) for size in _functions(path)]
    assert [one for one in sizes if one[1] > FUNCTION_LINES] == []
    assert sum(size for _, size in sizes) / len(sizes) < USUAL_FUNCTION_LINES


CORE = [path for path in _sources("bot") if path.name not in EDGE]


@pytest.mark.parametrize("path", CORE, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_core_names_no_platform(path: Path) -> None:
    assert not PLATFORM_WORDS.findall(path.read_text("utf-8"))


def test_only_the_clock_tells_the_time() -> None:
    telling = re.compile(r"\b(datetime\.now|datetime\.utcnow|date\.today|time\.time|time\.monotonic)\(")
    found = [str(path) for path in _sources("bot", "adapters", "storage") if telling.search(path.read_text("utf-8"))]
    assert [Path(one).name for one in found] == ["clock.py"]


def test_the_import_contracts_hold() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_generated_pages_are_current() -> None:
    for name, text in generated_pages().items():
        assert (ROOT / name).read_text("utf-8") == text, f"{name} is out of date: run `stepwise docs`"


def test_every_platform_says_how_it_does_everything() -> None:
    for ways in (CONSOLE, DISCORD, SLACK, WEB):
        assert set(ways) == set(Feature)
        assert [feature for feature, way in ways.items() if not way.native and not way.note] == []


def test_public_things_say_what_they_are_for() -> None:
    bare = []
    for path in _sources(*ROOMS):
        tree = ast.parse(path.read_text("utf-8"))
        bare += [str(path.relative_to(ROOT))] if not ast.get_docstring(tree) else []
        for node in tree.body:
            public = isinstance(
                node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
            ) and not node.name.startswith("_")
            if public and not ast.get_docstring(node):  # type: ignore[arg-type]
                bare.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert bare == []
