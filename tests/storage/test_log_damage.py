"""A damaged log is told of; one that a power cut tore, or that is whole, is not."""

from __future__ import annotations

import logging
import os
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from storage.driver import connect
from storage.log_damage import read_marks, tell_of_damage

WRITES = 20


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database as a killed process leaves it: with its writes in the log."""
    path, left = tmp_path / "live.db", tmp_path / "left.db"
    with closing(connect(str(path), busy_seconds=1)) as connection:
        connection.execute("PRAGMA journal_mode = WAL").fetchall()
        connection.execute("CREATE TABLE facts (number INTEGER)")
        for number in range(WRITES):
            connection.execute("INSERT INTO facts VALUES (?)", (number,))
        shutil.copy(path, left)
        shutil.copy(log_of(path), log_of(left))
    return left


def log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def spoil(path: Path, where: float) -> None:
    with log_of(path).open("r+b") as file:
        file.seek(int(log_of(path).stat().st_size * where))
        file.write(os.urandom(64))


def lost(path: Path) -> tuple[int, int]:
    """Return how many writes are said to be lost, and how many are there."""
    marks = read_marks(path)
    with closing(connect(str(path), busy_seconds=1)) as connection:
        said = tell_of_damage(connection, marks)
        return said, connection.execute("SELECT count(*) FROM facts").fetchone()[0]


def test_a_whole_log_is_not_worth_a_word(database: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert len(read_marks(database).commits) == WRITES + 1
    assert lost(database) == (0, WRITES)
    assert caplog.records == []


@pytest.mark.parametrize("cut", [1, 2000, 4120, 5000])
def test_a_torn_end_is_not_worth_a_word(database: Path, cut: int) -> None:
    size = log_of(database).stat().st_size
    os.truncate(log_of(database), size - cut)
    assert lost(database)[0] == 0


def test_rubbish_after_its_end_is_not_worth_a_word(database: Path) -> None:
    with log_of(database).open("ab") as file:
        file.write(os.urandom(9_000))
    assert lost(database) == (0, WRITES)


def test_what_an_earlier_round_left_is_not_worth_a_word(tmp_path: Path) -> None:
    path = tmp_path / "live.db"
    with closing(connect(str(path), busy_seconds=1)) as connection:
        connection.execute("PRAGMA journal_mode = WAL").fetchall()
        connection.execute("CREATE TABLE facts (number INTEGER)")
        for number in range(WRITES):
            connection.execute("INSERT INTO facts VALUES (?)", (number,))
        connection.execute("PRAGMA wal_checkpoint(RESTART)").fetchall()
        connection.execute("INSERT INTO facts VALUES (0)")
        assert len(read_marks(path).commits) == 1
        assert tell_of_damage(connection, read_marks(path)) == 0


def test_a_damaged_middle_is_told(database: Path, caplog: pytest.LogCaptureFixture) -> None:
    spoil(database, 0.5)
    with caplog.at_level(logging.ERROR):
        said, there = lost(database)
    assert 0 < there < WRITES
    assert said in {WRITES - there - 1, WRITES - there - 2}, "the damage may hit what stands before a frame"
    assert f"at least {said} groups of writes" in caplog.text


def test_without_a_log_there_is_nothing_to_say(tmp_path: Path) -> None:
    assert read_marks(tmp_path / "none.db").commits == ()
    (tmp_path / "short.db-wal").write_bytes(b"short")
    assert read_marks(tmp_path / "short.db").commits == ()
