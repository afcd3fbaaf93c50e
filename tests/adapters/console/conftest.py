"""A house at the terminal, and ways to talk to it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path

import pytest

from adapters.console.conversation import Conversation
from adapters.console.person import Seat
from bot.core.dispatch import Dispatcher
from tests.clock import ManualClock
from tests.conftest import SMALL_PACK
from tests.core.samples import ALL, Diary
from tests.house import small_house

ROOT = Path(__file__).parent.parent.parent.parent
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def diary() -> Diary:
    return Diary()


@pytest.fixture
async def dispatcher(tmp_path: Path, clock: ManualClock, diary: Diary) -> AsyncIterator[Dispatcher]:
    async with small_house(tmp_path, ALL, clock, diary) as opened:
        yield opened


@pytest.fixture
def friend(dispatcher: Dispatcher) -> Conversation:
    return Conversation(dispatcher, Seat("friend"))


@pytest.fixture
def environ(tmp_path: Path) -> Mapping[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("STEPWISE_")}
    return kept | {"PYTHONPATH": str(ROOT), "STEPWISE_CONTENT": str(SMALL_PACK), "PYTHONWARNINGS": "error"}


@pytest.fixture
def stepwise(tmp_path: Path, environ: Mapping[str, str]) -> Run:
    """Run the program as a person does: a process of its own, in a folder of its own."""

    def run(*arguments: str, typed: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            cwd=tmp_path,
            env={**environ, **more},
            input=typed,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    return run
