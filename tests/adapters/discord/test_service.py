"""Logging in, staying, leaving: what Discord may do meanwhile, and what is told about it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from discord.gateway import DiscordWebSocket

from adapters.discord import service
from adapters.discord.client import Shards
from adapters.discord.service import Account, Presence, on_discord
from bot.core.dispatch import Dispatcher
from bot.core.outgoing import CannotStart
from tests.adapters.discord.conftest import Quiet, listening, until_ready
from tests.adapters.discord.virtual_time import until
from tests.core.samples import Diary
from tests.fakes.discord.deadline import soon
from tests.fakes.discord.server import FakeDiscord

ME, COMMANDS = "GET /users/@me", "PUT /applications/*/commands"


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "FIRST_WAIT", 0.01)


@asynccontextmanager
async def arriving(dispatcher: Dispatcher, account: Account) -> AsyncIterator[Presence]:
    async with on_discord(account, dispatcher, Quiet(), dispatcher.store.secrets) as presence:
        yield presence


def account(world: FakeDiscord, token: str = "", shards: Shards | None = None) -> Account:
    return Account(token or world.token, world.api_url, world.gateway_url, shards)


class TestLoggingIn:
    async def test_with_a_wrong_token_ends_in_one_clear_line(
        self, small: Dispatcher, world: FakeDiscord, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        with pytest.raises(CannotStart) as caught:
            async with arriving(small, account(world, "very.wrong.token")):
                raise AssertionError("it let us in")
        assert "DISCORD_TOKEN" in str(caught.value)
        assert "\n" not in str(caught.value)
        assert "very.wrong.token" not in caplog.text + repr(caught.value)

    @pytest.mark.parametrize("times", [1, 4])
    async def test_waits_while_discord_does_not_answer(self, times: int, small: Dispatcher, world: FakeDiscord) -> None:
        world.faults.lose_before(ME, times)
        async with arriving(small, account(world)) as presence:
            assert presence.bot.user is not None
        assert len(world.asked("GET", "/users/@me")) == times + 1

    async def test_waits_until_there_is_a_discord(
        self, small: Dispatcher, world: FakeDiscord, caplog: pytest.LogCaptureFixture
    ) -> None:
        nowhere = Account(world.token, "http://127.0.0.1:9/api/v10", world.gateway_url)
        arriving_now = asyncio.ensure_future(arriving(small, nowhere).__aenter__())
        await until(lambda: "trying again" in caplog.text)
        assert "ClientConnectorError" in caplog.text
        assert "Traceback" not in caplog.text
        arriving_now.cancel()
        with pytest.raises(asyncio.CancelledError):
            await arriving_now

    async def test_asks_again_how_many_shards_there_should_be(self, small: Dispatcher) -> None:
        async with FakeDiscord(shards=3) as world:
            world.faults.lose_before("GET /gateway/bot", 3)
            async with arriving(small, account(world)) as presence:
                assert presence.bot.shard_count == 3

    async def test_takes_one_shard_where_nobody_knows(self, small: Dispatcher, world: FakeDiscord) -> None:
        world.faults.fail("GET /gateway/bot", status=404, body={"code": 0, "message": "404: Not Found"})
        async with arriving(small, account(world)) as presence:
            assert presence.bot.shard_count == 1

    async def test_is_not_stopped_by_a_limit_on_commands(
        self, small: Dispatcher, world: FakeDiscord, caplog: pytest.LogCaptureFixture
    ) -> None:
        world.faults.fail(
            COMMANDS,
            status=429,
            body={"message": "limited", "retry_after": 3000.0, "global": False},
            headers={"Retry-After": "3000"},
        )
        async with listening(small, Quiet(), world):
            assert len(world.gateway.online) == 1
        assert "commands" in caplog.text
        async with listening(small, Quiet(), world):
            assert world.commands.of()

    async def test_says_what_discord_has_against_the_commands(self, small: Dispatcher, world: FakeDiscord) -> None:
        world.faults.fail(COMMANDS, status=400, body={"code": 50035, "message": "Invalid Form Body"})
        with pytest.raises(CannotStart, match="Invalid Form Body"):
            async with arriving(small, account(world)):
                raise AssertionError("it let us in")


class TestStaying:
    async def test_asks_to_hear_of_servers_and_of_nothing_else(self, small: Dispatcher, world: FakeDiscord) -> None:
        async with listening(small, Quiet(), world):
            assert [one["intents"] for one in world.gateway.seen.identifies] == [1 << 0]

    @pytest.mark.parametrize("found", [True, False])
    async def test_outlasts_a_gateway_that_cannot_be_found(
        self, found: bool, small: Dispatcher, world: FakeDiscord
    ) -> None:
        if found:
            world.faults.lose_before("GET /gateway/bot", 2)
        else:
            world.faults.fail("GET /gateway/bot", status=404, times=2, body={"code": 0, "message": "404: Not Found"})
        async with arriving(small, Account(world.token, world.api_url)) as presence:
            presence.bot._connection.guild_ready_timeout = 0.01
            staying = asyncio.ensure_future(presence.stay())
            await until_ready(presence, staying)
            staying.cancel()

    async def test_ends_when_the_token_is_taken_back_meanwhile(self, small: Dispatcher, world: FakeDiscord) -> None:
        async with arriving(small, Account(world.token, world.api_url)) as presence:
            world.token = "another"
            with pytest.raises(CannotStart, match="DISCORD_TOKEN"):
                await soon(presence.stay())

    @pytest.mark.parametrize(("code", "words"), [(4004, "DISCORD_TOKEN"), (4010, "SHARDS"), (4011, "more shards")])
    async def test_ends_when_discord_will_never_let_us_in(
        self, code: int, words: str, small: Dispatcher, world: FakeDiscord
    ) -> None:
        async with arriving(small, account(world)) as presence:
            presence.bot._connection.guild_ready_timeout = 0.01
            staying = asyncio.ensure_future(presence.stay())
            await until_ready(presence, staying)
            world.gateway.closes(code)
            with pytest.raises(CannotStart, match=words):
                await soon(staying)


class TestLeaving:
    async def test_finishes_what_was_begun(self, small: Dispatcher, world: FakeDiscord, diary: Diary) -> None:
        general, ada = world.guild("Lab").channel("general"), world.guild("Lab").member("ada")
        async with listening(small, Quiet(), world) as presence:
            asking = asyncio.ensure_future(ada.types(general, "/mull", words="this"))
            await soon(diary.started.wait())
            leaving = asyncio.ensure_future(presence.leave())
            await asyncio.sleep(0)
            diary.gate.set()
            await soon(leaving)
            assert (await asking).text == "Hm, this."
        await world.until(lambda: world.gateway.seen.closes)
        assert world.gateway.seen.closes == [1000]

    async def test_answers_what_comes_in_meanwhile(self, small: Dispatcher, world: FakeDiscord, diary: Diary) -> None:
        general, ada = world.guild("Lab").channel("general"), world.guild("Lab").member("ada")
        async with listening(small, Quiet(), world) as presence:
            first = asyncio.ensure_future(ada.types(general, "/mull", words="this"))
            await soon(diary.started.wait())
            leaving = asyncio.ensure_future(presence.leave())
            diary.started.clear()
            second = asyncio.ensure_future(ada.types(general, "/mull", words="that"))
            await soon(diary.started.wait())
            diary.gate.set()
            await soon(leaving)
            assert ((await first).text, (await second).text) == ("Hm, this.", "Hm, that.")

    async def test_does_not_wait_for_ever(
        self, small: Dispatcher, world: FakeDiscord, diary: Diary, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(service, "FINISHING_SECONDS", 0.05)
        general, ada = world.guild("Lab").channel("general"), world.guild("Lab").member("ada")
        async with listening(small, Quiet(), world) as presence:
            asking = asyncio.ensure_future(ada.types(general, "/mull", words="this"))
            await soon(diary.started.wait())
            await soon(presence.leave(), 5)
            assert world.gateway.seen.closes == [1000]
            asking.cancel()
            diary.gate.set()

    async def test_does_not_wait_for_a_discord_that_is_silent(
        self, small: Dispatcher, world: FakeDiscord, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        answers, close = asyncio.Event(), DiscordWebSocket.close

        async def close_later(self: DiscordWebSocket, code: int = 4000) -> None:
            await answers.wait()
            await close(self, code)

        monkeypatch.setattr(service, "GOODBYE_SECONDS", 0.05)
        monkeypatch.setattr(DiscordWebSocket, "close", close_later)
        async with listening(small, Quiet(), world) as presence:
            await soon(presence.leave(), 5)
            assert "did not answer our good-bye" in caplog.text
            answers.set()
            await soon(presence.bot.close())

    async def test_twice_is_leaving_once(self, small: Dispatcher, world: FakeDiscord) -> None:
        async with listening(small, Quiet(), world) as presence:
            await presence.leave()
        assert world.gateway.seen.closes == [1000]


class TestCommands:
    async def test_are_told_when_they_changed(self, small: Dispatcher, world: FakeDiscord) -> None:
        for _ in range(2):
            async with listening(small, Quiet(), world):
                pass
        assert len(world.asked("PUT", "/commands")) == 1

    async def test_are_told_once_for_several_processes(self, small: Dispatcher, world: FakeDiscord) -> None:
        world.guild("Lab")
        async with listening(small, Quiet(), world, Shards((0,), 2)), listening(small, Quiet(), world, Shards((1,), 2)):
            assert [one["shard"] for one in world.gateway.seen.identifies] == [[0, 2], [1, 2]]
        assert len(world.asked("PUT", "/commands")) == 1

    async def test_with_several_shards_the_rate_is_shared(self, small: Dispatcher, world: FakeDiscord) -> None:
        async with listening(small, Quiet(), world, Shards((0,), 4)) as presence:
            assert presence.pacer._gap == pytest.approx(0.1)
