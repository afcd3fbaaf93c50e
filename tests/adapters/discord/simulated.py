"""The bot in SimCord's in-memory Discord, which knows nothing of our own loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import discord
import simcord
from simcord.builders import ChannelHandle, GuildHandle

from adapters.discord.client import DiscordBot, Shards
from adapters.discord.syncing import sync
from bot.core.calls import Answer, Call
from bot.core.dispatch import Dispatcher, Manners
from bot.wiring import House
from tests.clock import ManualClock


class Apart(Dispatcher):
    """Works where SimCord does not look: it waits for all that a bot begins, and a house has clocks of its own."""

    def __init__(self, house: House, clock: ManualClock) -> None:
        super().__init__(house.registry, house.store, house.services, clock, Manners(strict=True))
        self._inbox: asyncio.Queue[tuple[Call, asyncio.Future[Answer]]] = asyncio.Queue()
        self._begun: set[asyncio.Task[None]] = set()

    async def handle(self, call: Call) -> Answer:
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._inbox.put_nowait((call, answer))
        return await answer

    async def serve(self) -> None:
        while True:
            task = asyncio.create_task(self._work(*await self._inbox.get()))
            self._begun.add(task)
            task.add_done_callback(self._begun.discard)

    async def _work(self, call: Call, answer: asyncio.Future[Answer]) -> None:
        try:
            answer.set_result(await super().handle(call))
        except Exception as error:
            answer.set_exception(error)


@asynccontextmanager
async def set_apart(house: House, clock: ManualClock) -> AsyncIterator[Apart]:
    """Let commands be worked on for the length of the block."""
    dispatcher = Apart(house, clock)
    await dispatcher.start()
    serving = asyncio.create_task(dispatcher.serve())
    try:
        yield dispatcher
    finally:
        serving.cancel()
        await dispatcher.close()


def bot_of(dispatcher: Dispatcher) -> DiscordBot:
    async def on_start(bot: DiscordBot) -> None:
        memory: Any = dispatcher.store.secrets
        await sync(bot.http, bot.application_id or 0, dispatcher.registry, memory, {}, force=True)

    return DiscordBot(dispatcher, shards=Shards((0,), 1), on_start=on_start)


class Room:
    """A server with one channel, a member and an organiser."""

    def __init__(self, env: simcord.Env) -> None:
        self.env = env
        self.guild: GuildHandle = env.create_guild("Lab")
        self.general: ChannelHandle = self.guild.create_text_channel("general")
        mentors = self.guild.create_role("Mentors", permissions=discord.Permissions(manage_guild=True))
        self.ada = self.guild.add_member(env.create_user("ada"))
        self.grace = self.guild.add_member(env.create_user("grace"), roles=[mentors])


@asynccontextmanager
async def room(dispatcher: Dispatcher) -> AsyncIterator[Room]:
    async with simcord.run(bot_of(dispatcher)) as env:
        yield Room(env)
