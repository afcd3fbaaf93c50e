"""What went wrong, in plain words: errors of the database library become errors of the store."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from typing import Any

from bot.ports import StoreError, Trouble
from storage.driver import DatabaseError

# The primary result codes of SQLite; the low byte of an extended code is its primary code.
_PERMISSION, _BUSY, _LOCKED, _READ_ONLY, _IO, _CORRUPT, _FULL, _CANNOT_OPEN, _NOT_A_DATABASE = (
    3, 5, 6, 8, 10, 11, 13, 14, 26,
)  # fmt: skip
_FOREIGN_KEY = "FOREIGN KEY constraint failed"
_ROOM_TO_WORK = 1_000_000


def explain(error: BaseException, path: Path) -> BaseException:
    """Turn an error of the database library into one that says what happened and what to do."""
    if not isinstance(error, DatabaseError):
        return error
    explained = _explained(error, path)
    if explained is not error:
        explained.__cause__ = error
    return explained


def fail(waiter: asyncio.Future[Any], error: BaseException, path: Path) -> None:
    """Tell whoever waits for work on this file what went wrong."""
    if isinstance(error, asyncio.CancelledError):
        waiter.cancel()
    elif isinstance(error, StopIteration):  # no future takes one, and its caller would hang
        waiter.set_exception(RuntimeError("There were no rows left."))
    else:
        waiter.set_exception(explain(error, path))


def _explained(error: Exception, path: Path) -> Exception:
    if _FOREIGN_KEY in str(error):  # the code alone does not tell one constraint from another
        return LookupError("There is no person or community with this id.")
    primary = _code(error)
    if primary == _IO:
        return _full(path) if _has_no_room(path) else _unreadable(path, error)
    said = _BY_CODE.get(primary)
    return said(path) if said else error


def blocks_everybody(error: BaseException) -> bool:
    """Say whether trying the next write at once would meet the same trouble."""
    if isinstance(error, StoreError):
        return True
    return _code(error) in {_BUSY, _READ_ONLY, _CORRUPT, _CANNOT_OPEN, _NOT_A_DATABASE}


def closed() -> StoreError:
    """Return the error of a store that was closed."""
    return StoreError(Trouble.CLOSED, "The database is closed.", "Start the bot again.")


def moved(path: Path) -> StoreError:
    """Return the error of a file that went away under a running bot."""
    return StoreError(
        Trouble.UNREACHABLE,
        f"The database file {path} was moved, deleted or replaced while the bot was running.",
        "Stop the bot, put the right file in its place, and start it again.",
    )


def no_folder(path: Path) -> StoreError:
    """Return the error of a database whose folder is missing."""
    return StoreError(
        Trouble.UNREACHABLE,
        f"The folder {path.parent} for the database does not exist.",
        "Create the folder, or choose another place in STEPWISE_DATABASE_URL.",
    )


def is_folder(path: Path) -> StoreError:
    """Return the error of a database path that names a folder."""
    return StoreError(
        Trouble.UNREACHABLE,
        f"{path} is a folder, not a database file.",
        "Name a file in it in STEPWISE_DATABASE_URL, for example stepwise.db.",
    )


def no_permission(path: Path) -> StoreError:
    """Return the error of a file or folder that this user may not use."""
    return StoreError(
        Trouble.UNREACHABLE,
        f"The database {path} cannot be opened.",
        "Check that the user who runs the bot may read and write the file and its folder.",
    )


def foreign(path: Path) -> StoreError:
    """Return the error of a database that another program made."""
    return StoreError(
        Trouble.UNREACHABLE,
        f"The database {path} belongs to another program. Nothing in it was changed.",
        "Choose another file in STEPWISE_DATABASE_URL.",
    )


def newer(path: Path, found: int, known: int) -> StoreError:
    """Return the error of a database that a newer Stepwise wrote."""
    return StoreError(
        Trouble.NEWER,
        f"The database {path} has version {found}, and this Stepwise knows versions up to {known}.",
        "Update Stepwise, or use the backup that was made before the update.",
    )


def not_migrated(path: Path, version: int, error: BaseException) -> StoreError:
    """Return the error of a migration that failed and left nothing behind."""
    return StoreError(
        Trouble.MIGRATION,
        f"The database {path} could not be brought to version {version}: {error}. Nothing in it was changed.",
        "Keep the file, go back to the Stepwise that you used before, and report this message.",
    )


def not_a_database(path: Path) -> StoreError:
    """Return the error of a file that holds something else."""
    return StoreError(
        Trouble.CORRUPT,
        f"The file {path} is not a database. Nothing in it was changed.",
        "Put your last backup in its place, or choose another file in STEPWISE_DATABASE_URL.",
    )


def _full(path: Path) -> StoreError:
    return StoreError(
        Trouble.FULL,
        f"There is no room left for the database {path}. What was saved before is safe.",
        "Free some space on this disk; the bot goes on by itself.",
    )


def _read_only(path: Path) -> StoreError:
    return StoreError(
        Trouble.READ_ONLY,
        f"The database {path} cannot be written to.",
        "Allow the user who runs the bot to write to the file and its folder.",
    )


def _locked(path: Path) -> StoreError:
    return StoreError(
        Trouble.LOCKED,
        f"Another program keeps the database {path} locked.",
        "Close the other program (a database browser, a backup, a second bot) and try again.",
    )


def _corrupt(path: Path) -> StoreError:
    return StoreError(
        Trouble.CORRUPT,
        f"The database {path} is damaged.",
        "Stop the bot, keep a copy of the file, and put your last backup in its place.",
    )


def _unreadable(path: Path, error: BaseException) -> StoreError:
    return StoreError(
        Trouble.UNREACHABLE,
        f"The disk reported an error for the database {path} ({error}).",
        "Check the disk and its cables or mounts, then start the bot again.",
    )


def _code(error: BaseException) -> int:
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


def _has_no_room(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _ROOM_TO_WORK
    except OSError:
        return False


_BY_CODE = {
    _PERMISSION: no_permission,
    _BUSY: _locked,
    _LOCKED: _locked,
    _READ_ONLY: _read_only,
    _CORRUPT: _corrupt,
    _FULL: _full,
    _CANNOT_OPEN: no_permission,
    _NOT_A_DATABASE: not_a_database,
}
