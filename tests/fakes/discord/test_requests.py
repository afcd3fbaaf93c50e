"""Requests by REST: nonces, trouble, limits, tokens, threads."""

from __future__ import annotations

import asyncio
import io
import json
from typing import Any

import aiohttp
import discord
import pytest
from discord.http import Route

from tests.clock import ManualClock
from tests.fakes.discord.bare_bot import (
    NONE,
    Bot,
    message,
    post,
    refused,
)
from tests.fakes.discord.channels import FORUM, Channel
from tests.fakes.discord.guilds import Guild
from tests.fakes.discord.rates import Limits
from tests.fakes.discord.server import FakeDiscord


async def test_the_same_nonce_is_the_same_message(
    world: FakeDiscord, clock: ManualClock, bot: Bot, channel: Channel
) -> None:
    body = {"allowed_mentions": NONE, "content": "Once", "nonce": "n1", "enforce_nonce": True}
    first, second = await post(bot, channel, body), await post(bot, channel, body)
    assert first["id"] == second["id"]
    clock.advance(minutes=6)
    assert (await post(bot, channel, body))["id"] != first["id"]
    assert [one.text for one in world.channel_messages(channel)] == ["Once", "Once"]


async def test_connections_are_lost_before_and_after_the_effect(world: FakeDiscord, bot: Bot, channel: Channel) -> None:
    world.faults.lose_before("POST /channels/*/messages")
    with pytest.raises((aiohttp.ClientError, OSError)):
        await post(bot, channel, {"allowed_mentions": NONE, "content": "Never"})
    world.faults.lose_after("POST /channels/*/messages")
    with pytest.raises((aiohttp.ClientError, OSError)):
        await post(bot, channel, {"allowed_mentions": NONE, "content": "Kept"})
    assert [one.text for one in world.channel_messages(channel)] == ["Kept"]
    assert [one.status for one in world.asked("POST", "/messages")] == [0, 0]


async def test_errors_and_silence_on_demand(world: FakeDiscord, bot: Bot, channel: Channel) -> None:
    body = {"allowed_mentions": NONE, "content": "Hello"}
    world.faults.fail("POST /channels/*", status=503)
    assert (await refused(post(bot, channel, body)))[0] == 503
    world.faults.hang("POST /channels/*")
    waiting = asyncio.create_task(post(bot, channel, body))
    await world.until(lambda: len(world.asked("POST", "/messages")) == 2)
    assert not waiting.done()
    waiting.cancel()
    assert world.channel_messages(channel) == []


async def test_limits_of_all_and_of_a_route(world: FakeDiscord, bot: Bot, channel: Channel, clock: ManualClock) -> None:
    world.rates.limits = Limits(per_second=3, routes={"POST /channels/{}/messages": (1, 5.0)})
    url, headers = f"{world.api_url}/channels/{channel.id}", {"Authorization": f"Bot {world.token}"}
    body = {"allowed_mentions": NONE, "content": "Hello"}
    async with aiohttp.ClientSession(headers=headers) as session:
        async with session.post(f"{url}/messages", json=body) as first:
            assert (first.status, first.headers["X-RateLimit-Remaining"]) == (200, "0")
        async with session.post(f"{url}/messages", json=body) as second:
            assert (second.status, second.headers["Retry-After"]) == (429, "5")
            assert second.headers["Via"]
            assert (await second.json())["global"] is False
        statuses = [(await session.get(url)).status for _ in range(2)]
        async with session.get(url) as last:
            assert (await last.json())["global"] is True
            assert last.headers["X-RateLimit-Global"] == "true"
        clock.advance(seconds=1)
        statuses.append((await session.get(url)).status)
    assert statuses == [200, 429, 200]
    assert world.invalid_requests == 3


async def test_wrong_tokens_and_types_stay_outside(world: FakeDiscord, channel: Channel) -> None:
    url, right = f"{world.api_url}/channels/{channel.id}/messages", {"Authorization": f"Bot {world.token}"}
    async with aiohttp.ClientSession() as session:
        assert (await session.post(url, json={}, headers={"Authorization": "Bot wrong"})).status == 401
        assert (await session.post(url, data="content=x", headers=right)).status == 415
        assert (await session.get(f"{world.api_url}/nothing", headers=right)).status == 404
    client = Bot()
    with pytest.raises(discord.LoginFailure):
        await client.login("wrong")
    await client.close()


