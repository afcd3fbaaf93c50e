"""Everything the bot did that somebody can see, in order, and a way to wait for the next."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["message", "ephemeral", "updated", "deleted", "modal", "modal_updated", "modal_closed", "errors", "home"]


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that became visible, with its content as it was then."""

    kind: Kind
    content: dict[str, Any] = field(default_factory=dict)
    channel: str = ""
    user: str = ""  # who alone can see it
    ts: str = ""
    view: str = ""
    cause: str = ""  # the interaction that it belongs to, where that is certain


class Log:
    """Keeps happenings and wakes those who wait for them."""

    def __init__(self) -> None:
        self.items: list[Happening] = []
        self._waiting: list[asyncio.Future[None]] = []

    def add(self, happening: Happening) -> None:
        """Write down what happened."""
        self.items.append(happening)
        self.ring()

    def ring(self) -> None:
        """Wake those who wait."""
        waiting, self._waiting = self._waiting, []
        for one in waiting:
            if not one.done():
                one.set_result(None)

    async def next(self, wanted: Callable[[Happening], bool], since: int) -> tuple[int, Happening]:
        """Wait for the first wanted happening at or after a position."""
        while True:
            for position in range(since, len(self.items)):
                if wanted(self.items[position]):
                    return position, self.items[position]
            since = len(self.items)
            await self.rings()

    async def rings(self) -> None:
        """Wait until something happens."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiting.append(waiter)
        await waiter

    async def quiet(self, seconds: float) -> None:
        """Wait until nothing has happened for a while."""
        while True:
            before = len(self.items)
            await asyncio.sleep(seconds)
            if len(self.items) == before:
                return
