"""Writes one community with its members into a file that people can read and another machine can check."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from bot.models import Place
from bot.ports import StoreError, Trouble
from storage.backing_up import refuse_target, unwritten
from storage.copying import Progress, in_the_making, opened, own, put_in_place, silent
from storage.instants import to_text
from storage.moved_tables import MOVED, Moved
from storage.rounds import OF_DATA
from storage.sealed_file import seal_file

FORMAT = 1
WRITING, SEALING = "Writing", "Encrypting"

_COMMUNITIES = "SELECT id, platform, place_key, name, zone FROM communities ORDER BY id"
_CHOSEN = """
INSERT OR IGNORE INTO chosen
SELECT person_id FROM memberships WHERE community_id = :community
UNION SELECT person_id FROM activities WHERE community_id = :community
UNION SELECT person_id FROM gap_askers WHERE gap_id IN (SELECT id FROM gaps WHERE community_id = :community)
UNION SELECT author_id FROM additions WHERE community_id = :community AND author_id IS NOT NULL
UNION SELECT person_id FROM efforts WHERE round_id IN (SELECT id FROM rounds WHERE community_id = :community)
UNION SELECT reviewer_id FROM reviews WHERE handin_id IN (
    SELECT h.id FROM handins AS h JOIN rounds AS r ON r.id = h.round_id WHERE r.community_id = :community)
"""
_EVERYBODY = "INSERT INTO chosen SELECT id FROM people"
_WITH_JOINED = """
INSERT OR IGNORE INTO chosen
SELECT joined_to FROM people WHERE id IN chosen AND joined_to IS NOT NULL
UNION SELECT id FROM people WHERE joined_to IN chosen
UNION SELECT id FROM people WHERE joined_to IN (SELECT joined_to FROM people WHERE id IN chosen)
"""
_SECRET = "SELECT value FROM secrets WHERE name = ?"  # noqa: S105 - a query


@dataclass(frozen=True, slots=True)
class Written:
    """What went into the file."""

    name: str
    members: int
    rows: int


def move_out(
    source: Path,
    target: Path,
    now: datetime,
    *,
    place: Place | None = None,
    phrase: bytes | None = None,
    force: bool = False,
    progress: Progress = silent,
) -> Written:
    """Write a community, by default the only one, as it is at this moment."""
    refuse_target(source, target, force=force)
    try:
        with opened(source) as connection, in_the_making(target, source.parent if phrase else None) as made:
            version = own(connection, source)
            connection.execute("BEGIN")
            communities = connection.execute(_COMMUNITIES).fetchall()
            found = _named(communities, place)
            _choose(connection, found[0], alone=len(communities) == 1)
            head = _head(connection, found, now, version, alone=len(communities) == 1)
            with made.open("wb") as file:
                written = _write(connection, file, head, found, progress)
            connection.execute("ROLLBACK")
            _place(made, target, phrase, progress)
    except OSError as error:
        raise unwritten(target, error) from error
    return written


def _named(communities: list[sqlite3.Row], place: Place | None) -> sqlite3.Row:
    if place is None and len(communities) == 1:
        return communities[0]
    found = [row for row in communities if place and (row[1], row[2]) == (place.platform, place.key)]
    if found:
        return found[0]
    names = ", ".join(f"{platform}:{key} ({name})" for _, platform, key, name, _ in communities[:20]) or "none yet"
    what = "There are several communities here." if place is None else f"There is no {place.platform}:{place.key} here."
    raise StoreError(Trouble.UNREACHABLE, what, f"Name one of these with --community: {names}.")


def _choose(connection: sqlite3.Connection, community: int, *, alone: bool) -> None:
    """Find out whose rows go along: those who were active there; everybody, where there is no other community."""
    connection.execute("CREATE TEMP TABLE chosen (id INTEGER PRIMARY KEY)")
    if alone:
        connection.execute(_EVERYBODY)
    else:
        connection.execute(_CHOSEN, {"community": community})
        connection.execute(_WITH_JOINED)


def _head(
    connection: sqlite3.Connection, community: sqlite3.Row, now: datetime, version: int, *, alone: bool
) -> Mapping[str, object]:
    number, platform, key, name, zone = community
    head = {"stepwise": "community", "format": FORMAT, "schema": version, "made": to_text(now), "id": number}
    secret = connection.execute(_SECRET, (OF_DATA,)).fetchone() if alone else None
    head |= {"data_key": secret[0]} if secret else {}
    return head | {"platform": platform, "place": key, "name": name, "zone": zone}


def _write(
    connection: sqlite3.Connection,
    file: BinaryIO,
    head: Mapping[str, object],
    community: sqlite3.Row,
    progress: Progress,
) -> Written:
    total = sum(_count(connection, table, community[0]) for table in MOVED)
    digest, rows = sha256(), 0

    def say(line: Mapping[str, object]) -> None:
        text = json.dumps(line, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"
        digest.update(text)
        file.write(text)

    say(head)
    for rows, line in enumerate(_lines(connection, community[0]), 1):
        say(line)
        if rows % 500 == 0:
            progress(WRITING, rows, total)
    say({"end": rows})
    file.write(json.dumps({"sha256": digest.hexdigest()}).encode() + b"\n")
    (members,) = connection.execute("SELECT count(*) FROM people WHERE id IN chosen AND joined_to IS NULL").fetchone()
    return Written(community[3], members, rows)


def _lines(connection: sqlite3.Connection, community: int) -> Iterator[Mapping[str, object]]:
    for table in MOVED:
        cursor = connection.execute(_query(table, "*"), {"community": community})
        names = [column[0] for column in cursor.description]
        for row in cursor:
            yield {"in": table.name, **dict(zip(names, row, strict=True)), **_instead(table, row, names)}


def _instead(table: Moved, row: sqlite3.Row, names: list[str]) -> Mapping[str, object]:
    if table.name == "posts" and row[names.index("state")] == "sending":
        return {**table.instead, "state": "unknown"}
    return table.instead


def _count(connection: sqlite3.Connection, table: Moved, community: int) -> int:
    return int(connection.execute(_query(table, "count(*)", ""), {"community": community}).fetchone()[0])


def _query(table: Moved, what: str, order: str | None = None) -> str:
    tail = f" ORDER BY {table.order}" if order is None else order
    return f"SELECT {what} FROM {table.name} WHERE {table.rows}{tail}"  # noqa: S608 - words of our own


def _place(made: Path, target: Path, phrase: bytes | None, progress: Progress) -> None:
    if phrase is None:
        put_in_place(made, target)
        return
    with in_the_making(target) as sealed:
        with made.open("rb") as plain, sealed.open("wb") as file:
            seal_file(plain, file, phrase, lambda _: progress(SEALING, 0, 0))
        put_in_place(sealed, target)
