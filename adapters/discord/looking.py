"""Look whether a post of ours is in its channel: it carries a mark made of its key, which Discord keeps with it.

Discord knows a nonce again for some minutes only and does not keep it with the message. But every component may have
a number of its own, and that one stays.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from adapters.discord.wire import Wire
from bot.core.outgoing import PostFailed, Target, Trouble

PAGE = 100
# So far back we look; in a channel with more messages than that since, nobody can say.
MOST_PAGES = 50
FIRST_MILLISECOND = 1_420_070_400_000
# Numbers that Discord gives to components without one are small; those that fit are of 31 bits.
SMALLEST, LARGEST = 1 << 20, (1 << 31) - 1

Json = dict[str, Any]


def mark_of(*parts: str) -> int:
    """Make the mark of a post from what makes the post what it is."""
    digest = hashlib.sha256(json.dumps(["mark", *parts]).encode()).digest()
    return SMALLEST + int.from_bytes(digest[:8]) % (LARGEST - SMALLEST)


def marked(body: Json, mark: int) -> Json:
    """Put a mark on the box of a message."""
    *before, box = body["components"]
    return {**body, "components": [*before, {**box, "id": mark}]}


async def look(wire: Wire, target: Target, mark: int, since: datetime, own_id: str | None) -> str | None:
    """Return the id of the newest message with this mark, or None; raise `PostFailed` if nobody can say."""
    is_empty = True
    async for one in _messages(wire, target, since):
        is_empty = False
        if _is_ours(one, own_id) and any(part.get("id") == mark for part in one.get("components") or ()):
            return str(one["id"])
    if is_empty and await _was_written_in(wire, target):
        # Discord shows an empty channel to whoever may not read its past.
        raise PostFailed(Trouble.FORBIDDEN, "the bot may not read the message history of this channel")
    return None


async def _messages(wire: Wire, target: Target, since: datetime) -> AsyncIterator[Json]:
    """Yield the messages of a channel, the newest first: one page in any case, and more as far back as asked."""
    before = ""
    for _ in range(MOST_PAGES):
        path = f"/channels/{target.channel}/messages?limit={PAGE}{before}"
        page = await wire.send(target.place.key, "GET", path)
        for one in page:
            yield one
        if len(page) < PAGE or _moment_of(page[-1]) < since.timestamp():
            return
        before = f"&before={page[-1]['id']}"
    raise PostFailed(Trouble.LATER, "too many messages came into this channel since")


async def _was_written_in(wire: Wire, target: Target) -> bool:
    channel = await wire.send(target.place.key, "GET", f"/channels/{target.channel}")
    return channel.get("last_message_id") is not None


def _is_ours(message: Json, own_id: str | None) -> bool:
    return own_id is None or str(message["author"]["id"]) == own_id


def _moment_of(message: Json) -> float:
    return ((int(message["id"]) >> 22) + FIRST_MILLISECOND) / 1000
