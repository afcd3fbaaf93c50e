"""References: what an entry points at exists, is meant by its present id, and does not lead in a circle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from content.checks.reading import Reading
from content.codes import problem
from content.entry import RawEntry
from content.kinds import NAMES, PLACEHOLDER, TOPICS_FILE
from content.nearest import did_you_mean
from content.problem import Problem


@dataclass(frozen=True, slots=True)
class Pointer:
    """Say which field of which kinds points at entries of which kinds."""

    code: str
    kinds: tuple[str, ...]
    field: str
    targets: tuple[str, ...]


POINTERS = (
    Pointer("REF001", ("tip", "faq", "resource", "step", "challenge"), "topics", ("topic",)),
    Pointer("REF002", ("step",), "resources", ("resource",)),
    Pointer("REF003", ("faq",), "related", ("faq",)),
    Pointer("REF004", ("step",), "needs", ("step",)),
    Pointer("REF005", ("step",), "challenges", ("challenge",)),
    Pointer("REF006", ("topic",), "parent", ("topic",)),
    Pointer("REF011", ("question",), "id", ("faq", "tip", "resource")),
    Pointer("REF012", ("path",), "branch_of", ("path",)),
    Pointer("REF015", ("challenge",), "steps", ("step",)),
    Pointer("REF017", ("path",), "year", ("challenge",)),
)


def check_references(reading: Reading) -> Iterator[Problem]:
    """Find what points at nothing, at an old id, at itself or in a circle."""
    for pointer in POINTERS:
        if pointer.targets == ("topic",) and _topics_unread(reading):
            continue
        known, old = reading.ids(*pointer.targets), reading.old_ids(*pointer.targets)
        for entry in reading.of(*pointer.kinds):
            yield from _look(entry, pointer, known, old)
    yield from _circles(reading, "topic", "parent", "REF007")
    yield from _circles(reading, "step", "needs", "REF008")
    yield from _circles(reading, "path", "branch_of", "REF013")


def _topics_unread(reading: Reading) -> bool:
    """Tell whether a broken topic file already explains why no topic is known."""
    there_is_a_file = any(file.name == TOPICS_FILE for pack in reading.packs for file in pack.files)
    return there_is_a_file and not reading.by_kind.get("topic")


def _pointed(entry: RawEntry, field: str) -> list[tuple[tuple[str | int, ...], str]]:
    single = entry.data.get(field)
    if isinstance(single, str):
        return [((field,), single)]
    return [((field, number), name) for number, name in entry.texts(field)]


def _look(entry: RawEntry, pointer: Pointer, known: dict[str, RawEntry], old: dict[str, RawEntry]) -> Iterator[Problem]:
    seen: set[str] = set()
    kind = NAMES[pointer.targets[0]] if len(pointer.targets) == 1 else "entry"
    for path, name in _pointed(entry, pointer.field):
        place = entry.place(*path)
        if name in seen or (name == entry.id and pointer.code == "REF003"):
            message = f"{pointer.field} names {name!r} twice." if name in seen else f"{name!r} names itself."
            yield problem("REF010", place, message, "Remove it here.")
        elif name not in known and name in old:
            hint = f"Write {old[name].id!r}."
            yield problem("REF009", place, f"{name!r} is the old id of {old[name].id!r}.", hint)
        elif name not in known and not name.startswith(PLACEHOLDER):
            otherwise = f"Look at the ids of the pack, or write that {kind} first."
            hint = did_you_mean(name, known, otherwise)
            yield problem(pointer.code, place, f"There is no {kind} {name!r}.", hint)
        seen.add(name)


def arrows_of(reading: Reading, kind: str, field: str) -> dict[str, list[str]]:
    """Return the ids that each entry of a kind points at, by their present names."""
    entries, old = reading.ids(kind), reading.old_ids(kind)
    now = {**{name: entry.id for name, entry in old.items()}, **{name: name for name in entries}}
    return {name: [now[to] for _, to in _pointed(entry, field) if to in now] for name, entry in entries.items()}


def _circles(reading: Reading, kind: str, field: str, code: str) -> Iterator[Problem]:
    entries = reading.ids(kind)
    arrows = arrows_of(reading, kind, field)
    done: set[str] = set()
    for start in entries:
        for circle in _find_circles(start, arrows, done):
            entry = entries[circle[0]]
            round_trip = " -> ".join((*circle, circle[0]))
            yield problem(
                code, entry.place(field), f"This leads in a circle: {round_trip}.", f"Take one of them out of {field}."
            )


def _find_circles(start: str, arrows: dict[str, list[str]], done: set[str]) -> Iterator[list[str]]:
    """Walk along the arrows, deepest first, without recursion."""
    trail: dict[str, None] = {}
    waiting: list[tuple[str, bool]] = [(start, True)]
    while waiting:
        name, arriving = waiting.pop()
        if not arriving:
            del trail[name]
            done.add(name)
        elif name in trail:
            yield [*trail][[*trail].index(name) :]
        elif name not in done:
            trail[name] = None
            waiting.append((name, False))
            waiting += [(to, True) for to in reversed(arrows[name])]
