"""The record of releases: every id that members' progress, saves and ledgers hang on, with what it was called.

It only grows. An id that left a pack stays here, so that the check knows it and a member's history can name it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Annotated

from pydantic import Field, ValidationError

from content.codes import problem
from content.entry import RawEntry
from content.kinds import RELEASED_FILE
from content.model import Id, Value
from content.problem import Place, Problem
from content.source_text import read_source
from content.yaml_nodes import Mapping
from content.yaml_tree import read_tree

_Title = Annotated[str, Field(min_length=1)]
_Ids = tuple[Id, ...]
SECTIONS = {
    "path": "paths",
    "step": "steps",
    "tip": "tips",
    "faq": "faqs",
    "resource": "resources",
    "challenge": "challenges",
}


class ReleasedPath(Value):
    """Remember a path and its stages."""

    title: _Title
    stages: _Ids = ()


class Released(Value):
    """Hold the ids of all releases of a pack so far; `was` leads from an id to those that it replaced."""

    pack: Id
    version: Annotated[str, Field(min_length=1)]
    paths: dict[Id, ReleasedPath] = Field(default_factory=dict)
    steps: dict[Id, _Title] = Field(default_factory=dict)
    tips: _Ids = ()
    faqs: _Ids = ()
    resources: _Ids = ()
    challenges: _Ids = ()
    was: dict[Id, _Ids] = Field(default_factory=dict)

    @property
    def kinds(self) -> dict[str, str]:
        """Return the kind of every id that is not an old one."""
        return {name: kind for kind, section in SECTIONS.items() for name in getattr(self, section)}

    @property
    def carriers(self) -> dict[str, str]:
        """Return for every old id the one that took its place."""
        return {old: name for name, olds in self.was.items() for old in olds}

    def step_title(self, step_id: str) -> str | None:
        """Return what a step was called, or the one that took its place."""
        seen: set[str] = set()
        carriers = self.carriers
        while step_id not in self.steps and step_id in carriers and step_id not in seen:
            seen.add(step_id)
            step_id = carriers[step_id]
        return self.steps.get(step_id)


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """Pair the record with its text, so that problems can say where they are."""

    record: Released
    entry: RawEntry


def read_released(folder: FilePath) -> tuple[ReleaseFile | None, list[Problem]]:
    """Read the record of a pack; a pack without one has never been released."""
    path = folder / RELEASED_FILE
    if not path.exists():
        return None, []
    source, problems = read_source(path)
    if source is None:
        return None, problems
    tree = read_tree(source.text)
    if not isinstance(tree.root, Mapping) or tree.flaws:
        line = tree.flaws[0].line + 1 if tree.flaws else 1
        return None, [*problems, _unreadable(Place(path, line), "it is no longer in its form")]
    entry = RawEntry("released", path, tree.root, tree.root.data())
    try:
        return ReleaseFile(Released.model_validate(entry.data), entry), problems
    except ValidationError as error:
        where = error.errors(include_url=False)[0]["loc"]
        said = f"{'.'.join(map(str, where))} is not as it was written"
        return None, [*problems, _unreadable(entry.place(*where), said)]


def _unreadable(place: Place, why: str) -> Problem:
    hint = "Bring back the last good one: the program alone writes this file."
    return problem("HIS008", place, f"The record of releases cannot be read: {why}.", hint)
