"""Run the bot on Slack: connect, stay, and leave in good order."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.client import SlackBot
from adapters.slack.desk import Desk, Noticed
from adapters.slack.http import events_route, serving
from adapters.slack.installing import Client, Installing
from adapters.slack.installs import Installs, WeakSecret, seal_with
from adapters.slack.keys import InstalledKeys, Keys, OwnKey
from adapters.slack.means import Means
from adapters.slack.naming import naming
from adapters.slack.organisers import Organisers
from adapters.slack.outbox import Outbox
from adapters.slack.own_workspace import OwnWorkspace, introduce
from adapters.slack.pace import PACE, Pace
from adapters.slack.posting import SlackPoster
from adapters.slack.reach import Directs
from adapters.slack.rotation import Rotation, exchange_at
from adapters.slack.sealing import Shelf
from adapters.slack.socket import SocketLine
from adapters.slack.states import States
from bot.core.calls import Speaker
from bot.core.dispatch import Dispatcher
from bot.core.outgoing import CannotStart, Doorkeeper

log = logging.getLogger(__name__)

AUTHORIZE_URL = "https://slack.com/oauth/v2/authorize"
CALL_WITHIN = aiohttp.ClientTimeout(total=30.0, connect=10.0)
GOODBYE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Account:
    """How to reach Slack, and as whom.

    One workspace: `bot_token`, with `app_token` for Socket Mode or `signing_secret` for HTTP. Many workspaces:
    `client_id`, `client_secret`, `signing_secret`, `public_url`, and `secret` to keep their keys with.
    """

    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)
    api_url: str = AsyncWebClient.BASE_URL
    authorize_url: str = AUTHORIZE_URL
    root: str = "mentor"
    aliases: tuple[str, ...] = ()
    host: str = "127.0.0.1"
    port: int = 3000
    public_url: str = ""
    pace: Pace = PACE

    @property
    def many(self) -> bool:
        """Say whether workspaces install the app themselves."""
        return bool(self.client_id)


@dataclass(frozen=True, slots=True)
class Presence:
    """The bot on Slack, while it is there."""

    bot: SlackBot
    poster: SlackPoster
    line: SocketLine | None = None
    # Where the server listens; 0 without one.
    port: int = 0

    @property
    def connected(self) -> bool:
        """Say whether Slack reaches the bot right now, as far as that can be known here."""
        return self.line is None or self.line.connected

    async def stay(self) -> None:
        """Listen until told to leave."""
        await (self.line.watch() if self.line else asyncio.Event().wait())

    async def leave(self) -> None:
        """Finish what is running."""
        await self.bot.drain(GOODBYE_SECONDS)


@asynccontextmanager
async def on_slack(
    account: Account,
    dispatcher: Dispatcher,
    door: Doorkeeper,
    shelf: Shelf,
    tell: Callable[[str], None] = log.info,
    *,
    outbox: Outbox | None = None,
) -> AsyncIterator[Presence]:
    """Connect, and be ready to listen; every reason why that cannot be is one clear line."""
    _check(account)
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(
            aiohttp.ClientSession(timeout=CALL_WITHIN, cookie_jar=aiohttp.DummyCookieJar())
        )
        means = Means(session, outbox or Outbox(dispatcher.clock), account.api_url, account.signing_secret)
        house = _House(account, dispatcher, door, shelf, means, tell)
        bot, poster, pages = await (house.for_many(stack) if account.many else house.for_one())
        stack.push_async_callback(bot.drain, GOODBYE_SECONDS)
        line, port = await _connect(account, bot, means, pages, stack)
        tell(f"Stepwise is on Slack: {_where(account, port)}.")
        yield Presence(bot, poster, line, port)


async def _connect(
    account: Account, bot: SlackBot, means: Means, pages: Sequence[web.RouteDef], stack: AsyncExitStack
) -> tuple[SocketLine | None, int]:
    line, port = None, 0
    routes = [*pages, *([] if account.app_token else [events_route(bot.app)])]
    if routes:
        port = await stack.enter_async_context(serving(routes, account.host, account.port))
    if account.app_token:
        line = SocketLine(bot.app, account.app_token, means, account.pace)
        stack.push_async_callback(line.close)
        await line.open()
    return line, port


def _where(account: Account, port: int) -> str:
    how = f"it listens at {account.host}:{port}" if port else "it listens over a socket"
    return f"workspaces install it at {account.public_url}/slack/install, and {how}" if account.many else how


def _check(account: Account) -> None:
    """Refuse what cannot work, with the name of what is missing."""
    if account.many:
        needed = {
            "SLACK_CLIENT_SECRET": account.client_secret,
            "SLACK_SIGNING_SECRET": account.signing_secret or account.app_token,
            "STEPWISE_SECRET": account.secret,
            "STEPWISE_PUBLIC_URL": account.public_url,
        }
        missing = [name for name, value in needed.items() if not value]
        if missing:
            raise CannotStart(f"To let workspaces install the app on Slack, set {', '.join(missing)} as well.")
    elif not account.bot_token:
        raise CannotStart("To be on Slack, set SLACK_BOT_TOKEN, or SLACK_CLIENT_ID for many workspaces.")
    elif not (account.app_token or account.signing_secret):
        raise CannotStart(
            "SLACK_BOT_TOKEN alone does not let the bot hear anything. Set SLACK_APP_TOKEN as well, or "
            "SLACK_SIGNING_SECRET where Slack can call this machine."
        )


@dataclass(frozen=True, slots=True)
class _House:
    """Puts the bot together, for one workspace or for many."""

    account: Account
    dispatcher: Dispatcher
    door: Doorkeeper
    shelf: Shelf
    means: Means
    tell: Callable[[str], None]

    async def for_one(self) -> tuple[SlackBot, SlackPoster, Sequence[web.RouteDef]]:
        """Serve the workspace whose key stands in the settings."""
        one = await introduce(self.means, self.account.bot_token, self.tell)
        keys, organisers = OwnKey(one), Organisers(self.shelf)
        poster = self._poster(keys, organisers)
        workspace = OwnWorkspace(one, self.door, poster, organisers)
        await workspace.arrive()
        desk = self._desk(keys, workspace.noticed, poster.directs)
        return SlackBot(desk, keys, self.means, left=workspace.left), poster, ()

    async def for_many(self, stack: AsyncExitStack) -> tuple[SlackBot, SlackPoster, Sequence[web.RouteDef]]:
        """Serve every workspace that installs the app."""
        account, clock = self.account, self.dispatcher.clock
        try:
            seal = await seal_with(self.shelf, account.secret)
        except WeakSecret as error:
            raise CannotStart(str(error)) from None
        installs, organisers = Installs(self.shelf, seal, clock), Organisers(self.shelf)
        exchange = exchange_at(
            account.client_id, account.client_secret, base_url=account.api_url, session=self.means.session
        )
        rotation = Rotation(installs, exchange, clock)
        stack.push_async_callback(rotation.close)
        keys = InstalledKeys(rotation, installs, self.shelf)
        poster = self._poster(keys, organisers)
        client = Client(account.client_id, account.client_secret, account.authorize_url, account.public_url.rstrip("/"))
        states = States(seal, self.shelf, clock)
        installing = Installing(client, installs, states, self.means, self.door, poster, organisers, clock)

        async def noticed(speaker: Speaker) -> None:
            await organisers.note(speaker.place, speaker.handle.user)

        desk = self._desk(keys, noticed, poster.directs)
        return SlackBot(desk, keys, self.means, left=installing.left), poster, installing.routes()

    def _poster(self, keys: Keys, organisers: Organisers) -> SlackPoster:
        named = naming(self.dispatcher.registry, self.account.root)
        return SlackPoster(keys, self.means, named, Directs(), organisers, self.account.pace)

    def _desk(self, keys: Keys, noticed: Noticed, directs: Directs) -> Desk:
        return Desk(
            self.dispatcher,
            keys,
            self.means,
            root=self.account.root,
            noticed=noticed,
            directs=directs,
            pace=self.account.pace,
        )
