"""Both platforms in one process, started and stopped as an operator does."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from adapters.slack.manifest import manifest
from bot.wiring import find_commands
from tests.conftest import SMALL_PACK
from tests.fakes.discord.server import FakeDiscord
from tests.fakes.slack import FakeSlack
from tests.processes import ended

SECONDS = 20.0
Process = asyncio.subprocess.Process


@asynccontextmanager
async def running(folder: Path, **environ: str) -> AsyncIterator[Process]:
    """Start the bot as `stepwise run` does."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("STEPWISE_")}
    settings = {"STEPWISE_DATABASE_URL": f"sqlite:///{folder / 'both.db'}", "STEPWISE_CONTENT": str(SMALL_PACK)}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        env=clean | settings | environ,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    async with ended(process):
        yield process


async def told(process: Process, words: str) -> str:
    """Wait for a line that says this."""
    assert process.stdout is not None
    async with asyncio.timeout(SECONDS):
        while line := (await process.stdout.readline()).decode():
            if words in line:
                return line
    raise AssertionError(f"It ended without saying {words!r}.")


async def test_discord_and_slack_in_one_process(tmp_path: Path) -> None:
    async with FakeDiscord() as discord, FakeSlack() as slack:
        server, team = discord.guild("Lab"), slack.workspace("Lab")
        general, channel, token = server.channel("general"), team.channel("general"), team.token
        assert token is not None
        slack.app.configure(manifest(find_commands()))
        keys = {
            "DISCORD_TOKEN": discord.token,
            "STEPWISE_DISCORD_API_URL": discord.api_url,
            "STEPWISE_DISCORD_GATEWAY_URL": discord.gateway_url,
            "SLACK_BOT_TOKEN": token.value,
            "SLACK_APP_TOKEN": slack.app_token,
            "STEPWISE_SLACK_API_URL": slack.api_url,
        }
        async with running(tmp_path, **keys) as process:
            await told(process, "Stepwise is on Discord as")
            await slack.sockets.connected()
            assert "Learn" in (await server.member("ada").types(general, "/help")).text
            assert "Learn" in (await team.member("ada").types(channel, "/mentor help")).text
            process.send_signal(signal.SIGTERM)
            _, err = await asyncio.wait_for(process.communicate(), SECONDS)
        assert process.returncode == 0, err.decode()
        assert b"Traceback" not in err
        assert not any(secret.encode() in err for secret in keys.values() if not secret.startswith("http"))


async def test_one_wrong_key_is_one_clear_line(tmp_path: Path) -> None:
    async with FakeSlack() as slack:
        keys = {
            "SLACK_BOT_TOKEN": "xoxb-never-heard-of",
            "SLACK_APP_TOKEN": slack.app_token,
            "STEPWISE_SLACK_API_URL": slack.api_url,
        }
        async with running(tmp_path, **keys) as process:
            out, err = await asyncio.wait_for(process.communicate(), SECONDS)
        assert process.returncode == 2
        assert err.decode().count("\n") == 1, err.decode()
        assert b"SLACK_BOT_TOKEN" in err
        assert b"never-heard-of" not in out + err
