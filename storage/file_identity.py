"""Notices when the database file goes away under a running bot."""

from __future__ import annotations

from pathlib import Path

from storage import faults


class FileIdentity:
    """Remembers which file a path meant when it was opened.

    A deleted or moved file can still be written to through an open connection, and everything written
    there is lost at the next start.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._file = path, _identify(path)

    def check(self) -> None:
        """Refuse to go on when the path means another file now, or none."""
        if _identify(self._path) != self._file:
            raise faults.moved(self._path)


def _identify(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
