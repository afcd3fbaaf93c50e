"""Why a store could not do what it was asked."""

from __future__ import annotations

from enum import StrEnum


class Trouble(StrEnum):
    """Why a store cannot do what it was asked."""

    FULL = "full"
    READ_ONLY = "read-only"
    LOCKED = "locked"
    CORRUPT = "corrupt"
    NEWER = "newer"
    MIGRATION = "migration"
    UNREACHABLE = "unreachable"
    CLOSED = "closed"


class StoreError(Exception):
    """The store could not do it, and nothing of it was kept. Says what happened and the cure."""

    def __init__(self, trouble: Trouble, what: str, cure: str) -> None:
        super().__init__(f"{what} {cure}")
        self.trouble, self.what, self.cure = trouble, what, cure
