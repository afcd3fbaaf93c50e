"""Any folder of questions read for a search: an entry needs no more than an id, a question and an answer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from content.document import Document
from content.entries import read_entries
from content.pack_files import find_files
from content.problem import Problem
from content.source_text import read_source

_TITLES = {"faq": ("question", "title"), "tip": ("title",), "resource": ("title",)}
_BODIES = {"faq": ("answer",), "tip": ("text", "try", "done"), "resource": ("why",)}


@dataclass(frozen=True, slots=True)
class SearchReading:
    """Hold what could be read for a search, and what could not."""

    documents: tuple[Document, ...]
    words: tuple[tuple[str, ...], ...]
    problems: tuple[Problem, ...]
    left_out: int


def read_for_search(folder: Path) -> tuple[Document, ...]:
    """Return the searchable entries of a folder that need not be a full pack."""
    return survey_for_search(folder).documents


def survey_for_search(folder: Path) -> SearchReading:
    """Return the searchable entries of a folder, its words that mean the same, and what was left out."""
    found = find_files(folder)
    documents: dict[str, Document] = {}
    words: list[tuple[str, ...]] = []
    problems, left_out = list(found.problems), 0
    for kind, path in found.by_kind:
        if kind not in _TITLES and kind != "topics":
            continue
        for data in _data(kind, path, problems):
            if kind == "topics":
                words += _word_groups(data)
            elif (document := _document(kind, data)) and document.id not in documents:
                documents[document.id] = document
            else:
                left_out += 1
    return SearchReading(tuple(documents.values()), tuple(words), tuple(problems), left_out)


def _data(kind: str, path: Path, problems: list[Problem]) -> list[dict[str, Any]]:
    source, found = read_source(path)
    problems += found
    if source is None:
        return []
    entries, found = read_entries(kind, source)
    problems += found
    return [entry.data for entry in entries]


def _document(kind: str, data: dict[str, Any]) -> Document | None:
    title = next((_text(data.get(name)) for name in _TITLES[kind] if data.get(name)), "")
    body = "\n".join(filter(None, (_text(data.get(name)) for name in _BODIES[kind])))
    name = _text(data.get("id"))
    if not name or not title or (kind == "faq" and not body):
        return None
    also, topics = _texts(data.get("also")), _texts(data.get("topics"))
    return Document(name, kind, title, also, body, topics, _text(data.get("level")))


def _text(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _texts(value: object) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(filter(None, map(_text, items)))


def _word_groups(data: dict[str, Any]) -> list[tuple[str, ...]]:
    groups = [_texts(group) for group in _items(data, "words")]
    for topic in _items(data, "topics"):
        if isinstance(topic, dict):
            names = (
                _text(topic.get("title")),
                *_texts(topic.get("synonyms")),
                *_texts(topic.get("abbreviations")),
            )
            groups.append(tuple(filter(None, names)))
    return [group for group in groups if len(group) > 1]


def _items(data: dict[str, Any], name: str) -> list[Any]:
    found = data.get(name)
    return found if isinstance(found, list) else []
