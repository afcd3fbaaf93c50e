"""Makes ids, times of messages and secrets that look as they do in life and are never given twice."""

from __future__ import annotations

from itertools import count

from bot.clock import Clock


class Mint:
    """Gives every thing its own name."""

    def __init__(self, clock: Clock) -> None:
        self._clock, self._count = clock, count(1)

    def id(self, prefix: str) -> str:
        """Make an id such as C00000001A."""
        return f"{prefix}{next(self._count):09X}"

    def ts(self) -> str:
        """Make the time of a message, which is its id in a channel."""
        return f"{int(self._clock.now().timestamp())}.{next(self._count):06d}"

    def trigger(self) -> str:
        """Make the id of a trigger."""
        number = next(self._count)
        return f"{number:010d}.{number * 7919:011d}.{number * 104729:032x}"

    def secret(self, prefix: str) -> str:
        """Make a token that nobody guesses from its neighbour."""
        number = next(self._count)
        return f"{prefix}-{number:010d}-{(number * 2654435761) % 2**32:08x}{number:016x}"
