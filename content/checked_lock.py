"""The record of the online check: which links it saw alive, and when.

Each `checked:` date in a pack must stand in this record with its digest, so that a date written by hand shows.
It is a seal against slips and shortcuts, not against somebody who sets out to forge it.
"""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

from content.kinds import LOCK_FILE

_HEAD = "# Written by `stepwise content check --online`; please do not edit. Day, seal, address.\n"


def seal(url: str, day: str) -> str:
    """Return the digest that goes with a link and a day."""
    return blake2b(f"stepwise checked {day} {url}".encode(), digest_size=8).hexdigest()


def read_lock(folder: Path) -> dict[str, str]:
    """Return the day of the last good check by link; lines with a wrong digest do not count."""
    try:
        lines = (folder / LOCK_FILE).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    found: dict[str, str] = {}
    for line in lines:
        day, _, rest = line.partition(" ")
        digest, _, url = rest.partition(" ")
        if digest == seal(url, day):
            found[url] = day
    return found


def lock_text(days: dict[str, str]) -> str:
    """Return the record as text, ordered by address."""
    return _HEAD + "".join(f"{day} {seal(url, day)} {url}\n" for url, day in sorted(days.items()))
