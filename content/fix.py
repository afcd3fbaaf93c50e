"""What can be mended without asking: byte order marks, line ends, trailing spaces, full stops, trackers, old ids.

http is never turned into https here: only a request can tell whether the other address is the same page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from content.address import trackers, without_trackers
from content.checks.ids import ENTRIES
from content.checks.links import links_of
from content.checks.reading import Reading
from content.checks.references import POINTERS
from content.checks.text import ends_well
from content.edits import Change, Edit, apply_edits, text_of, write_atomically
from content.entry import RawEntry
from content.kinds import INNER, TEXT_RULES
from content.loader import LoadedPack
from content.markdown import links as links_in
from content.problem import Place
from content.source_text import BOM, TRAILING
from content.yaml_nodes import Scalar

_UNFINISHED = (":", ",", ";", "-", "/", "&", "(", "[")


def fix_packs(packs: Iterable[LoadedPack]) -> list[Change]:
    """Mend the files of the packs and return what was changed."""
    reading = Reading(tuple(packs))
    new_ids = {old: entry.id for group in (ENTRIES, ("topic",)) for old, entry in reading.old_ids(*group).items()}
    living = {entry.id for entry in reading.entries}
    renamed = {old: new for old, new in new_ids.items() if old not in living}
    changes: list[Change] = []
    for pack in reading.packs:
        for path, entries in pack.by_file().items():
            changes += _fix_file(path, entries, renamed)
    return changes


def _fix_file(path: Path, entries: list[RawEntry], renamed: dict[str, str]) -> list[Change]:
    try:
        raw = path.read_bytes()
        text = text_of(path)
    except (OSError, UnicodeDecodeError):
        return []
    edits = [edit for number, entry in enumerate(entries) for edit in _edits(text, number, entry, renamed)]
    kind = entries[0].kind if entries else "tip"
    text, changes = apply_edits(kind, path, text, edits)
    text, whole = _fix_whole(path, raw, text)
    if text.encode() != raw:
        write_atomically(path, text.encode())
    return [*whole, *changes]


def _fix_whole(path: Path, raw: bytes, text: str) -> tuple[str, list[Change]]:
    changes: list[Change] = []
    if raw.startswith(BOM.encode()):
        changes.append(Change(Place(path), "removed the byte order mark"))
    if "\r\n" in text:
        text = text.replace("\r\n", "\n")
        changes.append(Change(Place(path), "changed Windows line ends"))
    shorter, count = TRAILING.subn("", text)
    if count:
        changes.append(Change(Place(path), f"removed spaces at the end of {count} line{'s' * (count > 1)}"))
    return shorter, changes


@dataclass(frozen=True, slots=True)
class _Wish:
    """Say what should become of a value: words exchanged for others, and a stop put at the end."""

    path: tuple[str | int, ...]
    says: str
    swaps: tuple[tuple[str, str], ...] = ()
    stop: str = ""

    def value(self, old: str) -> str:
        body = old.rstrip()
        return _swapped(body + self.stop + old[len(body) :], self.swaps)

    def written(self, old: str, style: str | None) -> str:
        body = old.rstrip()
        quote = body[-1:] if style in ("'", '"') else ""
        inner = body.removesuffix(quote) if quote else body
        kept = inner.rstrip()
        return _swapped(kept + self.stop + inner[len(kept) :] + quote + old[len(body) :], self.swaps)


def _swapped(text: str, swaps: tuple[tuple[str, str], ...]) -> str:
    for old, new in swaps:
        text = text.replace(old, new)
    return text


def _edits(text: str, number: int, entry: RawEntry, renamed: dict[str, str]) -> Iterator[Edit]:
    for part, prefix in _parts(entry):
        for wish in _wishes(part, renamed):
            node = part.value_node(*wish.path)
            old = node.data() if isinstance(node, Scalar) else None
            if isinstance(node, Scalar) and isinstance(old, str):
                written = wish.written(text[node.start : node.end], node.style)
                place = part.place(*wish.path)
                way = (*prefix, *wish.path)
                yield Edit(node.start, node.end, written, number, way, wish.value(old), place, wish.says)


def _parts(entry: RawEntry) -> Iterator[tuple[RawEntry, tuple[str | int, ...]]]:
    """Yield the entry and those inside it, with the way to them."""
    yield entry, ()
    for field, kind in INNER.get(entry.kind, ()):
        for number, inner in enumerate(entry.inner(field, kind)):
            for part, way in _parts(inner):
                yield part, (field, number, *way)


def _wishes(entry: RawEntry, renamed: dict[str, str]) -> Iterator[_Wish]:
    for field, rule in TEXT_RULES.get(entry.kind, {}).items():
        text = entry.text(field)
        swaps = tuple((url, without_trackers(url)) for url in _tracked_links(text)) if rule.markdown else ()
        stop = _stop(text) if rule.full_stop and text.strip() and not ends_well(text) else ""
        if swaps or stop:
            parts = [f"added a full stop to {field}"] * bool(stop) + ["removed a tracker"] * bool(swaps)
            yield _Wish((field,), " and ".join(parts), swaps, stop)
    for _, path, url in links_of(entry):
        if names := trackers(url):
            yield _Wish(path, f"removed a tracker: {', '.join(names)}", ((url, without_trackers(url)),))
    for pointer in POINTERS:
        for place, name in entry.texts(pointer.field) if entry.kind in pointer.kinds else ():
            if name in renamed:
                yield _Wish((pointer.field, place), f"wrote the new id {renamed[name]!r}", ((name, renamed[name]),))


def _tracked_links(text: str) -> list[str]:
    return [url for url, _ in links_in(text) if trackers(url)] if "://" in text else []


def _stop(text: str) -> str:
    """Return the stop that closes a text; nothing where only its author knows how it goes on."""
    stripped = text.rstrip()
    if stripped.endswith(_UNFINISHED) or "://" in stripped.split()[-1]:
        return ""
    return "\u3002" if "\u3040" <= stripped[-1] <= "\u9fff" else "."
