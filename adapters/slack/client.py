"""The bot on Slack: it acknowledges whatever it hears at once, and answers every one of its members."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, cast

from slack_bolt.async_app import AsyncApp
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.call_ids import call_id
from adapters.slack.desk import Desk
from adapters.slack.happenings import click_of, kind_of
from adapters.slack.keys import Authorising, Keys
from adapters.slack.means import Means, quiet
from adapters.slack.once import Once
from adapters.slack.parse import Happening, twin_id, who
from adapters.slack.payloads import text_at
from adapters.slack.rotation import NotRenewed
from adapters.slack.submitting import Submissions, ack
from adapters.slack.suggesting import suggestions
from adapters.slack.surface import Origin, Surface

log = logging.getLogger(__name__)

NOT_INSTALLED = (
    "I have no key for this workspace any more. Please ask whoever looks after apps here to install me again."
)

Json = Mapping[str, Any]
Left = Callable[[Json], Coroutine[Any, Any, None]]
Hear = Callable[[AsyncBoltRequest], Coroutine[Any, Any, BoltResponse]]


class _Ear(AsyncMiddleware):
    """Takes everything in one place: what no listener of slack-bolt knows would stay without an acknowledgement."""

    def __init__(self, hear: Hear) -> None:
        self._hear = hear

    async def async_process(self, *, req: AsyncBoltRequest, resp: BoltResponse, next: object) -> BoltResponse:
        """Acknowledge; nothing comes behind this."""
        return await self._hear(req)


class SlackBot:
    """Hears what happens on Slack. All state is in the store, in the tokens of buttons, and at Slack."""

    def __init__(self, desk: Desk, keys: Keys, means: Means, *, left: Left | None = None) -> None:
        self.desk, self._means, self._left = desk, means, left
        self._submissions, self._begun, self._clicks = Submissions(desk), Once(), Once()
        self.app = AsyncApp(
            name="stepwise",
            logger=quiet(),
            client=means.client(),
            signing_secret=means.signing_secret,
            authorize=cast(Any, Authorising(keys)),
            process_before_response=True,
            attaching_function_token_enabled=False,
            user_facing_authorize_error_message=NOT_INSTALLED,
        )
        self.app.use(_Ear(self.hear))

    async def drain(self, seconds: float) -> None:
        """Wait until everything that was begun is answered."""
        await self.desk.running.drain(seconds)

    async def hear(self, req: AsyncBoltRequest) -> BoltResponse:
        """Acknowledge whatever happened, and begin to answer it."""
        body, client, start = req.body, req.context.client or self._means.client(), self.desk.running.start
        match kind_of(body):
            case "view":
                return await self._submissions.acknowledge(body, client)
            case "suggestion":
                return ack({"options": suggestions(body, self.desk.dispatcher)})
            case "home":
                start(self._open_home(body, client))
            case "left" if self._left is not None:
                start(self._left(body))
            case "slash" | "action" | "shortcut" | "mention" | "message" as kind:
                start(self._answer(kind, body, self.desk.surface(kind, body, client)))
        return ack()

    async def _answer(self, kind: Happening, body: Json, surface: Surface) -> None:
        """Answer once what may be delivered more than once."""
        twin = twin_id(body) if surface.origin is Origin.SPOKEN else ""
        names, click = (call_id(kind, body), twin), click_of(kind, body)
        if not self._clicks.begin(click):
            return
        try:
            if self._begun.begin(*names) and not await self._told(kind, body, surface):
                self._begun.forget(*names)  # another delivery may have more luck
        finally:
            self._clicks.forget(click)

    async def _told(self, kind: Happening, body: Json, surface: Surface) -> bool:
        answer, speaker = await self.desk.think(kind, body, surface)
        told = await self.desk.tell(surface, answer)
        if speaker is not None:
            await self.desk.after(speaker, surface.reach)
        return told

    async def _open_home(self, body: Json, client: AsyncWebClient) -> None:
        asked = who(body)
        reach = self.desk.reach(asked, client)
        try:
            speaker = await self.desk.speaker(asked, reach, body)
        except NotRenewed as error:
            log.warning("A home page could not be shown: %s", error.code)
            return
        await self.desk.homes.opened(speaker, reach, text_at(body, "event", "view", "hash"))
        await self.desk.notice(speaker)
