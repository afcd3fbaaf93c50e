"""A program that restores two backups in turn, again and again, until it is killed. Arguments: database, backups."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from storage.restoring import restore


def main(target: str, *backups: str) -> None:
    """Restore for ever; each time a line is written before it begins."""
    for turn in count():
        os.write(1, b"begins\n")
        now = datetime(2026, 11, 21, tzinfo=UTC) + timedelta(seconds=turn)
        done = restore(Path(backups[turn % len(backups)]), Path(target), now)
        if done.kept is not None:
            done.kept.unlink()


if __name__ == "__main__":
    main(*sys.argv[1:])
