"""What the tests share: a clock, a house with the real commands, and members who talk."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.wiring import House, open_house
from tests.clock import ManualClock
from tests.fakes.platform import EASY, STRICT, Customs, Member, Platform

SMALL_PACK = Path(__file__).parent / "small_pack"


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings of whoever runs the tests, and their database, out of the tests."""
    for name in [name for name in os.environ if name.startswith(("STEPWISE_", "DISCORD_", "SLACK_"))]:
        monkeypatch.delenv(name)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def house(tmp_path: Path, clock: ManualClock) -> AsyncIterator[House]:
    database = f"sqlite:///{tmp_path / 'stepwise.db'}"
    settings = Settings(database_url=database, files_dir=tmp_path / "files", content=str(SMALL_PACK))
    async with open_house(settings, clock, strict=True) as opened:
        yield opened


@pytest.fixture(params=[STRICT, EASY], ids=lambda customs: customs.name)
def customs(request: pytest.FixtureRequest) -> Customs:
    chosen: Customs = request.param
    return chosen


@pytest.fixture
def platform(house: House, clock: ManualClock, customs: Customs) -> Platform:
    return Platform(house.dispatcher, clock, customs)


@pytest.fixture
def ada(platform: Platform) -> Member:
    return platform.member("ada")


@pytest.fixture
def grace(platform: Platform) -> Member:
    return platform.member("grace", admin=True)
