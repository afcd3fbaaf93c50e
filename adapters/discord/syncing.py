"""Tell Discord which commands there are, when that changed."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any, Protocol

from discord.http import HTTPClient, Route

from adapters.discord.locales import Words
from adapters.discord.mentions import mentions_of
from adapters.discord.options import commands, fingerprint
from bot.core.registry import Registry

log = logging.getLogger(__name__)


class Memory(Protocol):
    """Remembers a word under a name."""

    async def get(self, key: str) -> str | None:
        """Return what is kept under this name."""

    async def put(self, key: str, value: str) -> None:
        """Keep this under this name."""


async def sync(
    http: HTTPClient,
    application: int,
    registry: Registry,
    memory: Memory,
    words: Mapping[str, Words],
    *,
    guild: int | None = None,
    force: bool = False,
) -> int | None:
    """Send the commands if they changed since the last time; return how many, or None when nothing changed."""
    payload = commands(registry, words)
    key, mark = f"discord:commands:{application}:{guild or 'global'}", fingerprint(payload)
    if not force and await memory.get(key) == mark:
        return None
    listed = await http.request(_route(application, guild), json=_for_guild(payload) if guild else payload)
    if guild is None:
        await memory.put(_mentions(application), json.dumps(mentions_of(listed)))
    await memory.put(key, mark)
    log.info("Discord knows %s commands now.", len(payload))
    return len(payload)


async def known_mentions(application: int, memory: Memory) -> dict[str, str]:
    """Return how each command is written so that members can press it, as Discord told when it took the commands."""
    kept = await memory.get(_mentions(application))
    return dict(json.loads(kept)) if kept else {}


def _mentions(application: int) -> str:
    return f"discord:mentions:{application}"


def _route(application: int, guild: int | None) -> Route:
    if guild is None:
        return Route("PUT", "/applications/{application_id}/commands", application_id=application)
    path = "/applications/{application_id}/guilds/{guild_id}/commands"
    return Route("PUT", path, application_id=application, guild_id=guild)


def _for_guild(payload: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out what only global commands may say."""
    return [{key: one[key] for key in one if key not in ("contexts", "integration_types")} for one in payload]
