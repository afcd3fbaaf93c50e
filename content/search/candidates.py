"""The first sieve: SQLite's full-text index picks the entries worth a closer look.

Words are stemmed before they come here, so that the same stems serve the second sieve; the tokenizer of
the index has only to part them.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from types import ModuleType
from typing import Any

CANDIDATES = 60
_WEIGHTS = "3.0, 2.0, 1.0, 1.0"


def _sqlite() -> ModuleType:
    """Prefer the SQLite that came with us over the system's, which may be older."""
    try:
        import pysqlite3  # noqa: PLC0415 - it exists for some platforms only
    except ImportError:
        import sqlite3  # noqa: PLC0415

        return sqlite3
    found: ModuleType = pysqlite3
    return found


class FullText:
    """Hold the stems of all entries in a full-text table in memory; safe to read from many threads."""

    def __init__(self, rows: Iterable[tuple[str, tuple[str, str, str, str]]]) -> None:
        self._lock = threading.Lock()
        self._database: Any = _sqlite().connect(":memory:", check_same_thread=False)
        self._database.execute(
            "CREATE VIRTUAL TABLE entries USING fts5(title, also, topics, body, kind UNINDEXED,"
            " tokenize = 'unicode61 remove_diacritics 2', detail = 'full')"
        )
        self._database.executemany(
            "INSERT INTO entries (rowid, kind, title, also, topics, body) VALUES (?, ?, ?, ?, ?, ?)",
            ((place, kind, *texts) for place, (kind, texts) in enumerate(rows)),
        )

    def find(self, phrases: Sequence[str], kind: str | None = None, limit: int = CANDIDATES) -> list[int]:
        """Return the places of the entries that have any of the phrases, by BM25."""
        quoted = [f'"{cleaned}"' for phrase in phrases if (cleaned := _clean(phrase))]
        if not quoted:
            return []
        asked = (" OR ".join(quoted), kind, kind, limit)
        with self._lock:
            rows = self._database.execute(_FIND, asked).fetchall()
        return [place for (place,) in rows]


_FIND = f"""
    SELECT rowid FROM entries WHERE entries MATCH ? AND (? IS NULL OR kind = ?)
    ORDER BY bm25(entries, {_WEIGHTS}), rowid LIMIT ?
"""  # noqa: S608 - only the constant above is put in


def _clean(phrase: str) -> str:
    """Keep only what cannot be mistaken for the syntax of a full-text query."""
    return "".join(letter for letter in phrase if letter.isalnum() or letter == " ").strip()
