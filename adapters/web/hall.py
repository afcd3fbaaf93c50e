"""What all open pages share."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from secrets import token_hex
from typing import Any, Protocol

from adapters.web.names import Shelf
from adapters.web.reports import Reporter
from adapters.web.rooms import Rooms
from adapters.web.uploads import Uploads
from bot.core.calls import Answer
from bot.core.dispatch import Dispatcher
from bot.core.reply import OpenForm, Reply

log = logging.getLogger(__name__)

Json = dict[str, Any]
# When the page closes, calls that run get so many seconds.
LAST_WAIT = 10.0


@dataclass(frozen=True, slots=True)
class Preview:
    """How another platform would draw a reply or a form: the payload that its own adapter makes."""

    reply: Callable[[Reply, bool], Json]
    form: Callable[[OpenForm], Json]


class Author(Protocol):
    """Knows the packs that are being written."""

    @property
    def version(self) -> int:
        """Return a number that grows whenever a file was saved."""

    async def look(self) -> Json:
        """Return every entry with its problems."""

    async def search(self, question: str) -> Json:
        """Search the packs, with reasons."""

    async def show(self, kind: str, name: str) -> Answer | None:
        """Return what members would see of an entry."""

    async def sample(self, name: str, turn: int) -> Json | None:
        """Return the data of a challenge as some member would get it."""

    async def changed(self, seen: int) -> int:
        """Wait for a newer version than the one that was seen, but not for ever."""


class TimeMachine(Protocol):
    """Lets the time of a demo pass."""

    @property
    def span(self) -> tuple[date, date]:
        """Return the day on which it began, and the last day that one can go to."""

    async def go(self, to: date | None) -> None:
        """Go on to the morning of a day that lies ahead; without one, to the next Monday."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What the page shows: the community, who is in it already, and whether all of it is made up."""

    community: str = "Home"
    cast: Sequence[str] = ()
    is_demo: bool = False
    previews: Mapping[str, Preview] = field(default_factory=dict)
    time_machine: TimeMachine | None = None
    reporter: Reporter | None = None
    author: Author | None = None


@dataclass(slots=True)
class Hall:
    """The bot, the rooms, and what waits in them."""

    dispatcher: Dispatcher
    shelf: Shelf
    scene: Scene
    rooms: Rooms
    uploads: Uploads = field(default_factory=Uploads)
    # Names belong to whoever took them first, where more than one person may come in.
    names_are_kept: bool = False
    # Another one says that the bot was started again, and that what was said before is gone.
    since: str = field(default_factory=lambda: token_hex(8))
    _working: set[asyncio.Task[None]] = field(default_factory=set)

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Do a piece of work to its end, even if whoever asked for it closes the page."""
        task = asyncio.ensure_future(work)
        self._working.add(task)
        task.add_done_callback(self._finished)

    async def finish(self) -> None:
        """Wait for what is being done, but not for ever."""
        if self._working:
            await asyncio.wait(self._working, timeout=LAST_WAIT)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._working.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("Something on the page could not be done.", exc_info=error)
