"""Packs for the tests: one good pack, and for each problem code what spoils it."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from content.checks.run import find_problems
from content.loader import load_pack
from content.online import check_online
from content.probe import Answer, State
from content.problem import Problem, in_order

HERE = Path(__file__).parent
GOOD_PACK = HERE / "good_pack"
FIXTURES = HERE / "fixtures"
TODAY = date(2026, 11, 15)


@dataclass(frozen=True)
class Fixture:
    """Hold how the good pack is spoiled, and where that must show."""

    code: str
    recipe: dict[str, Any]

    def build(self, folder: Path) -> Path:
        """Write the spoiled pack and return the folder to check."""
        shutil.copytree(GOOD_PACK, folder)
        overlay = FIXTURES / self.code
        shutil.copytree(overlay, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("fixture.json"))
        for name, digits in self.recipe.get("bytes", {}).items():
            (folder / name).write_bytes(bytes.fromhex(digits))
        for name, size in self.recipe.get("grow", {}).items():
            (folder / name).write_bytes(b"#" * size)
        for name, target in self.recipe.get("links", {}).items():
            (folder / name).symlink_to(target)
        for name in self.recipe.get("remove", ()):
            (folder / name).unlink()
        return folder / str(self.recipe.get("check", ""))

    def problems(self, folder: Path) -> tuple[Problem, ...]:
        """Return what the checks say about the spoiled pack."""
        pack = load_pack(self.build(folder))
        found = list(find_problems([pack], TODAY))
        if answers := self.recipe.get("online"):
            found += check_online([pack], TODAY, lambda urls: _answers(urls, answers)).problems
        return in_order(found)

    def where(self, folder: Path) -> str:
        """Return the expected place."""
        return f"{folder / self.recipe['at']}"


def _answers(urls: Any, known: dict[str, list[str]]) -> dict[str, Answer]:
    return {url: Answer(State(known[url][0]), known[url][1]) if url in known else Answer(State.ALIVE) for url in urls}


def all_fixtures() -> dict[str, Fixture]:
    """Return every fixture by its code."""
    folders = sorted(path for path in FIXTURES.iterdir() if path.is_dir())
    return {path.name: Fixture(path.name, json.loads((path / "fixture.json").read_text())) for path in folders}


def good_copy(folder: Path) -> Path:
    """Copy the good pack to where a test may change it."""
    return Path(shutil.copytree(GOOD_PACK, folder / "pack"))
