"""Who speaks, as Discord tells it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord

from bot.core.calls import Speaker
from bot.models import Handle, Place

PLATFORM = "discord"
_LOOKS_AFTER = discord.Permissions(administrator=True, manage_guild=True).value


def place_of(guild_id: int) -> Place:
    """Name a server as a community's place."""
    return Place(PLATFORM, str(guild_id))


def place_in(interaction: Mapping[str, Any]) -> Place | None:
    """Name the community of an interaction; None in a direct message."""
    guild = interaction.get("guild_id")
    return Place(PLATFORM, str(guild)) if guild else None


def speaker_of(interaction: Mapping[str, Any], guild_name: str = "") -> Speaker:
    """Say who is behind an interaction, and whether they look after the server."""
    member = interaction.get("member") or {}
    user = member.get("user") or interaction["user"]
    name = member.get("nick") or user.get("global_name") or user["username"]
    place = place_in(interaction)
    looks_after = place is not None and bool(int(member.get("permissions") or 0) & _LOOKS_AFTER)
    # The ids of users are the same on every server.
    return Speaker(Handle(PLATFORM, "", str(user["id"])), name, place, guild_name, looks_after)
