"""Installations of many workspaces: the pages on the way in, and what happens when a workspace sends the bot away."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import urlencode

from aiohttp import web
from slack_sdk.errors import SlackClientError

from adapters.slack.installation import Installation, NoToken, installation_of
from adapters.slack.installs import Installs
from adapters.slack.manifest import INSTALL_PATH, REDIRECT_PATH
from adapters.slack.means import Means
from adapters.slack.organisers import Organisers
from adapters.slack.payloads import at, items_at, mapping_at, number_at, text_at
from adapters.slack.people import PLATFORM
from adapters.slack.posting import SlackPoster
from adapters.slack.reach import reason
from adapters.slack.scopes import SCOPES
from adapters.slack.states import LASTS_SECONDS, States
from adapters.slack.surface import FAILED
from adapters.slack.who import who
from bot.clock import Clock
from bot.core.outgoing import Doorkeeper
from bot.models import Handle, Place

log = logging.getLogger(__name__)

COOKIE = "stepwise-install"
# Events are late now and then. One from before the newest installation says nothing about it.
SLACK = 5.0
_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>body{{font:1.1rem/1.5 system-ui;max-width:34rem;margin:4rem auto;padding:0 1rem}}</style>
<h1>{title}</h1><p>{words}</p></html>"""


@dataclass(frozen=True, slots=True)
class Client:
    """The app as Slack knows it, and where browsers go."""

    id: str
    secret: str
    authorize_url: str
    # The public address of this server, without a slash at its end.
    base: str

    def __repr__(self) -> str:
        return f"Client({self.id!r})"

    @property
    def redirect(self) -> str:
        """Return where Slack sends the browser back to."""
        return self.base + REDIRECT_PATH


@dataclass(frozen=True, slots=True)
class Installing:
    """Lets workspaces in, and lets them go."""

    client: Client
    installs: Installs
    states: States
    means: Means
    door: Doorkeeper
    poster: SlackPoster
    organisers: Organisers
    clock: Clock

    def routes(self) -> list[web.RouteDef]:
        """List the pages."""
        return [web.get(INSTALL_PATH, self.begin), web.get(REDIRECT_PATH, self.finish)]

    async def begin(self, request: web.Request) -> web.StreamResponse:
        """Send a browser to Slack, where somebody allows the app."""
        state = self.states.make()
        scopes = ",".join(scope.name for scope in SCOPES)
        asked = {"client_id": self.client.id, "scope": scopes, "state": state, "redirect_uri": self.client.redirect}
        answer = web.Response(status=302, headers={"Location": f"{self.client.authorize_url}?{urlencode(asked)}"})
        answer.set_cookie(
            COOKIE,
            state,
            max_age=int(LASTS_SECONDS),
            path="/slack",
            secure=self.client.base.startswith("https://"),
            httponly=True,
            samesite="Lax",
        )
        return answer

    async def finish(self, request: web.Request) -> web.StreamResponse:
        """Take the code that Slack sends back, and keep the key that it is good for."""
        asked, again = request.query, f"{self.client.base}{INSTALL_PATH}"
        if not await self.states.spend(asked.get("state", ""), request.cookies.get(COOKIE, "")):
            return _page("That link is over", f"Please begin again at {again}, and finish in the same browser.", 400)
        if asked.get("error") or not asked.get("code"):
            return _page("Not installed", f"Slack was told no, so nothing happened. You can begin again at {again}.")
        try:
            one = await self._exchange(asked["code"])
        except (*FAILED, NoToken) as error:
            log.error("An installation failed: %s", reason(error))
            return _page("That did not work", f"Slack did not give me a key. Please begin again at {again}.", 502)
        await self._let_in(one)
        return _page(
            "Stepwise is installed", f"Go to Slack and type /{self.poster.naming.root}, or open the Home tab there."
        )

    async def left(self, body: Mapping[str, Any]) -> None:
        """Forget the key of a workspace that sent the bot away; a second time does no harm."""
        event, asked = mapping_at(body, "event"), who(body)
        if text_at(event, "type") == "tokens_revoked" and not items_at(event, "tokens", "bot"):
            return
        team = "" if at(body, "authorizations", 0, "is_enterprise_install") is True else asked.team
        one = await self._known(asked.enterprise, team)
        if one is not None and one.since > number_at(body, "event_time") + SLACK:
            log.info("An old message says that %s sent the bot away; it is back.", one.key)
            return
        await self.installs.delete(asked.enterprise, team)
        place = Place(PLATFORM, asked.team or asked.enterprise)
        await self.organisers.forget(place)
        await self.door.left(place)

    async def _known(self, enterprise: str, team: str) -> Installation | None:
        """Return the installation that stands under exactly this name, whatever can be read of it."""
        try:
            one = await self.installs.find(enterprise, team)
        except Exception as error:  # what cannot be opened is deleted all the more
            log.warning("An installation cannot be read: %s", error)
            return None
        return one if one is not None and one.key == (team or enterprise) else None

    async def _exchange(self, code: str) -> Installation:
        # Not `oauth_v2_access`: it builds its header with a class that aiohttp is about to drop.
        asked = {"client_id": self.client.id, "client_secret": self.client.secret}
        answer = await self.means.client().api_call(
            "oauth.v2.access", data={**asked, "code": code, "redirect_uri": self.client.redirect}
        )
        if not isinstance(answer.data, dict):
            raise SlackClientError("Slack's answer is no object.")
        return installation_of(answer.data, self.clock.now().timestamp())

    async def _let_in(self, one: Installation) -> None:
        await self.installs.save(one)
        welcome = await self.door.arrived(Place(PLATFORM, one.key), one.name)
        if welcome is not None and one.installer:
            await self.poster.tell(Handle(PLATFORM, one.enterprise or one.team, one.installer), welcome)


def _page(title: str, words: str, status: int = 200) -> web.Response:
    text = _PAGE.format(title=escape(title), words=escape(words))
    headers = {
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
        "Referrer-Policy": "no-referrer",
    }
    return web.Response(status=status, text=text, content_type="text/html", headers=headers)
