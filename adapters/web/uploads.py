"""Files that members send: they wait here, in memory and not for long, for the call that takes them along."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import AsyncIterator, Sequence

from adapters.web.limits import MIB, UPLOAD, UPLOADS_KEPT
from bot.core.markup import one_line
from bot.core.params import Upload


class TooLarge(Exception):
    """A file that is larger than what the page takes; the text says so."""

    def __init__(self) -> None:
        super().__init__(f"This file is larger than {UPLOAD // MIB} MB. Send a smaller one.")


class Uploads:
    """Keeps files for whoever sent them; the oldest go when there are too many."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], tuple[str, bytes]] = OrderedDict()
        self._size = 0

    async def take(self, visitor: str, name: str, pieces: AsyncIterator[bytes]) -> str:
        """Read a file as it comes in, and return the key under which it waits."""
        data = bytearray()
        async for piece in pieces:
            data += piece
            if len(data) > UPLOAD:
                raise TooLarge
        key = secrets.token_hex(16)
        safe = one_line(name.replace("\\", "/").rsplit("/", 1)[-1])[:200] or "file"
        self._kept[visitor, key] = safe, bytes(data)
        self._size += len(data)
        while self._size > UPLOADS_KEPT:
            _, (_, gone) = self._kept.popitem(last=False)
            self._size -= len(gone)
        return key

    def find(self, visitor: str, key: str) -> Upload | None:
        """Return what somebody sent, if it still waits."""
        found = self._kept.get((visitor, key))
        return _upload(*found) if found else None

    def named(self, visitor: str, keys: Sequence[str]) -> list[Upload]:
        """Return all of these that still wait."""
        return [one for key in keys if (one := self.find(visitor, key)) is not None]


def _upload(name: str, data: bytes) -> Upload:
    async def read() -> bytes:
        return data

    return Upload(name, len(data), read)
