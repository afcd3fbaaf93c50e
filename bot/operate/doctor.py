"""Looks at everything that can be seen from here: each look gives one finding with its cure."""

from __future__ import annotations

import os
import zoneinfo
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bot.core.findings import Finding, broken, doubtful, well
from bot.models.pulse import Pulse
from bot.operate import disks
from bot.operate.backups import kept_in
from bot.ports import StoreError
from bot.settings import Settings, unknown_variables
from content.checks.run import find_errors
from content.loader import load_packs
from storage import (
    Inventory,
    has_wal_reset_bug,
    is_at_work,
    known_version,
    look_at,
    pulse_of,
    sqlite_path,
    sqlite_version,
)

MUCH_SKEW, MORE_SKEW = timedelta(seconds=30), timedelta(minutes=4)
LITTLE_ROOM, NO_ROOM = 500_000_000, 50_000_000
OLD_ZONES = timedelta(days=540)
LATE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Patient:
    """What is looked at."""

    settings: Settings
    now: datetime
    environ: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))

    @property
    def database(self) -> Path:
        """Return the file of the database."""
        return sqlite_path(self.settings.database_url)


def look_around(patient: Patient, progress: Callable[[str], None] = lambda _: None) -> Iterator[Finding]:
    """Look at everything that needs no network."""
    for look in (_settings, _clock, _zones, _disk, _database, _work, _backups, _content):
        progress(look.__name__.strip("_"))
        yield from look(patient)


def compare_clocks(ours: datetime, theirs: Sequence[datetime]) -> Finding:
    """Compare our clock with those of others."""
    if not theirs:
        return well("clock", f"{ours:%Y-%m-%d %H:%M:%S} UTC; nobody was there to compare with.")
    skew = min((abs(ours - one.astimezone(UTC)) for one in theirs), default=timedelta(0))
    if skew < MUCH_SKEW:
        return well("clock", f"{ours:%Y-%m-%d %H:%M:%S} UTC, as others have it.")
    said = f"It differs from the platforms' by {skew.total_seconds():.0f} s."
    cure = "Let the system keep it right, for example: timedatectl set-ntp true"
    return broken("clock", said, cure) if skew > MORE_SKEW else doubtful("clock", said, cure)


def _settings(patient: Patient) -> Iterator[Finding]:
    slips = unknown_variables(patient.environ)
    yield (
        doubtful("settings", " ".join(slips), "Rename or remove them.")
        if slips
        else well("settings", "All of them can be used. `stepwise settings` lists them.")
    )
    phrase = patient.settings.backup_passphrase_file
    if phrase is not None:
        yield from _passphrase(phrase)


def _passphrase(path: Path) -> Iterator[Finding]:
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
    except OSError as error:
        said = f"The passphrase file {path} cannot be read ({error.strerror}), so no backup is made."
        yield broken("settings", said, "Write the passphrase into it, and let the user who runs the bot read it.")
        return
    if mode & 0o077 and os.name == "posix":
        yield doubtful("settings", f"Others on this machine may read {path}.", f"chmod 600 {path}")


def _clock(patient: Patient) -> Iterator[Finding]:
    """A clock that stands before what was written already was set back, or the file comes from the future."""
    beat = _pulse(patient)
    if beat and beat.beat and beat.beat > patient.now + MUCH_SKEW:
        said = f"The database was last written at {beat.beat:%Y-%m-%d %H:%M} UTC, which lies ahead of this clock."
        yield broken("clock", said, "Set the clock right before the bot starts: days and posts hang on it.")


def _zones(patient: Patient) -> Iterator[Finding]:
    try:
        release = version("tzdata")
    except PackageNotFoundError:
        cure = "Install Stepwise with its locked dependencies."
        yield broken("zone data", "The tzdata package is missing.", cure)
        return
    zoneinfo.reset_tzpath(())  # as the bot does
    year = int(release.split(".")[0])
    old = patient.now - datetime(year, 1, 1, tzinfo=UTC) > OLD_ZONES
    yield (
        doubtful("zone data", f"tzdata {release} is old; countries change their clocks.", "Update Stepwise.")
        if old
        else well("zone data", f"tzdata {release}; the default zone is {patient.settings.time_zone}.")
    )


