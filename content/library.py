"""The catalog in use, and its exchange for a new one: all or nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from content.catalog import Catalog
from content.problem import ContentProblems, Problem


class Library:
    """Hold the current catalog; a bad pack never replaces a good one."""

    def __init__(self, folders: Sequence[Path], today: Callable[[], date] | None = None) -> None:
        self._folders = tuple(folders)
        self._today = today
        self._turn = threading.Lock()
        self._current = self._read(self._folders)

    @property
    def current(self) -> Catalog:
        """Return the catalog in use."""
        return self._current

    def reload(self, folders: Sequence[Path] = ()) -> tuple[Problem, ...]:
        """Read the packs again, from now on in these folders if any; on an error keep the old and say why."""
        with self._turn:
            wanted = tuple(folders) or self._folders
            try:
                self._current, self._folders = self._read(wanted), wanted
            except ContentProblems as refused:
                return refused.problems
        return ()

    def _read(self, folders: Sequence[Path]) -> Catalog:
        return Catalog.load(folders, self._today() if self._today else None)
