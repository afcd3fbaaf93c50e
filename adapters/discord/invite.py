"""The address that invites the bot to a server, with the rights it needs and why it needs each."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

SCOPES = ("bot", "applications.commands")


@dataclass(frozen=True, slots=True)
class Permission:
    """One right that the bot asks for: its bit, its name on Discord, and the reason."""

    value: int
    name: str
    why: str


PERMISSIONS: tuple[Permission, ...] = (
    Permission(1 << 10, "View Channels", "to find the channel that you choose for its posts"),
    Permission(1 << 11, "Send Messages", "to post the weekly challenge and its results there"),
    Permission(1 << 38, "Send Messages in Threads", "to post in a thread, when you choose one"),
    Permission(1 << 35, "Create Public Threads", "to open a thread where a challenge can be talked over"),
    Permission(1 << 14, "Embed Links", "to show what stands behind the links in its posts"),
    Permission(1 << 15, "Attach Files", "to send pictures and the data of a challenge"),
    Permission(
        1 << 16,
        "Read Message History",
        "to look whether a post arrived before it is sent again, so that none comes twice",
    ),
)


def invite_url(application_id: int, base: str = "https://discord.com") -> str:
    """Write the address that an organiser opens to invite the bot."""
    rights = sum(one.value for one in PERMISSIONS)
    query = urlencode({"client_id": application_id, "permissions": rights, "scope": " ".join(SCOPES)})
    return f"{base.rstrip('/')}/oauth2/authorize?{query}"
