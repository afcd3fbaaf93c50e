"""Backups by themselves: one whenever the last is old enough, and only so many are kept."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.clock import Clock
from bot.ports import StoreError
from bot.scheduler.rounds import Round
from storage import back_up, read_phrase

log = logging.getLogger(__name__)

LOOK_EVERY = timedelta(minutes=10)
_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"stepwise-(\d{8}T\d{6}Z)\.db(\.sealed)?")


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup that lies in the folder."""

    path: Path
    made: datetime


@dataclass(frozen=True, slots=True)
class Backups:
    """Knows where backups go, how often, and how many."""

    database: Path
    folder: Path
    every: timedelta
    keep: int
    clock: Clock
    phrase_file: Path | None = None

    def round(self) -> Round:
        """Look again and again whether it is time."""
        return Round("backup", min(LOOK_EVERY, self.every), self.turn)

    async def turn(self) -> Path | None:
        """Make a backup when the last one is old enough; then let the oldest go."""
        if not self.is_due():
            return None
        try:
            made = await asyncio.to_thread(self._make)
        except (StoreError, OSError) as error:
            log.error("The backup could not be made: %s", error)
            return None
        log.info("Made the backup %s.", made.name)
        self._let_go(made)
        return made

    def is_due(self) -> bool:
        """Say whether the newest backup is too old; one from the future, by a clock that ran ahead, does not count."""
        now = self.clock.now()
        past = [one.made for one in kept_in(self.folder) if one.made <= now]
        return not past or now - max(past) >= self.every

    def _make(self) -> Path:
        sealed = ".sealed" if self.phrase_file else ""
        target = self.folder / f"stepwise-{self.clock.now().astimezone(UTC):{_STAMP}}.db{sealed}"
        self.folder.mkdir(parents=True, exist_ok=True)
        phrase = read_phrase(self.phrase_file) if self.phrase_file else None
        back_up(self.database, target, phrase=phrase, force=True)
        return target

    def _let_go(self, made: Path) -> None:
        others = [one for one in kept_in(self.folder) if one.path != made]
        for one in others[: max(len(others) - self.keep + 1, 0)]:
            one.path.unlink(missing_ok=True)


def kept_in(folder: Path) -> Sequence[Kept]:
    """List the backups in a folder, the oldest first; what has another name is none of ours."""
    if not folder.is_dir():
        return ()
    found = [(path, _NAME.fullmatch(path.name)) for path in folder.iterdir()]
    named = [(path, match[1]) for path, match in found if match]
    kept = [Kept(path, datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)) for path, stamp in named]
    return sorted(kept, key=lambda one: (one.made, one.path.name))
