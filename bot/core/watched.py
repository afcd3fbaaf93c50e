"""Watch how posts fare: a channel that takes none is left in peace, and its organiser is told once, with the cure."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.clock import Clock
from bot.core.markup import Markdown, md
from bot.core.outgoing import Poster, PostFailed, Target, Trouble
from bot.core.reply import Reply, Tone
from bot.models import Handle, Place

log = logging.getLogger(__name__)

# One failure proves nothing; after this many the organiser is told.
PROOF = 2
# How long a channel is left in peace before it is tried again.
PEACE = timedelta(hours=1)
# What does not pass by itself.
LASTING = (Trouble.GONE, Trouble.FORBIDDEN)
CURES = {
    Trouble.GONE: "It is not there any more, or takes no messages. Choose another one in {setup:code}.",
    Trouble.FORBIDDEN: "I may not write there. Let me view the channel and send messages and files in it, and I go on "
    "by myself; or choose another one in {setup:code}.",
}


class Shelf(Protocol):
    """Remembers a word under a name."""

    async def get(self, key: str) -> str | None:
        """Return what is kept under this name."""

    async def put(self, key: str, text: str) -> None:
        """Keep this under this name."""

    async def delete(self, key: str) -> bool:
        """Keep it no longer."""


@dataclass(frozen=True, slots=True)
class _Trouble:
    """How a channel fared lately."""

    trouble: str
    times: int
    at: str

    @property
    def proven(self) -> bool:
        return self.times >= PROOF


class WatchedPoster:
    """A poster that does not run against closed doors, and says so once. What was set up stays as it is."""

    def __init__(self, poster: Poster, shelf: Shelf, clock: Clock) -> None:
        self._poster, self._shelf, self._clock = poster, shelf, clock

    @property
    def platform(self) -> str:
        """Name the platform."""
        return self._poster.platform

    async def tell(self, handle: Handle, reply: Reply) -> bool:
        """Send a private message."""
        return await self._poster.tell(handle, reply)

    async def tell_organiser(self, place: Place, reply: Reply) -> bool:
        """Tell whoever looks after a community."""
        return await self._poster.tell_organiser(place, reply)

    async def post(self, target: Target, reply: Reply, key: str) -> str:
        """Post, unless this channel is known to take nothing; try it again when it was left in peace long enough."""
        before = await self._known(target)
        if before is not None and before.proven and self._is_fresh(before):
            raise PostFailed(Trouble(before.trouble), "it was so a moment ago", PEACE.total_seconds())
        try:
            message = await self._poster.post(target, reply, key)
        except PostFailed as error:
            await self._note(target, before, error.trouble)
            raise
        if before is not None:
            await self._shelf.delete(_key(target))
        return message

    async def _note(self, target: Target, before: _Trouble | None, trouble: Trouble) -> None:
        if trouble not in LASTING:
            return
        same = before is not None and before.trouble == trouble
        times = (before.times if same and before else 0) + 1
        now = _Trouble(trouble.value, times, self._clock.now().isoformat())
        await self._shelf.put(_key(target), json.dumps([now.trouble, now.times, now.at]))
        if times == PROOF and not await self._poster.tell_organiser(target.place, _words(trouble)):
            log.warning("Nobody could be told that channel %s takes no posts (%s).", target.channel, trouble)

    async def _known(self, target: Target) -> _Trouble | None:
        kept = await self._shelf.get(_key(target))
        return _Trouble(*json.loads(kept)) if kept else None

    def _is_fresh(self, found: _Trouble) -> bool:
        return self._clock.now() - datetime.fromisoformat(found.at) < PEACE


def _words(trouble: Trouble) -> Reply:
    lead = md("I could not post in the channel that was chosen for it, twice now.")
    cure = md(CURES[trouble], setup="/setup")
    return Reply(Markdown(f"{lead} {cure}"), title="A post did not go out", tone=Tone.WARNING)


def _key(target: Target) -> str:
    return f"channel:{target.place.platform}:{target.place.key}:{target.channel}"
