"""Keys are renewed in time, once for all who wait, and kept before they are used."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.authorization.async_authorize import AsyncCallableAuthorize
from slack_bolt.context.async_context import AsyncBoltContext

from adapters.slack.installs import Installs
from adapters.slack.rotation import PAUSE_SECONDS, NotRenewed, Rotation, authorise_by, exchange_at
from tests.adapters.slack.installing import HOURS, REFRESH, TOKEN, Memory, expiring, installation, installs_on
from tests.adapters.slack.loopback import Json, loopback, says
from tests.clock import ManualClock


def answer(n: int) -> Json:
    return {"access_token": f"xoxe-new-{n}", "refresh_token": f"xoxe-1-{n}", "expires_in": 43200, "token_type": "bot"}


@dataclass
class Exchange:
    """Slack's side: each refresh token is good once."""

    good: str = REFRESH
    used: list[str] = field(default_factory=list)
    open: asyncio.Event = field(default_factory=asyncio.Event)
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.open.set()

    async def __call__(self, refresh_token: str) -> Mapping[str, Any]:
        self.used.append(refresh_token)
        self.asked.set()
        await self.open.wait()
        assert refresh_token == self.good
        self.good = f"xoxe-1-{len(self.used)}"
        return answer(len(self.used))


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def shelf() -> Memory:
    return Memory()


@pytest.fixture
def installs(shelf: Memory, clock: ManualClock) -> Installs:
    return installs_on(shelf, clock)


async def test_twenty_callers_make_one_refresh_over_the_wire(installs: Installs, clock: ManualClock) -> None:
    await installs.save(expiring(clock, -1))
    async with loopback() as slack:

        async def access(body: Json) -> web.StreamResponse:
            again = len(slack.bodies("oauth.v2.access")) > 1
            return says("invalid_refresh_token") if again else says(**answer(1))

        slack.handlers["oauth.v2.access"] = access
        exchange = exchange_at("id", "secret", base_url=slack.base_url, session=slack.session)
        rotation = Rotation(installs, exchange, clock)
        found = await asyncio.gather(*(rotation.current("", "T1") for _ in range(20)))
        sent = slack.bodies("oauth.v2.access")
    assert {one.bot_token for one in found if one} == {"xoxe-new-1"}
    assert len(found) == 20
    assert [(body["grant_type"], body["refresh_token"]) for body in sent] == [("refresh_token", REFRESH)]
    assert (sent[0]["client_id"], sent[0]["client_secret"]) == ("id", "secret")


async def test_workspaces_do_not_wait_for_each_other(installs: Installs, clock: ManualClock) -> None:
    exchange = Exchange()
    exchange.open.clear()
    await installs.save(expiring(clock, -1))
    await installs.save(expiring(clock, 8, team="T2"))
    rotation = Rotation(installs, exchange, clock)
    waiting = asyncio.create_task(rotation.current("", "T1"))
    assert await rotation.current("", "T2") == expiring(clock, 8, team="T2")
    exchange.open.set()
    one = await waiting
    assert one is not None
    assert one.bot_token == "xoxe-new-1"


@pytest.mark.parametrize(("hours", "refreshes"), [(0.9, 1), (1.1, 0)])
async def test_a_key_is_renewed_an_hour_ahead(
    installs: Installs, clock: ManualClock, hours: float, refreshes: int
) -> None:
    await installs.save(expiring(clock, hours))
    exchange = Exchange()
    await Rotation(installs, exchange, clock).current("", "T1")
    assert len(exchange.used) == refreshes


async def test_a_key_that_stays_is_left_alone(installs: Installs, clock: ManualClock) -> None:
    await installs.save(installation(expires=0.0, refresh_token=""))
    rotation = Rotation(installs, Exchange(), clock)
    assert await rotation.current("", "T1") == installation(expires=0.0, refresh_token="")
    assert await rotation.current("", "T9") is None


