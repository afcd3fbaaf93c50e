"""Which calls lie in the store with their answers: known by their ids, for as long as the store keeps them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from bot.clock import Clock

IDS_AT_HAND = 200_000


class KnownCalls:
    """A memory of ids that forgets by age and by number."""

    def __init__(self, clock: Clock, seconds: float, most: int = IDS_AT_HAND) -> None:
        self._clock, self._seconds, self._most = clock, seconds, most
        self._until: OrderedDict[str, float] = OrderedDict()

    def __contains__(self, call_id: str) -> bool:
        return call_id in self._until

    def __len__(self) -> int:
        return len(self._until)

    def load(self, call_ids: Iterable[str]) -> None:
        """Begin with these, the oldest first."""
        self._until = OrderedDict.fromkeys(call_ids, self._clock.monotonic() + self._seconds)

    def add(self, call_id: str) -> None:
        """Know this call, and let go of those that the store has forgotten by now."""
        now = self._clock.monotonic()
        self._until.setdefault(call_id, now + self._seconds)
        while len(self._until) > self._most or next(iter(self._until.values())) < now:
            self._until.popitem(last=False)
