"""Where answers are thought of and told: whatever goes wrong, there is one, and it reaches the member."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.happenings import settle
from adapters.slack.keys import Keys
from adapters.slack.means import Means
from adapters.slack.naming import naming
from adapters.slack.pace import PACE, Pace
from adapters.slack.parse import Envelope, Happening, call_of, twin_id
from adapters.slack.payloads import text_at
from adapters.slack.people import People
from adapters.slack.reach import Directs, Reach, reason
from adapters.slack.refreshing import Homes
from adapters.slack.running import Running
from adapters.slack.surface import FAILED, Origin, Surface
from adapters.slack.who import Who, who
from bot.core.calls import Answer, Call, Speaker, Status
from bot.core.dispatch import Dispatcher
from bot.core.errors import UserError
from bot.core.reply import Reply, Tone, Visibility

log = logging.getLogger(__name__)

# After these a key has to be read anew: it was changed, or taken back.
_DEAD_KEYS = frozenset({"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"})

Json = Mapping[str, Any]
Noticed = Callable[[Speaker], Awaitable[None]]


class Desk:
    """Knows who speaks, asks the dispatcher, and tells the answer."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        keys: Keys,
        means: Means,
        *,
        root: str = "mentor",
        noticed: Noticed | None = None,
        directs: Directs | None = None,
        pace: Pace = PACE,
    ) -> None:
        self.dispatcher, self.running, self.directs = dispatcher, Running(), directs or Directs()
        self.naming = naming(dispatcher.registry, root)
        self.homes = Homes(dispatcher, self.naming, self.running, pace)
        self._keys, self._means, self._root, self._noticed = keys, means, root, noticed
        self._people, self.pace = People(dispatcher.clock), pace

    def surface(self, kind: str, body: Json, client: AsyncWebClient) -> Surface:
        """Make ready to answer what happened."""
        asked, house = who(body), self.dispatcher
        reach = self.reach(asked, client)
        made = Surface(reach, self.naming, asked, Origin.MESSAGE, house.store, house.clock, self.pace)
        return settle(made, kind, body)

    def reach(self, asked: Who, client: AsyncWebClient) -> Reach:
        """Reach the workspace where somebody spoke."""
        where = asked.team or asked.enterprise
        return Reach(client, self._means.session, self._means.outbox, self.directs, where)

    async def think(self, kind: Happening, body: Json, surface: Surface) -> tuple[Answer, Speaker | None]:
        """Find the answer, and who is to get it as far as that came to light."""
        speaker = None
        try:
            speaker = await self.speaker(surface.asked, surface.reach, body)
            return await self._handled(self._call(kind, body, surface, speaker), surface), speaker
        except UserError as error:
            return refusal(error), speaker
        except Exception as error:  # nobody stays without an answer
            return self.dispatcher.apologise(error), speaker

    async def tell(self, surface: Surface, answer: Answer) -> bool:
        """Show an answer, or else an apology; False when neither reached anybody."""
        try:
            await surface.show(answer)
        except Exception as error:
            if reason(error) in _DEAD_KEYS:
                self._keys.look_again(surface.asked.enterprise, surface.asked.team)
            return await self._apologise(surface, error)
        return True

    async def after(self, speaker: Speaker, reach: Reach) -> None:
        """Do what comes after an answer: pages that show something else now, organisers that became known."""
        self.homes.touched(speaker, reach)
        await self.notice(speaker)

    async def notice(self, speaker: Speaker) -> None:
        """Take note of whoever looks after a workspace."""
        if self._noticed is not None and speaker.is_admin:
            await self._noticed(speaker)

    async def speaker(self, asked: Who, reach: Reach, body: Json) -> Speaker:
        """Say who speaks, or raise `NotRenewed` where the bot has no good key."""
        one = await self._keys.current(asked.enterprise, asked.team)
        installer, name = (one.installer, "" if one.org_wide else one.name) if one else ("", "")
        name = name or text_at(body, "team", "domain") or text_at(body, "team_domain")
        return await self._people.speaker(asked, reach.web, installer, name)

    def _call(self, kind: Happening, body: Json, surface: Surface, speaker: Speaker) -> Call:
        envelope = Envelope(kind, body, speaker, surface.reach.read)
        call = call_of(envelope, self.dispatcher.registry, root=self._root)
        # A message is the same one under whatever names it is told of, also after a restart.
        known = twin_id(body) if surface.origin is Origin.SPOKEN else ""
        return replace(call, id=known) if known else call

    async def _handled(self, call: Call, surface: Surface) -> Answer:
        """Let the dispatcher work; where a modal may be needed, it is opened while there is time."""
        work = self.dispatcher.handle(call)
        if surface.origin is not Origin.HOME and not self.dispatcher.opens_form(call):
            return await work
        task = self.running.start(work)
        done, _ = await asyncio.wait({task}, timeout=self.pace.hold_after)
        if not done:
            await surface.hold()
        return await task

    async def _apologise(self, surface: Surface, error: Exception) -> bool:
        apology = self.dispatcher.apologise(error)
        try:
            await surface.show(apology)
        except FAILED as lost:
            log.error("Incident %s could not be told: %s", apology.incident, reason(lost))
            return False
        return True


def refusal(error: UserError) -> Answer:
    """Say what a member can do about a mistake that shows before the dispatcher sees it."""
    reply = Reply(error.message, rows=error.rows, tone=Tone.WARNING)
    return Answer(reply, Visibility.PRIVATE, Status.REFUSED)
