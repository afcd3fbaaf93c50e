"""Lets others see how the bot is: alive, ready, and in numbers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from adapters.monitor.server import Pages, serving
from bot.clock import Clock
from bot.models.pulse import Pulse
from bot.operate.backups import kept_in
from bot.operate.measures import CONTENT_TYPE, Measures
from bot.ports import Store, StoreError

STORE_WITHIN = 2.0
# The heart beats twice a minute; so long a silence means that nothing can be written.
SILENCE = timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class Vitals:
    """Feels how the bot is."""

    store: Store
    clock: Clock
    measures: Measures
    # By platform: whether it is connected right now.
    connected: Mapping[str, Callable[[], bool]]
    backup_dir: Path | None = None

    async def ready(self) -> tuple[bool, Mapping[str, object]]:
        """Say whether answers can be given: the store works and all platforms are connected."""
        pulse, trouble = await self._pulse()
        reasons: dict[str, object] = {"store": trouble or "ok"}
        reasons |= {name: "ok" if there() else "not connected" for name, there in self.connected.items()}
        if pulse is not None and (pulse.beat is None or self.clock.now() - pulse.beat > SILENCE):
            reasons["store"] = "nothing was written lately"
        return all(reason == "ok" for reason in reasons.values()), reasons

    async def metrics(self) -> tuple[bytes, str]:
        """Write all measures down, with those of this moment."""
        ready, _ = await self.ready()
        pulse, _ = await self._pulse()
        if pulse is not None:
            self.measures.pulse(pulse, self.clock.now())
        connected = {name: there() for name, there in self.connected.items()}
        self.measures.state(connected, ready=ready, backup_age=self._backup_age())
        return self.measures.text(), CONTENT_TYPE

    async def _pulse(self) -> tuple[Pulse | None, str]:
        try:
            async with asyncio.timeout(STORE_WITHIN):
                return await self.store.pulse(), ""
        except TimeoutError:
            return None, "does not answer in time"
        except StoreError as error:
            return None, error.trouble.value

    def _backup_age(self) -> float:
        made = kept_in(self.backup_dir) if self.backup_dir else ()
        return (self.clock.now() - made[-1].made).total_seconds() if made else -1.0


@asynccontextmanager
async def monitoring(vitals: Vitals, host: str, port: int) -> AsyncIterator[int]:
    """Serve health and metrics until the block ends; the port is yielded."""
    async with serving(Pages(vitals.ready, vitals.metrics), host, port) as there:
        yield there
