"""Small changes to the text of a file: comments and everything else stay as they were, byte for byte."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from content.entries import read_entries
from content.problem import Place
from content.source_text import BOM, INVISIBLE, SourceText


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace a span of a file's text, and know which value the entry must have afterwards."""

    start: int
    end: int
    new: str
    entry: int
    path: tuple[str | int, ...]
    value: str
    place: Place
    says: str


@dataclass(frozen=True, slots=True)
class Change:
    """Tell what was changed, and where."""

    place: Place
    says: str

    def __str__(self) -> str:
        return f"{self.place} {self.says}"


def text_of(path: Path) -> str:
    """Return the text of a file as it is, without a byte order mark."""
    return path.read_bytes().decode("utf-8").removeprefix(BOM)


def apply_edits(kind: str, path: Path, text: str, edits: Iterable[Edit]) -> tuple[str, list[Change]]:
    """Apply the edits that do exactly what they should; if they disturb each other, one by one."""
    wanted = sorted(edits, key=lambda edit: edit.start)
    if not wanted:
        return text, []
    after = _replace(text, wanted)
    if _as_meant(kind, path, text, after, wanted):
        return after, [Change(edit.place, edit.says) for edit in wanted]
    if len(wanted) == 1:
        return text, []
    changes: list[Change] = []
    for edit in reversed(wanted):
        text, made = apply_edits(kind, path, text, [edit])
        changes += made
    return text, changes[::-1]


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees the old or the new one, and keep its rights."""
    target = path.resolve()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _replace(text: str, edits: list[Edit]) -> str:
    parts: list[str] = []
    done = 0
    for edit in edits:
        parts += [text[done : edit.start], edit.new]
        done = edit.end
    return "".join((*parts, text[done:]))


def _as_meant(kind: str, path: Path, before: str, after: str, edits: list[Edit]) -> bool:
    expected = deepcopy(_data(kind, path, before))
    for edit in edits:
        holder: Any = expected[edit.entry]
        for part in edit.path[:-1]:
            holder = holder[part]
        holder[edit.path[-1]] = edit.value
    return _data(kind, path, after) == expected


def _data(kind: str, path: Path, text: str) -> list[Any]:
    entries, _ = read_entries(kind, SourceText(path, INVISIBLE.sub(" ", text)))
    return [entry.data for entry in entries]
