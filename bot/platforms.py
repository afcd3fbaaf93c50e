"""Be on every platform that the settings name, all in one process, until somebody stops it."""

from __future__ import annotations

import asyncio
import logging
import re
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from bot.core.outgoing import CannotStart, Poster
from bot.core.registry import Registry
from bot.core.reply import Reply
from bot.operate.lines import looking_at_lines
from bot.operate.starting import let_it_stay, uncollected
from bot.services.answers import Answers
from bot.services.comings import Comings
from bot.services.reporting import Reporting
from bot.settings import Settings, read_shards
from bot.wiring import House

# What a platform needs is read only where the settings name it: their kits are most of what a start takes.
if TYPE_CHECKING:
    from adapters.discord.locales import Words
    from adapters.discord.service import Account
    from adapters.slack.service import Account as SlackAccount
    from adapters.web.hall import Preview, Scene
    from adapters.web.service import Account as WebAccount

log = logging.getLogger(__name__)

# Whoever stops a process kills it after ten seconds or so. Each platform and each store ends by itself before;
# together they may take longer, and then they are cut off, one after the other.
HURRY_AFTER = (8.5, 8.8, 9.1, 9.4)

Json = dict[str, Any]
Connected = dict[str, Callable[[], bool]]


class Presence(Protocol):
    """The bot on one platform, while it is there."""

    @property
    def poster(self) -> Poster:
        """Return what writes there unasked."""

    async def stay(self) -> None:
        """Listen until told to leave."""


@asynccontextmanager
async def on_all_platforms(
    house: House, tell: Callable[[str], None] = log.info, scene: Scene | None = None
) -> AsyncIterator[Sequence[Presence]]:
    """Log in wherever there is a key, and leave in good order."""
    settings, entered = house.settings, list[AbstractAsyncContextManager[Presence]]()
    with uncollected():
        if settings.on_discord:
            entered.append(_on_discord(house, tell))
        if settings.on_slack:
            entered.append(_on_slack(house, tell))
        if settings.on_web:
            entered.append(_on_web(house, tell, scene))
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(one) for one in entered]


def _on_discord(house: House, tell: Callable[[str], None]) -> AbstractAsyncContextManager[Presence]:
    from adapters.discord.service import on_discord

    door, shelf = house.services.get(Comings), house.store.secrets
    return on_discord(discord_account(house.settings, house), house.dispatcher, door, shelf, tell)


def _on_slack(house: House, tell: Callable[[str], None]) -> AbstractAsyncContextManager[Presence]:
    from adapters.slack.service import on_slack

    door, shelf = house.services.get(Comings), house.store.secrets
    return on_slack(slack_account(house.settings), house.dispatcher, door, shelf, tell)


def _on_web(house: House, tell: Callable[[str], None], scene: Scene | None) -> AbstractAsyncContextManager[Presence]:
    from adapters.web.hall import Scene
    from adapters.web.service import on_web

    scene = scene or Scene(previews=previews(), reporter=reporting(house).report)
    door, shelf = house.services.get(Comings), house.store.secrets
    return on_web(web_account(house.settings), house.dispatcher, door, shelf, scene, tell)


@asynccontextmanager
async def monitored(house: House) -> AsyncIterator[Connected]:
    """Let others see how the bot is, where the settings name a port for it, also while platforms are not reached yet.

    What is yielded says of each platform whether it is connected.
    """
    connected = dict.fromkeys(_wanted(house.settings), lambda: False)
    if house.measures is None:
        yield connected
        return
    from bot.operate.monitoring import Vitals, monitoring

    settings = house.settings
    vitals = Vitals(house.store, house.dispatcher.clock, house.measures, connected, settings.backup_dir)
    async with monitoring(vitals, settings.monitor_host, settings.monitor_port):
        yield connected


def _wanted(settings: Settings) -> list[str]:
    asked = {"discord": settings.on_discord, "slack": settings.on_slack, "web": settings.on_web}
    return [name for name, there in asked.items() if there]


@asynccontextmanager
async def watched_over(house: House, there: Sequence[Presence], connected: Connected) -> AsyncIterator[None]:
    """Say in the log when one of those who are there is lost, and let others see it."""
    connected.update({one.poster.platform: partial(getattr, one, "connected", True) for one in there})
    async with looking_at_lines(connected, house.dispatcher.clock):
        yield


def web_account(settings: Settings) -> WebAccount:
    """Read from the settings where the page is."""
    from adapters.web.service import Account as WebAccount

    return WebAccount(settings.web_host, settings.web_port, settings.web_password.get_secret_value())


def reporting(house: House) -> Reporting:
    """Return what makes the organiser's page."""
    return Reporting(house.store, house.services.get(Answers), house.dispatcher.clock)


def previews() -> Mapping[str, Preview]:
    """Say how each platform would draw what the page shows, by the code that draws it there."""
    from adapters.discord import forms as discord_forms
    from adapters.discord import render as discord_render
    from adapters.slack import forms as slack_forms
    from adapters.slack import render as slack_render
    from adapters.web.hall import Preview

    def in_slack(reply: Reply, private: bool) -> Json:
        drawn = slack_render.message(reply, picture="picture" if reply.image else "")
        return {"response_type": "ephemeral" if private else "in_channel", "text": drawn.text, "blocks": drawn.blocks}

    return {
        "Discord": Preview(
            lambda reply, private: discord_render.message(reply, ephemeral=private).body, discord_forms.modal
        ),
        "Slack": Preview(in_slack, slack_forms.modal),
    }


def discord_account(settings: Settings, house: House) -> Account:
    """Read from the settings how to reach Discord."""
    from adapters.discord.client import Shards
    from adapters.discord.service import Account

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
    from adapters.discord.locales import BadLocale, read_locales

    try:
        return read_locales(folder, registry)
    except BadLocale as error:
        raise CannotStart(str(error)) from None


def slack_account(settings: Settings) -> SlackAccount:
    """Read from the settings how to reach Slack."""
    from adapters.slack.service import Account as SlackAccount

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


def posters(there: Sequence[Presence]) -> list[Poster]:
    """Return what writes unasked."""
    return [one.poster for one in there]


async def stay(there: Sequence[Presence]) -> None:
    """Listen on all of them; what throws one out for good ends them all."""
    let_it_stay()
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
    """Cancel the work at the first signal, and what is left of it near the end; a second signal kills as usual."""
    loop, signals = asyncio.get_running_loop(), (signal.SIGTERM, signal.SIGINT)
    hurries: list[asyncio.TimerHandle] = []

    def stop() -> None:
        for one in signals:
            loop.remove_signal_handler(one)
        task.cancel()
        hurries.extend(loop.call_later(seconds, task.cancel) for seconds in HURRY_AFTER)

    for one in signals:
        loop.add_signal_handler(one, stop)
    try:
        yield
    finally:
        for one in signals:
            loop.remove_signal_handler(one)
        for hurry in hurries:
            hurry.cancel()
