"""Packs read from their folders: never stopping at the first problem, never skipping an entry silently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import TypeVar

from content.challenge_model import AnyChallenge
from content.checks.shape import validate
from content.codes import problem
from content.document import Document
from content.documents import document_of
from content.entries import read_entries
from content.entry import RawEntry
from content.kinds import INNER, PACK_FILE
from content.lenient import SearchReading, read_for_search, survey_for_search
from content.model import EvalQuestion, Faq, Pack, Resource, Tip, Topics, Value
from content.pack_files import find_files
from content.path_model import Path
from content.problem import Place, Problem
from content.released import ReleaseFile, read_released
from content.source_text import read_source

__all__ = [
    "LoadedPack",
    "SearchReading",
    "load_pack",
    "load_packs",
    "read_for_search",
    "survey_for_search",
]

_V = TypeVar("_V", bound=Value)


@dataclass(slots=True)
class LoadedPack:
    """Hold what a folder gave: its values, the entries as written, and its problems."""

    folder: FilePath
    values: list[Value] = field(default_factory=list)
    entries: list[RawEntry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    files: list[FilePath] = field(default_factory=list)
    released: ReleaseFile | None = None

    def of(self, kind: type[_V]) -> tuple[_V, ...]:
        """Return the values of one kind, in the order of the files."""
        return tuple(value for value in self.values if type(value) is kind)

    @property
    def pack(self) -> Pack | None:
        """Return the introduction, if it could be read."""
        return next(iter(self.of(Pack)), None)

    @property
    def topics(self) -> Topics:
        """Return the topic file, or an empty one."""
        return next(iter(self.of(Topics)), Topics.model_construct(topics=(), words=()))

    @property
    def tips(self) -> tuple[Tip, ...]:
        """Return the tips."""
        return self.of(Tip)

    @property
    def faqs(self) -> tuple[Faq, ...]:
        """Return the questions with their answers."""
        return self.of(Faq)

    @property
    def resources(self) -> tuple[Resource, ...]:
        """Return the resources."""
        return self.of(Resource)

    @property
    def paths(self) -> tuple[Path, ...]:
        """Return the career paths."""
        return self.of(Path)

    @property
    def challenges(self) -> tuple[AnyChallenge, ...]:
        """Return the challenges of all kinds."""
        return tuple(value for value in self.values if isinstance(value, AnyChallenge))

    @property
    def questions(self) -> tuple[EvalQuestion, ...]:
        """Return the evaluation questions."""
        return self.of(EvalQuestion)

    def by_file(self) -> dict[FilePath, list[RawEntry]]:
        """Return the entries of each file, in their order."""
        found: dict[FilePath, list[RawEntry]] = {path: [] for path in self.files}
        for entry in self.entries:
            found[entry.file].append(entry)
        return found

    def documents(self) -> tuple[Document, ...]:
        """Return what search reads of the pack."""
        return tuple(found for found in map(document_of, self.values) if found is not None)

    def everything(self) -> Iterator[RawEntry]:
        """Yield every entry as written, those inside others too."""
        for entry in self.entries:
            yield from _with_inner(entry)


def load_pack(folder: FilePath) -> LoadedPack:
    """Read one pack; its problems are in it."""
    found = find_files(folder)
    loaded = LoadedPack(folder, problems=found.problems)
    if not found.problems and not any(kind == "pack" for kind, _ in found.by_kind):
        loaded.problems.append(_no_pack_file(folder))
    for kind, path in found.by_kind:
        _take_file(loaded, kind, path)
    loaded.released, problems = read_released(folder)
    loaded.problems += problems
    return loaded


def load_packs(folders: Iterable[FilePath]) -> tuple[LoadedPack, ...]:
    """Read several packs."""
    return tuple(load_pack(folder) for folder in folders)


def _take_file(loaded: LoadedPack, kind: str, path: FilePath) -> None:
    loaded.files.append(path)
    source, problems = read_source(path)
    loaded.problems += problems
    if source is None:
        return
    entries, problems = read_entries(kind, source)
    loaded.problems += problems
    for entry in entries:
        value, problems = validate(entry)
        loaded.problems += problems
        loaded.entries.append(entry)
        if value is not None:
            loaded.values.append(value)


def _with_inner(entry: RawEntry) -> Iterator[RawEntry]:
    yield entry
    for field_name, kind in INNER.get(entry.kind, ()):
        for inner in entry.inner(field_name, kind):
            yield from _with_inner(inner)


def _no_pack_file(folder: FilePath) -> Problem:
    message = "The folder has no pack.yaml."
    hint = "Write one with id, title, language, version, maintainers and summary."
    return problem("FIL009", Place(folder / PACK_FILE), message, hint)
