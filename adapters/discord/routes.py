"""Paths as discord.py wants them: with named ids, so that the limit of one channel is not taken for that of all."""

from __future__ import annotations

from urllib.parse import parse_qsl

from discord.http import Route

MAJOR = {"channels": "channel_id", "guilds": "guild_id", "webhooks": "webhook_id"}
OPEN_DIRECT = "/users/@me/channels"
REPEATABLE = frozenset({"GET", "PUT", "DELETE"})


def route_of(method: str, path: str) -> Route:
    """Make a route of a path, which may have ids but no query in it."""
    pieces: list[str] = []
    named: dict[str, str] = {}
    before = ""
    for part in path.split("/"):
        name = _name(before, part, named)
        if name:
            named[name] = part
        pieces.append(f"{{{name}}}" if name else part)
        before = name or part
    return Route(method, "/".join(pieces), **named)


def split_query(path: str) -> tuple[str, list[tuple[str, str]]]:
    """Take a path and what stands behind its question mark apart."""
    bare, _, query = path.partition("?")
    return bare, parse_qsl(query)


def is_repeatable(method: str, path: str) -> bool:
    """Say whether doing it twice is the same as doing it once."""
    return method in REPEATABLE or (method == "POST" and path == OPEN_DIRECT)


def _name(before: str, part: str, named: dict[str, str]) -> str:
    if before == "webhook_id":
        return "webhook_token"
    if not part.isdecimal():
        return ""
    major = MAJOR.get(before, "")
    return major if major and major not in named else f"id{len(named)}"
