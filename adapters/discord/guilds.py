"""Servers that take the bot in, send it away, or went missing while nobody listened."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta

import discord

from adapters.discord.people import PLATFORM, place_of
from adapters.discord.posting import DiscordPoster
from bot.clock import Clock
from bot.core.outgoing import Doorkeeper
from bot.models import Place

log = logging.getLogger(__name__)

# Servers that took the bot in longer ago get no welcome at the start: they were there before our memory was.
RECENT = timedelta(days=1)


class Guilds:
    """Keeps the doorkeeper informed, and says hello."""

    def __init__(self, door: Doorkeeper, poster: DiscordPoster, clock: Clock, serves: Callable[[int], bool]) -> None:
        self._door, self._poster, self._clock, self._serves = door, poster, clock, serves

    async def came(self, guild: discord.Guild, *, quietly: bool = False) -> None:
        """Take note of a server, and welcome whoever is new."""
        reply = await self._door.arrived(place_of(guild.id), guild.name)
        if reply is not None and not quietly:
            await self._poster.tell_organiser(place_of(guild.id), reply)

    async def went(self, guild: discord.Guild) -> None:
        """Take note that a server sent the bot away."""
        await self._door.left(place_of(guild.id))

    async def compare(self, guilds: Iterable[discord.Guild]) -> None:
        """Find out what happened while nobody listened. It may be asked again after every reconnection."""
        here = {place_of(guild.id): guild for guild in guilds}
        new = await self._door.seen(PLATFORM, here, self._is_ours)
        for place in new:
            if not here[place].unavailable:  # Discord tells about those when they are back
                await self.came(here[place], quietly=not self._is_recent(here[place]))

    def _is_ours(self, place: Place) -> bool:
        return self._serves(int(place.key))

    def _is_recent(self, guild: discord.Guild) -> bool:
        joined = guild.me.joined_at if guild.me else None
        return joined is None or self._clock.now() - joined < RECENT
