"""Who speaks, as Discord tells it."""

from __future__ import annotations

import discord

from bot.core.calls import Speaker
from bot.models import Handle, Place

PLATFORM = "discord"


def place_of(guild_id: int) -> Place:
    """Name a server as a community's place."""
    return Place(PLATFORM, str(guild_id))


def handle_of(user_id: int) -> Handle:
    """Name a user; their ids are the same on every server."""
    return Handle(PLATFORM, "", str(user_id))


def speaker_of(interaction: discord.Interaction[discord.Client]) -> Speaker:
    """Say who is behind an interaction, and whether they look after the server."""
    user, guild = interaction.user, interaction.guild
    handle = handle_of(user.id)
    if guild is None:
        return Speaker(handle, user.display_name)
    rights = interaction.permissions
    return Speaker(
        handle,
        user.display_name,
        place_of(guild.id),
        getattr(guild, "name", "") or "",
        rights.administrator or rights.manage_guild,
    )
