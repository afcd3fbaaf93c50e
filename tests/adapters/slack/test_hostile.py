"""Whoever calls the server and is not Slack is refused, and nobody else notices."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest

from adapters.slack.gate import Gate
from adapters.slack.http import LARGEST
from adapters.slack.service import Presence
from bot.wiring import House
from tests.adapters.slack.conftest import living
from tests.fakes.slack import FakeSlack, Member
from tests.fakes.slack.channels import Channel
from tests.fakes.slack.team import Team


@pytest.fixture
async def presence(house: House, world: FakeSlack) -> AsyncIterator[Presence]:
    world.workspace("Lab").channel("general")
    async with living(house, world, "http") as there:
        yield there


@pytest.fixture
def lab(presence: Presence, world: FakeSlack) -> Team:
    return next(iter(world.teams.values()))


@pytest.fixture
def general(lab: Team) -> Channel:
    return lab.channel("general")


@pytest.fixture
def ada(lab: Team, general: Channel) -> Member:
    return lab.member("ada")


async def still_answers(ada: Member, general: Channel) -> None:
    assert "Stepwise" in (await ada.types(general, "/mentor about")).text


async def test_only_slack_is_heard(world: FakeSlack, ada: Member, general: Channel) -> None:
    hostile = world.hostile
    assert await hostile.unsigned() == 401
    assert await hostile.bad_signature() == 401
    assert await hostile.changed_body() == 401
    assert await hostile.replayed() == 401
    assert await hostile.replayed(-301) == 401
    for stamp in ("yesterday", "", "1e9", "٣", "9" * 5000, "-1"):
        assert await hostile.odd_timestamp(stamp) in (400, 401)
    await still_answers(ada, general)


async def test_what_cannot_be_read_is_refused(
    world: FakeSlack, ada: Member, general: Channel, caplog: pytest.LogCaptureFixture
) -> None:
    assert await world.hostile.broken_json() == 400
    assert await world.hostile.broken_form() == 400
    courier = world._signed
    assert courier is not None
    for body in (b"[]", b'"text"', b"[" * 200_000, b"\xff\xfe", b"", b"null", b'{"type": 7, "event": []}'):
        status, _ = await courier.send(body, courier.headers(body))
        assert status in (200, 400, 500), body[:20]
    assert caplog.text.count("Traceback") <= 1
    await still_answers(ada, general)


async def test_large_bodies_are_refused_before_they_are_read(world: FakeSlack, ada: Member, general: Channel) -> None:
    assert await world.hostile.huge() in (0, 413)
    assert await world.hostile.huge(signed=False) in (0, 413)
    await still_answers(ada, general)


async def test_a_large_body_in_pieces_is_refused(presence: Presence, ada: Member, general: Channel) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(LARGEST // 65536 + 2):
            yield b"x" * 65536

    async with aiohttp.ClientSession() as session:
        try:
            async with session.post(f"http://127.0.0.1:{presence.port}/slack/events", data=pieces()) as answer:
                assert answer.status in (401, 413)
        except aiohttp.ClientError:
            pass  # the door was closed in the middle of it
    await still_answers(ada, general)


async def test_a_thousand_slow_connections_stop_nobody(world: FakeSlack, ada: Member, general: Channel) -> None:
    async with world.hostile.slow(1000):
        await still_answers(ada, general)
        await still_answers(ada, general)


async def test_other_addresses_lead_nowhere(presence: Presence) -> None:
    async with aiohttp.ClientSession(f"http://127.0.0.1:{presence.port}") as session:
        for path, status in (("/healthz", 200), ("/", 404), ("/slack/install", 404), ("/slack/events", 405)):
            async with session.get(path) as answer:
                assert (path, answer.status) == (path, status)


async def test_a_slow_request_has_little_time() -> None:
    gate = Gate(most=10, seconds=0.05)
    server = await asyncio.get_running_loop().create_server(gate.guard(asyncio.Protocol), "127.0.0.1", 0)
    async with server:
        host, port = server.sockets[0].getsockname()[:2]
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(b"POST / HT")
        with pytest.raises(ConnectionResetError):
            assert await reader.read() == b""
            raise ConnectionResetError
        writer.close()
    assert (gate.waiting, gate.turned_away) == (0, 1)


async def test_when_too_many_wait_the_one_that_waited_longest_goes() -> None:
    gate = Gate(most=2, seconds=60)
    server = await asyncio.get_running_loop().create_server(gate.guard(asyncio.Protocol), "127.0.0.1", 0)
    async with server:
        host, port = server.sockets[0].getsockname()[:2]
        held = [await asyncio.open_connection(host, port) for _ in range(3)]
        first, *others = [reader for reader, _ in held]
        with pytest.raises(ConnectionResetError):
            assert await first.read() == b""
            raise ConnectionResetError
        assert not any(reader.at_eof() for reader in others)
        for _, writer in held:
            writer.close()
    assert gate.turned_away == 1
