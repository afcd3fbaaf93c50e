"""What an operator asks of Discord: `stepwise discord invite`, `sync` and `words`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from typer.testing import CliRunner, Result

from adapters.discord.invite import PERMISSIONS
from bot.core.outgoing import CannotStart
from bot.discord_cli import discord_app
from bot.settings import Settings
from tests.conftest import SMALL_PACK
from tests.fakes.discord.server import FakeDiscord

Asks = Callable[..., Coroutine[Any, Any, Result]]


@pytest.fixture
def settings(world: FakeDiscord, tmp_path: Path) -> Settings:
    return Settings(
        discord_token=world.token,
        discord_api_url=world.api_url,
        database_url=f"sqlite:///{tmp_path / 'stepwise.db'}",
        content=str(SMALL_PACK),
    )


async def asks(settings: Settings, *words: str) -> Result:
    """Run a command to its end, in a thread: it brings its own event loop."""
    app = discord_app(lambda work: asyncio.run(work(settings)))
    return await asyncio.to_thread(CliRunner().invoke, app, [*words])


def link(result: Result) -> dict[str, list[str]]:
    return parse_qs(urlsplit(result.stdout.split()[0]).query)


async def test_the_invitation_asks_for_just_what_is_needed(settings: Settings, world: FakeDiscord) -> None:
    result = await asks(settings, "invite")
    asked = link(result)
    assert asked["client_id"] == [world.bot.id]
    assert asked["scope"] == ["bot applications.commands"]
    assert int(asked["permissions"][0]) == sum(one.value for one in PERMISSIONS)
    assert not int(asked["permissions"][0]) & (1 << 3 | 1 << 4 | 1 << 5 | 1 << 28)
    assert len(result.stdout.splitlines()) == 1 + len(PERMISSIONS)


async def test_the_invitation_needs_no_token_when_the_application_is_named(
    settings: Settings, world: FakeDiscord
) -> None:
    alone = settings.model_copy(update={"discord_token": Settings().discord_token})
    assert link(await asks(alone, "invite", "--application", "42"))["client_id"] == ["42"]
    assert world.requests == []


async def test_commands_are_sent_changed_or_not(settings: Settings, world: FakeDiscord) -> None:
    for times in (1, 2):
        result = await asks(settings, "sync")
        assert result.exit_code == 0, result.exception
        assert len(world.asked("PUT", "/commands")) == times
    assert f"Discord knows {len(world.commands.of())} commands now." in result.stdout


async def test_commands_can_be_tried_on_one_server(settings: Settings, world: FakeDiscord) -> None:
    lab = world.guild("Lab")
    result = await asks(settings, "sync", "--guild", lab.id)
    assert f"commands in server {lab.id} now." in result.stdout
    assert world.commands.of() == []
    assert not any("contexts" in one or "integration_types" in one for one in world.commands.of(lab.id))
    general, ada = lab.channel("general"), lab.member("ada")
    assert "/tip" in {f"/{one['name']}" for one in world.commands.of(lab.id)}
    assert (general.home, ada.guild) == (lab, lab)


async def test_the_words_are_a_file_to_translate(settings: Settings) -> None:
    assert "faq" in str(yaml.safe_load((await asks(settings, "words")).stdout))


@pytest.mark.parametrize("words", [("invite",), ("sync",), ("sync", "--guild", "1")])
@pytest.mark.parametrize("token", ["", "very.wrong.token"])
async def test_without_a_right_token_there_is_one_clear_line(
    token: str, words: tuple[str, ...], settings: Settings
) -> None:
    wrong = Settings(**{**settings.model_dump(), "discord_token": token})
    error = (await asks(wrong, *words)).exception
    assert isinstance(error, CannotStart)
    assert "DISCORD_TOKEN" in str(error)
    assert "very.wrong.token" not in repr(error)


async def test_a_server_where_the_bot_is_not(settings: Settings) -> None:
    error = (await asks(settings, "sync", "--guild", "123456789012345678")).exception
    assert isinstance(error, CannotStart)
    assert "\n" not in str(error)


async def test_a_discord_that_asks_to_wait_is_not_waited_for(settings: Settings, world: FakeDiscord) -> None:
    said = {"message": "limited", "retry_after": 3000.0, "global": False}
    world.faults.fail("PUT /applications/*/commands", status=429, body=said, headers={"Retry-After": "3000"})
    error = (await asks(settings, "sync")).exception
    assert isinstance(error, CannotStart)
    assert "Try again in 50 minutes." in str(error)


async def test_a_discord_that_cannot_be_reached(settings: Settings, world: FakeDiscord) -> None:
    world.faults.lose_before("GET /users/@me", 9)
    error = (await asks(settings, "invite")).exception
    assert isinstance(error, CannotStart)
    assert "cannot be reached" in str(error)
