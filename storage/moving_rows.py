"""Puts the rows of a moved community into the database, each with the ids that it has here."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.models import Place
from storage.moved_tables import LOOSE, MOVED, OF_CHANNELS, Moved
from storage.moving_file import Account, Line, Looked
from storage.moving_subjects import subject_here

_BY_NAME = {table.name: table for table in MOVED}
_COMMUNITY = "SELECT id FROM communities WHERE platform = ? AND place_key = ?"
_ENTER = "INSERT INTO communities (platform, place_key, name, zone, id) VALUES (?, ?, ?, ?, ?) RETURNING id"
_GIVE_ZONE = "UPDATE communities SET zone = coalesce(zone, ?) WHERE id = ?"
_WHOSE = "SELECT person_id, born_id FROM identities WHERE platform = ? AND realm = ? AND account = ?"
_FILL_PERSON = "UPDATE people SET zone = coalesce(zone, ?), level = coalesce(level, ?) WHERE id = ?"
# Rows that joined accounts brought are noted by a key of their table; some of these keys are ids.
_KEY_IS_ID_OF = {
    "tip_log": "tip_log",
    "pauses": "pauses",
    "check_ins": "check_ins",
    "notices": "notices",
    "additions": "additions",
    "reviews": "reviews",
    "gap_askers": "gaps",
    "memberships": "communities",
    "efforts": "rounds",
}
_ASIDE = " aside"


@dataclass(frozen=True, slots=True)
class Settling:
    """Where a community comes from, where it settles, and what accounts are called there."""

    come_from: Place
    to: Place
    realm: str
    members: Mapping[str, str]

    @property
    def elsewhere(self) -> bool:
        """Say whether it lives somewhere else from now on."""
        return self.come_from != self.to

    def account(self, old: Account) -> Account:
        """Return what an account is called in the new place; one that nobody named keeps its name."""
        platform, _, account = old
        new = self.members.get(account) if platform == self.come_from.platform else None
        return (self.to.platform, self.realm, new) if new else old


class Rows:
    """Takes rows in the order of the file. What is here already stays as it is."""

    def __init__(self, connection: sqlite3.Connection, looked: Looked, settling: Settling, *, fresh: bool) -> None:
        self._connection, self._looked, self._settling, self._fresh = connection, looked, settling, fresh
        self._ids: dict[str, dict[int, int]] = {name: {} for name in (*_BY_NAME, "communities")}
        self._columns: dict[str, frozenset[str]] = {}
        self._accounts: list[Line] = []
        self._settled_efforts: set[tuple[int, int]] = set()
        self.people: set[int] = set()
        self.added = 0

    def community(self) -> int:
        """Enter the community, or find it, and return its number."""
        head, place = self._looked.head, self._settling.to
        found = self._connection.execute(_COMMUNITY, (place.platform, place.key)).fetchone()
        if found is None:
            values = (place.platform, place.key, head.name, head.zone, head.number if self._fresh else None)
            found = self._connection.execute(_ENTER, values).fetchall()[0]
        self._connection.execute(_GIVE_ZONE, (head.zone, found[0]))
        self._ids["communities"][head.number] = found[0]
        return int(found[0])

    def take(self, name: str, line: Line) -> None:
        """Take one row."""
        if name == "identities":
            self._accounts.append(line)  # they wait for their people
            return
        if name != "people":
            self.finish()
        table = _BY_NAME[name]
        if name == "people":
            self._person(table, line)
        elif not self._is_left_out(table, line):
            self._row(table, self._moved(table, line), line)

    def _person(self, table: Moved, line: Line) -> None:
        known = self._known_person(line)
        if known is None:
            known = self._add(table, self._here(table, line)) or 0
            self.added += 1
        else:
            self._connection.execute(_FILL_PERSON, (line["zone"], line["level"], known))
        self._ids["people"][line["id"]] = known
        if line["joined_to"] is None:
            self.people.add(known)

    def _known_person(self, line: Line) -> int | None:
        """Find somebody by their accounts; one who waits beside another was first known by them."""
        waits = line["joined_to"] is not None
        accounts = (self._looked.born if waits else self._looked.accounts).get(line["id"], ())
        for account in accounts:
            found = self._connection.execute(_WHOSE, self._settling.account(account)).fetchone()
            if found and not waits:
                return int(found[0])
            if found and found[1] is not None and found[1] != found[0]:
                return int(found[1])
        return None

    def finish(self) -> None:
        """Give all people who have come their accounts."""
        accounts, self._accounts = self._accounts, []
        for line in accounts:
            platform, realm, account = self._settling.account((line["platform"], line["realm"], line["account"]))
            person = self._ids["people"][line["person_id"]]
            born = self._ids["people"].get(line["born_id"], person)
            values = {"platform": platform, "realm": realm, "account": account, "person_id": person, "born_id": born}
            self._add(_BY_NAME["identities"], values)

    def _is_left_out(self, table: Moved, line: Line) -> bool:
        if table.name in OF_CHANNELS:
            return self._settling.elsewhere
        if table.of_effort:
            return (line["round_id"], line["person_id"]) in self._settled_efforts
        return False

    def _row(self, table: Moved, values: Mapping[str, Any] | None, line: Line) -> None:
        if values is None:
            return
        number = self._add(table, values)
        if number is not None:
            self.added += 1
        elif table.name == "efforts":
            self._settled_efforts.add((line["round_id"], line["person_id"]))
        if "id" in line:
            number = number or self._known(table, values)
            if number is not None:
                self._ids[table.name][line["id"]] = number

    def _moved(self, table: Moved, line: Line) -> Mapping[str, Any] | None:
        """Return the row as it is here; None where what it belongs to did not come along."""
        if table.name == "joined_rows":
            return self._noted(line)
        if table.name == "reminders":
            old = (line["platform"], line["realm"], line["account"])
            line = line | dict(zip(("platform", "realm", "account"), self._settling.account(old), strict=True))
        if table.name == "activities":
            about = subject_here(line["kind"], line["subject"], self._ids["rounds"], self._ids["handins"])
            line = line | {"subject": about, "key": line["key"].replace(line["subject"], about, 1)}
        return self._here(table, line)

    def _here(self, table: Moved, line: Line) -> Mapping[str, Any] | None:
        """Return the row with the ids that it has here."""
        values = dict(line)
        for column, other in table.points_at.items():
            if values[column] is not None:
                values[column] = self._ids[other].get(values[column])
                if values[column] is None and column not in LOOSE:
                    return None
        return values

    def _noted(self, line: Line) -> Mapping[str, Any] | None:
        table, key = str(line["tab"]), str(line["row_key"])
        ids = self._ids.get(_KEY_IS_ID_OF.get(table.removesuffix(_ASIDE), ""), None)
        if ids is not None:
            values = json.loads(key) if table.endswith(_ASIDE) else [int(key)]
            if values[0] not in ids:
                return None
            values[0] = ids[values[0]]
            key = json.dumps(values) if table.endswith(_ASIDE) else str(values[0])
        joined = self._ids["people"].get(line["joined_id"])
        return None if joined is None else {"joined_id": joined, "tab": table, "row_key": key}

    def _add(self, table: Moved, values: Mapping[str, Any] | None) -> int | None:
        """Insert a row and return its number; None when it is here already."""
        if values is None:
            return None
        kept = {name: value for name, value in values.items() if self._fresh or name != "id"}
        unknown = kept.keys() - self._columns_of(table.name)
        if unknown:
            raise KeyError(f"{table.name} has no {', '.join(sorted(unknown))}")
        names, marks = ", ".join(kept), ", ".join("?" * len(kept))
        same = " AND ".join(f"{name} IS ?" for name in kept)
        unless = "" if self._fresh or table.known_by else f"NOT EXISTS (SELECT 1 FROM {table.name} WHERE {same})"  # noqa: S608
        sql = f"INSERT INTO {table.name} ({names}) SELECT {marks} WHERE {unless or 'TRUE'} ON CONFLICT DO NOTHING"
        cursor = self._connection.execute(sql, (*kept.values(), *(kept.values() if unless else ())))
        return int(cursor.lastrowid or 0) if cursor.rowcount == 1 else None

    def _known(self, table: Moved, values: Mapping[str, Any]) -> int | None:
        columns = table.known_by or tuple(name for name in values if name != "id")
        same = " AND ".join(f"{name} IS ?" for name in columns)
        query = f"SELECT id FROM {table.name} WHERE {same}"  # noqa: S608 - names of our own tables
        found = self._connection.execute(query, [values[name] for name in columns]).fetchone()
        return int(found[0]) if found else None

    def _columns_of(self, table: str) -> frozenset[str]:
        if table not in self._columns:
            rows = self._connection.execute(f"PRAGMA table_info({table})").fetchall()
            self._columns[table] = frozenset(row[1] for row in rows)
        return self._columns[table]
