"""Accounts: people and the bot itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

JOINED = "2026-01-05T10:00:00.000000+00:00"


@dataclass(slots=True, eq=False)
class User:
    """An account. `dm` is the id of the channel with the bot, once there is one."""

    id: str
    name: str
    bot: bool = False
    takes_dms: bool = True
    locale: str = "en-US"
    dm: str = ""

    def payload(self) -> dict[str, Any]:
        """Show the account as Discord does."""
        return {
            "id": self.id,
            "username": self.name.lower(),
            "global_name": None if self.bot else self.name,
            "discriminator": "0000" if self.bot else "0",
            "avatar": None,
            "bot": self.bot,
            "public_flags": 0,
            "flags": 0,
        }


def member_payload(user: User, roles: list[str], permissions: int | None = None) -> dict[str, Any]:
    """Show an account as a member of a guild; permissions are only told in interactions."""
    said: dict[str, Any] = {
        "user": user.payload(),
        "nick": None,
        "avatar": None,
        "roles": roles,
        "joined_at": JOINED,
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
        "communication_disabled_until": None,
    }
    return said if permissions is None else said | {"permissions": str(permissions)}
