"""Who may come in: this page answers its own address, its own scripts, and whoever has the password."""

from __future__ import annotations

import hmac
import secrets
from collections import deque
from dataclasses import dataclass, field
from hashlib import sha256
from ipaddress import ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

from adapters.web.limits import LOGIN_SECONDS, LOGIN_TRIES
from adapters.web.names import Shelf
from bot.clock import Clock

COOKIE = "stepwise"
SIGNING = "web:signing"
YEAR = 365 * 24 * 3600
VISITOR = web.RequestKey("visitor", str)
# Whether this browser has no cookie of ours yet.
IS_NEW = web.RequestKey("is_new", bool)
SAFE = ("GET", "HEAD")
# What may be fetched before the password: the page that asks for it.
OPEN = ("/login", "/page/login.css", "/page/style.css", "/page/icon.svg")

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}


def is_loopback(host: str) -> bool:
    """Say whether an address is this machine's own, which nobody else can reach."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(slots=True)
class Door:
    """Lets browsers in, and knows them again by a signed cookie."""

    clock: Clock
    secret: bytes
    password: str = ""
    _tries: dict[str, deque[float]] = field(default_factory=dict)

    @web.middleware
    async def guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse what no page of ours would ask; put the headers on everything that goes out."""
        try:
            self._check_address(request)
            visitor = self._visitor(request)
            if visitor is None and self.password and request.path not in OPEN:
                raise _to_login(request)
            request[VISITOR], request[IS_NEW] = visitor or secrets.token_urlsafe(24), visitor is None
            response = await handler(request)
        except web.HTTPException as refusal:
            refusal.headers.update(HEADERS)
            raise
        if not response.prepared:
            response.headers.update(HEADERS)
            self.welcome(request, response)
        return response

    def welcome(self, request: web.Request, response: web.StreamResponse) -> None:
        """Give a new browser its cookie, where no password is asked for."""
        if request[IS_NEW] and not self.password:
            self.let_in(request, response)

    def let_in(self, request: web.Request, response: web.StreamResponse) -> None:
        """Give a browser the cookie by which it is known from now on."""
        visitor = request[VISITOR]
        response.set_cookie(
            COOKIE,
            f"{visitor}.{self._sign(visitor)}",
            max_age=YEAR,
            httponly=True,
            samesite="Strict",
            secure=request.secure,
            path="/",
        )

    def knows(self, password: str) -> bool:
        """Compare in a way that takes the same time for every wrong password."""
        given, wanted = sha256(_bytes(password)).digest(), sha256(self.password.encode()).digest()
        return hmac.compare_digest(given, wanted)

    def may_try(self, remote: str) -> bool:
        """Count a try at the password; False when there were too many lately from there."""
        now = self.clock.monotonic()
        if len(self._tries) > 1000:
            self._tries.clear()
        tries = self._tries.setdefault(_household(remote), deque(maxlen=LOGIN_TRIES))
        if len(tries) == LOGIN_TRIES and now - tries[0] < LOGIN_SECONDS:
            return False
        tries.append(now)
        return True

    def _check_address(self, request: web.Request) -> None:
        host = request.headers.get("Host", "")
        origin = request.headers.get("Origin", "")
        # A name that somebody else lets point at this machine is not ours. Behind a password the cookie takes care:
        # a browser sends it to the name alone that it got it from.
        if not self.password and not is_loopback(_split(f"//{host}").hostname or ""):
            raise web.HTTPForbidden(text="This page answers at 127.0.0.1 and localhost only.")
        acts = request.method not in SAFE or request.headers.get("Upgrade", "").casefold() == "websocket"
        if acts and _split(origin).netloc != host:
            raise web.HTTPForbidden(text="This was asked by another page, so nothing was done.")
        if acts and request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            raise web.HTTPForbidden(text="This was asked by another page, so nothing was done.")

    def _visitor(self, request: web.Request) -> str | None:
        visitor, _, signature = request.cookies.get(COOKIE, "").partition(".")
        known = visitor and visitor.isascii() and hmac.compare_digest(_bytes(signature), _bytes(self._sign(visitor)))
        return visitor if known else None

    def _sign(self, visitor: str) -> str:
        # Another password lets nobody in who came with the one before.
        key = hmac.digest(self.secret, self.password.encode(), "sha256")
        return hmac.new(key, visitor.encode(), sha256).hexdigest()


async def secret_of(shelf: Shelf) -> bytes:
    """Return what cookies are signed with: made once, kept with everything else."""
    kept = await shelf.get(SIGNING)
    if kept is None:
        kept = secrets.token_hex(32)
        await shelf.put(SIGNING, kept)
    return bytes.fromhex(kept)


def _household(address: str) -> str:
    """Return what is one subscriber's: of the longer addresses everybody has more than can be counted."""
    try:
        at = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    return str(ip_network((at, 64), strict=False)) if at.version == 6 and at.ipv4_mapped is None else str(at)


def _split(address: str) -> SplitResult:
    """Take an address apart; what is none has no parts."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def _bytes(text: str) -> bytes:
    return text.encode(errors="replace")


def _to_login(request: web.Request) -> web.HTTPException:
    is_page = request.method == "GET" and "text/html" in request.headers.get("Accept", "")
    return web.HTTPSeeOther("/login") if is_page else web.HTTPUnauthorized(text="Say the password first: /login")
