"""Commands are found by themselves; a file that cannot be read stops the start."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from bot.core import forms
from bot.core.registry import BadDeclarations, discover

GOOD = """
from bot.core.context import Ctx
from bot.core.declare import command
from bot.core.reply import Reply

@command("{name}", summary="Try", section="Learn")
async def {name}(ctx: Ctx) -> Reply:
    return Reply()
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "found_commands"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "tea.py").write_text(GOOD.format(name="tea"))
    monkeypatch.syspath_prepend(tmp_path)
    yield folder
    for name in [one for one in sys.modules if one.partition(".")[0] == folder.name]:
        del sys.modules[name]


def load(folder: Path) -> ModuleType:
    importlib.invalidate_caches()
    return importlib.import_module(folder.name)


def test_every_file_of_the_package_is_read(package: Path) -> None:
    (package / "cake.py").write_text(GOOD.format(name="cake"))
    registry = discover(load(package), forms.again)
    assert [one.words for one in registry.commands] == ["cake", "tea"]
    assert registry.route("form.again") is forms.again


def test_a_command_that_another_file_imports_is_there_once(package: Path) -> None:
    (package / "cake.py").write_text("from found_commands.tea import tea\n" + GOOD.format(name="cake"))
    assert [one.words for one in discover(load(package)).commands] == ["cake", "tea"]


def test_a_file_that_cannot_be_imported_stops_the_start(package: Path) -> None:
    (package / "broken.py").write_text("import nothing_of_this_name")
    with pytest.raises(ModuleNotFoundError, match="nothing_of_this_name"):
        discover(load(package))


def test_a_file_that_declares_nothing_stops_the_start(package: Path) -> None:
    (package / "empty.py").write_text("from found_commands.tea import tea")
    with pytest.raises(BadDeclarations, match=r"found_commands\.empty: it declares nothing; add a function"):
        discover(load(package))


def test_two_files_with_one_name_stop_the_start(package: Path) -> None:
    (package / "twin.py").write_text(GOOD.format(name="tea"))
    with pytest.raises(BadDeclarations, match=r"found_commands\.tea\.tea and found_commands\.twin\.tea"):
        discover(load(package))
