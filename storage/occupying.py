"""Says to other programs that a bot is at work on a database, or that nobody may be."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event

from bot.ports import StoreError, Trouble

if sys.platform != "win32":
    import fcntl

_PATIENCE, _PAUSE = 40, 0.05


@contextmanager
def at_work_on(path: Path) -> Iterator[bool]:
    """Be one of those who work on this database; say whether another one does already.

    Several may: shards of one bot share a file. Somebody who replaces the file keeps all of them out.
    """
    with _lock_file(path) as lock:
        if lock is None:
            yield False
            return
        others = not _take(lock, alone=True)
        if not _take_patiently(lock):
            raise StoreError(
                Trouble.LOCKED,
                f"The database {path} is being restored or filled right now.",
                "Start the bot again when that is done.",
            )
        yield others


@contextmanager
def alone_with(path: Path) -> Iterator[None]:
    """Keep every bot away from this database, or refuse when one is at work."""
    with _lock_file(path) as lock:
        if lock is not None and not _take(lock, alone=True):
            raise in_use(path)
        yield


def is_at_work(path: Path) -> bool:
    """Say whether a bot is at work on this database."""
    if not _lock_of(path).exists():
        return False
    with _lock_file(path) as lock:
        return lock is not None and not _take(lock, alone=True)


def in_use(path: Path) -> StoreError:
    """Return the error of a database that must not be replaced now."""
    return StoreError(
        Trouble.LOCKED, f"A bot is at work on the database {path}. Nothing was changed.", "Stop it and try again."
    )


def _lock_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.lock")


@contextmanager
def _lock_file(path: Path) -> Iterator[int | None]:
    """Open the file that stands for being at work; the system lets go of it when a process dies."""
    try:
        file = _lock_of(path).open("ab")
    except OSError:  # whoever cannot write here cannot work on the database either, and is told so elsewhere
        yield None
        return
    with file:
        yield file.fileno()


def _take(lock: int, *, alone: bool) -> bool:
    if sys.platform == "win32":
        return True
    with suppress(OSError):
        fcntl.flock(lock, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        return True
    return False


def _take_patiently(lock: int) -> bool:
    """Wait a moment: another bot that starts just now asks whether it is alone."""
    pause = Event()
    for _ in range(_PATIENCE):
        if _take(lock, alone=False):
            return True
        pause.wait(_PAUSE)
    return False
