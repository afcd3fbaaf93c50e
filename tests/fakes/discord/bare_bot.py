"""A bare discord.py client, and the bodies that it sends in the tests of the fake."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import discord
import pytest
from discord.http import Route
from discord.webhook.async_ import async_context

from tests.fakes.discord.bell import Bell
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.deadline import soon
from tests.fakes.discord.server import FakeDiscord

Seen = discord.Interaction[discord.Client]
NONE: dict[str, Any] = {"parse": []}
COMMANDS: list[dict[str, Any]] = [
    {
        "name": "faq",
        "description": "Ask",
        "options": [
            {"type": 3, "name": "question", "description": "What", "required": True, "autocomplete": True},
            {"type": 11, "name": "file", "description": "Data"},
        ],
    },
    {
        "name": "path",
        "description": "The path",
        "options": [{"type": 1, "name": "show", "description": "Show it"}],
    },
    {"name": "setup", "description": "Set up", "default_member_permissions": 32, "contexts": [0]},
    {"name": "Ask the mentors", "type": 3},
    {"name": "Show progress", "type": 2},
]
Handler = Callable[[Seen], Awaitable[None]]


class Bot(discord.AutoShardedClient):
    """A bare client; tests put their handler in."""

    def __init__(self, *, shards: int | None = None) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
            shard_count=shards,
            guild_ready_timeout=0.01,
        )
        self.handler: Handler | None = None
        self.events: list[str] = []
        self.bell = Bell()
        self.ready = asyncio.Event()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait for nobody; discord.py would sleep here."""

    async def on_interaction(self, interaction: Seen) -> None:
        if self.handler is not None:
            await self.handler(interaction)

    async def on_ready(self) -> None:
        self.ready.set()

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        self.events.append(event)
        super().dispatch(event, *args, **kwargs)
        self.bell.ring()


def callback(interaction: Seen, body: dict[str, Any]) -> Awaitable[Any]:
    """Give a first response as a plain body."""
    path = "/interactions/{webhook_id}/{webhook_token}/callback"
    route = Route("POST", path, webhook_id=interaction.id, webhook_token=interaction.token)
    return async_context.get().request(route, interaction._session, payload=body)


def message(*components: dict[str, Any], text: str = "Hello", **more: Any) -> dict[str, Any]:
    """Make a body of components v2."""
    inside = [{"type": 10, "content": text}, *components]
    return {"flags": 1 << 15, "allowed_mentions": NONE, "components": [{"type": 17, "components": inside}], **more}


def button(label: str, custom_id: str = "b") -> dict[str, Any]:
    return {"type": 1, "components": [{"type": 2, "style": 1, "label": label, "custom_id": custom_id}]}


MODAL: dict[str, Any] = {
    "custom_id": "form",
    "title": "Tell us",
    "components": [
        {"type": 18, "label": "Answer", "component": {"type": 4, "custom_id": "answer", "style": 1, "max_length": 10}},
        {"type": 18, "label": "File", "component": {"type": 19, "custom_id": "file", "required": False}},
    ],
}


@contextlib.asynccontextmanager
async def running(world: FakeDiscord, *, shards: int | None = None) -> AsyncIterator[Bot]:
    async with Bot(shards=shards) as bot:
        task = asyncio.create_task(bot.start(world.token))
        try:
            await soon(bot.ready.wait())
            yield bot
        finally:
            await soon(bot.close())
            await asyncio.wait({task}, timeout=5)
        await soon(task)


async def post(bot: Bot, channel: Channel, body: dict[str, Any]) -> Any:
    return await bot.http.request(Route("POST", "/channels/{channel_id}/messages", channel_id=channel.id), json=body)


async def refused(asked: Awaitable[Any]) -> tuple[int, int]:
    with pytest.raises(discord.HTTPException) as caught:
        await asked
    return caught.value.status, caught.value.code
