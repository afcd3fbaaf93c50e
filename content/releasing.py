"""A pack released: its ids are written down, and from then on no edit may lose them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from content.challenge_model import Challenge
from content.edits import write_atomically
from content.kinds import RELEASED_FILE
from content.loader import LoadedPack
from content.model import Faq, Pack, Resource, Tip
from content.path_model import Path, Step
from content.released import SECTIONS, Released, ReleasedPath

_HEAD = "# Written by `stepwise content release`; please do not edit: members' progress hangs on these ids.\n"
# What some dialect of YAML would not read as text: `no`, `1e5`.
_PLAIN = re.compile(r"(?!(null|true|false|yes|no|on|off|y|n)$)[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LISTS = ("tips", "faqs", "resources", "challenges")
_Kept = Path | Step | Tip | Faq | Resource | Challenge


def release(loaded: LoadedPack, pack: Pack) -> bool:
    """Write the record of a pack without errors, and tell whether it changed."""
    file = loaded.folder / RELEASED_FILE
    text = released_text(record_of(loaded, pack))
    if file.exists() and file.read_text(encoding="utf-8") == text:
        return False
    write_atomically(file, text.encode())
    return True


def record_of(loaded: LoadedPack, pack: Pack) -> Released:
    """Return what stands in the pack now, and what earlier releases had beyond it."""
    before = loaded.released.record if loaded.released else Released(pack=pack.id, version=pack.version)
    was = {**before.was, **{entry.id: _united(before.was.get(entry.id, ()), entry.was) for entry in _kept(loaded)}}
    replaced = {old for olds in was.values() for old in olds}
    sections = _sections(loaded, before)
    lasting = {section: {k: v for k, v in held.items() if k not in replaced} for section, held in sections.items()}
    return Released(
        pack=pack.id,
        version=pack.version,
        paths=lasting["paths"],
        steps=lasting["steps"],
        **{section: tuple(lasting[section]) for section in _LISTS},
        was={name: olds for name, olds in was.items() if olds and name not in replaced},
    )


def _sections(loaded: LoadedPack, before: Released) -> dict[str, dict[str, Any]]:
    """Return by section and id what is kept of each: the new words where there are new ones."""
    paths = {path.id: ReleasedPath(title=path.title, stages=_stages(path)) for path in loaded.paths}
    steps = {step.id: step.title for path in loaded.paths for step in path.steps}
    lists = {
        section: dict.fromkeys((*getattr(before, section), *(entry.id for entry in getattr(loaded, section))))
        for section in _LISTS
    }
    return {"paths": {**before.paths, **paths}, "steps": {**before.steps, **steps}, **lists}


def released_text(record: Released) -> str:
    """Return a record as it is written to its file."""
    lines = [f"pack: {_word(record.pack)}", f"version: {_quoted(record.version)}"]
    for section in SECTIONS.values():
        lines += _section(record, section)
    if record.was:
        lines += ["was:", *(f"  {_word(name)}: {_listed(olds)}" for name, olds in sorted(record.was.items()))]
    return _HEAD + "".join(f"{line}\n" for line in lines)


def _section(record: Released, section: str) -> Iterator[str]:
    held = getattr(record, section)
    if not held:
        return
    yield f"{section}:"
    for name in sorted(held):
        if section == "paths":
            path = record.paths[name]
            yield from (f"  {_word(name)}:", f"    title: {_quoted(path.title)}", f"    stages: {_listed(path.stages)}")
        else:
            yield f"  {_word(name)}: {_quoted(record.steps[name])}" if section == "steps" else f"  - {_word(name)}"


def _kept(loaded: LoadedPack) -> Iterator[_Kept]:
    for path in loaded.paths:
        yield path
        yield from path.steps
    for name in _LISTS:
        yield from getattr(loaded, name)


def _stages(path: Path) -> tuple[str, ...]:
    return tuple(stage.id for stage in path.stages)


def _united(some: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({*some, *others}))


def _word(name: str) -> str:
    return name if _PLAIN.fullmatch(name) else _quoted(name)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _listed(names: Iterable[str]) -> str:
    return f"[{', '.join(map(_word, names))}]"