def _disk(patient: Patient) -> Iterator[Finding]:
    folder = patient.database.parent
    if not folder.is_dir():
        yield broken("disk", f"The folder {folder} for the database does not exist.", "Create it.")
        return
    disk, host = disks.look(folder), disks.forgetful_host(patient.environ)
    room = f"{disk.free / 1e9:.1f} GB free of {disk.size / 1e9:.1f}"
    if not disk.writable:
        yield broken("disk", f"{folder} cannot be written to.", "Let the user who runs the bot write there.")
    if disk.free < NO_ROOM:
        yield broken("disk", f"{room}: nothing can be saved soon.", "Free some space.")
    elif disk.free < LITTLE_ROOM:
        yield doubtful("disk", f"{room}.", "Free some space before it runs out.")
    else:
        yield well("disk", f"{room}.")
    if disk.kind in disks.PASSING or host:
        where = host or f"a file system of the kind {disk.kind}"
        cure = "Put the database on a volume that stays, and name it in STEPWISE_DATABASE_URL."
        yield doubtful("disk", f"{folder} lies on {where}, which may forget everything at the next start.", cure)
    elif disk.kind in disks.NETWORKED:
        cure = "Put the database on a disk of this machine; locks over a network can fail."
        yield doubtful("disk", f"{folder} lies on a network ({disk.kind}).", cure)


def _database(patient: Patient) -> Iterator[Finding]:
    if has_wal_reset_bug():
        cure = "Use a machine for which pysqlite3 has a wheel, or a Python with SQLite 3.51.3 or newer."
        yield doubtful("SQLite", f"{sqlite_version()} can damage a database in rare cases.", cure)
    else:
        yield well("SQLite", f"{sqlite_version()}.")
    if not patient.database.exists():
        yield well("database", f"{patient.database} will be made at the first start.")
        return
    try:
        yield _version(patient.database, look_at(patient.database))
    except StoreError as error:
        yield broken("database", error.what, error.cure)


def _version(path: Path, found: Inventory) -> Finding:
    counts = f"{found.communities} communities, {found.members} members, {found.facts} facts"
    if found.version > known_version():
        said = f"{path} has version {found.version}, and this Stepwise knows {known_version()}."
        return broken("database", said, "Update Stepwise, or restore the backup from before the update.")
    if found.version < known_version():
        said = f"{path} is sound ({counts}) and goes from version {found.version} to {known_version()} at the start."
        return doubtful("database", said, "Make a backup first: stepwise backup FILE")
    return well("database", f"{path} is sound: {counts}, version {found.version}.")


def _work(patient: Patient) -> Iterator[Finding]:
    if is_at_work(patient.database):
        yield well("bot", "A bot is at work on this database.")
    pulse = _pulse(patient)
    if pulse is None:
        return
    waiting = [since for since in (pulse.post_due, pulse.reminder_due) if since and patient.now - since > LATE]
    if pulse.troubled_schedules:
        said = f"{pulse.troubled_schedules} schedules cannot post where they should."
        yield doubtful("schedule", said, "Their organisers were told; they choose another channel in /setup.")
    if waiting:
        said = f"Something waits since {min(waiting):%Y-%m-%d %H:%M} UTC to be sent."
        yield doubtful("schedule", said, "Start the bot, or look into its log if it runs.")
    if not waiting and not pulse.troubled_schedules:
        yield well("schedule", "Nothing is late.")


def _pulse(patient: Patient) -> Pulse | None:
    try:
        return pulse_of(patient.database, patient.now) if patient.database.exists() else None
    except StoreError:  # the look at the database tells of it
        return None


def _backups(patient: Patient) -> Iterator[Finding]:
    settings = patient.settings
    if settings.backup_dir is None:
        cure = "Set STEPWISE_BACKUP_DIR to a folder, best on another disk, or call `stepwise backup` by a timer."
        yield doubtful("backups", "The bot makes none by itself.", cure)
        return
    made = kept_in(settings.backup_dir)
    if not made:
        yield doubtful("backups", f"There is none in {settings.backup_dir} yet.", "It comes when the bot runs.")
    elif patient.now - made[-1].made > 2 * settings.backup_span:
        said = f"The newest is from {made[-1].made:%Y-%m-%d %H:%M} UTC."
        yield broken("backups", said, "Look into the log for why none came since.")
    else:
        yield well("backups", f"{len(made)} of them, the newest from {made[-1].made:%Y-%m-%d %H:%M} UTC.")


def _content(patient: Patient) -> Iterator[Finding]:
    packs = load_packs(patient.settings.packs)
    errors = find_errors(packs, patient.now.date())
    if errors:
        said = f"{len(errors)} entries cannot be used; the first: {errors[0]}"
        yield broken("content", said, "Run `stepwise content check` and mend what it names.")
    else:
        yield well("content", f"{len(packs)} packs, all entries can be used.")