async def test_forums_take_posts_and_messages_take_threads(bot: Bot, guild: Guild, channel: Channel) -> None:
    forum = guild.channel("wins", FORUM, tags=("Win",), requires_tag=True)
    place = Route("POST", "/channels/{channel_id}/threads", channel_id=forum.id)
    body: dict[str, Any] = {"name": "Week 1", "message": {"content": "Hello", "allowed_mentions": NONE}}
    assert await refused(bot.http.request(place, json=body)) == (400, 40067)
    tags = [one["id"] for one in forum.payload()["available_tags"]]
    thread = await bot.http.request(place, json=body | {"applied_tags": tags})
    assert thread["message"]["content"] == "Hello"
    said = await post(bot, channel, {"allowed_mentions": NONE, "content": "Talk here"})
    started = await bot.http.start_thread_with_message(
        int(channel.id), int(said["id"]), name="Talk", auto_archive_duration=1440
    )
    assert started["id"] == said["id"]
    await bot.bell.until(lambda: bot.guilds[0].get_thread(int(said["id"])) is not None, "It was not told.")


async def test_the_audit_log_knows_who_invited_the_bot(world: FakeDiscord, bot: Bot) -> None:
    joined = world.new_guild("New", present=False)
    joined.lets_bot("view_audit_log")
    joined.invites_bot(by=joined.member("grace", admin=True))
    await bot.bell.until(lambda: len(bot.guilds) == 2, "It was not told.")
    entries = [one async for one in bot.guilds[1].audit_logs(action=discord.AuditLogAction.bot_add)]
    assert [one.user.name for one in entries if one.user] == ["grace"]


async def test_who_goes_on_knocking_is_banned(world: FakeDiscord) -> None:
    world.rates.limits = Limits(ban_after=3)
    async with aiohttp.ClientSession(headers={"Authorization": "Bot wrong"}) as session:
        answers = [await session.get(f"{world.api_url}/users/@me") for _ in range(4)]
    assert [one.status for one in answers] == [401, 401, 401, 429]
    assert "Via" not in answers[-1].headers


async def test_edits_keep_only_the_files_that_they_name(world: FakeDiscord, bot: Bot, channel: Channel) -> None:
    def picture(name: str) -> dict[str, Any]:
        return {"type": 12, "items": [{"media": {"url": f"attachment://{name}"}, "description": "A picture"}]}

    url, headers = f"{world.api_url}/channels/{channel.id}/messages", {"Authorization": f"Bot {world.token}"}
    body = message(picture("a.png"), attachments=[{"id": "0", "filename": "a.png", "description": "A"}])
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("payload_json", json.dumps(body))
    form.add_field("files[0]", b"png", filename="a.png", content_type="application/octet-stream")
    async with aiohttp.ClientSession(headers=headers) as session:
        async with session.post(url, data=form) as response:
            said = await response.json()
        assert said["attachments"][0]["description"] == "A"
        shown = said["components"][0]["components"][1]["items"][0]["media"]["url"]
        async with session.get(shown) as file:
            assert await file.read() == b"png"
        one = f"{url}/{said['id']}"
        async with session.patch(one, json=message(picture("a.png"), attachments=[])) as response:
            assert response.status == 400
        async with session.patch(one, json=message(attachments=[])) as response:
            assert (await response.json())["attachments"] == []


async def test_files_over_the_limit_are_refused(world: FakeDiscord, bot: Bot, channel: Channel, guild: Guild) -> None:
    guild.size_limit = 10
    world.judged = False
    place = bot.guilds[0].get_channel(int(channel.id))
    assert isinstance(place, discord.TextChannel)
    assert await refused(place.send(file=discord.File(io.BytesIO(b"x" * 11), "a.txt"))) == (413, 40005)
    await place.send(file=discord.File(io.BytesIO(b"x" * 10), "a.txt"))
    channel.denies("attach_files")
    assert await refused(place.send(file=discord.File(io.BytesIO(b"x"), "a.txt"))) == (403, 50013)


async def test_a_wrong_turn_can_be_told_in_full(world: FakeDiscord, bot: Bot, channel: Channel) -> None:
    world.faults.fail("POST /channels/*", 403, body={"code": 50001, "message": "Missing Access"}, headers={"X-A": "1"})
    assert await refused(post(bot, channel, {"allowed_mentions": NONE, "content": "Hello"})) == (403, 50001)
