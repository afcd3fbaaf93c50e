"""Do once what is asked once: a call that is delivered again gets the same answer and nothing happens twice."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.clock import Clock
from bot.core.calls import Answer
from bot.core.codec import keep, restore
from bot.core.known_calls import KnownCalls
from bot.core.reply import Reply, Update
from bot.models import Handle
from bot.ports import Calls, Store, StoreError

log = logging.getLogger(__name__)

REMEMBERED = timedelta(days=2)
ANSWERS_AT_HAND = 2_000
# Answers wait so long and are stored together. What a call wrote is safe before; only its words are not yet.
READS_WAIT_SECONDS, WRITES_WAIT_SECONDS = 0.5, 0.05


class Replays:
    """Remembers what calls were answered with: the latest in memory, all of the last days in the store."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock
        self._running: dict[str, asyncio.Task[Answer]] = {}
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._stored = KnownCalls(clock, REMEMBERED.total_seconds())
        self._waiting: dict[str, tuple[Calls, str]] = {}
        self._alarm: asyncio.TimerHandle | None = None
        self._flushes: set[asyncio.Task[None]] = set()

    async def load(self) -> None:
        """Learn which calls were answered before the restart, and drop what is too old to come again."""
        horizon = self._clock.now() - REMEMBERED
        await self._store.calls.forget_before(horizon)
        self._stored.load(await self._store.calls.recent(horizon))

    async def once(
        self, call_id: str, make: Callable[[Store], Awaitable[Answer]], whose: Handle | None = None
    ) -> Answer:
        """Answer a call, or return what it was answered with. Whoever stops waiting does not stop the work."""
        if call_id in self._answers:
            return self._answers[call_id]
        running = self._running.get(call_id)
        if running is None:
            running = asyncio.get_running_loop().create_task(self._answer(call_id, make, whose))
            self._running[call_id] = running
            running.add_done_callback(lambda _: self._running.pop(call_id, None))
        return await asyncio.shield(running)

    async def _answer(self, call_id: str, make: Callable[[Store], Awaitable[Answer]], whose: Handle | None) -> Answer:
        kept = await self._find(call_id)
        if kept is not None:
            return self._at_hand(call_id, restore(kept))
        view = self._store.during(call_id, whose)
        answer = await make(view)
        self._keep(call_id, answer, view.calls, wrote=view.wrote)
        return answer

    async def _find(self, call_id: str) -> str | None:
        if call_id in self._waiting:
            return self._waiting[call_id][1]
        return await self._store.calls.find(call_id) if call_id in self._stored else None

    def _keep(self, call_id: str, answer: Answer, calls: Calls, *, wrote: bool) -> None:
        if _is_light(answer):
            self._at_hand(call_id, answer)
        elif not wrote:
            return
        text = keep(answer)
        if text is not None:
            self._waiting[call_id] = calls, text
            self._flush_within(WRITES_WAIT_SECONDS if wrote else READS_WAIT_SECONDS)

    def _flush_within(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        if self._alarm is not None:
            if self._alarm.when() <= loop.time() + seconds:
                return
            self._alarm.cancel()
        self._alarm = loop.call_later(seconds, self._begin_to_flush)

    def _begin_to_flush(self) -> None:
        self._alarm = None
        flush = asyncio.get_running_loop().create_task(self.flush())
        self._flushes.add(flush)
        flush.add_done_callback(self._flushes.discard)

    async def flush(self) -> None:
        """Store the answers that wait, each through its call's own view of the store, which knows whose it is."""
        answers, self._waiting = self._waiting, {}
        if not answers:
            return
        try:
            await self._store.calls.remember_all(answers)
        except StoreError as error:
            # The steps of the calls are safe in their own transactions; only the words would be made anew.
            # One line, no traceback: the disk may be full.
            log.error("What was answered could not be kept: %s", error)
        for call_id in answers:
            self._stored.add(call_id)

    def _at_hand(self, call_id: str, answer: Answer) -> Answer:
        self._answers[call_id] = answer
        if len(self._answers) > ANSWERS_AT_HAND:
            self._stored.add(self._answers.popitem(last=False)[0])
        return answer

    async def close(self) -> None:
        """Finish what runs and store what waits."""
        await asyncio.gather(*self._running.values(), return_exceptions=True)
        if self._alarm is not None:
            self._alarm.cancel()
        await asyncio.gather(*self._flushes)
        await self.flush()


def _is_light(answer: Answer) -> bool:
    """Forms open anew and files are made anew; they are not worth the memory."""
    match answer.outcome:
        case Update(reply) | (Reply() as reply):
            return reply.is_light
        case _:
            return False
