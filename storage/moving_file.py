"""Reads the file of a community that moves, and looks whether it is whole."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from bot.models import Place
from bot.ports import StoreError, Trouble
from storage.moved_tables import MOVED
from storage.moving_out import FORMAT

Line = dict[str, Any]
Account = tuple[str, str, str]

_TABLES = {table.name for table in MOVED}


@dataclass(frozen=True, slots=True)
class Head:
    """What the first line says."""

    place: Place
    name: str
    zone: str | None
    number: int
    schema: int
    data_key: str | None


@dataclass(frozen=True, slots=True)
class Looked:
    """What a first look through the whole file found."""

    head: Head
    sha256: str
    rows: int
    size: int
    # Whose accounts there are, by the person who has them now, and by the one whose they were at first.
    accounts: Mapping[int, Sequence[Account]]
    born: Mapping[int, Sequence[Account]]
    names: Mapping[int, str] = field(default_factory=dict)


def look_through(path: Path) -> Looked:
    """Read all of the file once, or raise a `StoreError` that says what is wrong with it."""
    digest, before, number = sha256(), b"", 0
    accounts, born = defaultdict[int, list[Account]](list), defaultdict[int, list[Account]](list)
    names: dict[int, str] = {}
    head: Head | None = None
    for number, raw in enumerate(_raw_lines(path), 1):
        if before:
            digest.update(before)
        before = raw
        line = _parsed(path, raw, number)
        if number == 1:
            head = _head(path, line)
        elif line.get("in") == "identities":
            account = (str(line["platform"]), str(line["realm"]), str(line["account"]))
            accounts[line["person_id"]].append(account)
            born[line["born_id"]].append(account)
        elif line.get("in") == "people":
            names[line["id"]] = str(line["name"])
    if head is None or _parsed(path, before, number).get("sha256") != digest.hexdigest():
        raise _broken(path, "its end is missing, or something in it was changed")
    return Looked(head, digest.hexdigest(), number - 3, path.stat().st_size, accounts, born, names)


def lines_of(path: Path) -> Iterator[tuple[int, str, Line]]:
    """Yield each row with its line number and its table."""
    for number, raw in enumerate(_raw_lines(path), 1):
        line = _parsed(path, raw, number)
        table = line.pop("in", None)
        if table in _TABLES:
            yield number, table, line
        elif table is not None:
            raise _broken(path, f"line {number} belongs to {table!r}, which is not known here")


def misfit(path: Path, number: int, why: object) -> StoreError:
    """Return the error of a line that does not fit into the database."""
    return _broken(path, f"line {number} does not fit: {why}")


def _raw_lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from file


def _parsed(path: Path, raw: bytes, number: int) -> Line:
    try:
        line = json.loads(raw.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        raise _broken(path, f"line {number} cannot be read") from None
    if not isinstance(line, dict):
        raise _broken(path, f"line {number} cannot be read")
    return line


def _head(path: Path, line: Line) -> Head:
    if line.get("stepwise") != "community":
        raise _broken(path, "it is not the export of a community")
    if line.get("format") != FORMAT:
        raise _broken(path, f"its format is {line.get('format')}, and only {FORMAT} is known here. Update Stepwise")
    try:
        place = Place(str(line["platform"]), str(line["place"]))
        key = line.get("data_key")
        return Head(place, str(line["name"]), line["zone"], int(line["id"]), int(line["schema"]), key and str(key))
    except (KeyError, TypeError, ValueError):
        raise _broken(path, "its first line is not complete") from None


def _broken(path: Path, why: str) -> StoreError:
    return StoreError(
        Trouble.CORRUPT,
        f"{path} cannot be used: {why}. Nothing was changed.",
        "Export the community again, and copy the file whole.",
    )
