"""The servers that the bot is in, also after a session ended and another one began."""

from __future__ import annotations

from typing import Any

from discord.state import AutoShardedConnectionState


class Roster(AutoShardedConnectionState[Any]):
    """Lets go of servers that sent the bot away while nobody listened; discord.py alone would keep them for ever."""

    def parse_ready(self, data: Any) -> None:
        """Compare what a new session tells with what the one before it knew."""
        shard, told = data["shard"][0], {int(one["id"]) for one in data["guilds"]}
        for guild in [one for one in self.guilds if one.shard_id == shard and one.id not in told]:
            self._remove_guild(guild)
            self.dispatch("guild_remove", guild)
        super().parse_ready(data)
