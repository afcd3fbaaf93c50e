"""What was begun is not begun again: redeliveries, one message under two names, double clicks."""

from __future__ import annotations

from collections import OrderedDict

REMEMBERED = 20_000


class Once:
    """Remembers the names of what was begun, the latest ones."""

    def __init__(self, most: int = REMEMBERED) -> None:
        self._most = most
        self._begun: OrderedDict[str, None] = OrderedDict()

    def begin(self, *names: str) -> bool:
        """Begin something under these names; False when it was begun under one of them."""
        given = [name for name in names if name]
        if any(name in self._begun for name in given):
            return False
        for name in given:
            self._begun[name] = None
        while len(self._begun) > self._most:
            self._begun.popitem(last=False)
        return True

    def forget(self, *names: str) -> None:
        """Let this be begun again: it is over, or came to nothing."""
        for name in names:
            self._begun.pop(name, None)
