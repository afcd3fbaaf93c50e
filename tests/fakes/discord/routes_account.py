"""The bot's account, its application, and the way to the gateway."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.discord.calls import Call
from tests.fakes.discord.refusals import Refused, invalid_form, unknown

if TYPE_CHECKING:
    from tests.fakes.discord.world import World


def me(world: World, call: Call) -> tuple[int, Any]:
    """Show the bot's account."""
    return 200, world.bot.payload() | {"verified": True, "mfa_enabled": False, "email": None, "locale": "en-US"}


def user(world: World, call: Call) -> tuple[int, Any]:
    """Show anybody's account."""
    if call.ids[0] not in world.users:
        raise unknown("User")
    return 200, world.users[call.ids[0]].payload()


def guilds(world: World, call: Call) -> tuple[int, Any]:
    """List the guilds that the bot is in."""
    return 200, [one.partial() for one in world.guilds.values() if one.present]


def leave(world: World, call: Call) -> tuple[int, Any]:
    """Leave a guild."""
    if not world.knows_guild(call.ids[0]):
        raise unknown("Guild")
    world.guilds[call.ids[0]].removes_bot()
    return 204, None


def open_direct(world: World, call: Call) -> tuple[int, Any]:
    """Open the channel between the bot and somebody."""
    who = world.users.get(str(call.fields.get("recipient_id")))
    if call.fields.get("recipient_id") is None:
        raise invalid_form("recipient_id is missing")
    if who is None or who.bot:
        raise Refused(400, 50033, "Invalid Recipient(s)")
    return 200, world.direct_channel(who).payload()


def application(world: World, call: Call) -> tuple[int, Any]:
    """Show the application."""
    return 200, {
        "id": world.bot.id,
        "name": world.bot.name,
        "icon": None,
        "description": "",
        "summary": "",
        "rpc_origins": [],
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "owner": next(iter(world.users.values())).payload(),
        "team": None,
        "flags": 0,
        "bot": world.bot.payload(),
        "hook": True,
        "approximate_guild_count": sum(one.present for one in world.guilds.values()),
    }


def gateway(world: World, call: Call) -> tuple[int, Any]:
    """Say where the gateway is."""
    return 200, {"url": world.gateway.base}


def gateway_for_bots(world: World, call: Call) -> tuple[int, Any]:
    """Say where the gateway is and how many shards there should be."""
    limit = {"total": 1000, "remaining": 999, "reset_after": 14_400_000, "max_concurrency": 1}
    return 200, {"url": world.gateway.base, "shards": world.gateway.recommended_shards, "session_start_limit": limit}
