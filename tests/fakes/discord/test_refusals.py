"""What Discord refuses is refused."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from tests.fakes.discord.bare_bot import (
    COMMANDS,
    NONE,
    Bot,
    button,
    message,
    post,
    refused,
)
from tests.fakes.discord.channels import FORUM, Channel
from tests.fakes.discord.guilds import Guild
from tests.fakes.discord.people import Member
from tests.fakes.discord.server import FakeDiscord

BAD_BODIES: list[dict[str, Any]] = [
    message(text="x" * 4001),
    message(content="old style"),
    message(button("One", "same"), button("Two", "same")),
    message(*[{"type": 10, "content": "x"}] * 40),
    message({"type": 12, "items": [{"media": {"url": "attachment://none.png"}}]}),
    message(button("x" * 81)),
    message(button("Long", "x" * 101)),
    message({"type": 1, "components": [button(str(n), str(n))["components"][0] for n in range(6)]}),
    message({"type": 1, "components": [{"type": 3, "custom_id": "s", "options": []}]}),
    {"allowed_mentions": NONE, "components": [{"type": 10, "content": "no flag"}]},
    {"allowed_mentions": NONE, "content": "x" * 2001},
    {"allowed_mentions": NONE, "content": ""},
    {"allowed_mentions": NONE, "content": "hidden", "flags": 64},
    {"allowed_mentions": NONE, "content": "x", "nonce": "x" * 26, "enforce_nonce": True},
    {"allowed_mentions": NONE, "content": "x", "attachments": [{"id": 0, "filename": "a.png"}]},
]

MANY: dict[str, Any] = {"type": 3, "description": "x"}
BAD_COMMANDS: list[dict[str, Any]] = [
    {"name": "Upper", "description": "x"},
    {"name": "bare", "description": ""},
    {"name": "long", "description": "x" * 101},
    {
        "name": "order",
        "description": "x",
        "options": [
            {"type": 3, "name": "a", "description": "x"},
            {"type": 3, "name": "b", "description": "x", "required": True},
        ],
    },
    {
        "name": "many",
        "description": "x",
        "options": [{"type": 3, "name": f"o{n}", "description": "x"} for n in range(26)],
    },
    {
        "name": "mixed",
        "description": "x",
        "options": [{"type": 1, "name": "a", "description": "x"}, {"type": 3, "name": "b", "description": "x"}],
    },
]


@pytest.mark.parametrize("judged", [False, True], ids=["own", "judged"])
async def test_bodies_that_discord_refuses(world: FakeDiscord, bot: Bot, channel: Channel, judged: bool) -> None:
    world.judged = judged
    taken = []
    for number, body in enumerate(BAD_BODIES):
        try:
            await post(bot, channel, body)
            taken.append(number)
        except discord.HTTPException as error:
            assert error.status == 400
    assert taken == []
    assert world.channel_messages(channel) == []


async def test_commands_that_discord_refuses(world: FakeDiscord, bot: Bot) -> None:
    world.judged = False
    assert bot.application_id is not None
    for bad in BAD_COMMANDS:
        put: Any = bot.http.bulk_upsert_global_commands
        assert await refused(put(bot.application_id, [bad])) == (400, 50035)
    assert [one["name"] for one in world.commands.of()] == [one["name"] for one in COMMANDS]


async def test_permissions_and_places_that_are_gone(
    world: FakeDiscord, bot: Bot, guild: Guild, channel: Channel, ada: Member
) -> None:
    words = {"allowed_mentions": NONE, "content": "Hello"}
    quiet, hidden, gone, forum = (guild.channel(name) for name in ("quiet", "hidden", "gone", "forum"))
    quiet.denies("send_messages")
    hidden.denies("view_channel")
    gone.vanishes()
    forum.becomes(kind=FORUM)
    assert await refused(post(bot, quiet, words)) == (403, 50013)
    assert await refused(post(bot, hidden, words)) == (403, 50001)
    assert await refused(post(bot, gone, words)) == (404, 10003)
    assert await refused(post(bot, forum, words)) == (400, 50008)
    ada.takes_dms(False)
    assert await refused(post(bot, await ada.in_dm(), words)) == (403, 50007)
    assert await refused(bot.fetch_guild(1)) == (404, 10004)
    assert await refused(anext(aiter(bot.guilds[0].audit_logs()))) == (403, 50013)
    assert world.invalid_requests == 4
