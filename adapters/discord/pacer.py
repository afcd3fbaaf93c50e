"""One queue for everything we send to Discord that is not the answer to an interaction."""

from __future__ import annotations

import asyncio
from collections import OrderedDict

from adapters.discord.breaker import Breaker, Timing
from bot.clock import Clock

Place = asyncio.Future[None]


class RealTiming:
    """The house's clock, and the event loop's way to wait."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def monotonic(self) -> float:
        return self._clock.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class NoTurn(Exception):
    """Nothing may be sent for so long that waiting makes no sense."""

    def __init__(self, wait: float) -> None:
        super().__init__(f"nothing may be sent for {wait:.0f} s")
        self.wait = wait


class Pacer:
    """Gives out turns, evenly spaced, fairly between keys, and never makes up for lost time."""

    def __init__(self, timing: Timing, breaker: Breaker, *, rate: float = 40.0, patience: float = 30.0) -> None:
        self._timing, self._breaker, self._patience = timing, breaker, patience
        self._gap = 1.0 / rate
        self._due = timing.monotonic()
        self._lines = _Lines()
        self._usher: asyncio.Task[None] | None = None
        self._closed = False

    @property
    def waiting(self) -> int:
        """Count who waits for a turn."""
        return len(self._lines)

    @property
    def paused(self) -> bool:
        """Say whether turns given out before are better not used now."""
        return self._due - self._timing.monotonic() > 2 * self._gap or self._breaker.resting

    async def turn(self, key: str, *, again: bool = False) -> None:
        """Wait for this key's turn, before everybody else if it had one; raise `NoTurn` if that would take too long."""
        self._check()
        if not self._lines and self._hold() <= 0:
            self._spend(in_time=False)
            return
        place: Place = asyncio.get_running_loop().create_future()
        line = None if again else key
        self._lines.join(line, place)
        self._call_usher()
        try:
            await place
        except asyncio.CancelledError:
            self._give_up(line, place)
            raise

    def pause(self, seconds: float) -> None:
        """Let nobody go for a while; whoever would wait too long is told at once."""
        self._due = max(self._due, self._timing.monotonic() + seconds)
        if seconds > self._patience:
            self._send_away(seconds)

    def close(self) -> None:
        """Send everybody away, now and from now on."""
        self._closed = True
        self._send_away(0.0)
        if self._usher is not None:
            self._usher.cancel()

    def _check(self) -> None:
        if self._closed:
            raise NoTurn(0.0)
        if (hold := self._hold()) > self._patience:
            raise NoTurn(hold)

    def _hold(self) -> float:
        return max(self._due - self._timing.monotonic(), self._breaker.hold())

    def _spend(self, *, in_time: bool) -> None:
        """Use the turn that is due. A timer that fires a little late costs nothing; idle time earns nothing."""
        now = self._timing.monotonic()
        begin = self._due if in_time and now - self._due <= self._gap else now
        self._due = begin + self._gap
        self._breaker.gave_turn()

    def _call_usher(self) -> None:
        if self._usher is None or self._usher.done():
            self._usher = asyncio.get_running_loop().create_task(self._work())

    async def _work(self) -> None:
        while self._lines:
            hold = self._hold()
            if hold > self._patience:
                self._send_away(hold)
            elif hold > 0:
                await self._timing.sleep(hold)
            else:
                self._let_go(in_time=True)

    def _let_go(self, *, in_time: bool) -> None:
        place = self._lines.next()
        if place is not None:
            self._spend(in_time=in_time)
            place.set_result(None)

    def _give_up(self, line: str | None, place: Place) -> None:
        if place.cancelled():
            self._lines.leave(line, place)
        elif place.exception() is None and not self.paused:
            # The turn came in the same moment: whoever is next takes it.
            self._let_go(in_time=False)

    def _send_away(self, wait: float) -> None:
        while (place := self._lines.next()) is not None:
            place.set_exception(NoTurn(wait))


class _Lines:
    """Those who wait, a line for each key. Keys take turns; the line without a key goes first."""

    def __init__(self) -> None:
        # Ordered dictionaries: joining, leaving from the middle and going next all take the same short time.
        self._first: OrderedDict[Place, None] = OrderedDict()
        self._by_key: OrderedDict[str, OrderedDict[Place, None]] = OrderedDict()
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def join(self, key: str | None, place: Place) -> None:
        line = self._first if key is None else self._by_key.setdefault(key, OrderedDict())
        line[place] = None
        self._count += 1

    def leave(self, key: str | None, place: Place) -> None:
        line = self._first if key is None else self._by_key.get(key)
        if line is None or place not in line:
            return
        del line[place]
        self._count -= 1
        if key is not None and not line:
            del self._by_key[key]

    def next(self) -> Place | None:
        """Return who goes next, passing over those who gave up a moment ago."""
        while self._count:
            place = self._pop()
            if not place.done():
                return place
        return None

    def _pop(self) -> Place:
        self._count -= 1
        if self._first:
            return self._first.popitem(last=False)[0]
        key, line = self._by_key.popitem(last=False)
        place, _ = line.popitem(last=False)
        if line:
            self._by_key[key] = line
        return place
