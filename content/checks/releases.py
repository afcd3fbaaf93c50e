"""Releases: what members' progress hangs on is still there, goes by another name, or was retired on purpose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from content.checks.ids import ENTRIES
from content.checks.reading import Reading
from content.codes import problem
from content.entry import RawEntry
from content.kinds import NAMES, PACK_FILE, RELEASED_FILE
from content.loader import LoadedPack
from content.problem import Place, Problem
from content.released import SECTIONS, ReleaseFile

_FINISHED = re.compile(r"0*[1-9]")
_LIVES_ON = "Give its id back, name it in the was: of what took its place, or list it under retired: in pack.yaml."


def check_releases(reading: Reading) -> Iterator[Problem]:
    """Find edits by which members would lose what they did."""
    living, old = reading.ids(*ENTRIES), reading.old_ids(*ENTRIES)
    for pack in reading.packs:
        yield from _retired_in_use(pack, {**old, **living})
        if pack.released is not None and _was_read(pack):
            yield from _compare(pack, pack.released, living, old)


def check_never_released(reading: Reading) -> Iterator[Problem]:
    """Find finished packs of which nobody keeps the ids."""
    for pack in reading.packs:
        said = next((entry for entry in pack.entries if entry.kind == "pack"), None)
        if said and not (pack.folder / RELEASED_FILE).exists() and _FINISHED.match(said.text("version")):
            message = f"The version {said.text('version')} was never released: an edit could lose members' progress."
            yield problem("HIS009", said.place("version"), message, f"Run: stepwise content release {pack.folder}")


def _was_read(pack: LoadedPack) -> bool:
    """Tell whether every entry was seen: behind a broken file nothing is known to be gone."""
    return not any(found.is_error and found.code[:3] in ("FIL", "YML") for found in pack.problems)


def _compare(
    pack: LoadedPack, file: ReleaseFile, living: dict[str, RawEntry], old: dict[str, RawEntry]
) -> Iterator[Problem]:
    record, retired = file.record, _retired(pack)
    for name, kind in record.kinds.items():
        if entry := living.get(name) or old.get(name):
            yield from _became(entry, name, kind)
        elif name not in retired:
            yield _gone(file, name, kind)
    for name, carrier in record.carriers.items():
        if name not in old and not {name, carrier} & retired.keys():
            yield _taken_out(file, name, living.get(carrier) or old.get(carrier), carrier)


def _became(entry: RawEntry, name: str, kind: str) -> Iterator[Problem]:
    if entry.kind != kind:
        message = f"{name!r} was released as a {NAMES[kind]}, and leads to a {NAMES[entry.kind]} now."
        hint = f"Give the {NAMES[entry.kind]} another id."
        yield problem("HIS006", entry.place("id" if entry.id == name else "was"), message, hint)


def _gone(file: ReleaseFile, name: str, kind: str) -> Problem:
    message = f"The {NAMES[kind]} {name!r} of release {file.record.version} is gone; members would lose it."
    return problem("HIS004", _place(file, name, kind), message, _LIVES_ON)


def _place(file: ReleaseFile, name: str, kind: str) -> Place:
    section = SECTIONS[kind]
    ids = getattr(file.record, section)
    return file.entry.place(section, name if isinstance(ids, dict) else ids.index(name))


def _taken_out(file: ReleaseFile, name: str, entry: RawEntry | None, carrier: str) -> Problem:
    place = entry.place("was" if "was" in entry.data else "id") if entry else file.entry.place("was", carrier)
    heir = entry.id if entry else carrier
    message = f"The old id {name!r} was taken out of {heir!r}; what members did under it would be lost."
    return problem("HIS005", place, message, f"Put {name!r} back under was: there.")


def _retired(pack: LoadedPack) -> dict[str, Place]:
    entries = [entry for entry in pack.entries if entry.kind == "pack"]
    return {name: entry.place("retired", number) for entry in entries for number, name in entry.texts("retired")}


def _retired_in_use(pack: LoadedPack, used: dict[str, RawEntry]) -> Iterator[Problem]:
    for name, place in _retired(pack).items():
        if name in used:
            message = f"The retired id {name!r} is in use at {used[name].place('id')}."
            hint = f"Take it out of retired: in {PACK_FILE} if the same thing came back; else choose another id there."
            yield problem("HIS007", place, message, hint)
