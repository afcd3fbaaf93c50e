"""What discord.py remembers for us: the servers that the bot is in, and nothing of who does what there."""

from __future__ import annotations

from typing import Any

from discord.state import AutoShardedConnectionState


class Roster(AutoShardedConnectionState[Any]):
    """Lets go of servers that sent the bot away while nobody listened; discord.py alone would keep them for ever.

    Interactions pass as Discord sent them: turning each into objects would cost as much as answering it.
    """

    def parse_ready(self, data: Any) -> None:
        """Compare what a new session tells with what the one before it knew."""
        shard, told = data["shard"][0], {int(one["id"]) for one in data["guilds"]}
        for guild in [one for one in self.guilds if one.shard_id == shard and one.id not in told]:
            self._remove_guild(guild)
            self.dispatch("guild_remove", guild)
        super().parse_ready(data)

    def parse_interaction_create(self, data: Any) -> None:
        """Hand on what somebody did."""
        self.dispatch("interaction", data)
