"""The page as an operator starts it: a process of its own, stopped with a signal."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.conftest import SMALL_PACK
from tests.processes import ended

SECONDS = 120.0
Process = asyncio.subprocess.Process


@asynccontextmanager
async def running(folder: Path, *words: str, **environ: str) -> AsyncIterator[Process]:
    """Start the program in a folder, and leave nothing of it behind."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("STEPWISE_")}
    own = {"STEPWISE_CONTENT": str(SMALL_PACK), "STEPWISE_WEB_PORT": "0", "PYTHONUNBUFFERED": "1"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words),
        cwd=folder,
        env=clean | own | {"PYTHONPATH": str(Path(__file__).parents[3])} | environ,
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
                return line.strip()
    raise AssertionError(f"It ended without saying {words!r}.")


async def _stopped(process: Process) -> int:
    process.send_signal(signal.SIGINT)
    async with asyncio.timeout(SECONDS):
        return await process.wait()


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals of Unix")
async def test_without_any_key_the_page_opens_and_says_where(tmp_path: Path) -> None:
    async with running(tmp_path, "run", "--empty") as process:
        address = (await told(process, "Stepwise is at")).rpartition(" ")[2]
        assert "stepwise.db" in await told(process, "Everything is kept")
        async with aiohttp.ClientSession() as session, session.get(f"{address}organiser") as answer:
            assert answer.status == 200
        assert await _stopped(process) == 0
    assert (tmp_path / "stepwise.db").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals of Unix")
async def test_the_demo_leaves_nothing_behind(tmp_path: Path) -> None:
    async with running(tmp_path, "run") as process:
        address = (await told(process, "Stepwise is at")).rpartition(" ")[2]
        await told(process, "made up")
        async with aiohttp.ClientSession() as session, session.get(f"{address}organiser") as answer:
            assert "Northlight study group" in await answer.text()
        assert await _stopped(process) == 0
    assert not any(tmp_path.iterdir())  # noqa: ASYNC240 - nobody else runs in this test


async def test_an_address_for_others_needs_a_password(tmp_path: Path) -> None:
    async with running(tmp_path, "run", "--empty", STEPWISE_WEB_HOST="0.0.0.0") as process:
        async with asyncio.timeout(SECONDS):
            _, said = await process.communicate()
        assert process.returncode == 2
        assert "STEPWISE_WEB_PASSWORD" in said.decode()
        assert "Traceback" not in said.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals of Unix")
async def test_the_author_s_corner_opens_over_a_broken_pack_too(tmp_path: Path) -> None:
    (tmp_path / "pack" / "faqs").mkdir(parents=True)
    (tmp_path / "pack" / "faqs" / "all.yaml").write_text("- id: Bad Id\n", "utf-8")
    async with running(tmp_path, "content", "preview", "pack") as process:
        await told(process, "These packs have errors")
        address = (await told(process, "author's corner is at")).rpartition(" ")[2]
        async with aiohttp.ClientSession() as session, session.get(f"{address}/look") as answer:
            listing = await answer.json()
        assert listing["errors"] > 0
        assert listing["entries"][0]["problems"]
        assert await _stopped(process) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals of Unix")
async def test_a_pack_that_is_mended_is_shown_without_a_new_start(tmp_path: Path) -> None:
    pack = Path(shutil.copytree(SMALL_PACK, tmp_path / "pack"))
    faqs, broken = pack / "faqs" / "all.yaml", pack / "faqs" / "broken.yaml"
    text = faqs.read_text("utf-8")
    question = text.partition("question: ")[2].partition("\n")[0]
    faqs.write_text(text.replace(question, "Which hat does a gardener wear?", 1), "utf-8")
    broken.write_text("- id: [oops\n", "utf-8")
    async with running(tmp_path, "content", "preview", "pack") as process, aiohttp.ClientSession() as session:
        await told(process, "These packs have errors")
        address = (await told(process, "author's corner is at")).rpartition(" ")[2]

        async def fetch(path: str, **query: str) -> Any:
            async with session.get(f"{address}/{path}", params=query) as answer:
                return await answer.json()

        listing = await fetch("look")
        broken.unlink()
        async with asyncio.timeout(SECONDS):
            while listing["errors"] or not listing["fresh"]:
                await fetch("changed", seen=str(listing["version"]))
                listing = await fetch("look")
        name = next(one["id"] for one in listing["entries"] if one["title"] == "Which hat does a gardener wear?")
        shown = await fetch("show", kind="faq", id=name)
        assert shown["entry"]["reply"]["title"] == "Which hat does a gardener wear?"
        assert await _stopped(process) == 0


async def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    async with running(tmp_path, "content", "preview", "nowhere") as process:
        async with asyncio.timeout(SECONDS):
            _, said = await process.communicate()
        assert process.returncode == 2
        assert "There is no folder nowhere" in said.decode()
