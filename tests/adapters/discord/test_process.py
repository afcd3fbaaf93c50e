"""The whole program in a process of its own, as an operator starts, asks and stops it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.conftest import SMALL_PACK
from tests.fakes.discord.deadline import soon
from tests.fakes.discord.heard import Heard
from tests.fakes.discord.server import FakeDiscord

GREETING = "Stepwise is on Discord as"
CALLBACK = "POST /interactions/*/callback"
# Reading all packs and commands takes its time where everybody else is busy, too.
START_SECONDS = 120.0
# It takes less than eight by its own clock; a busy machine adds the end of the interpreter.
LEAVE_SECONDS = 15.0


def environment(world: FakeDiscord, folder: Path, **more: str) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("STEPWISE_", "DISCORD_"))}
    own = {
        "DISCORD_TOKEN": world.token,
        "STEPWISE_DISCORD_API_URL": world.api_url,
        "STEPWISE_DISCORD_GATEWAY_URL": world.gateway_url,
        "STEPWISE_DATABASE_URL": f"sqlite:///{folder / 'stepwise.db'}",
        "STEPWISE_CONTENT": str(SMALL_PACK),
        "STEPWISE_LOG_FILE": str(folder / "log"),
        "STEPWISE_LOG_LEVEL": "DEBUG",
    }
    return {**clean, **own, **more}


@asynccontextmanager
async def beginning(world: FakeDiscord, folder: Path, **more: str) -> AsyncIterator[Process]:
    """Start the program; in the end there is no such process any more, whatever happened."""
    own = environment(world, folder, **more)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"), stdin=DEVNULL, stdout=PIPE, stderr=PIPE, env=own
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await soon(process.communicate())


@asynccontextmanager
async def running(world: FakeDiscord, folder: Path, **more: str) -> AsyncIterator[Process]:
    """Let it run until it has greeted, and stop it in the end."""
    async with beginning(world, folder, **more) as process:
        line = await told(process)
        assert GREETING in line, line
        yield process
        if process.returncode is None:
            process.terminate()
        await soon(process.communicate())


async def told(process: Process) -> str:
    """Return the next line that the process prints, or why it ended without one."""
    assert process.stdout is not None
    assert process.stderr is not None
    line = await soon(process.stdout.readline(), START_SECONDS)
    return (line or await soon(process.stderr.read())).decode()


async def test_a_life(tmp_path: Path, world: FakeDiscord) -> None:
    """Start, answer, be stopped in the middle of an answer, start again."""
    lab = world.guild("Lab")
    general, ada = lab.channel("general"), lab.member("ada")
    async with running(world, tmp_path) as process:
        assert "Welcome, ada" in (await ada.types(general, "/start")).text
        stopped = await is_stopped_while_answering(process, world)
        assert "Welcome" in stopped.text or "ada" in stopped.text
        await soon(process.wait(), LEAVE_SECONDS)
    assert process.returncode == 0
    await world.until(lambda: world.gateway.seen.closes)
    assert world.gateway.seen.closes == [1000]
    async with running(world, tmp_path) as process:
        assert "Your progress" in (await ada.types(general, "/progress")).text
    assert process.returncode == 0
    assert len(world.asked("PUT", "/commands")) == 1
    log = (tmp_path / "log").read_text("utf-8")
    assert "discord" in log
    assert world.token not in log
    assert "Traceback" not in log


async def is_stopped_while_answering(process: Process, world: FakeDiscord) -> Heard:
    """Ask for something, and stop the bot before the answer has arrived."""
    ada, general = world.guild("Lab").member("ada"), world.guild("Lab").channel("general")
    before = len(world.asked("POST", "/callback"))
    world.faults.fail(CALLBACK, status=503, times=2)
    asking = asyncio.ensure_future(ada.types(general, "/start"))
    await world.until(lambda: len(world.asked("POST", "/callback")) > before)
    process.send_signal(signal.SIGTERM)
    return await soon(asking)


async def test_a_wrong_token_is_one_line(tmp_path: Path, world: FakeDiscord) -> None:
    wrong = "MTIzNDU2.wrong.token-of-nobody"
    async with beginning(world, tmp_path, DISCORD_TOKEN=wrong) as process:
        out, err = (one.decode() for one in await soon(process.communicate(), START_SECONDS))
    assert (process.returncode, out) == (2, "")
    assert err.count("\n") == 1
    assert "DISCORD_TOKEN" in err
    assert wrong not in err + (tmp_path / "log").read_text("utf-8")
    assert "Traceback" not in err + (tmp_path / "log").read_text("utf-8")


async def test_it_waits_for_a_discord_that_is_down(tmp_path: Path, world: FakeDiscord) -> None:
    world.guild("Lab")
    world.faults.lose_before("GET /users/@me", 3)
    world.faults.fail("GET /gateway/bot", status=404)
    async with running(world, tmp_path):
        assert len(world.asked("GET", "/users/@me")) >= 4
    assert "trying again in 2 s" in (tmp_path / "log").read_text("utf-8")


async def test_it_can_be_stopped_while_it_waits(tmp_path: Path, world: FakeDiscord) -> None:
    world.faults.lose_before("GET /users/@me", 99)
    async with beginning(world, tmp_path) as process:
        await world.bell.until(lambda: world.asked("GET", "/users/@me"), "It did not start.", START_SECONDS)
        process.terminate()
        _, err = await soon(process.communicate(), LEAVE_SECONDS)
    assert (process.returncode, err.decode()) == (0, "")


async def test_it_looks_after_its_own_shards(tmp_path: Path, world: FakeDiscord) -> None:
    rooms = [world.guild(f"Room {number}") for number in range(4)]
    async with running(world, tmp_path, STEPWISE_DISCORD_SHARDS="3/4"):
        assert [one["shard"] for one in world.gateway.seen.identifies] == [[3, 4]]
        own = [one for one in rooms if (int(one.id) >> 22) % 4 == 3]
        ada = own[0].member("ada")
        assert "ada" in (await ada.types(own[0].channel("general"), "/start")).text


async def test_a_discord_that_does_not_answer_cannot_keep_it_from_leaving(tmp_path: Path, world: FakeDiscord) -> None:
    """Stop it while a post and an answer hang: within ten seconds it says good-bye and ends well."""
    lab = world.guild("Lab")
    general, olga = lab.channel("general"), lab.member("olga", admin=True)
    async with running(world, tmp_path) as process:
        await olga.types(general, "/setup", channel=general, zone="UTC")
        world.faults.hang("POST /channels/*/messages")
        await olga.types(general, "/schedule post-now")
        await world.until(lambda: world.asked("POST", f"/channels/{general.id}/messages"), "Nothing was posted.")
        world.faults.hang(CALLBACK)
        asking = asyncio.ensure_future(olga.types(general, "/about"))
        before = len(world.asked("POST", "/callback"))
        await world.until(lambda: len(world.asked("POST", "/callback")) > before)
        process.terminate()
        await soon(process.wait(), LEAVE_SECONDS)
        asking.cancel()
    assert process.returncode == 0
    await world.until(lambda: world.gateway.seen.closes)
    assert world.gateway.seen.closes == [1000]
