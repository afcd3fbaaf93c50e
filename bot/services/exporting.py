"""A community's own entries as a pack: YAML files that any community can use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import yaml

from bot.models import Addition, Place
from bot.services.own_entries import read
from content.topic_tree import TopicTree

FOLDERS = {"tip": "tips", "faq": "faqs", "resource": "resources"}


class _Readable(yaml.SafeDumper):
    """Writes long texts as blocks, as people do."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Readable.add_representer(str, _text)


def as_pack(additions: Iterable[Addition], place: Place, topics: TopicTree, version: str) -> Mapping[str, str]:
    """Write entries down as the files of a pack, by their names."""
    whole = [one for one in additions if one.kind in FOLDERS]
    entries = [(one.kind, read(one).model_dump(mode="json", by_alias=True, exclude_defaults=True)) for one in whole]
    files = {"pack.yaml": _yaml(_introduction(place, version)), "topics.yaml": _yaml(_topics(entries, topics))}
    for kind, folder in FOLDERS.items():
        values = [value for own, value in entries if own == kind]
        if values:
            files[f"{folder}/own.yaml"] = _yaml(values)
    return files


def _yaml(value: object) -> str:
    return yaml.dump(value, Dumper=_Readable, sort_keys=False, allow_unicode=True, width=110)


def _introduction(place: Place, version: str) -> dict[str, Any]:
    return {
        "id": "own-entries",
        "title": f"The own entries of {place.key}"[:80],
        "language": "en",
        "version": version,
        "maintainers": [place.key[:150]],
        "summary": "Tips, answers and resources that a community wrote for itself.",
    }


def _topics(entries: Sequence[tuple[str, dict[str, Any]]], topics: TopicTree) -> dict[str, Any]:
    names = sorted({name for _, value in entries for name in value["topics"]})
    return {"topics": [{"id": name, "title": topics.title(name)} for name in names]}
