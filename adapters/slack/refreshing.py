"""Home pages that stay true: published when they are opened, and again when what they show has changed."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.errors import SlackApiError

from adapters.slack import home
from adapters.slack.naming import Naming
from adapters.slack.pace import PACE, Pace
from adapters.slack.payloads import digest
from adapters.slack.reach import Reach, reason
from adapters.slack.running import Running
from adapters.slack.surface import FAILED
from bot.core.calls import Call, Source, Speaker, Typed
from bot.core.dispatch import Dispatcher
from bot.core.reply import Reply, Update

log = logging.getLogger(__name__)

REMEMBERED = 5_000
_CONFLICT = "hash_conflict"


@dataclass(slots=True)
class _Page:
    """The home page of one member, as it was published last."""

    speaker: Speaker
    reach: Reach
    shown: str = ""
    version: str = ""
    stale: bool = False
    busy: asyncio.Lock = field(default_factory=asyncio.Lock)


class Homes:
    """Keeps the pages of those who opened theirs, the latest ones."""

    def __init__(
        self, dispatcher: Dispatcher, naming: Naming, running: Running, pace: Pace = PACE, *, most: int = REMEMBERED
    ) -> None:
        self._dispatcher, self._naming, self._running = dispatcher, naming, running
        self._pause, self._most = pace.home_pause, most
        self._pages: OrderedDict[tuple[str, str], _Page] = OrderedDict()

    async def opened(self, speaker: Speaker, reach: Reach, version: str = "") -> None:
        """Publish a page that somebody looks at."""
        key = (reach.where, speaker.handle.user)
        page = self._pages.setdefault(key, _Page(speaker, reach))
        page.speaker, page.reach, page.version = speaker, reach, version
        self._pages.move_to_end(key)
        if len(self._pages) > self._most:
            self._pages.popitem(last=False)
        async with page.busy:
            await self._publish(page, await self._draw(page))

    def touched(self, speaker: Speaker, reach: Reach) -> None:
        """Look in a moment whether a page still shows what is true."""
        page = self._pages.get((reach.where, speaker.handle.user))
        if page is None:
            return
        page.speaker, page.reach = speaker, reach
        if not page.stale:
            page.stale = True
            self._running.start(self._refresh(page))

    async def _refresh(self, page: _Page) -> None:
        await asyncio.sleep(self._pause)
        async with page.busy:
            page.stale = False
            drawn = await self._draw(page)
            if digest(drawn) != page.shown:
                await self._publish(page, drawn)

    async def _draw(self, page: _Page) -> dict[str, Any]:
        call = Call(f"slack:home:{page.speaker.handle.user}", Source.SHORTCUT, page.speaker, Typed("help"))
        answer = await self._dispatcher.home(call)
        outcome = answer.outcome
        reply = outcome.reply if isinstance(outcome, Update) else outcome
        if not isinstance(reply, Reply):
            raise TypeError("A home page is a message.")
        return home.view(self._naming.reply(reply))

    async def _publish(self, page: _Page, drawn: dict[str, Any]) -> None:
        try:
            await self._put(page, drawn)
        except FAILED as error:
            page.shown = page.version = ""  # whatever is there now, the next change publishes anew
            log.info("A home page could not be published: %s", reason(error))

    async def _put(self, page: _Page, drawn: dict[str, Any]) -> None:
        user = page.speaker.handle.user
        try:
            page.version = await page.reach.publish_home(user, drawn, page.version)
        except SlackApiError as error:
            if reason(error) != _CONFLICT:
                raise
            drawn = await self._draw(page)  # somebody published in between: the newest state wins
            page.version = await page.reach.publish_home(user, drawn)
        page.shown = digest(drawn)
