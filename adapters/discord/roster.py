"""What discord.py remembers for us: the servers that the bot is in, and nothing of who does what there."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from discord.state import AutoShardedConnectionState

log = logging.getLogger(__name__)

Read = Callable[[Any], None]
# Without the first nobody could begin; the second is handed on unread, and fast.
AS_THEY_ARE = frozenset({"READY", "INTERACTION_CREATE"})


class Roster(AutoShardedConnectionState[Any]):
    """Lets go of servers that sent the bot away while nobody listened; discord.py alone would keep them for ever.

    Interactions pass as Discord sent them: turning each into objects would cost as much as answering it. And news
    that discord.py cannot read are only passed over: by itself, it would leave Discord for good.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        for event in self.parsers.keys() - AS_THEY_ARE:
            self.parsers[event] = _spared(event, self.parsers[event])

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


def _spared(event: str, read: Read) -> Read:
    """Let one strange piece of news spoil no other."""

    def try_to_read(data: Any) -> None:
        try:
            read(data)
        except Exception:
            log.warning("News of Discord could not be read: %s.", event, exc_info=True)

    return try_to_read
