"""Make something of a reply once, however many members get it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from bot.core.reply import Reply

V = TypeVar("V")

AT_HAND = 512


class Memo(Generic[V]):
    """Remembers what was made of the latest replies; each is known by being the very same object.

    Looking whether two replies say the same would cost as much as drawing them. What many members get is made once
    by its command already.
    """

    def __init__(self, make: Callable[[Reply], V], most: int = AT_HAND) -> None:
        self._make, self._most = make, most
        self._made: dict[int, tuple[Reply, V]] = {}

    def __call__(self, reply: Reply) -> V:
        """Return what is made of this reply. What carries files is not kept: it is large, and seldom the same."""
        found = self._made.get(id(reply))  # kept beside its reply, so that no other one can have this number
        if found is not None:
            return found[1]
        made = self._make(reply)
        if reply.is_light:
            if len(self._made) >= self._most:
                del self._made[next(iter(self._made))]
            self._made[id(reply)] = reply, made
        return made
