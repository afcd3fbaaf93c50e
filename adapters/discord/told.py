"""What an interaction tells of the channels that are named in it: newer than what was heard of them, and exact."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import discord

from bot.core.outgoing import Trouble

# Where messages can be written: channels of texts, news and voices, threads of three kinds, and stages.
WRITABLE = frozenset({0, 2, 5, 10, 11, 12, 13})
THREADS = frozenset({10, 11, 12})

_CHANNELS: ContextVar[Mapping[str, Any] | None] = ContextVar("channels of this interaction", default=None)


@dataclass(frozen=True, slots=True)
class Told:
    """A channel that somebody chose: its kind, and what the bot may do there."""

    kind: int
    rights: discord.Permissions

    @property
    def trouble(self) -> Trouble | None:
        """Say what would keep a post from it."""
        if self.kind not in WRITABLE:
            return Trouble.GONE
        return None if may_post(self.rights, in_thread=self.kind in THREADS) else Trouble.FORBIDDEN


def listen(data: Mapping[str, Any]) -> None:
    """Remember, for as long as this interaction is answered, what was told of channels."""
    resolved = data.get("resolved")
    channels = resolved.get("channels") if isinstance(resolved, dict) else None
    if isinstance(channels, dict):
        _CHANNELS.set(channels)


def told_of(channel: str) -> Told | None:
    """Return what was told of a channel; None when nobody spoke of it, or not of what the bot may do there."""
    about: Any = (_CHANNELS.get() or {}).get(channel)
    try:
        return Told(int(about["type"]), discord.Permissions(int(about["app_permissions"])))
    except (KeyError, TypeError, ValueError):
        return None


def may_post(rights: discord.Permissions, *, in_thread: bool) -> bool:
    """Say whether these permissions are enough for a post."""
    may_write = rights.send_messages_in_threads if in_thread else rights.send_messages
    return rights.administrator or (rights.view_channel and may_write and rights.attach_files)
