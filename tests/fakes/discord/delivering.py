"""What somebody does reaches the bot as INTERACTION_CREATE."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.discord.bell import Silence
from tests.fakes.discord.channels import DM, Channel
from tests.fakes.discord.interactions import Interaction
from tests.fakes.discord.messages import Message

if TYPE_CHECKING:
    from tests.fakes.discord.people import Member
    from tests.fakes.discord.world import World

IN_GUILD, IN_DM = 0, 1
EVENT = "INTERACTION_CREATE"


def deliver(
    member: Member, channel: Channel, kind: int, data: dict[str, Any], source: Message | None = None
) -> Interaction:
    """Tell the bot, now or when it is back."""
    world = member.world
    number = world.ids.new()
    made = Interaction(number, f"token-of-{number}", kind, member.user, channel, world.now(), {}, source)
    made.payload = _payload(world, member, made, data)
    world.interactions[made.id] = world.tokens[made.token] = made
    send(world, made)
    return made


def send(world: World, made: Interaction) -> None:
    """Carry an interaction to the shard that it belongs to; a second time if need be."""
    guild = made.channel.guild
    session = world.gateway.session_of(guild.id if guild else None)
    if session is None:
        raise Silence("The bot is not connected.")
    session.emit(EVENT, made.payload)


def _payload(world: World, member: Member, made: Interaction, data: dict[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {
        "id": made.id,
        "application_id": world.bot.id,
        "type": made.kind,
        "token": made.token,
        "version": 1,
        "data": data,
        "channel_id": made.channel.id,
        "channel": made.channel.payload() | {"permissions": str(member.permissions)},
        "app_permissions": str(made.channel.bot_permissions()),
        "locale": member.user.locale,
        "entitlements": [],
        "attachment_size_limit": world.size_limit(made.channel),
    }
    if made.source is not None:
        said["message"] = made.source.payload()
    return said | (_of_dm(member) if made.channel.kind == DM else _of_guild(member, made.channel))


def _of_guild(member: Member, channel: Channel) -> dict[str, Any]:
    guild = channel.home
    return {
        "guild_id": guild.id,
        "guild": {"id": guild.id, "locale": guild.locale, "features": []},
        "guild_locale": guild.locale,
        "member": member.payload() | {"permissions": str(member.permissions)},
        "context": IN_GUILD,
        "authorizing_integration_owners": {"0": guild.id},
    }


def _of_dm(member: Member) -> dict[str, Any]:
    return {"user": member.user.payload(), "context": IN_DM, "authorizing_integration_owners": {"0": "0"}}
