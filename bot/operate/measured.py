"""A dispatcher that measures each call, and writes one line of the log about it: ids, never words."""

from __future__ import annotations

import logging
import re
from hashlib import blake2b
from typing import TYPE_CHECKING

from bot.core.calls import Answer, Call
from bot.core.errors import UserError
from bot.core.resolve import resolve
from bot.operate.audited import AuditedDispatcher

if TYPE_CHECKING:
    from bot.operate.measures import Measures

log = logging.getLogger("stepwise.calls")

UNKNOWN = "unknown"
_ID = re.compile(r"[A-Za-z0-9_.:/-]{1,100}")


def plain(number: str) -> str:
    """Return an id that looks like one, and the fingerprint of what is passed off as one."""
    if _ID.fullmatch(number):
        return number
    return blake2b(number.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


class MeasuredDispatcher(AuditedDispatcher):
    """Answers calls as the dispatcher does."""

    measures: Measures | None = None

    async def handle(self, call: Call) -> Answer:
        """Answer a call, and note how that went."""
        began = self.clock.monotonic()
        answer = await super().handle(call)
        if self.measures is not None or log.isEnabledFor(logging.INFO):
            self._measure(call, answer, self.clock.monotonic() - began)
        return answer

    def _measure(self, call: Call, answer: Answer, seconds: float) -> None:
        command, platform = self._name(call), call.speaker.handle.platform
        if self.measures is not None:
            self.measures.call(command, platform, answer.status.value, seconds)
            if answer.incident:
                self.measures.incident()
        if log.isEnabledFor(logging.INFO):
            place = plain(call.speaker.place.key) if call.speaker.place else ""
            told = {"call": plain(call.id), "command": command, "platform": platform, "place": place}
            told |= {"source": call.source.value, "outcome": answer.status.value, "incident": answer.incident}
            log.info("answered", extra={"told": {**told, "ms": round(seconds * 1000, 1)}})

    def _name(self, call: Call) -> str:
        try:
            return resolve(call, self.registry)[0].name
        except UserError:
            return UNKNOWN
