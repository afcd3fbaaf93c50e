"""A small house with the sample commands, and members who talk in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.dispatch import Dispatcher
from tests.clock import ManualClock
from tests.core.samples import ALL, Diary
from tests.fakes.platform import Customs, Member, Platform
from tests.house import small_house


@pytest.fixture
def diary() -> Diary:
    return Diary()


@pytest.fixture
async def dispatcher(tmp_path: Path, clock: ManualClock, diary: Diary) -> AsyncIterator[Dispatcher]:
    async with small_house(tmp_path, ALL, clock, diary) as opened:
        yield opened


@pytest.fixture
def platform(dispatcher: Dispatcher, clock: ManualClock, customs: Customs) -> Platform:
    return Platform(dispatcher, clock, customs)


@pytest.fixture
def ada(platform: Platform) -> Member:
    return platform.member("ada")


@pytest.fixture
def grace(platform: Platform) -> Member:
    return platform.member("grace", admin=True)
