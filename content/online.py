"""The online check: verify every link, report the dead, and write the day beside those that live."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from content.address import is_public_https
from content.checked_lock import lock_text, read_lock
from content.checks.links import links_of, links_with_places
from content.codes import problem
from content.edits import Change, Edit, apply_edits, text_of, write_atomically
from content.entry import RawEntry
from content.kinds import LOCK_FILE
from content.loader import LoadedPack
from content.probe import Answer, State
from content.problem import Place, Problem
from content.source_text import BOM
from content.verify import verify
from content.yaml_nodes import Mapping, Scalar

Verify = Callable[[Sequence[str]], dict[str, Answer]]


@dataclass(frozen=True, slots=True)
class OnlineReport:
    """Hold what the online check found and wrote."""

    problems: tuple[Problem, ...]
    changes: tuple[Change, ...]
    alive: int
    guarded: int


def check_online(packs: Sequence[LoadedPack], today: date, ask: Verify = verify) -> OnlineReport:
    """Verify the links of the packs and write the day of the check beside those that live."""
    places = [found for pack in packs for entry in pack.everything() for found in links_with_places(entry)]
    answers = ask([url for url in dict.fromkeys(url for _, url in places) if is_public_https(url)])
    problems = [found for place, url in places if url in answers for found in _judge(place, url, answers[url])]
    alive = {url for url, answer in answers.items() if answer.state is State.ALIVE}
    changes = [change for pack in packs for change in _write_days(pack, alive, today.isoformat())]
    guarded = sum(1 for answer in answers.values() if answer.state is State.GUARDED)
    return OnlineReport(tuple(problems), tuple(changes), len(alive), guarded)


def _judge(place: Place, url: str, answer: Answer) -> Iterator[Problem]:
    if answer.state in (State.DEAD, State.NO_HOST):
        message = f"{url} is dead: {answer.detail}, asked twice."
        yield problem("LNK007", place, message, "Find its new address, or remove it.")
    elif answer.state is State.MOVED:
        hint = "Look at the page; if it is the same, write the new address."
        yield problem("LNK008", place, f"{url} leads to another host: {answer.detail}.", hint)
    elif answer.state is State.UNSURE:
        message = f"{url} could not be verified: {answer.detail}."
        yield problem("LNK009", place, message, "Open it yourself, or check again another day.")


def _write_days(pack: LoadedPack, alive: set[str], day: str) -> list[Change]:
    changes: list[Change] = []
    used: set[str] = set()
    for path, entries in pack.by_file().items():
        used |= {url for entry in entries for _, url in _checkable(entry)}
        edits_wanted = any(url in alive for entry in entries for _, url in _checkable(entry))
        changes += _write_in_file(path, entries, alive, day) if edits_wanted else []
    before = read_lock(pack.folder)
    days = {url: seen for url, seen in before.items() if url in used} | dict.fromkeys(alive & used, day)
    if days != before:
        write_atomically(pack.folder / LOCK_FILE, lock_text(days).encode())
    return changes


def _write_in_file(path: Path, entries: list[RawEntry], alive: set[str], day: str) -> list[Change]:
    raw = path.read_bytes()
    text = text_of(path)
    edits = [
        edit
        for number, entry in enumerate(entries)
        for way, url in _checkable(entry)
        if url in alive and (edit := _edit(text, number, entry, way, day))
    ]
    text, changes = apply_edits(entries[0].kind, path, text, edits)
    head = BOM.encode() if raw.startswith(BOM.encode()) else b""
    if changes:
        write_atomically(path, head + text.encode())
    return changes


def _checkable(entry: RawEntry) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the links of an entry and of its stages, with the way to what holds them."""
    for _, path, url in links_of(entry):
        yield path[:-1], url
    for number, stage in enumerate(entry.inner("stages", "stage") if entry.kind == "path" else ()):
        for _, path, url in links_of(stage):
            yield ("stages", number, *path[:-1]), url


def _edit(text: str, number: int, entry: RawEntry, way: tuple[str | int, ...], day: str) -> Edit | None:
    holder = entry.value_node(*way)
    if not isinstance(holder, Mapping):
        return None
    key, url = holder.fields["url"]
    old = holder.fields.get("checked")
    place, says = entry.place(*way, "url"), f"checked {day}"
    rest = (number, (*way, "checked"), day, place, says)
    if old is not None:
        same = isinstance(old[1], Scalar) and old[1].text == day
        return None if same else Edit(old[1].start, old[1].end, f'"{day}"', *rest)
    if holder.flow:
        return Edit(url.end, url.end, f', checked: "{day}"', *rest)
    line_end = text.find("\n", url.end)
    at = len(text) if line_end < 0 else line_end
    at -= text[at - 1 : at] == "\r"
    newline = "\r\n" if text[at : at + 1] == "\r" else "\n"
    return Edit(at, at, f'{newline}{" " * key.column}checked: "{day}"', *rest)
