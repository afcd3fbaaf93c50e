"""Browsers that send to the page what no page of ours sends, and look whether each of it is answered."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from aiohttp import WSCloseCode, WSMsgType

from adapters.web.hall import Scene
from adapters.web.limits import FRAME
from adapters.web.service import Account, on_web
from bot.platforms import previews
from bot.services.answers import Answers
from bot.services.comings import Comings
from bot.services.reporting import Reporting
from bot.wiring import House
from tests.faults.hostile import Hostile
from tests.faults.web_hostile import HostilePages, Seen

BROWSERS = 10
PATIENCE = 30.0
# Closed, with the word that something was wrong with what came: bad text, against the rules, too large.
REFUSED = (1002, 1003, 1007, 1008, 1009)
# Where a browser comes in without a word, and where it needs one.
PASSWORD = "a-word-that-lets-people-in-5678"
GUARDED = Account(port=0, password=PASSWORD)


@dataclass(slots=True)
class Browser:
    """One browser with one open page."""

    session: aiohttp.ClientSession
    address: str
    guarded: str
    pages: HostilePages
    outcomes: Counter[str]
    seen: Seen = field(default_factory=Seen)
    socket: aiohttp.ClientWebSocketResponse | None = None

    async def act(self) -> None:
        """Send one thing and wait for what comes of it."""
        try:
            async with asyncio.timeout(PATIENCE):
                kind = self.pages.kind()
                outcome = await (self._frame() if kind == "frame" else self._request(junk=kind == "junk"))
        except TimeoutError:
            outcome = "unanswered"
        self.outcomes[outcome] += 1

    async def _frame(self) -> str:
        socket = await self._open()
        data = self.pages.frame(self.seen)
        with suppress(ConnectionError):  # closed meanwhile: what waits there says with which word
            await socket.send_frame(data, WSMsgType.TEXT)
        wanted = _number_of(data)
        while True:
            message = await socket.receive()
            if message.type is not WSMsgType.TEXT:
                return self._closed(socket, len(data))
            heard = json.loads(message.data)
            self.seen.take(heard)
            if heard["about"] == "sorry":
                return "mistake"
            if heard["about"] in ("hello", "taken") or ("n" in heard and heard["n"] == wanted):
                return "answered"

    def _closed(self, socket: aiohttp.ClientWebSocketResponse, size: int) -> str:
        self.socket = None
        # Where too much comes, the line may end before all of it was sent, and with it the word.
        is_cut = socket.close_code == WSCloseCode.ABNORMAL_CLOSURE and size > FRAME
        return "refused" if is_cut or socket.close_code in REFUSED else f"closed with {socket.close_code}"

    async def _open(self) -> aiohttp.ClientWebSocketResponse:
        if self.socket is None or self.socket.closed:
            origin = {"Origin": self.address.rstrip("/")}
            self.socket = await self.session.ws_connect(f"{self.address}socket", headers=origin, max_msg_size=0)
            await self.socket.send_json({"do": "sit", "name": self.pages.name()[:160]})
            while json.loads(await self.socket.receive_str())["about"] != "hello":
                pass  # what others said meanwhile
        return self.socket

    async def _request(self, *, junk: bool) -> str:
        address = self.pages.one_of((self.address, self.guarded))
        where = urlsplit(address)
        reader, writer = await asyncio.open_connection(where.hostname, where.port)
        try:
            writer.write(self.pages.junk() if junk else self.pages.request(where.netloc, self._cookie()))
            if junk:
                writer.write_eof()
            first = await reader.readline()
            if not (first or junk):
                return "unanswered"
        except ConnectionError:
            return "refused"  # the line was cut while it came
        finally:
            writer.close()
        return _outcome_of(first)

    def _cookie(self) -> str:
        return "; ".join(f"{one.key}={one.value}" for one in self.session.cookie_jar)


def _outcome_of(first: bytes) -> str:
    """Read from the first line of an answer how a request went; none at all is how broken ones may end."""
    status = first.split(b" ")[1:2]
    if not status:
        return "refused"
    code = int(status[0])
    return "answered" if code < 400 else "mistake" if code in (500, 501, 502, 504) else "refused"


def _number_of(data: bytes) -> Any:
    """Return under which number a frame asks to be answered."""
    try:
        frame = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return frame.get("n", 0) if isinstance(frame, Mapping) else None


@asynccontextmanager
async def browsers(house: House, hostile: Hostile, seed: int, outcomes: Counter[str]) -> AsyncIterator[list[Browser]]:
    """Open two pages, one with a password, and some browsers in front of them."""
    reporting = Reporting(house.store, house.services.get(Answers), house.dispatcher.clock)
    scene = Scene("Lab", previews=previews(), reporter=reporting.report)
    comings, shelf = house.services.get(Comings), house.store.secrets
    async with AsyncExitStack() as stack:
        page, guarded = [
            await stack.enter_async_context(on_web(account, house.dispatcher, comings, shelf, scene))
            for account in (Account(port=0), GUARDED)
        ]
        pages, found = HostilePages(hostile, seed), list[Browser]()
        for _ in range(BROWSERS):
            jar = aiohttp.CookieJar(unsafe=True)
            session = await stack.enter_async_context(aiohttp.ClientSession(cookie_jar=jar))
            async with session.get(page.address) as answer:
                await answer.read()
            found.append(Browser(session, page.address, guarded.address, pages, outcomes))
        yield found
