"""Guilds, their members and their audit log, asked by REST."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.discord.calls import Call
from tests.fakes.discord.channels import THREADS
from tests.fakes.discord.guilds import Guild
from tests.fakes.discord.permissions import NAMED
from tests.fakes.discord.refusals import missing_access, missing_permissions, unknown
from tests.fakes.discord.users import member_payload

if TYPE_CHECKING:
    from tests.fakes.discord.world import World

MEMBERS_INTENT = 1 << 1


def guild(world: World, call: Call) -> tuple[int, Any]:
    """Show a guild."""
    found = _guild(world, call)
    return 200, found.partial() | {"roles": [one.payload() for one in found.all_roles()]}


def channels(world: World, call: Call) -> tuple[int, Any]:
    """List channels; threads are none."""
    return 200, [one.payload() for one in _guild(world, call).channels.values() if one.kind not in THREADS]


def roles(world: World, call: Call) -> tuple[int, Any]:
    """List roles."""
    return 200, [one.payload() for one in _guild(world, call).all_roles()]


def members(world: World, call: Call) -> tuple[int, Any]:
    """List members, for bots that may know them all."""
    found = _guild(world, call)
    if not world.gateway.allowed_intents & MEMBERS_INTENT:
        raise missing_access()
    return 200, [one.payload() for one in found.members.values()]


def member(world: World, call: Call) -> tuple[int, Any]:
    """Show one member."""
    found = _guild(world, call)
    if call.ids[1] == world.bot.id:
        return 200, member_payload(world.bot, [found.bot_role])
    if call.ids[1] not in found.members:
        raise unknown("Member" if call.ids[1] in world.users else "User")
    return 200, found.members[call.ids[1]].payload()


def audit_log(world: World, call: Call) -> tuple[int, Any]:
    """Show who did what, if the bot may see it."""
    found = _guild(world, call)
    if not found.bot_permissions & (NAMED["view_audit_log"] | NAMED["administrator"]):
        raise missing_permissions()
    action, most = call.query.get("action_type"), int(call.query.get("limit", "50"))
    entries = [one for one in found.audit_log if action in (None, str(one["action_type"]))][:most]
    people = {one["user_id"] for one in entries} | {one["target_id"] for one in entries}
    empty = ("webhooks", "integrations", "threads", "application_commands", "auto_moderation_rules")
    shown = [world.users[one].payload() for one in people if one in world.users]
    said: dict[str, Any] = {"audit_log_entries": entries, "users": shown, "guild_scheduled_events": []}
    return 200, said | {part: [] for part in empty}


def _guild(world: World, call: Call) -> Guild:
    if not world.knows_guild(call.ids[0]):
        raise unknown("Guild")
    return world.guilds[call.ids[0]]
