"""Asks Discord whether the token is good, and what the bot may do in each server."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp

from adapters.discord.invite import PERMISSIONS
from adapters.discord.service import api_base
from adapters.discord.starting import REFUSED, cleaned
from bot.core.findings import Asked, Finding, broken, doubtful, well
from bot.core.outgoing import CannotStart

WITHIN = aiohttp.ClientTimeout(total=10.0)
SERVERS, SHOWN = 200, 10
ADMINISTRATOR = 1 << 3


async def ask_discord(token: str, api: str) -> Asked:
    """Ask with a session of our own: the library would wait and try again for minutes."""
    try:
        headers = {"Authorization": f"Bot {cleaned(token)}", "User-Agent": "DiscordBot (stepwise, 1)"}
    except CannotStart:
        return Asked((_refusal(401),))
    try:
        async with aiohttp.ClientSession(headers=headers, timeout=WITHIN) as session:
            status, who, their_time = await _get(session, f"{api_base(api)}/users/@me")
            if status != 200:
                return Asked((_refusal(status),), their_time)
            _, servers, _ = await _get(session, f"{api_base(api)}/users/@me/guilds?limit={SERVERS}")
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError, asyncio.IncompleteReadError) as error:
        said = f"It cannot be reached ({type(error).__name__})."
        return Asked((broken("Discord", said, "Check the network, a proxy, and STEPWISE_DISCORD_API_URL."),))
    name = who.get("username", "?") if isinstance(who, Mapping) else "?"
    found = servers if isinstance(servers, list) else []
    return Asked((well("Discord", f"The token is good; the bot is {name}."), *_servers(found)), their_time)


def _servers(servers: Sequence[Any]) -> list[Finding]:
    if not servers:
        cure = "Open the address that `stepwise discord invite` prints."
        return [doubtful("Discord servers", "The bot is in no server yet.", cure)]
    lacking = [found for found in map(_lacking, servers) if found]
    if not lacking:
        names = ", ".join(one.name for one in PERMISSIONS)
        return [well("Discord servers", f"{len(servers)} of them, each with all permissions ({names}).")]
    cure = "Let an administrator open the address that `stepwise discord invite` prints once more."
    return [doubtful("Discord servers", one, cure) for one in lacking[:SHOWN]]


def _lacking(server: Any) -> str:
    """Say which permissions the bot lacks in a server."""
    rights = int(str(server.get("permissions", "0")) or 0)
    missing = [one.name for one in PERMISSIONS if not rights & (one.value | ADMINISTRATOR)]
    return f"{server.get('name', '?')} does not give {', '.join(missing)}." if missing else ""


def _refusal(status: int) -> Finding:
    if status == 401:
        return broken("Discord", "The token is not accepted.", REFUSED)
    if status == 429 or status >= 500:
        return doubtful("Discord", f"It cannot answer right now ({status}).", "Ask again in a few minutes.")
    return broken("Discord", f"It refuses with {status}.", "Check STEPWISE_DISCORD_API_URL.")


async def _get(session: aiohttp.ClientSession, url: str) -> tuple[int, Any, datetime | None]:
    async with session.get(url) as answer:
        body = await answer.json(content_type=None) if answer.status == 200 else None
        stamp = answer.headers.get("Date", "")
        try:
            return answer.status, body, parsedate_to_datetime(stamp)
        except ValueError:
            return answer.status, body, None
