"""Whose a call is: a text that finds a member's rows again, and who was forgotten meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from bot.models import Handle

_BYTES = 12


def text_of(handle: Handle) -> str:
    """Return what stands for a handle beside calls, steps and long values: always the same, and no account id."""
    words = "\0".join((handle.platform, handle.realm, handle.user))
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=_BYTES).hexdigest()


class Forgotten:
    """Counts how often members were forgotten since the start.

    A call that was under way then finds another count than at its beginning, and leaves no trace of them.
    """

    def __init__(self) -> None:
        self._times: dict[str, int] = {}

    def times(self, member: str) -> int:
        """Say how often this member was forgotten."""
        return self._times.get(member, 0)

    def add(self, members: Iterable[str]) -> None:
        """Count these members once more."""
        for member in members:
            self._times[member] = self.times(member) + 1
