"""Permissions as bits, and what is left of them in a channel."""

from __future__ import annotations

from collections.abc import Iterable

NAMED = {
    "administrator": 1 << 3,
    "manage_channels": 1 << 4,
    "manage_guild": 1 << 5,
    "view_audit_log": 1 << 7,
    "view_channel": 1 << 10,
    "send_messages": 1 << 11,
    "manage_messages": 1 << 13,
    "embed_links": 1 << 14,
    "attach_files": 1 << 15,
    "read_message_history": 1 << 16,
    "mention_everyone": 1 << 17,
    "manage_roles": 1 << 28,
    "use_application_commands": 1 << 31,
    "create_public_threads": 1 << 35,
    "send_messages_in_threads": 1 << 38,
}
EVERYTHING = (1 << 53) - 1


def bits(names: Iterable[str]) -> int:
    """Add named permissions up."""
    total = 0
    for name in names:
        total |= NAMED[name]
    return total


EVERYBODY = bits(
    [
        "view_channel",
        "send_messages",
        "embed_links",
        "attach_files",
        "read_message_history",
        "use_application_commands",
        "create_public_threads",
        "send_messages_in_threads",
    ]
)


def in_channel(own: int, denied_to_all: int, denied: int, allowed: int) -> int:
    """Say what somebody may do in a channel: overwrites for all come first, then those for one."""
    if own & NAMED["administrator"]:
        return EVERYTHING
    left = (own & ~denied_to_all & ~denied) | allowed
    return left if left & NAMED["view_channel"] else 0