async def test_each_refresh_uses_the_token_of_the_one_before(installs: Installs, clock: ManualClock) -> None:
    await installs.save(expiring(clock, 0.5))
    exchange = Exchange()
    rotation = Rotation(installs, exchange, clock)
    for _ in range(3):
        assert await rotation.current("", "T1")
        clock.advance(hours=11.5)
    assert exchange.used == [REFRESH, "xoxe-1-1", "xoxe-1-2"]


async def test_the_new_key_is_kept_before_anybody_uses_it(shelf: Memory, clock: ManualClock) -> None:
    await installs_on(shelf, clock).save(expiring(clock, -1))
    one = await Rotation(installs_on(shelf, clock), Exchange(), clock).current("", "T1")
    assert one is not None
    assert await installs_on(shelf, clock).find("", "T1") == one
    assert (one.refresh_token, one.expires) == ("xoxe-1-1", clock.now().timestamp() + 12 * HOURS)
    assert (one.scopes, one.name, one.bot_user) == (("commands",), "Guild", "UBOT")


async def test_a_new_key_that_cannot_be_kept_is_not_used_and_not_asked_for_again(clock: ManualClock) -> None:
    class Full(Memory):
        full = False

        async def put(self, key: str, text: str) -> None:
            if self.full:
                raise OSError("no room")
            await super().put(key, text)

    shelf = Full()
    await installs_on(shelf, clock).save(expiring(clock, -1))
    shelf.full, exchange = True, Exchange()
    rotation = Rotation(installs_on(shelf, clock), exchange, clock)
    with pytest.raises(NotRenewed, match="try again"):
        await rotation.current("", "T1")
    shelf.full = False
    clock.advance(seconds=PAUSE_SECONDS)
    one = await rotation.current("", "T1")
    assert one is not None
    assert one.bot_token == "xoxe-new-1"
    assert exchange.used == [REFRESH]


async def test_whoever_stops_waiting_does_not_lose_the_new_key(installs: Installs, clock: ManualClock) -> None:
    await installs.save(expiring(clock, -1))
    exchange = Exchange()
    exchange.open.clear()
    rotation = Rotation(installs, exchange, clock)
    caller = asyncio.create_task(rotation.current("", "T1"))
    await exchange.asked.wait()
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    exchange.open.set()
    await rotation.close()
    kept = await installs.find("", "T1")
    assert kept is not None
    assert kept.bot_token == "xoxe-new-1"
    assert len(exchange.used) == 1


async def test_an_uninstall_during_a_refresh_stays_one(shelf: Memory, installs: Installs, clock: ManualClock) -> None:
    await installs.save(expiring(clock, -1))
    exchange = Exchange()
    exchange.open.clear()
    rotation = Rotation(installs, exchange, clock)
    caller = asyncio.create_task(rotation.current("", "T1"))
    await exchange.asked.wait()
    await installs.delete("", "T1")
    exchange.open.set()
    assert await caller is None
    assert shelf.texts == {}


# Failures


def failing(code: str) -> tuple[list[str], Any]:
    used: list[str] = []

    async def exchange(refresh_token: str) -> Mapping[str, Any]:
        used.append(refresh_token)
        raise ConnectionResetError(code)

    return used, exchange


async def test_while_the_old_key_lasts_a_failed_refresh_is_no_trouble(installs: Installs, clock: ManualClock) -> None:
    await installs.save(one := expiring(clock, 0.5))
    used, exchange = failing("reset")
    rotation = Rotation(installs, exchange, clock)
    assert [await rotation.current("", "T1") for _ in range(5)] == [one] * 5
    assert used == [REFRESH]  # and it is not tried at every call
    clock.advance(seconds=PAUSE_SECONDS)
    assert await rotation.current("", "T1") == one
    assert used == [REFRESH] * 2


async def test_a_key_that_is_over_is_told_kindly(installs: Installs, clock: ManualClock) -> None:
    await installs.save(expiring(clock, -1))
    used, exchange = failing("reset")
    rotation = Rotation(installs, exchange, clock)
    for _ in range(3):
        with pytest.raises(NotRenewed, match="in a minute") as error:
            await rotation.current("", "T1")
        assert not error.value.final
    assert used == [REFRESH]


