"""Be on every platform that the settings name, all in one process, until somebody stops it."""

from __future__ import annotations

import asyncio
import logging
import re
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Protocol

from adapters.discord.client import Shards
from adapters.discord.locales import BadLocale, Words, read_locales
from adapters.discord.service import Account, on_discord
from adapters.slack.service import Account as SlackAccount
from adapters.slack.service import on_slack
from bot.core.outgoing import CannotStart, Poster
from bot.core.registry import Registry
from bot.core.watched import WatchedPoster
from bot.services.comings import Comings
from bot.settings import Settings, read_shards
from bot.wiring import House

log = logging.getLogger(__name__)


class Presence(Protocol):
    """The bot on one platform, while it is there."""

    @property
    def poster(self) -> Poster:
        """Return what writes there unasked."""

    async def stay(self) -> None:
        """Listen until told to leave."""


@asynccontextmanager
async def on_all_platforms(house: House, tell: Callable[[str], None] = log.info) -> AsyncIterator[Sequence[Presence]]:
    """Log in wherever there is a key, and leave in good order."""
    settings, door, shelf = house.settings, house.services.get(Comings), house.store.secrets
    async with AsyncExitStack() as stack:
        there: list[Presence] = []
        if settings.on_discord:
            account = discord_account(settings, house)
            there.append(await stack.enter_async_context(on_discord(account, house.dispatcher, door, shelf, tell)))
        if settings.on_slack:
            slack = slack_account(settings)
            there.append(await stack.enter_async_context(on_slack(slack, house.dispatcher, door, shelf, tell)))
        yield there


def discord_account(settings: Settings, house: House) -> Account:
    """Read from the settings how to reach Discord."""
    shards = read_shards(settings.discord_shards)
    folder = settings.discord_locales
    return Account(
        settings.discord_token.get_secret_value(),
        settings.discord_api_url,
        settings.discord_gateway_url,
        Shards(*shards) if shards else None,
        _words(folder, house.registry) if folder else {},
    )


def _words(folder: Path, registry: Registry) -> dict[str, Words]:
    try:
        return read_locales(folder, registry)
    except BadLocale as error:
        raise CannotStart(str(error)) from None


def slack_account(settings: Settings) -> SlackAccount:
    """Read from the settings how to reach Slack."""
    return SlackAccount(
        bot_token=settings.slack_bot_token.get_secret_value(),
        app_token=settings.slack_app_token.get_secret_value(),
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        client_id=settings.slack_client_id,
        client_secret=settings.slack_client_secret.get_secret_value(),
        secret=settings.secret.get_secret_value(),
        api_url=settings.slack_api_url,
        authorize_url=settings.slack_authorize_url,
        root=settings.slack_root,
        aliases=slack_aliases(settings),
        host=settings.http_host,
        port=settings.http_port,
        public_url=settings.public_url,
    )


def slack_aliases(settings: Settings) -> tuple[str, ...]:
    """List the commands that get a slash command of their own."""
    return tuple(word for word in re.split(r"[\s,]+", settings.slack_aliases) if word)


def posters(house: House, there: Sequence[Presence]) -> list[WatchedPoster]:
    """Return what writes unasked, watched: a channel that takes nothing is told of once, and left in peace."""
    return [WatchedPoster(one.poster, house.store.secrets, house.dispatcher.clock) for one in there]


async def stay(there: Sequence[Presence]) -> None:
    """Listen on all of them; what throws one out for good ends them all."""
    listening = [asyncio.ensure_future(presence.stay()) for presence in there]
    try:
        await asyncio.gather(*listening)
    finally:
        for one in listening:
            one.cancel()


async def until_stopped(work: Callable[[], Awaitable[None]]) -> None:
    """Do this until it ends, or until the process is told to stop; then let it finish in good order."""
    task = asyncio.ensure_future(work())
    with _stopping(task):
        try:
            await task
        except asyncio.CancelledError:
            log.warning("Stopped.")


@contextmanager
def _stopping(task: asyncio.Future[None]) -> Iterator[None]:
    """Cancel the work at the first signal; a second one kills as usual."""
    loop, signals = asyncio.get_running_loop(), (signal.SIGTERM, signal.SIGINT)

    def stop() -> None:
        for one in signals:
            loop.remove_signal_handler(one)
        task.cancel()

    for one in signals:
        loop.add_signal_handler(one, stop)
    try:
        yield
    finally:
        for one in signals:
            loop.remove_signal_handler(one)
