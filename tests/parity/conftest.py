"""The same traveller on each platform."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from adapters.console.conversation import Conversation
from adapters.console.person import Seat
from bot.settings import Settings
from bot.wiring import House, open_house
from tests.adapters.discord import conftest as discord_side
from tests.adapters.slack import conftest as slack_side
from tests.clock import ManualClock
from tests.conftest import SMALL_PACK
from tests.fakes.discord.server import FakeDiscord
from tests.fakes.slack import FakeSlack
from tests.fakes.slack.team import Team
from tests.parity.travellers import OnConsole, OnDiscord, OnSlack, Traveller
from tests.parity.web_traveller import at_the_page

# Opens the bot as it stands in its folder, and brings the named ones there: a second time is a restart.
Opening = Callable[[str], AbstractAsyncContextManager[tuple[House, Traveller]]]


def settings_in(folder: Path) -> Settings:
    return Settings(
        database_url=f"sqlite:///{folder / 'parity.db'}", files_dir=folder / "files", content=str(SMALL_PACK)
    )


@pytest.fixture(params=["console", "discord", "slack-socket", "slack-http", "web"])
async def opening(request: pytest.FixtureRequest, tmp_path: Path, clock: ManualClock) -> AsyncIterator[Opening]:
    match request.param:
        case "console":
            yield _on_console(tmp_path, clock)
        case "web":
            yield _on_web(tmp_path, clock)
        case "discord":
            async with FakeDiscord() as world:
                world.guild("Lab").channel("general")
                yield _on_discord(tmp_path, clock, world)
        case mode:
            async with FakeSlack(clock) as slack:
                team = slack.workspace("Lab")
                team.channel("general")
                team.member("olga", admin=True)
                yield _on_slack(tmp_path, clock, team, "http" if mode == "slack-http" else "socket")


def _on_console(folder: Path, clock: ManualClock) -> Opening:
    @asynccontextmanager
    async def there(name: str) -> AsyncIterator[tuple[House, Traveller]]:
        async with open_house(settings_in(folder), clock, strict=True) as house:
            yield house, OnConsole(Conversation(house.dispatcher, Seat(name, "Lab", admin=name == "olga")), folder)

    return there


def _on_web(folder: Path, clock: ManualClock) -> Opening:
    @asynccontextmanager
    async def there(name: str) -> AsyncIterator[tuple[House, Traveller]]:
        async with open_house(settings_in(folder), clock, strict=True) as house, at_the_page(house, name) as traveller:
            yield house, traveller

    return there


def _on_discord(folder: Path, clock: ManualClock, world: FakeDiscord) -> Opening:
    @asynccontextmanager
    async def there(name: str) -> AsyncIterator[tuple[House, Traveller]]:
        lab = world.guild("Lab")
        async with open_house(settings_in(folder), clock, strict=True) as house, discord_side.living(house, world):
            yield house, OnDiscord(lab.member(name, admin=name == "olga"), lab.channel("general"), house.registry)

    return there


def _on_slack(folder: Path, clock: ManualClock, team: Team, mode: slack_side.Mode) -> Opening:
    @asynccontextmanager
    async def there(name: str) -> AsyncIterator[tuple[House, Traveller]]:
        async with (
            open_house(settings_in(folder), clock, strict=True) as house,
            slack_side.living(house, team.world, mode),
        ):
            yield house, OnSlack(team.member(name, admin=name == "olga"), team.channel("general"), team.id)

    return there
