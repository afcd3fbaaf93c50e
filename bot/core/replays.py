"""Do once what is asked once: a call that is delivered again gets the same answer and nothing happens twice."""

from __future__ import annotations

import asyncio
import contextlib
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
READS_WAIT_SECONDS = 0.5


class Replays:
    """Remembers what calls were answered with: the latest in memory, all of the last days in the store."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock
        self._running: dict[str, asyncio.Task[Answer]] = {}
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._stored = KnownCalls(clock, REMEMBERED.total_seconds())
        self._reads: dict[str, tuple[Calls, str]] = {}
        self._flushing: asyncio.Task[None] | None = None
        self._closing = asyncio.Event()

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
        kept = await self._store.calls.find(call_id) if call_id in self._stored else None
        if kept is not None:
            return self._at_hand(call_id, restore(kept))
        view = self._store.during(call_id, whose)
        answer = await make(view)
        await self._keep(call_id, answer, view.calls, wrote=view.wrote)
        return answer

    async def _keep(self, call_id: str, answer: Answer, calls: Calls, *, wrote: bool) -> None:
        if wrote:
            text = keep(answer)
            if text is not None:
                await self._remember(calls.remember(call_id, text))
            self._stored.add(call_id)
        if not _is_light(answer):
            return
        self._at_hand(call_id, answer)
        if not wrote:
            self._note_read(call_id, answer, calls)

    def _note_read(self, call_id: str, answer: Answer, calls: Calls) -> None:
        """Reads change nothing, so their answers wait a moment and are stored together."""
        text = keep(answer)
        if text is None:
            return
        self._reads[call_id] = calls, text
        if self._flushing is None or self._flushing.done():
            self._flushing = asyncio.get_running_loop().create_task(self._flush_soon())

    async def _flush_soon(self) -> None:
        while self._reads:  # others may come while these are being stored
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), READS_WAIT_SECONDS)
            await self.flush()

    async def flush(self) -> None:
        """Store the answers that wait."""
        reads, self._reads = self._reads, {}
        if reads:
            await self._remember(self._store.calls.remember_all(reads))
        for call_id in reads:
            self._stored.add(call_id)

    async def _remember(self, writing: Awaitable[None]) -> None:
        """Let answers be kept through their calls' own views of the store, which know whose they are."""
        try:
            await writing
        except StoreError as error:
            # The steps of the call are safe in their own transactions; only the wording would be made anew.
            # One line, no traceback: every call would write one, and the disk may be full.
            log.error("What was answered could not be kept: %s", error)

    def _at_hand(self, call_id: str, answer: Answer) -> Answer:
        self._answers[call_id] = answer
        if len(self._answers) > ANSWERS_AT_HAND:
            self._stored.add(self._answers.popitem(last=False)[0])
        return answer

    async def close(self) -> None:
        """Finish what runs and store what waits."""
        await asyncio.gather(*self._running.values(), return_exceptions=True)
        self._closing.set()
        if self._flushing is not None:
            await self._flushing
        await self.flush()


def _is_light(answer: Answer) -> bool:
    """Forms open anew and files are made anew; they are not worth the memory."""
    match answer.outcome:
        case Update(reply) | (Reply() as reply):
            return reply.is_light
        case _:
            return False
