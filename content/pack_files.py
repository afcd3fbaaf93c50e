"""Which files make up a pack, and which lie where nothing would read them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from content.codes import problem
from content.kinds import FOLDERS, PACK_FILE, RELEASED_FILE, TOPICS_FILE
from content.nearest import did_you_mean
from content.problem import Place, Problem

_ENDINGS = {".yaml", ".yml"}
_LEFT_ALONE = {"solutions", RELEASED_FILE}


@dataclass(slots=True)
class PackFiles:
    """List the files of a pack by kind."""

    folder: Path
    by_kind: list[tuple[str, Path]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def find_files(folder: Path) -> PackFiles:
    """Look through a pack's folder; files that nothing would read are problems."""
    found = PackFiles(folder)
    if not _is_folder(folder):
        message = "The folder of the pack is missing." if not folder.exists() else "This is not a folder."
        found.problems.append(problem("FIL001", Place(folder), message, "Name the folder that holds pack.yaml."))
        return found
    for path in _listed(folder, found):
        _sort_in(path, found)
    return found


def _sort_in(path: Path, found: PackFiles) -> None:
    name = path.name
    if name in (PACK_FILE, TOPICS_FILE):
        found.by_kind.append((name.removesuffix(".yaml"), path))
    elif name in FOLDERS and _is_folder(path):
        found.by_kind += [(FOLDERS[name], file) for file in _yaml_below(path, found, ())]
    elif name not in _LEFT_ALONE:
        stray = [path] if not _is_folder(path) else list(_yaml_below(path, found, ()))
        found.problems += [_stray(file, name) for file in stray if file.suffix.lower() in _ENDINGS]


def _yaml_below(folder: Path, found: PackFiles, above: tuple[Path, ...]) -> Iterator[Path]:
    real = folder.resolve()
    if real in above:
        hint = "Remove the link that leads back to a folder above."
        found.problems.append(problem("FIL006", Place(folder), "This folder contains itself.", hint))
        return
    for path in _listed(folder, found):
        if _is_folder(path):
            yield from _yaml_below(path, found, (*above, real))
        elif path.suffix.lower() in _ENDINGS:
            yield path


def _listed(folder: Path, found: PackFiles) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        message = f"This folder cannot be read: {error.strerror}."
        found.problems.append(problem("FIL006", Place(folder), message, "Check its rights."))
        return []


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, RuntimeError, ValueError):
        return False


def _stray(path: Path, top: str) -> Problem:
    known = [PACK_FILE, TOPICS_FILE, *FOLDERS]
    places = "Entries lie in " + ", ".join(f"{name}/" for name in FOLDERS) + "."
    hint = did_you_mean(top, known, places)
    return problem("FIL008", Place(path), "Nothing reads this file here.", hint)
