"""Keys that change every few hours: renewed in time, once, and kept before anybody uses them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.installation import NoToken
from adapters.slack.installs import BrokenSeal, Installation, Installs
from adapters.slack.payloads import text_at
from bot.clock import Clock
from bot.core.errors import UserError
from bot.core.markup import md

log = logging.getLogger(__name__)

# Gives a refresh token, which is good for one use, and gets what `oauth.v2.access` answers.
Exchange = Callable[[str], Awaitable[Mapping[str, Any]]]
# slack-bolt takes None for "not installed", but its types do not say so.
Authorise = Callable[..., Awaitable[Any]]

AHEAD_SECONDS = 3600.0
PAUSE_SECONDS = 60.0

# After these only a new installation helps.
_FINAL = frozenset({"account_inactive", "invalid_auth", "invalid_refresh_token", "token_revoked"})


class NotRenewed(UserError):
    """Slack did not renew a key that is over."""

    def __init__(self, code: str) -> None:
        self.code, self.final = code, code in _FINAL
        if self.final:
            words = md(
                "My key for this workspace is no longer good, so I cannot answer. Please ask whoever looks after apps "
                "here to install me again. Nothing of yours is lost."
            )
        else:
            words = md("Slack has not renewed my key for this workspace yet. Please try again in a minute.")
        super().__init__(words)


@dataclass(frozen=True, slots=True)
class _Failure:
    refresh_token: str
    until: float
    error: NotRenewed


class Rotation:
    """Hands out installations whose keys are good: for each workspace one refresh at a time, for all who wait."""

    def __init__(self, installs: Installs, exchange: Exchange, clock: Clock) -> None:
        self._installs, self._exchange, self._clock = installs, exchange, clock
        self._running: dict[str, asyncio.Task[Installation | None]] = {}
        self._failures: dict[str, _Failure] = {}
        self._unsaved: dict[str, tuple[Installation, Installation]] = {}

    async def current(self, enterprise: str, team: str) -> Installation | None:
        """Return the installation of a workspace or its organisation with a good key, or raise `NotRenewed`."""
        one = await self._installs.find(enterprise, team)
        if one is None or not self._is_due(one):
            return one
        try:
            return await self._renewed(one)
        except NotRenewed:
            if one.expires > self._now():
                return one  # there is time to try again
            raise

    async def known(self, enterprise: str, team: str) -> Installation | None:
        """Return the installation as it is, whether or not its key is good."""
        return await self._installs.find(enterprise, team)

    async def close(self) -> None:
        """Finish the refreshes that run: their old tokens are used up."""
        await asyncio.gather(*self._running.values(), return_exceptions=True)

    async def _renewed(self, one: Installation) -> Installation | None:
        failed = self._failures.get(one.key)
        if failed and failed.refresh_token == one.refresh_token and self._clock.monotonic() < failed.until:
            raise failed.error
        if one.key not in self._running:
            task = asyncio.get_running_loop().create_task(self._renew(one.enterprise, one.team))
            self._running[one.key] = task
            task.add_done_callback(lambda done: self._ended(one.key, done))
        # Whoever stops waiting does not stop the refresh: its answer is the only one that there will be.
        return await asyncio.shield(self._running[one.key])

    def _ended(self, key: str, done: asyncio.Task[Installation | None]) -> None:
        del self._running[key]
        if not done.cancelled():
            done.exception()  # read here too, in case that nobody waits any more

    async def _renew(self, enterprise: str, team: str) -> Installation | None:
        one = await self._installs.find(enterprise, team)
        if one is None or not self._is_due(one):
            return one
        try:
            after = await self._exchanged(one)
            kept = await self._installs.replace(one, after)
        except Exception as error:
            raise self._failed(one, error) from None  # the cause may hold what was sent
        self._unsaved.pop(one.key, None)
        return after if kept else await self._installs.find(enterprise, team)

    async def _exchanged(self, one: Installation) -> Installation:
        """Return the installation with new keys; those that could not be kept the last time are not asked for again."""
        before, after = self._unsaved.get(one.key, (None, None))
        if after is None or before != one:
            after = one.renewed(await self._exchange(one.refresh_token), self._now())
            self._unsaved[one.key] = one, after
        return after

    def _failed(self, one: Installation, error: Exception) -> NotRenewed:
        code = _code(error)
        log.error("Slack's key for %s (%s) was not renewed: %s", one.key, one.name, code)
        found = NotRenewed(code)
        self._failures[one.key] = _Failure(one.refresh_token, self._clock.monotonic() + PAUSE_SECONDS, found)
        return found

    def _is_due(self, one: Installation) -> bool:
        return bool(one.expires and one.refresh_token) and one.expires - self._now() < AHEAD_SECONDS

    def _now(self) -> float:
        return self._clock.now().timestamp()


def exchange_at(
    client_id: str, client_secret: str, *, base_url: str = AsyncWebClient.BASE_URL, session: aiohttp.ClientSession
) -> Exchange:
    """Make the exchange that asks Slack."""
    quiet = logging.getLogger(f"{__name__}.wire")
    quiet.setLevel(logging.WARNING)  # below that the SDK writes what it sends and gets, tokens and all
    client = AsyncWebClient(base_url=base_url, session=session, logger=quiet, retry_handlers=[])

    async def exchange(refresh_token: str) -> Mapping[str, Any]:
        # Not `oauth_v2_access`: it builds its header with a class that aiohttp is about to drop.
        answer = await client.api_call(
            "oauth.v2.access",
            data={
                "client_id": client_id,
                "client_secret": client_secret,
                "grant_type": "refresh_token",
                "refresh_token": refresh_token,
            },
        )
        return answer.data if isinstance(answer.data, dict) else {}

    return exchange


def authorise_by(rotation: Rotation) -> Authorise:
    """Make what slack-bolt asks for the key of every request. A key that is over still lets the bot say so."""

    async def authorise(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        where = enterprise_id or "", team_id or ""
        try:
            one = await rotation.current(*where)
        except NotRenewed:
            one = await rotation.known(*where)
        except BrokenSeal as error:
            log.error("%s", error)
            return None
        return _result(one, team_id) if one else None

    return authorise


def _result(one: Installation, team_id: str | None) -> AuthorizeResult:
    return AuthorizeResult(
        enterprise_id=one.enterprise or None,
        team_id=one.team or team_id,
        bot_user_id=one.bot_user,
        bot_token=one.bot_token,
        bot_scopes=list(one.scopes),
    )


def _code(error: Exception) -> str:
    """Name what went wrong, with nothing of what was sent."""
    if isinstance(error, SlackApiError):
        return text_at(getattr(error.response, "data", None), "error") or "unreadable_answer"
    return "no_token" if isinstance(error, NoToken) else type(error).__name__