async def test_a_new_installation_ends_the_pause(installs: Installs, clock: ManualClock) -> None:
    await installs.save(expiring(clock, -1))
    _, exchange = failing("reset")
    rotation = Rotation(installs, exchange, clock)
    with pytest.raises(NotRenewed):
        await rotation.current("", "T1")
    await installs.save(fresh := expiring(clock, 12, refresh_token="xoxe-1-other"))
    assert await rotation.current("", "T1") == fresh


async def test_what_slack_refuses_for_good_asks_for_a_new_installation(
    installs: Installs, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await installs.save(expiring(clock, -1))
    async with loopback() as slack:

        async def access(body: Json) -> web.StreamResponse:
            return says("invalid_refresh_token")

        slack.handlers["oauth.v2.access"] = access
        exchange = exchange_at("id", "the-client-secret", base_url=slack.base_url, session=slack.session)
        with pytest.raises(NotRenewed, match="install me again") as error:
            await Rotation(installs, exchange, clock).current("", "T1")
    assert error.value.final
    assert "invalid_refresh_token" in caplog.text


async def test_no_token_is_in_the_log_even_when_it_says_everything(
    installs: Installs, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await installs.save(expiring(clock, -1))
    answers = [says(token_type="bot", expires_in=1), says(**answer(1))]
    async with loopback() as slack:

        async def access(body: Json) -> web.StreamResponse:
            return answers.pop(0)

        slack.handlers["oauth.v2.access"] = access
        exchange = exchange_at("id", "the-client-secret", base_url=slack.base_url, session=slack.session)
        rotation = Rotation(installs, exchange, clock)
        with pytest.raises(NotRenewed):
            await rotation.current("", "T1")
        clock.advance(seconds=PAUSE_SECONDS)
        assert await rotation.current("", "T1")
    assert "no_token" in caplog.text
    assert not [word for word in (TOKEN, REFRESH, "xoxe", "the-client-secret") if word in caplog.text]


# What slack-bolt asks


async def ask_as_bolt(rotation: Rotation, enterprise: str | None, team: str | None) -> dict[str, Any] | None:
    ask = AsyncCallableAuthorize(logger=logging.getLogger("bolt"), func=authorise_by(rotation))
    return await ask(
        context=AsyncBoltContext(logger=logging.getLogger("bolt"), client=None),
        enterprise_id=enterprise,
        team_id=team,
        user_id="U1",
    )


async def test_slack_bolt_gets_the_key_of_a_workspace(installs: Installs, clock: ManualClock) -> None:
    await installs.save(expiring(clock, -1))
    rotation = Rotation(installs, Exchange(), clock)
    found = await ask_as_bolt(rotation, None, "T1")
    assert found is not None
    assert (found["bot_token"], found["bot_user_id"], found["team_id"]) == ("xoxe-new-1", "UBOT", "T1")
    assert await ask_as_bolt(rotation, None, "T9") is None
    assert await ask_as_bolt(rotation, None, None) is None


async def test_slack_bolt_gets_the_key_of_an_organisation(installs: Installs, clock: ManualClock) -> None:
    await installs.save(installation("", "E1", expires=0.0))
    found = await ask_as_bolt(Rotation(installs, Exchange(), clock), "E1", "T7")
    assert found is not None
    assert (found["enterprise_id"], found["team_id"]) == ("E1", "T7")


async def test_with_a_key_that_is_over_the_bot_can_still_say_so(installs: Installs, clock: ManualClock) -> None:
    await installs.save(expiring(clock, -1))
    _, exchange = failing("reset")
    rotation = Rotation(installs, exchange, clock)
    found = await ask_as_bolt(rotation, None, "T1")
    assert found is not None
    assert found["bot_token"] == TOKEN


async def test_a_broken_seal_is_no_installation(
    shelf: Memory, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    shelf.texts["slack:install:T1"] = "not sealed"
    rotation = Rotation(installs_on(shelf, clock), Exchange(), clock)
    assert await ask_as_bolt(rotation, None, "T1") is None
    assert "STEPWISE_SECRET" in caplog.text
