"""A community moves to another machine or platform: nothing is lost, nothing comes twice, and all numbers agree."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from bot.models import Handle, Place
from bot.ports import StoreError
from storage.driver import connect
from storage.moved_tables import DERIVED, LEFT, MOVED
from storage.moving_in import Arrived, Move, move_in
from storage.moving_out import move_out
from storage.occupying import at_work_on
from storage.opening import open_sqlite
from storage.verifying import differences
from tests.storage.conftest import SetClock
from tests.storage.moving_life import ELSEWHERE, MEMBERS, SLACK, live

NOW = datetime(2026, 3, 4, tzinfo=UTC)
GUILD = Place("discord", "900")
WHO = {"UADA": "1001", "UBO": "77"}
OF_THE_MACHINE = {"posts", "schedules"}


def dump(path: Path, *but: str) -> dict[str, list[str]]:
    """Return every row that is no leftover of a machine, as text, in order."""
    connection = connect(str(path), busy_seconds=5)
    tables = {table.name for table in MOVED} | DERIVED - {"streak_revision", "streaks"}
    found = {
        name: sorted(json.dumps(row) for row in connection.execute(f"SELECT * FROM {name}").fetchall())
        for name in sorted(tables - set(but))
    }
    assert [*differences(connection, NOW)] == []
    connection.close()
    return found


def facts(path: Path) -> Sequence[tuple[str, ...]]:
    connection = connect(str(path), busy_seconds=5)
    query = """
        SELECT p.name, a.kind, a.subject, a.at, a.day, a.points, a.taken_back IS NULL, a.community_id IS NULL
        FROM activities AS a JOIN people AS p ON p.id = a.person_id ORDER BY p.name, a.at, a.id
    """
    rows = connection.execute(query).fetchall()
    connection.close()
    return rows


@pytest.fixture
async def lived(tmp_path: Path, clock: SetClock) -> Path:
    path = tmp_path / "old.db"
    store = await open_sqlite(path, clock)
    await live(store, path, clock)
    assert (await store.verify(mend=True)).checked["members"]
    await store.close()
    return path


@pytest.fixture
def file(lived: Path, tmp_path: Path) -> Path:
    written = move_out(lived, tmp_path / "group.jsonl", NOW)
    assert (written.name, written.members) == ("Study group", 3)
    return tmp_path / "group.jsonl"


def test_every_table_is_moved_or_made_anew_or_left_on_purpose(lived: Path) -> None:
    connection = connect(str(lived), busy_seconds=5)
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    tables = {name for (name,) in connection.execute(query).fetchall()}
    connection.close()
    assert tables == {table.name for table in MOVED} | DERIVED | LEFT


def test_a_new_machine_has_everything(lived: Path, file: Path, tmp_path: Path) -> None:
    arrived = move_in(file, tmp_path / "new.db", NOW)
    assert (arrived.name, arrived.members, arrived.without_account) == ("Study group", 3, ())
    assert dump(tmp_path / "new.db", "posts") == dump(lived, "posts")


def test_what_may_have_been_posted_is_not_posted_again(file: Path, tmp_path: Path) -> None:
    move_in(file, tmp_path / "new.db", NOW)
    connection = connect(str(tmp_path / "new.db"), busy_seconds=5)
    states = connection.execute("SELECT state FROM posts ORDER BY due").fetchall()
    connection.close()
    assert states == [("sent",), ("unknown",)], "what is pending is planned anew by its rule"


def test_no_key_of_the_machine_leaves_it(file: Path) -> None:
    text = file.read_text()
    assert "never to leave" not in text
    assert '"in": "calls"' not in text


def test_the_same_file_again_does_nothing(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "new.db"
    move_in(file, target, NOW)
    before = dump(target)
    again = move_in(file, target, NOW)
    assert again.already
    assert dump(target) == before


async def test_a_later_export_adds_only_what_is_new(lived: Path, file: Path, tmp_path: Path, clock: SetClock) -> None:
    target = tmp_path / "new.db"
    move_in(file, target, NOW)
    store = await open_sqlite(lived, clock)
    person = await store.people.find(MEMBERS["cy"])
    assert person is not None
    await store.check_ins.write(person.id, NOW.date(), "one more")
    await store.close()
    move_out(lived, tmp_path / "later.jsonl", NOW)
    later = move_in(tmp_path / "later.jsonl", target, NOW)
    assert (later.already, later.added) == (False, 1)
    assert dump(target, "posts") == dump(lived, "posts")


async def _at_home_in(target: Path, clock: SetClock) -> None:
    """Let there be life already: another community, and one of the members is here as well."""
    store = await open_sqlite(target, clock)
    for number in range(4):
        await store.people.enter(Handle("discord", "", str(number)), f"Somebody {number}")
    await store.communities.enter(Place("discord", "1"), "Another one")
    await store.people.enter(MEMBERS["ada"], "Ada")
    here = await store.communities.enter(SLACK, "Study group")
    await store.gaps.ask(here.id, "Why does it not converge?", 1)
    for week in range(3):
        opens = NOW + timedelta(weeks=week)
        await store.rounds.open(here.id, "c.other", "{}", opens, opens + timedelta(weeks=1))
    await store.close()


async def test_it_joins_others_who_live_there(lived: Path, file: Path, tmp_path: Path, clock: SetClock) -> None:
    target = tmp_path / "busy.db"
    await _at_home_in(target, clock)
    arrived = move_in(file, target, NOW)
    assert arrived.added > 40
    renumbered = [
        (fact[0], fact[1], fact[2].replace("c.one:4:", "c.one:1:").replace("4:2", "1:2"), *fact[3:])
        for fact in facts(target)
    ]
    assert renumbered == facts(lived), "the round has another number here, and the facts know it"
    assert [fact[2] for fact in facts(target) if fact[1] == "challenge-done"] == ["c.one:4:part:2"]
    dump(target)
    store = await open_sqlite(target, clock)
    for name, handle in MEMBERS.items():
        person = await store.people.find(handle)
        assert person is not None, name
        assert await store.check_ins.count(person.id) == 1
    assert len(await store.gaps.open(2)) == 1
    parted = await store.joins.part(Handle("discord", "", "77"))
    assert parted is not None, "joined accounts can still part"
    assert parted.name == "Bo elsewhere"
    await store.close()
    dump(target)


async def test_it_moves_to_another_platform(lived: Path, file: Path, tmp_path: Path, clock: SetClock) -> None:
    target = tmp_path / "new.db"
    arrived = move_in(file, target, NOW, Move(GUILD, "", WHO))
    assert arrived.without_account == (("UCY", "Cy"),)
    assert facts(target) == facts(lived)
    store = await open_sqlite(target, clock)
    ada = await store.people.find(Handle("discord", "", "1001"))
    assert ada is not None
    assert ada.name == "Ada"
    assert await store.people.find(MEMBERS["ada"]) is None
    bo = await store.people.find(Handle("discord", "", "77"))
    assert bo is not None
    assert bo.name == "Bo", "an account that was joined already is the same person"
    assert await store.people.find(MEMBERS["cy"]), "who has no account there is still known by the old one"
    community = await store.communities.find(GUILD)
    assert community is not None
    assert (community.zone, await store.posts.arranged(community.id)) == ("Europe/Rome", [])
    assert (await store.verify()).differences == ()
    await store.close()


def test_another_workspace_is_another_place(file: Path, tmp_path: Path) -> None:
    arrived = move_in(file, tmp_path / "new.db", NOW, Move(ELSEWHERE, "T2", {"UADA": "UNEW"}))
    assert arrived.place == ELSEWHERE


async def test_only_one_community_leaves(lived: Path, tmp_path: Path, clock: SetClock) -> None:
    store = await open_sqlite(lived, clock)
    other = await store.communities.enter(Place("discord", "5"), "Secret society")
    stranger = await store.people.enter(Handle("discord", "", "666"), "Stranger")
    await store.boards.join(other.id, stranger.id)
    await store.close()
    with pytest.raises(StoreError, match=r"several communities.*slack:T1 \(Study group\)"):
        move_out(lived, tmp_path / "one.jsonl", NOW)
    with pytest.raises(StoreError, match="There is no slack:T9"):
        move_out(lived, tmp_path / "one.jsonl", NOW, place=Place("slack", "T9"))
    move_out(lived, tmp_path / "one.jsonl", NOW, place=SLACK)
    text = (tmp_path / "one.jsonl").read_text()
    assert "Stranger" not in text
    assert "Secret society" not in text
    assert "data_key" not in text, "the key of all challenges stays where others live"
    assert move_in(tmp_path / "one.jsonl", tmp_path / "new.db", NOW).members == 3


SPOILED: dict[str, Callable[[str], str]] = {
    "a changed word": lambda text: text.replace("Ada", "Eve", 1),
    "a lost line": lambda text: "\n".join(text.split("\n")[:20] + text.split("\n")[21:]),
    "cut off": lambda text: text[: len(text) // 2],
    "cut off between lines": lambda text: "\n".join(text.split("\n")[:-3]),
    "something else": lambda _: "id,name\n1,Ada\n",
    "empty": lambda _: "",
}


@pytest.mark.parametrize("spoiled", SPOILED)
def test_a_spoiled_file_changes_nothing(file: Path, tmp_path: Path, spoiled: str) -> None:
    file.write_text(SPOILED[spoiled](file.read_text()))
    with pytest.raises(StoreError, match=r"cannot be used|is not the export"):
        move_in(file, tmp_path / "new.db", NOW)
    assert not (tmp_path / "new.db").exists()


def _signed(lines: Sequence[str]) -> str:
    text = "".join(f"{line}\n" for line in lines)
    return text + json.dumps({"sha256": sha256(text.encode()).hexdigest()}) + "\n"


@pytest.mark.parametrize(
    "line",
    [
        '{"in": "sealed", "key": "slack:token", "value": "x"}',
        '{"in": "people; DROP TABLE people", "id": 1}',
        '{"in": "pauses", "id": 1, "person_id": 1, "first": "2026-03-02", "last": "2026-03-01"}',
        '{"in": "told", "person_id": 1, "what": "x", "more) VALUES (1": 2}',
        '{"in": "told", "person_id": [1], "what": "x"}',
    ],
)
def test_a_line_that_does_not_fit_changes_nothing(file: Path, tmp_path: Path, line: str) -> None:
    lines = file.read_text().splitlines()[:-1]
    file.write_text(_signed([*lines[:-1], line, lines[-1]]))
    target = tmp_path / "new.db"
    with pytest.raises(StoreError, match="cannot be used"):
        move_in(file, target, NOW)
    connection = connect(str(target), busy_seconds=5) if target.exists() else None
    if connection is not None:
        assert connection.execute("SELECT count(*) FROM people").fetchone() == (0,)
        connection.close()


def test_it_waits_for_the_bot_to_stop(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "new.db"
    with at_work_on(target), pytest.raises(StoreError, match="A bot is at work"):
        move_in(file, target, NOW)


def test_it_travels_encrypted(lived: Path, tmp_path: Path) -> None:
    phrase, sealed = b"correct horse battery", tmp_path / "group.sealed"
    move_out(lived, sealed, NOW, phrase=phrase)
    assert b"Ada" not in sealed.read_bytes()
    with pytest.raises(StoreError, match="is encrypted"):
        move_in(sealed, tmp_path / "new.db", NOW)
    arrived: Arrived = move_in(sealed, tmp_path / "new.db", NOW, phrase=phrase)
    assert arrived.members == 3
    assert not [one for one in tmp_path.iterdir() if one.name.endswith(".part")]
