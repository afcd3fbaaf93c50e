"""Installing: the page on which somebody allows the app, and the code that it sends back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import aiohttp
from aiohttp import web
from yarl import URL

from tests.fakes.slack.tokens import Token
from tests.fakes.slack.trouble import ApiError

if TYPE_CHECKING:
    from tests.fakes.slack.member import Member
    from tests.fakes.slack.team import Organisation
    from tests.fakes.slack.world import FakeSlack

CODE_SECONDS = 600


@dataclass(slots=True)
class Grant:
    """What somebody allowed."""

    installer: Member
    scopes: tuple[str, ...]
    redirect: str
    org: Organisation | None
    born: float


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a browser came out after an installation."""

    status: int
    text: str
    address: str


class Oauth:
    """Asks members and keeps codes until they are used."""

    def __init__(self, world: FakeSlack) -> None:
        self._world = world
        self.codes: dict[str, Grant] = {}

    async def authorise(self, request: web.Request) -> web.Response:
        """Send whoever allows the app back with a code, and whoever refuses with an error."""
        asked, app = request.query, self._world.app
        member = self._world.members.get(request.headers.get("X-Signed-In", ""))
        scopes = tuple(one for one in asked.get("scope", "").split(",") if one)
        redirect = asked.get("redirect_uri") or app.redirect_url
        if asked.get("client_id") != app.client_id or not scopes or member is None or not redirect:
            return web.Response(
                status=400, text="Something went wrong: client_id, scope, redirect_uri or no one signed in"
            )
        back = {"state": asked.get("state", "")}
        if request.headers.get("X-Denies"):
            back["error"] = "access_denied"
        else:
            code = self._world.mint.secret("code")
            org = member.team.org if request.headers.get("X-Org") else None
            self.codes[code] = Grant(member, scopes, asked.get("redirect_uri", ""), org, self._world.vault.now())
            back["code"] = code
        raise web.HTTPFound(URL(redirect).update_query(back))

    def redeem(self, code: str, redirect: str) -> Grant:
        """Take a code, once and in time."""
        grant = self.codes.get(code)
        if grant is None or self._world.vault.now() - grant.born > CODE_SECONDS:
            raise ApiError("invalid_code")
        if grant.redirect and redirect != grant.redirect:
            raise ApiError("bad_redirect_uri")
        del self.codes[code]
        return grant

    def install(self, grant: Grant) -> Token:
        """Put the app into the workspace, or into the whole organisation."""
        place = grant.org or grant.installer.team
        return place.install(grant.scopes, rotating=self._world.app.rotating)


async def browse(
    world: FakeSlack, member: Member, address: str, *, denies: bool = False, org: bool = False, cookies: bool = True
) -> Landing:
    """Walk through an installation as a member's browser does, from the bot's page to its last word."""
    signed_in = {"X-Signed-In": member.id} | ({"X-Denies": "1"} if denies else {}) | ({"X-Org": "1"} if org else {})
    safe = [URL(address).origin(), URL(world.url)]
    jar = aiohttp.CookieJar(unsafe=True, treat_as_secure_origin=safe) if cookies else aiohttp.DummyCookieJar()
    async with aiohttp.ClientSession(cookie_jar=jar) as browser:
        for _ in range(10):
            headers = signed_in if address.startswith(world.url) else {}
            async with browser.get(address, headers=headers, allow_redirects=False) as page:
                text = await page.text()
                forward = page.headers.get("Location") or _button(world, text)
                if not forward:
                    return Landing(page.status, text, address)
                if not forward.startswith(("http://", "https://")):
                    return Landing(page.status, text, forward)
                address = forward
    raise AssertionError("The browser was sent in circles.")


def _button(world: FakeSlack, text: str) -> str:
    link = re.search(rf'href="({re.escape(world.authorize_url)}[^"]*)"', text)
    return unescape(link.group(1)) if link else ""


def install_url(world: FakeSlack, redirect: str, state: str, scopes: tuple[str, ...]) -> str:
    """Make the address that leads to the page, for tests without a page of the bot's own."""
    asked = {"client_id": world.app.client_id, "scope": ",".join(scopes), "redirect_uri": redirect, "state": state}
    return f"{world.authorize_url}?{urlencode(asked)}"
