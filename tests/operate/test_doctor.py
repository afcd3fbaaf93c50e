"""The doctor sees what is wrong, names the cure, and says nothing secret."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.core.findings import Finding, Health
from bot.operate import disks
from bot.operate.doctor import Patient, compare_clocks, look_around
from bot.settings import Settings
from storage import at_work_on
from storage.driver import connect
from storage.opening import open_sqlite
from tests.clock import ManualClock
from tests.conftest import SMALL_PACK
from tests.operate.stepwise import stepwise

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.fixture
async def database(tmp_path: Path, clock: ManualClock) -> Path:
    store = await open_sqlite(tmp_path / "stepwise.db", clock)
    await store.streaks.beat(timedelta(minutes=5))
    await store.close()
    return tmp_path / "stepwise.db"


def patient(database: Path, *, now: datetime = NOW, environ: dict[str, str] | None = None, **more: object) -> Patient:
    settings = Settings(database_url=f"sqlite:///{database}", content=str(SMALL_PACK), **more)  # type: ignore[arg-type]
    return Patient(settings, now, environ or {})


def found(patient: Patient, what: str) -> list[Finding]:
    return [one for one in look_around(patient) if one.what == what]


def worst(patient: Patient, what: str) -> Finding:
    return max(found(patient, what), key=lambda one: list(Health).index(one.health))


def test_all_is_well_in_a_new_house(database: Path) -> None:
    findings = list(look_around(patient(database)))
    assert {one.what for one in findings} == {
        "settings", "zone data", "disk", "SQLite", "database", "schedule", "backups", "content",
    }  # fmt: skip
    assert not [one for one in findings if one.health is Health.PROBLEM]
    assert all(one.cure for one in findings if one.health is not Health.OK)


def test_a_database_that_is_not_there_yet_is_no_problem(tmp_path: Path) -> None:
    assert "will be made" in worst(patient(tmp_path / "new.db"), "database").said
    missing = worst(patient(tmp_path / "nowhere" / "new.db"), "disk")
    assert (missing.health, missing.cure) == (Health.PROBLEM, "Create it.")


DAMAGES = {
    "newer": ("PRAGMA user_version = 999", Health.PROBLEM, "Update Stepwise"),
    "older": ("PRAGMA user_version = 1", Health.WARNING, "backup"),
    "a row that points at nothing": ("INSERT INTO told VALUES (404, 'x')", Health.PROBLEM, "backup"),
}


@pytest.mark.parametrize(("sql", "health", "cure"), DAMAGES.values(), ids=DAMAGES)
def test_a_database_that_is_not_well(database: Path, sql: str, health: Health, cure: str) -> None:
    with closing(connect(str(database), busy_seconds=1)) as connection:
        connection.execute(sql)
    one = worst(patient(database), "database")
    assert one.health is health
    assert cure in one.cure


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "cats.db").write_bytes(b"cats" * 4096)
    assert worst(patient(tmp_path / "cats.db"), "database").health is Health.PROBLEM


def test_a_clock_that_was_set_back(database: Path) -> None:
    one = worst(patient(database, now=NOW - timedelta(days=2)), "clock")
    assert one.health is Health.PROBLEM
    assert "ahead of this clock" in one.said


@pytest.mark.parametrize(
    ("seconds", "health"), [(0, Health.OK), (29, Health.OK), (-60, Health.WARNING), (3600, Health.PROBLEM)]
)
def test_clocks_are_compared(seconds: int, health: Health) -> None:
    assert compare_clocks(NOW, [NOW + timedelta(seconds=seconds)]).health is health
    assert compare_clocks(NOW, []).health is Health.OK


def test_a_slip_in_a_variable_is_seen(database: Path) -> None:
    one = worst(patient(database, environ={"STEPWISE_BACKUP_DIRR": "/x"}), "settings")
    assert "Did you mean STEPWISE_BACKUP_DIR" in one.said


def test_a_host_that_forgets_is_seen(database: Path) -> None:
    one = worst(patient(database, environ={"K_SERVICE": "bot"}), "disk")
    assert one.health is Health.WARNING
    assert "Cloud Run" in one.said


@pytest.mark.parametrize(
    ("mounts", "kind"),
    [
        ([("/", "overlay"), ("/data", "ext4")], "ext4"),
        ([("/", "ext4"), ("/data", "ext4"), ("/data", "tmpfs")], "tmpfs"),
        ([("/", "overlay"), ("/dat", "ext4")], "overlay"),
        ([], ""),
    ],
)
def test_the_nearest_mount_counts(mounts: list[tuple[str, str]], kind: str) -> None:
    assert disks._kind(Path("/data/bot"), mounts) == kind


def test_backups_that_stopped_coming_are_seen(database: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    assert "makes none" in worst(patient(database), "backups").said
    assert "none in" in worst(patient(database, backup_dir=folder), "backups").said
    folder.mkdir()
    (folder / "stepwise-20261120T080000Z.db").write_text("x")
    assert worst(patient(database, backup_dir=folder), "backups").health is Health.OK
    late = patient(database, backup_dir=folder, now=NOW + timedelta(days=9))
    assert worst(late, "backups").health is Health.PROBLEM


def test_what_waits_too_long_is_seen(database: Path) -> None:
    with closing(connect(str(database), busy_seconds=1)) as connection:
        connection.execute("INSERT INTO people (name) VALUES ('Ada')")
        connection.execute("INSERT INTO communities (platform, place_key, name) VALUES ('p', '1', 'Home')")
        connection.execute(
            "INSERT INTO reminders (person_id, platform, realm, account, wall, due)"
            " VALUES (1, 'p', '', '1', '18:00', '2026-11-20T18:00:00.000000+00:00')"
        )
    one = worst(patient(database), "schedule")
    assert one.health is Health.WARNING
    assert "2026-11-20 18:00" in one.said


def test_a_bot_at_work_is_seen(database: Path) -> None:
    assert found(patient(database), "bot") == []
    with at_work_on(database):
        assert found(patient(database), "bot")[0].health is Health.OK


def test_a_passphrase_that_others_can_read_is_seen(database: Path, tmp_path: Path) -> None:
    phrase = tmp_path / "phrase"
    phrase.write_text("a long enough phrase")
    phrase.chmod(0o644)
    assert "chmod 600" in worst(patient(database, backup_passphrase_file=phrase), "settings").cure
    phrase.chmod(0o600)
    assert worst(patient(database, backup_passphrase_file=phrase), "settings").health is Health.OK


def test_a_passphrase_that_cannot_be_read_is_a_problem_and_not_the_doctors_end(database: Path, tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere", tmp_path):
        one = worst(patient(database, backup_passphrase_file=path), "settings")
        assert one.health is Health.PROBLEM
        assert str(path) in one.said


def test_content_that_cannot_be_used_is_seen(database: Path, tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    one = worst(
        Patient(Settings(database_url=f"sqlite:///{database}", content=str(tmp_path / "pack")), NOW, {}), "content"
    )
    assert one.health is Health.PROBLEM
    assert "stepwise content check" in one.cure


@pytest.fixture
def folder(database: Path) -> Path:
    return database.parent


def test_from_the_command_line(folder: Path) -> None:
    done = stepwise(folder, "doctor")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ok      database:" in done.stdout
    assert "0 problems" in done.stdout
    told = json.loads(stepwise(folder, "doctor", "--json").stdout)
    assert told["health"] == "warning"
    assert {"what", "health", "said", "cure"} == told["findings"][0].keys()
    assert stepwise(folder, "doctor", "--strict", "--offline").returncode == 1


def test_settings_that_cannot_be_used_are_a_finding(folder: Path) -> None:
    done = stepwise(folder, "doctor", "--json", STEPWISE_TIME_ZONE="Mars/Olympus")
    assert done.returncode == 1
    assert "Mars/Olympus" in json.loads(done.stdout)["findings"][0]["said"]


def test_no_secret_is_said(folder: Path) -> None:
    token = "MTIzNDU2.secret-token-of-nobody"
    done = stepwise(folder, "doctor", DISCORD_TOKEN=token, STEPWISE_DISCORD_API_URL="http://127.0.0.1:9/api/v10")
    assert done.returncode == 1
    assert "PROBLEM Discord: It cannot be reached" in done.stdout
    assert "secret-token" not in done.stdout + done.stderr


def test_looking_changes_no_version(folder: Path) -> None:
    with closing(connect(str(folder / "stepwise.db"), busy_seconds=1)) as connection:
        connection.execute("PRAGMA user_version = 3")
    many = {"SLACK_CLIENT_ID": "1", "SLACK_CLIENT_SECRET": "c" * 20, "SLACK_SIGNING_SECRET": "s" * 20}
    done = stepwise(folder, "doctor", **many, STEPWISE_SECRET="a long enough secret")
    assert "keys were not looked at" in done.stdout
    with closing(connect(str(folder / "stepwise.db"), busy_seconds=1)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (3,)
