"""A community's own entries as a pack: YAML files that any community can use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from bot.models import Addition, Place
from bot.services.own_entries import WORDING, read, read_wording

FOLDERS = {"tip": "tips", "faq": "faqs", "resource": "resources"}


class _Readable(yaml.SafeDumper):
    """Writes long texts as blocks, as people do."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Readable.add_representer(str, _text)


def entries_among(additions: Iterable[Addition]) -> list[Addition]:
    """Return what can stand in a pack of its own; wordings belong to the questions of other packs."""
    return [one for one in additions if one.kind in FOLDERS]


def wordings_among(additions: Iterable[Addition]) -> list[tuple[str, str]]:
    """Return the other wordings: the id of the question and the words, to be added where the question is."""
    return [read_wording(one) for one in additions if one.kind == WORDING]


def as_pack(additions: Iterable[Addition], place: Place, version: str) -> Mapping[str, str]:
    """Write entries down as the files of a pack, by their names; it is read beside the packs that have its topics."""
    whole = entries_among(additions)
    entries = [(one.kind, read(one).model_dump(mode="json", by_alias=True, exclude_defaults=True)) for one in whole]
    files = {"pack.yaml": _yaml(_introduction(place, version))}
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
