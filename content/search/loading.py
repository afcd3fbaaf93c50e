"""From the folders of packs to one index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from content.document import Document
from content.lenient import survey_for_search
from content.problem import Problem
from content.search.encoder import Encoder
from content.search.index import Index


class NothingToSearch(Exception):
    """There is no entry to search in the folders."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Hold an index, and what could not be read on the way to it."""

    index: Index
    problems: tuple[Problem, ...]
    left_out: int


def load_index(folders: Sequence[Path], encoder: Encoder | None = None) -> Loaded:
    """Read folders of entries and build one index; an id that comes twice counts once."""
    readings = [survey_for_search(folder) for folder in folders]
    documents = _first_of_each(document for reading in readings for document in reading.documents)
    problems = tuple(problem for reading in readings for problem in reading.problems)
    if not documents:
        raise NothingToSearch(_nothing(folders, problems))
    words = [group for reading in readings for group in reading.words]
    index = Index.build(documents, words, encoder)
    return Loaded(index, problems, sum(reading.left_out for reading in readings))


def _first_of_each(documents: Iterable[Document]) -> list[Document]:
    found: dict[str, Document] = {}
    for document in documents:
        found.setdefault(document.id, document)
    return list(found.values())


def _nothing(folders: Sequence[Path], problems: Sequence[Problem]) -> str:
    names = ", ".join(map(str, folders)) or "no folder at all"
    reasons = "".join(f"\n  {problem}" for problem in problems[:5])
    return (
        f"There is nothing to search in {names}. An entry under faqs/ needs an id, a question and an answer.{reasons}"
    )
