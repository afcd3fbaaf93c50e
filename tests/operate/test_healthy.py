"""What looks after the bot from outside learns the truth: by the health check, and while a platform is away."""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from adapters.monitor.server import Pages, serving
from tests.conftest import SMALL_PACK
from tests.operate.loopback import answering
from tests.operate.stepwise import STEPWISE, clean
from tests.processes import ended

HEALTHY = Path(__file__).parents[2] / "deploy" / "healthy.py"
SECONDS = 30.0


async def look(port: int, **more: str) -> tuple[int | None, str]:
    """Run the health check as the image does."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-IS", str(HEALTHY)),
        env={"STEPWISE_MONITOR_PORT": str(port), **more},
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(SECONDS):
            _, said = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    return process.returncode, said.decode()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


async def test_the_health_check_tells_the_living_from_the_dead() -> None:
    async def ready() -> tuple[bool, Mapping[str, object]]:
        return False, {"discord": "not connected"}

    async def metrics() -> tuple[bytes, str]:
        return b"", "text/plain"

    async with serving(Pages(ready, metrics), "127.0.0.1", 0) as port:
        assert await look(port) == (0, ""), "a restart brings no platform back"
        assert await look(port, STEPWISE_MONITOR_HOST="0.0.0.0") == (0, "")
    status, said = await look(port)
    assert status == 1
    assert said.count("\n") == 1
    assert f"127.0.0.1:{port} does not answer" in said


async def test_whoever_else_listens_there_is_not_the_bot() -> None:
    async with answering({}) as address:
        status, said = await look(int(address.rpartition(":")[2]))
    assert (status, "says 404" in said) == (1, True)


async def test_a_port_of_none_is_told() -> None:
    assert (await look(0))[0] == 1


@asynccontextmanager
async def running(folder: Path, port: int, **environment: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Start the bot as the unit and the image do, and kill it in the end."""
    own = {
        "STEPWISE_DATABASE_URL": f"sqlite:///{folder / 'stepwise.db'}",
        "STEPWISE_CONTENT": str(SMALL_PACK),
        "STEPWISE_MONITOR_PORT": str(port),
        "STEPWISE_WEB_PORT": "0",
    }
    process = await asyncio.create_subprocess_exec(
        *STEPWISE,
        *("run", "--empty"),
        env=clean(**own | environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    async with ended(process):
        yield process


async def asked(port: int, page: str) -> tuple[int, str]:
    """Ask until somebody answers."""
    async with asyncio.timeout(SECONDS), aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(f"http://127.0.0.1:{port}{page}") as answer:
                    return answer.status, await answer.text()
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.05)


async def test_a_bot_that_waits_for_its_platform_is_alive_and_not_ready(tmp_path: Path) -> None:
    port, nowhere = free_port(), f"http://127.0.0.1:{free_port()}/api/v10"
    keys = {"DISCORD_TOKEN": "a.made-up.token", "STEPWISE_DISCORD_API_URL": nowhere}
    async with running(tmp_path, port, **keys) as process:
        assert await asked(port, "/healthz") == (200, "ok\n")
        status, said = await asked(port, "/readyz")
        assert (status, json.loads(said)["discord"]) == (503, "not connected")
        assert 'stepwise_connected{platform="discord"} 0.0' in (await asked(port, "/metrics"))[1]
        process.terminate()
        async with asyncio.timeout(SECONDS):
            assert await process.wait() == 0


async def test_the_page_alone_is_watched_as_well(tmp_path: Path) -> None:
    port = free_port()
    async with running(tmp_path, port) as process:
        assert await asked(port, "/healthz") == (200, "ok\n")
        process.terminate()
        async with asyncio.timeout(SECONDS):
            assert await process.wait() == 0


async def test_without_any_key_a_service_says_so_and_does_not_come_again(tmp_path: Path) -> None:
    async with running(tmp_path, 0, STEPWISE_WEB="off") as process, asyncio.timeout(SECONDS):
        _, said = await process.communicate()
    assert process.returncode == 2
    assert b"DISCORD_TOKEN" in said
    assert b"STEPWISE_WEB" in said
