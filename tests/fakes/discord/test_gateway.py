"""An unmodified discord.py logs in, stays connected, and hears of everything."""

from __future__ import annotations

from typing import Any

import aiohttp
import discord
import pytest

from tests.fakes.discord.bare_bot import (
    COMMANDS,
    Bot,
    Seen,
    callback,
    message,
    running,
)
from tests.fakes.discord.bell import Silence
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.deadline import soon
from tests.fakes.discord.guilds import Guild
from tests.fakes.discord.people import Member
from tests.fakes.discord.server import FakeDiscord


async def test_a_client_logs_in(world: FakeDiscord, bot: Bot, guild: Guild, channel: Channel) -> None:
    assert [one.name for one in bot.guilds] == ["Lab"]
    found = bot.guilds[0].get_channel(int(channel.id))
    assert isinstance(found, discord.TextChannel)
    assert found.permissions_for(bot.guilds[0].me).send_messages
    assert world.gateway.seen.identifies[0]["intents"] == 1
    assert world.gateway.seen.heartbeats >= 1


async def test_guilds_come_and_go(bot: Bot, guild: Guild, channel: Channel) -> None:
    guild.goes_away()
    guild.comes_back()
    channel.becomes(name="lounge")
    channel.vanishes()
    guild.removes_bot()
    await bot.bell.until(lambda: "guild_remove" in bot.events, "It was not told.")
    told = ["guild_unavailable", "guild_available", "guild_channel_update", "guild_channel_delete", "guild_remove"]
    assert [one for one in bot.events if one in told][-5:] == told


async def test_a_lost_connection_is_resumed_and_nothing_is_missed(
    world: FakeDiscord, bot: Bot, channel: Channel, ada: Member
) -> None:
    async def answer(seen: Seen) -> None:
        await callback(seen, {"type": 4, "data": message(text="Caught up")})

    bot.handler = answer
    world.gateway.asks_to_reconnect()
    await world.until(lambda: not world.gateway.online)
    heard = await ada.types(channel, "/path show")
    assert heard.text == "Caught up"
    assert (len(world.gateway.seen.identifies), len(world.gateway.seen.resumes)) == (1, 1)
    assert world.gateway.seen.paths[-1] == "/gateway/resume"
    assert bot.events.count("ready") == 1


async def test_an_invalid_session_begins_anew(world: FakeDiscord, bot: Bot) -> None:
    bot.ready.clear()
    world.gateway.invalidates()
    await soon(bot.ready.wait())
    assert len(world.gateway.seen.identifies) == 2
    assert [one.name for one in bot.guilds] == ["Lab"]


async def test_guilds_spread_over_shards(world: FakeDiscord) -> None:
    for number in range(20):
        world.new_guild(f"Guild {number}")
    shards = [(int(one) >> 22) % 4 for one in world.guilds]
    assert sorted(set(shards)) == [0, 1, 2, 3]
    assert world.gateway.recommended_shards == 1


async def test_who_is_not_there_is_not_told(world: FakeDiscord, channel: Channel, ada: Member) -> None:
    world.commands.replace("", COMMANDS)
    with pytest.raises(Silence, match="not connected"):
        await ada.types(channel, "/path show")


async def test_a_broken_connection_is_resumed(world: FakeDiscord, bot: Bot, channel: Channel) -> None:
    world.gateway.drops()
    await world.until(lambda: not world.gateway.online)
    channel.becomes(name="lounge")
    await bot.bell.until(lambda: "guild_channel_update" in bot.events, "It was not told.")
    assert (len(world.gateway.seen.resumes), bot.events.count("ready")) == (1, 1)


async def test_a_forgotten_session_cannot_be_resumed(world: FakeDiscord, bot: Bot) -> None:
    bot.ready.clear()
    world.gateway.forgets()
    world.gateway.closes(4000)
    await soon(bot.ready.wait())
    assert (len(world.gateway.seen.resumes), len(world.gateway.seen.identifies)) == (1, 2)


async def test_who_says_goodbye_has_no_session_left(world: FakeDiscord, channel: Channel) -> None:
    async with running(world):
        assert len(world.gateway.online) == 1
    await world.until(lambda: not world.gateway.online)
    assert (world.gateway.sessions, world.gateway.seen.closes) == ({}, [1000])


async def test_several_shards_hear_of_their_own_guilds(world: FakeDiscord) -> None:
    for number in range(8):
        world.new_guild(f"Guild {number}")
    async with running(world, shards=2) as bot:
        assert len(bot.guilds) == 8
        assert [one["shard"] for one in world.gateway.seen.identifies] == [[0, 2], [1, 2]]
        theirs = [one.log for one in world.gateway.online]
        assert [sum("GUILD_CREATE" in text for _, text in log) for log in theirs] == [4, 4]


@pytest.mark.parametrize(
    ("said", "code"),
    [({"token": "wrong"}, 4004), ({"intents": 1 << 15}, 4014), ({"shard": [2, 2]}, 4010)],
)
async def test_who_identifies_wrongly_is_shut_out(world: FakeDiscord, said: dict[str, Any], code: int) -> None:
    async with aiohttp.ClientSession() as session, session.ws_connect(world.gateway_url) as socket:
        hello = await socket.receive_json()
        assert (hello["op"], hello["d"]["heartbeat_interval"]) == (10, 41250)
        await socket.send_json({"op": 1, "d": None})
        assert (await socket.receive_json())["op"] == 11
        await socket.send_json({"op": 2, "d": {"token": world.token, "intents": 1, "properties": {}} | said})
        await socket.receive()
        assert socket.close_code == code


async def test_plain_text_is_spoken_too(world: FakeDiscord, channel: Channel) -> None:
    async with aiohttp.ClientSession() as session, session.ws_connect(world.gateway_url) as socket:
        await socket.receive_json()
        await socket.send_json({"op": 2, "d": {"token": world.token, "intents": 1, "properties": {}}})
        ready, guild = await socket.receive_json(), await socket.receive_json()
        assert (ready["t"], guild["t"], guild["s"]) == ("READY", "GUILD_CREATE", 2)
        assert [one["name"] for one in guild["d"]["channels"]] == ["general"]


async def test_too_many_guilds_need_more_shards(world: FakeDiscord) -> None:
    for number in range(2_501):
        world.new_guild(f"Guild {number}")
    assert world.gateway.recommended_shards == 3
    async with aiohttp.ClientSession() as session, session.ws_connect(world.gateway_url) as socket:
        await socket.receive_json()
        await socket.send_json({"op": 2, "d": {"token": world.token, "intents": 1, "properties": {}}})
        await socket.receive()
        assert socket.close_code == 4011
