"""Whoever watches over the bot hears whether it hears Discord."""

from __future__ import annotations

from adapters.discord.service import Presence


async def test_it_is_connected_while_it_listens(presence: Presence) -> None:
    assert presence.connected
    shard = next(iter(presence.bot.shards.values()))
    presence.bot.http.clear()
    await shard.disconnect()
    assert not presence.connected
