"""Servers that take the bot in, send it away, or went missing while nobody listened."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

import discord

from adapters.discord.people import PLATFORM, place_of
from adapters.discord.posting import DiscordPoster
from bot.clock import Clock
from bot.core.outgoing import Doorkeeper
from bot.models import Place

log = logging.getLogger(__name__)

# Servers that took the bot in longer ago get no welcome at the start: they were there before our memory was.
RECENT = timedelta(days=1)


class Servers(Protocol):
    """Knows the servers that the bot is in, as of now."""

    @property
    def guilds(self) -> Sequence[discord.Guild]:
        """List those that this process hears of."""

    def get_guild(self, id: int, /) -> discord.Guild | None:
        """Find one by its number."""

    def serves(self, guild_id: int) -> bool:
        """Say whether one belongs to this process, be the bot in it or not."""


class Guilds:
    """Keeps the doorkeeper informed, and says hello."""

    def __init__(self, door: Doorkeeper, poster: DiscordPoster, clock: Clock, roster: Servers) -> None:
        self._door, self._poster, self._clock, self._roster = door, poster, clock, roster
        # Discord tells about a new server in more than one way, sometimes at once, and it may be gone right after:
        # one thing after the other, so that it is welcomed once and the last word counts.
        self._asking = asyncio.Lock()
        self._met: set[int] = set()

    async def back(self, guild: discord.Guild) -> None:
        """Learn that a server can be reached (again); it may be one that was new while it could not."""
        if guild.id not in self._met:
            await self.came(guild)

    async def came(self, guild: discord.Guild, *, quietly: bool = False) -> None:
        """Take note of a server, and welcome whoever is new."""
        async with self._asking:
            if self._roster.get_guild(guild.id) is None:
                return  # it sent the bot away before its turn came
            reply = await self._door.arrived(place_of(guild.id), guild.name)
            self._met.add(guild.id)
        if reply is not None and not quietly:
            await self._poster.tell_organiser(place_of(guild.id), reply)

    async def went(self, guild: discord.Guild) -> None:
        """Take note that a server sent the bot away."""
        async with self._asking:
            self._met.discard(guild.id)
            await self._door.left(place_of(guild.id))

    async def compare(self) -> None:
        """Find out what happened while nobody listened. It may be asked again after every reconnection."""
        async with self._asking:  # or else one that comes in meanwhile would be taken for one that went
            here = {place_of(guild.id): guild for guild in self._roster.guilds}
            new = set(await self._door.seen(PLATFORM, here, self._is_ours))
            self._met.update(guild.id for place, guild in here.items() if place not in new)
        for place in new:
            if not here[place].unavailable:  # Discord tells about those when they are back
                await self._meet(here[place])

    async def _meet(self, guild: discord.Guild) -> None:
        try:
            await self.came(guild, quietly=not self._is_recent(guild))
        except Exception:  # one server's trouble is not that of all others
            log.exception("A server could not be welcomed.")

    def _is_ours(self, place: Place) -> bool:
        return self._roster.serves(int(place.key))

    def _is_recent(self, guild: discord.Guild) -> bool:
        joined = guild.me.joined_at if guild.me else None
        return joined is None or self._clock.now() - joined < RECENT
