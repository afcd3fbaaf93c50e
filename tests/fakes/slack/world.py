"""Slack on a free port of this machine: an unmodified SDK logs in to it, and members act in it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Any

from aiohttp import web

from bot.clock import Clock, SystemClock
from tests.fakes.slack.app import App
from tests.fakes.slack.channels import Channel, Message
from tests.fakes.slack.delivery import Ack, Courier, Delivery
from tests.fakes.slack.door import ApiCall, Door
from tests.fakes.slack.faults import Fault, Faults
from tests.fakes.slack.files import Files, sign_in
from tests.fakes.slack.ids import Mint
from tests.fakes.slack.log import Happening, Log
from tests.fakes.slack.member import Member
from tests.fakes.slack.oauth import Oauth
from tests.fakes.slack.rates import Rates
from tests.fakes.slack.response_urls import ResponseUrls
from tests.fakes.slack.signed import Hostile, Signed
from tests.fakes.slack.sockets import Sockets
from tests.fakes.slack.team import Organisation, Team
from tests.fakes.slack.tokens import Vault
from tests.fakes.slack.trouble import NoAck
from tests.fakes.slack.views import Views

LARGEST_REQUEST, LONGEST_LOADING = 64 * 2**20, 60


def looks_like_loading(happening: Happening) -> bool:
    """Say whether a modal only bridges the time until the real one comes."""
    content = happening.content
    if happening.kind not in ("modal", "modal_updated") or content.get("submit"):
        return False
    blocks = content.get("blocks", [])
    words = str(blocks[0].get("text", {}).get("text", "")) if len(blocks) == 1 else ""
    return 0 < len(words) <= LONGEST_LOADING and any(one in words.lower() for one in ("…", "...", "moment", "loading"))


class FakeSlack:
    """The whole platform. Enter it, give the app its addresses, and act."""

    def __init__(self, clock: Clock | None = None, *, wall: Callable[[], float] = time.time) -> None:
        self.clock, self.wall = clock or SystemClock(), wall
        self.ack_seconds, self.patience = 3.0, 5.0
        self.mint, self.log, self.faults = Mint(self.clock), Log(), Faults()
        self.vault, self.rates = Vault(self.clock, self.mint), Rates(self.clock)
        secrets = (self.mint.id("1."), self.mint.secret("client"), self.mint.secret("signing"))
        self.app = App(self.mint.id("A"), *secrets)
        self.app_token = self.vault.app().value
        self.views, self.files, self.oauth = Views(self), Files(self), Oauth(self)
        self.response_urls, self.door, self.sockets = ResponseUrls(self), Door(self), Sockets(self)
        self.teams: dict[str, Team] = {}
        self.organisations: dict[str, Organisation] = {}
        self.members: dict[str, Member] = {}
        self.channels: dict[str, Channel] = {}
        self.posts: list[Message] = []
        self.deliveries: list[Delivery] = []
        self.complaints: list[str] = []
        self.closing = asyncio.Event()
        self.url = ""
        self.judging = True  # look closely at every payload; a benchmark may go without
        self.echoes = False  # tell the bot of its own direct messages and changes too, as in life
        self.is_loading: Callable[[Happening], bool] = looks_like_loading
        self._signed: Signed | None = None
        self._tasks: set[asyncio.Task[Any]] = set()

    async def __aenter__(self) -> FakeSlack:
        self._runner = web.AppRunner(self._routes(), access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        for task in self._tasks:
            task.cancel()
        await self.sockets.close()
        if self._signed:
            await self._signed.close()
        await self._runner.cleanup()

    @property
    def api_url(self) -> str:
        """The base_url of a web client."""
        return f"{self.url}/api/"

    @property
    def authorize_url(self) -> str:
        """Where members allow the app."""
        return f"{self.url}/oauth/v2/authorize"

    @property
    def calls(self) -> list[ApiCall]:
        """Every call of the Web API and of response_urls."""
        return self.door.calls

    @property
    def refusals(self) -> list[ApiCall]:
        """The calls that were refused."""
        return [one for one in self.calls if one.error]

    def called(self, method: str) -> list[ApiCall]:
        """Return the calls of one method."""
        return [one for one in self.calls if one.method == method]

    def workspace(self, name: str, *, install: bool = True, org: Organisation | None = None) -> Team:
        """Open a workspace, with the app in it unless told otherwise."""
        bot = org.bot if org else self.mint.id("U")
        team = Team(self, self.mint.id("T"), name, bot, self.mint.id("B"), org)
        self.teams[team.id] = team
        if install:
            team.install(rotating=self.app.rotating)
        return team

    def organisation(self, name: str, *, install: bool = True) -> Organisation:
        """Found an organisation, with the app in all its workspaces unless told otherwise."""
        org = Organisation(self, self.mint.id("E"), name, self.mint.id("W"))
        self.organisations[org.id] = org
        if install:
            org.install(rotating=self.app.rotating)
        return org

    def direct(self, member: Member, bot: str) -> Channel:
        """Find or open the direct messages of a member with the bot."""
        for channel in self.channels.values():
            if channel.kind == "im" and channel.members == {member.id, bot}:
                return channel
        channel = Channel(self.mint.id("D"), "direct", member.team.id, "im", {member.id, bot})
        self.channels[channel.id] = channel
        return channel

    def reached(self, team: str, enterprise: str) -> list[Team]:
        """Return the workspaces that a token for these reaches."""
        if team:
            return [self.teams[team]]
        return [one for one in self.teams.values() if one.org and one.org.id == enterprise]

    def fails(self, method: str, error: str = "", **how: Any) -> Fault:
        """Let calls go wrong: an error code, status=503, lost="before" or "after", hang=True, retry_after=30."""
        return self.faults.plan(Fault(method, error, **how))

    def listens_at(self, address: str) -> Signed:
        """Go over to HTTP mode: everything is sent to this address, signed."""
        self._signed = Signed(self, address)
        return self._signed

    @property
    def hostile(self) -> Hostile:
        """Somebody who is not the platform and knows the address."""
        assert self._signed is not None, "Only an address can be attacked."
        return Hostile(self._signed, self.wall)

    async def deliver(self, delivery: Delivery, *, retry: int = 0, reason: str = "") -> Ack:
        """Bring something to the bot, as a retry if need be, and return the acknowledgement or raise NoAck."""
        if not any(one is delivery for one in self.deliveries):
            self.deliveries.append(delivery)
        courier: Courier = self._signed or self.sockets
        ack = await courier.carry(delivery, retry, reason)
        delivery.acks.append(ack)
        self.log.ring()
        return ack

    async def again(self, delivery: Delivery | None = None, *, retry: int = 1, reason: str = "http_timeout") -> Ack:
        """Bring the last delivery, or another, once more with the headers of a retry."""
        return await self.deliver(delivery or self.deliveries[-1], retry=retry, reason=reason)

    async def until(self, is_true: Callable[[], object], what: str = "What was expected did not happen.") -> None:
        """Wait until something is true that calls of the bot change."""
        try:
            async with asyncio.timeout(self.patience):
                while not is_true():
                    await self.log.rings()
        except TimeoutError:
            raise AssertionError(what) from None

    async def quiet(self, seconds: float = 0.05) -> None:
        """Wait until the bot has not shown anything for a moment."""
        await self.log.quiet(seconds)

    def later(self, work: Coroutine[Any, Any, Any]) -> None:
        """Let something happen beside."""
        task = asyncio.ensure_future(self._noting_trouble(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _noting_trouble(self, work: Coroutine[Any, Any, Any]) -> None:
        try:
            await work
        except NoAck as trouble:
            self.complaints.append(str(trouble))

    def _routes(self) -> web.Application:
        app = web.Application(client_max_size=LARGEST_REQUEST)
        app.router.add_route("*", "/api/{method}", self.door.api)
        app.router.add_get("/link/", self.sockets.connect)
        app.router.add_post("/actions/{team}/{key}", self.response_urls.post)
        app.router.add_post("/upload/v1/{number}", self.files.upload)
        app.router.add_get("/files-pri/{place}/download/{name}", self.files.download)
        app.router.add_get("/oauth/v2/authorize", self.oauth.authorise)
        app.router.add_get("/signin", sign_in)
        return app
