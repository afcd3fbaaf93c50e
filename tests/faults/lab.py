"""A bot on both platforms, in a process of its own, each behind a line that can be cut and slowed down."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from adapters.slack.manifest import manifest
from bot.wiring import find_commands
from tests.conftest import SMALL_PACK
from tests.fakes.discord.server import FakeDiscord
from tests.fakes.slack import FakeSlack
from tests.faults.child import ROOT
from tests.faults.relay import Relay, relayed
from tests.processes import ended

SECONDS = 45.0
CheckIn = Callable[[str], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Side:
    """A platform, the line to it, and how somebody checks in there."""

    relay: Relay
    check_in: CheckIn
    is_back: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Lab:
    """A bot on both platforms."""

    process: asyncio.subprocess.Process
    log: Path
    sides: dict[str, Side]


@asynccontextmanager
async def running(folder: Path, keys: dict[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run the bot as an operator does; its log goes into a file."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("STEPWISE_")}
    own = {"STEPWISE_DATABASE_URL": f"sqlite:///{folder / 'both.db'}", "STEPWISE_CONTENT": str(SMALL_PACK)}
    with (folder / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            cwd=ROOT,
            env=clean | own | keys,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    async with ended(process):
        yield process


@asynccontextmanager
async def lab_in(folder: Path) -> AsyncIterator[Lab]:
    """Start a bot on both platforms, each behind a line of its own."""
    async with AsyncExitStack() as stack:
        discord = await stack.enter_async_context(FakeDiscord())
        slack = await stack.enter_async_context(FakeSlack())
        to_discord, to_slack = [
            await stack.enter_async_context(relayed(urlsplit(url).port or 0)) for url in (discord.api_url, slack.url)
        ]
        discord.gateway.base, slack.url = to_discord.instead_of(discord.gateway.base), to_slack.instead_of(slack.url)
        server, team = discord.guild("Lab"), slack.workspace("Lab")
        general, channel, token = server.channel("general"), team.channel("general"), team.token
        assert token is not None
        slack.app.configure(manifest(find_commands()))
        keys = {
            "DISCORD_TOKEN": discord.token,
            "STEPWISE_DISCORD_API_URL": to_discord.instead_of(discord.api_url),
            "STEPWISE_DISCORD_GATEWAY_URL": to_discord.instead_of(discord.gateway_url),
            "SLACK_BOT_TOKEN": token.value,
            "SLACK_APP_TOKEN": slack.app_token,
            "STEPWISE_SLACK_API_URL": slack.api_url,
        }
        process = await stack.enter_async_context(running(folder, keys))
        log = folder / "log"
        await until_says(log, "Stepwise is on Discord as")
        await slack.sockets.connected()
        sides = {
            "discord": Side(
                to_discord, lambda who: server.member(who).types(general, "/checkin"), lambda: discord.gateway.online
            ),
            "slack": Side(
                to_slack, lambda who: team.member(who).types(channel, "/mentor checkin"), lambda: slack.sockets.living
            ),
        }
        yield Lab(process, log, sides)


async def until(is_so: Callable[[], object]) -> None:
    """Wait until something of another process is so."""
    async with asyncio.timeout(SECONDS):
        while not is_so():  # noqa: ASYNC110 - a process of its own rings no bell here
            await asyncio.sleep(0.05)


async def until_says(log: Path, words: str) -> None:
    """Wait until the log says this."""
    await until(lambda: words in log.read_text(errors="replace"))
