from __future__ import annotations

from pathlib import Path

import pytest

from bot.ports import StoreError, Trouble
from storage import has_wal_reset_bug, open_store, sqlite_version
from storage.url import sqlite_path
from tests.storage.conftest import ADA, SetClock


async def test_a_store_is_opened_by_its_url(path: Path, clock: SetClock) -> None:
    store = await open_store(f"sqlite:///{path}", clock)
    assert (await store.people.enter(ADA, "Ada")).name == "Ada"
    await store.close()
    assert path in list(path.parent.iterdir())


def test_three_slashes_begin_here_and_four_at_the_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert sqlite_path("sqlite:///stepwise.db") == tmp_path / "stepwise.db"
    assert sqlite_path("sqlite:////var/lib/stepwise.db") == Path("/var/lib/stepwise.db")
    assert sqlite_path("sqlite:///~/stepwise.db") == Path.home() / "stepwise.db"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "stepwise.db",
        "sqlite://",
        "sqlite:///",
        "sqlite:///folder/",
        "sqlite://:memory:",
        "sqlite:///:memory:",
        "sqlite:///a.db?mode=ro",
        "postgres://bot:secret@db/stepwise",
        "sqlite+aiosqlite:///a.db",
    ],
)
async def test_any_other_form_is_refused_and_the_cure_names_the_right_one(url: str, clock: SetClock) -> None:
    with pytest.raises(StoreError) as error:
        await open_store(url, clock)
    assert error.value.trouble is Trouble.UNREACHABLE
    assert "sqlite:///stepwise.db" in error.value.cure
    assert "secret" not in str(error.value)


def test_the_version_of_the_library_is_known() -> None:
    assert sqlite_version().startswith("3.")
    assert has_wal_reset_bug() == has_wal_reset_bug(sqlite_version())


@pytest.mark.parametrize(
    ("version", "affected"),
    [
        ("3.6.23", False),
        ("3.7.0", True),
        ("3.40.1", True),
        ("3.44.5", True),
        ("3.44.6", False),
        ("3.50.6", True),
        ("3.50.7", False),
        ("3.51.2", True),
        ("3.51.3", False),
        ("3.53.4", False),
    ],
)
def test_versions_that_can_damage_a_log_are_known(version: str, affected: bool) -> None:
    assert has_wal_reset_bug(version) is affected
