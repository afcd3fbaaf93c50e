"""What an operator pastes, and what may answer instead of Discord: always one line that says what to do."""

from __future__ import annotations

import asyncio
import gc
from typing import Any

import pytest

from adapters.discord import service
from adapters.discord.asking import ask_discord
from adapters.discord.client import DiscordBot
from adapters.discord.service import Account, ask_application, on_discord
from adapters.discord.starting import REFUSED, cleaned
from bot.core.dispatch import Dispatcher
from bot.core.outgoing import CannotStart
from tests.adapters.discord.conftest import Quiet
from tests.fakes.discord.deadline import soon
from tests.fakes.discord.heartbeats import stop_all_hearts
from tests.fakes.discord.server import FakeDiscord
from tests.fakes.discord.world import TOKEN

HTML = "<!DOCTYPE html>\n<html>\n<body>Error 1020</body>\n</html>"
ME = "GET /users/@me"
AROUND = ["{}", "  {}\n", '"{}"', "'{}'", "Bot {}", ' "Bot {}" ', "bot  {}\r\n"]


async def start(dispatcher: Dispatcher, world: FakeDiscord, token: str = TOKEN) -> None:
    account = Account(token, world.api_url, world.gateway_url)
    async with on_discord(account, dispatcher, Quiet(), dispatcher.store.secrets):
        return


@pytest.mark.parametrize("around", AROUND)
async def test_what_comes_along_with_a_token_does_no_harm(around: str, small: Dispatcher, world: FakeDiscord) -> None:
    token = around.format(TOKEN)
    await soon(start(small, world, token))
    assert await soon(ask_application(token, world.api_url)) == int(world.bot.id)
    assert "The token is good" in (await soon(ask_discord(token, world.api_url))).findings[0].said


@pytest.mark.parametrize("token", ["", "   ", "Bot ", '""', "two words", "two\nlines", "tökén", "a\x00b"])
async def test_what_cannot_be_a_token_is_never_sent(token: str, small: Dispatcher, world: FakeDiscord) -> None:
    with pytest.raises(CannotStart, match="DISCORD_TOKEN"):
        cleaned(token)
    for asking in (start(small, world, token), ask_application(token, world.api_url)):
        with pytest.raises(CannotStart) as caught:
            await soon(asking)
        assert str(caught.value) == REFUSED
    assert "not accepted" in (await soon(ask_discord(token, world.api_url))).findings[0].said
    assert world.requests == []


@pytest.mark.parametrize(
    ("route", "status", "body", "words"),
    [
        (ME, 403, HTML, "Something between here and Discord refuses the bot (403)"),
        (ME, 404, "nothing here", "STEPWISE_DISCORD_API_URL"),
        (ME, 200, HTML, "What answers is not Discord."),
        (ME, 200, {"welcome": "to another service"}, "What answers is not Discord."),
        (ME, 200, [1, 2], "What answers is not Discord."),
        ("GET /oauth2/applications/@me", 401, {"code": 0, "message": "401: Unauthorized"}, REFUSED),
        ("GET /oauth2/applications/@me", 403, {"code": 20001, "message": "Bots\ncannot"}, "403 Bots cannot"),
    ],
)
async def test_whatever_answers_it_is_one_line(
    route: str, status: int, body: Any, words: str, small: Dispatcher, world: FakeDiscord
) -> None:
    for begin in (start(small, world), ask_application(TOKEN, world.api_url)):
        world.faults.heal()
        world.faults.fail(route, status=status, body=body)
        with pytest.raises(CannotStart) as caught:
            await soon(begin)
        assert words in str(caught.value)
        assert "\n" not in str(caught.value)


async def test_a_short_visit_is_told_when_discord_is_tired_of_us(world: FakeDiscord) -> None:
    world.faults.fail(ME, status=429, body="", headers={"Retry-After": "3"})
    with pytest.raises(CannotStart, match="asks to wait"):
        await soon(ask_application(TOKEN, world.api_url))


async def test_a_mistake_of_our_own_is_not_put_on_discord(
    small: Dispatcher, world: FakeDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stumble(*given: Any, **more: Any) -> None:
        raise KeyError("ours")

    monkeypatch.setattr(service, "sync", stumble)
    with pytest.raises(KeyError, match="ours"):
        await soon(start(small, world))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # discord.py drops what it gives up
async def test_it_leaves_at_once_while_it_comes_back_to_discord(
    small: Dispatcher, world: FakeDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While discord.py waits to identify again, it swallows the first word that says stop."""
    waits = asyncio.Event()

    async def for_long(self: Any, shard_id: int | None, *, initial: bool = False) -> None:
        if not initial:
            waits.set()
            await asyncio.Event().wait()

    monkeypatch.setattr(DiscordBot, "before_identify_hook", for_long)
    world.guild("Lab")
    account = Account(world.token, world.api_url, world.gateway_url)
    async with on_discord(account, small, Quiet(), small.store.secrets) as presence:
        staying = asyncio.ensure_future(presence.stay())
        await world.until(lambda: world.gateway.seen.identifies)
        world.gateway.invalidates()
        await soon(waits.wait())
        staying.cancel()
        await soon(asyncio.wait({staying}), 5)
        assert staying.cancelled()
    del presence, staying
    stop_all_hearts()
    gc.collect()
