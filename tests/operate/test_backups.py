"""Backups that the bot makes by itself: in time, only so many, and never from a clock's mistake."""

from __future__ import annotations

import asyncio
import logging
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from bot.operate.backups import Backups, kept_in
from bot.settings import BadSettings, Settings, read_settings
from bot.wiring import House, keeping_watch
from storage import is_at_work, sqlite_path
from storage.sealed_file import is_sealed
from tests.clock import ManualClock
from tests.operate.stepwise import STEPWISE, clean, stepwise

DAY = timedelta(days=1)


def backups(house: House, clock: ManualClock, folder: Path, **more: object) -> Backups:
    database = sqlite_path(house.settings.database_url)
    return Backups(database, folder, DAY, 3, clock, **more)  # type: ignore[arg-type]


async def test_one_is_made_when_the_last_is_old_enough(house: House, clock: ManualClock, tmp_path: Path) -> None:
    kept = backups(house, clock, tmp_path / "backups")
    first = await kept.turn()
    assert first is not None
    assert first.name == "stepwise-20261121T090000Z.db"
    clock.advance(hours=23)
    assert await kept.turn() is None
    clock.advance(hours=1)
    assert await kept.turn() is not None
    assert len(kept_in(tmp_path / "backups")) == 2


async def test_only_so_many_are_kept_and_nothing_else_is_touched(
    house: House, clock: ManualClock, tmp_path: Path
) -> None:
    kept, folder = backups(house, clock, tmp_path / "backups"), tmp_path / "backups"
    folder.mkdir()
    (folder / "by-hand.db").write_text("mine")
    made = []
    for _ in range(5):
        made.append(await kept.turn())
        clock.advance(days=1)
    assert [one.path for one in kept_in(folder)] == made[-3:]
    assert (folder / "by-hand.db").read_text() == "mine"


async def test_a_clock_that_ran_ahead_stops_no_backups(house: House, clock: ManualClock, tmp_path: Path) -> None:
    kept = backups(house, clock, tmp_path / "backups")
    clock.advance(days=400)
    await kept.turn()
    clock.advance(days=-400)
    today = await kept.turn()
    assert today is not None
    assert await kept.turn() is None, "the one from the future does not make us go on and on"
    assert today.exists()


async def test_they_are_encrypted_where_there_is_a_passphrase(house: House, clock: ManualClock, tmp_path: Path) -> None:
    phrase = tmp_path / "phrase"
    phrase.write_text("a long enough phrase\n")
    made = await backups(house, clock, tmp_path / "backups", phrase_file=phrase).turn()
    assert made is not None
    assert made.name.endswith(".db.sealed")
    assert is_sealed(made)


async def test_a_backup_that_cannot_be_made_is_told_and_stops_nothing(
    house: House, clock: ManualClock, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("")
    with caplog.at_level(logging.ERROR):
        assert await backups(house, clock, tmp_path / "file").turn() is None
    assert "could not be made" in caplog.text


async def test_the_bot_makes_them_while_it_is_at_work(house: House, clock: ManualClock, tmp_path: Path) -> None:
    settings = house.settings.model_copy(update={"backup_dir": tmp_path / "backups"})
    with_backups = House(settings, house.store, house.registry, house.services, house.dispatcher)
    async with asyncio.timeout(30), keeping_watch(with_backups):
        while not kept_in(tmp_path / "backups"):  # noqa: ASYNC110
            await asyncio.sleep(0)  # nobody says when a round had its turn
    assert len(kept_in(tmp_path / "backups")) == 1


@pytest.mark.parametrize(("text", "hours"), [("24h", 24), ("1d", 24), ("90m", 1.5)])
def test_how_often_is_a_time(text: str, hours: float) -> None:
    assert Settings(backup_every=text).backup_span == timedelta(hours=hours)


def test_what_is_no_time_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEPWISE_BACKUP_EVERY", "often")
    with pytest.raises(BadSettings, match="STEPWISE_BACKUP_EVERY: 'often' is no time"):
        read_settings()


def test_by_hand_from_the_command_line(tmp_path: Path) -> None:
    assert stepwise(tmp_path, "say", "/tip").returncode == 0
    (tmp_path / "phrase").write_text("a long enough phrase\n")
    made = stepwise(tmp_path, "backup", "copy.sealed", "--passphrase-file", "phrase")
    assert made.returncode == 0, made.stderr
    assert "Wrote copy.sealed: 0 communities, 1 members" in made.stdout
    again = stepwise(tmp_path, "backup", "copy.sealed")
    assert again.returncode == 2
    assert "is there already" in again.stderr
    locked = stepwise(tmp_path, "restore", "copy.sealed")
    assert locked.returncode == 2
    assert "--passphrase-file" in locked.stderr
    back = stepwise(tmp_path, "restore", "copy.sealed", "--passphrase-file", "phrase")
    assert back.returncode == 0, back.stderr
    assert "The database before it lies at" in back.stdout
    assert stepwise(tmp_path, "db", "verify").returncode == 0


def test_a_bot_at_its_prompt_is_at_work(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*STEPWISE, "console"],
        cwd=tmp_path,
        env=clean(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        try:
            assert running.stdin and running.stdout
            assert "listening" in running.stdout.readline()
            assert is_at_work(tmp_path / "stepwise.db")
            assert stepwise(tmp_path, "backup", "copy.db").returncode == 0
            refused = stepwise(tmp_path, "restore", "copy.db")
            assert refused.returncode == 2
            assert "A bot is at work" in refused.stderr
            running.stdin.close()
            assert running.wait(timeout=30) == 0
        finally:
            running.kill()
    assert not is_at_work(tmp_path / "stepwise.db")
