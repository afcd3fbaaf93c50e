"""Ids as Discord makes them: a time in milliseconds, and a little more."""

from __future__ import annotations

import time

DISCORD_EPOCH_MS = 1_420_070_400_000
GUILD_MAKER, OTHER_MAKER = 1, 2


class Snowflakes:
    """Gives out ids; those of guilds have a row of their own, so that they spread evenly over shards."""

    def __init__(self) -> None:
        # Real time, because discord.py reads the age of an interaction from its id.
        start = int(time.time() * 1000) - DISCORD_EPOCH_MS
        self._next = {GUILD_MAKER: start, OTHER_MAKER: start}

    def new(self, maker: int = OTHER_MAKER) -> str:
        """Give the next id."""
        self._next[maker] += 1
        return str((self._next[maker] << 22) | (maker << 17))

    def guild(self) -> str:
        """Give the next id of a guild."""
        return self.new(GUILD_MAKER)
