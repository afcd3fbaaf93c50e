"""Read packs as an author wants to see them: every entry with its place, and the problems that belong to it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from content.challenge_model import AnyChallenge
from content.checks.run import find_problems
from content.entry import RawEntry
from content.loader import load_packs
from content.problem import Place, Problem
from content.search.encoder import Encoder
from content.search.index import Index
from content.search.loading import NothingToSearch, load_index

Json = dict[str, Any]
KINDS = ("faqs", "tips", "resources", "paths", "challenges")
FOUND = 8


@dataclass(frozen=True)
class Pack:
    """Some packs as they are written now."""

    folders: Sequence[Path]
    listing: Json
    challenges: Mapping[str, AnyChallenge]
    encoder: Encoder | None = None

    @cached_property
    def index(self) -> Index | None:
        """Build what is searched, when somebody searches."""
        try:
            return load_index(self.folders, self.encoder).index
        except NothingToSearch:
            return None


def read(folders: Sequence[Path], today: date, encoder: Encoder | None = None) -> Pack:
    """Read everything anew."""
    packs = load_packs(folders)
    problems = find_problems(packs, today)
    entries = [entry for pack in packs for entry in pack.entries]
    beside = _beside(entries, problems)
    listing = {
        "packs": [str(pack.folder) for pack in packs],
        "entries": [_entry(one, beside[one.file, one.place().line]) for one in entries if one.kind not in _HIDDEN],
        "problems": [one.as_json() for one in problems],
        "errors": sum(one.is_error for one in problems),
        "warnings": sum(not one.is_error for one in problems),
    }
    challenges = {one.id: one for pack in packs for one in pack.challenges}
    return Pack(folders, listing, challenges, encoder)


_HIDDEN = ("pack", "topics", "eval")


def _beside(entries: Iterable[RawEntry], problems: Iterable[Problem]) -> dict[tuple[Path, int], list[Problem]]:
    """Give each problem to the entry in which it stands: the last one that begins at its line or before."""
    begins: dict[Path, list[int]] = defaultdict(list)
    for entry in entries:
        begins[entry.file].append(entry.place().line)
    found: dict[tuple[Path, int], list[Problem]] = defaultdict(list)
    for one in problems:
        lines = sorted(begins.get(one.place.file, ()))
        at = bisect_right(lines, one.place.line) - 1
        if at >= 0:
            found[one.place.file, lines[at]].append(one)
    return found


def _entry(entry: RawEntry, problems: Sequence[Problem]) -> Json:
    place: Place = entry.place()
    return {
        "kind": entry.kind,
        "id": entry.id,
        "title": entry.text("title") or entry.text("question") or entry.name,
        "file": str(place.file),
        "line": place.line,
        "problems": [one.as_json() for one in problems],
    }


def search(pack: Pack, question: str) -> Json:
    """Search as the bot does, and say where each score comes from."""
    if pack.index is None or not question.strip():
        return {"hits": [], "confident": False, "read_as": ""}
    answer = pack.index.ask(question, None, FOUND)
    hits = [
        {
            "id": hit.id,
            "kind": hit.kind,
            "title": hit.title,
            "score": round(hit.score, 3),
            "parts": [{"name": part.name, "value": round(part.value, 3)} for part in hit.parts],
        }
        for hit in answer.hits
    ]
    return {"hits": hits, "confident": answer.confident, "read_as": answer.repaired if answer.was_repaired else ""}
