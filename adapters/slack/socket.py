"""Socket Mode: the bot calls Slack and listens, and calls again whenever the line is dead."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from adapters.slack.means import Means, quiet
from adapters.slack.pace import PACE, Pace
from adapters.slack.payloads import text_at
from adapters.slack.reach import reason
from bot.core.outgoing import CannotStart

log = logging.getLogger(__name__)

FIRST_WAIT, LONGEST_WAIT = 2.0, 120.0
_REFUSED = frozenset(
    {"invalid_auth", "not_authed", "not_allowed_token_type", "token_revoked", "account_inactive", "no_permission"}
)
REFUSED = (
    "Slack does not accept SLACK_APP_TOKEN. Open your app at api.slack.com, go to Basic Information, App-Level Tokens, "
    "make one with connections:write, and set SLACK_APP_TOKEN to it."
)


class SocketLine:
    """Keeps one living connection. What Slack sent over a dead one it sends again over the next."""

    def __init__(self, app: AsyncApp, app_token: str, means: Means, pace: Pace = PACE) -> None:
        self._app, self._token, self._means = app, app_token, means
        self._ping, self._deaf_after = pace.ping, pace.deaf_after
        self._handler: AsyncSocketModeHandler | None = None
        self._frames = 0
        self.renewed = 0

    @property
    def connected(self) -> bool:
        """Say whether there is a socket that is open."""
        session = getattr(self._handler and self._handler.client, "current_session", None)
        return session is not None and not session.closed

    async def open(self) -> None:
        """Connect; wait for Slack as long as it takes, but not for a token that is wrong."""
        wait = FIRST_WAIT
        while True:
            try:
                return await self._connect()
            except SlackApiError as error:
                if reason(error) in _REFUSED:
                    raise CannotStart(REFUSED) from None
                if reason(error) == "missing_scope":
                    raise CannotStart(f"{REFUSED} The one that is set lacks connections:write.") from None
                log.warning("Slack opens no socket now (%s); trying again in %.0f s.", reason(error), wait)
            except (aiohttp.ClientError, OSError, TimeoutError) as error:
                log.warning("Slack cannot be reached (%s); trying again in %.0f s.", type(error).__name__, wait)
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)

    async def watch(self) -> None:
        """Look after the line until cancelled: the SDK notices most of its deaths, and survives not all of them."""
        silent, before = 0, self._heard()
        while True:
            await asyncio.sleep(self._ping)
            silent, before = (0 if self._heard() != before else silent + 1), self._heard()
            if silent >= self._deaf_after:
                log.warning("Slack's socket is silent; opening another.")
                await self.open()
                self.renewed += 1
                silent, before = 0, self._heard()

    async def close(self) -> None:
        """Hang up. What Slack has sent and nobody acknowledged it sends to somebody else."""
        handler, self._handler = self._handler, None
        if handler is not None:
            await handler.close_async()  # type: ignore[no-untyped-call]

    async def _connect(self) -> None:
        """Open a new connection before the old one is given up, so that nothing falls between."""
        opened = await self._means.client().apps_connections_open(app_token=self._token)
        # The SDK writes a traceback at every try; what matters is written here.
        log_of_sdk, client = quiet(logging.CRITICAL), self._means.client()
        handler = AsyncSocketModeHandler(
            self._app, self._token, logger=log_of_sdk, web_client=client, ping_interval=self._ping
        )
        handler.client.wss_uri = text_at(opened.data, "url")
        handler.client.on_message_listeners.append(self._hear_frame)
        old, self._handler = self._handler, handler
        try:
            async with asyncio.timeout(self._ping * self._deaf_after):
                await handler.connect_async()  # type: ignore[no-untyped-call]
        finally:
            if old is not None:
                await old.close_async()  # type: ignore[no-untyped-call]

    async def _hear_frame(self, message: aiohttp.WSMessage) -> None:
        self._frames += 1

    def _heard(self) -> tuple[Any, ...]:
        """Say what came last: words, or the answer to a ping."""
        client = self._handler.client if self._handler is not None else None
        return self._frames, getattr(client, "last_ping_pong_time", None)
