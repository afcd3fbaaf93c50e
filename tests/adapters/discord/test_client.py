"""The bot on Discord, over the wire."""

from __future__ import annotations

from adapters.discord.service import Presence
from tests.fakes.discord.server import FakeDiscord


async def test_a_question_is_answered_privately(presence: Presence, world: FakeDiscord) -> None:
    guild = world.guild("Lab")
    ada = guild.member("ada")
    heard = await ada.types(guild.channel("general"), "/help")
    assert heard.ephemeral
    assert "Learn" in heard.text
