"""Which request goes where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.fakes.discord import (
    callbacks,
    command_book,
    follow_ups,
    routes_account,
    routes_channels,
    routes_guilds,
    routes_messages,
)
from tests.fakes.discord.calls import Call

if TYPE_CHECKING:
    from tests.fakes.discord.world import World

Handler = Callable[["World", Call], tuple[int, Any]]
VARIES = "{}"
COMMANDS, GUILD_COMMANDS = "/applications/{}/commands", "/applications/{}/guilds/{}/commands"
MESSAGES, TOKEN = "/channels/{}/messages", "/webhooks/{}/{}"


@dataclass(frozen=True, slots=True)
class Route:
    """An address. Those with a token of their own need no bot token and no turn."""

    method: str
    pattern: str
    handler: Handler
    has_token: bool = False

    def match(self, parts: list[str]) -> tuple[str, ...] | None:
        """Return the parts that vary, or None."""
        own = self.pattern.split("/")
        if any(mine not in (VARIES, part) for mine, part in zip(own, parts, strict=True)):
            return None
        return tuple(part for mine, part in zip(own, parts, strict=True) if mine == VARIES)

    @property
    def key(self) -> str:
        """Return the name under which limits are kept."""
        return f"{self.method} {self.pattern}"


ROUTES = (
    Route("GET", "/users/@me", routes_account.me),
    Route("GET", "/users/{}", routes_account.user),
    Route("GET", "/users/@me/guilds", routes_account.guilds),
    Route("DELETE", "/users/@me/guilds/{}", routes_account.leave),
    Route("POST", "/users/@me/channels", routes_account.open_direct),
    Route("GET", "/oauth2/applications/@me", routes_account.application),
    Route("GET", "/applications/@me", routes_account.application),
    Route("GET", "/gateway", routes_account.gateway, has_token=True),
    Route("GET", "/gateway/bot", routes_account.gateway_for_bots),
    Route("GET", COMMANDS, command_book.show),
    Route("PUT", COMMANDS, command_book.replace),
    Route("POST", COMMANDS, command_book.add),
    Route("DELETE", COMMANDS + "/{}", command_book.remove),
    Route("GET", GUILD_COMMANDS, command_book.show),
    Route("PUT", GUILD_COMMANDS, command_book.replace),
    Route("POST", GUILD_COMMANDS, command_book.add),
    Route("DELETE", GUILD_COMMANDS + "/{}", command_book.remove),
    Route("GET", "/guilds/{}", routes_guilds.guild),
    Route("GET", "/guilds/{}/channels", routes_guilds.channels),
    Route("GET", "/guilds/{}/roles", routes_guilds.roles),
    Route("GET", "/guilds/{}/members", routes_guilds.members),
    Route("GET", "/guilds/{}/members/{}", routes_guilds.member),
    Route("GET", "/guilds/{}/audit-logs", routes_guilds.audit_log),
    Route("GET", "/channels/{}", routes_channels.channel),
    Route("PATCH", "/channels/{}", routes_channels.change),
    Route("POST", "/channels/{}/threads", routes_channels.start_post),
    Route("POST", MESSAGES + "/{}/threads", routes_channels.start_thread),
    Route("GET", MESSAGES, routes_messages.history),
    Route("POST", MESSAGES, routes_messages.post),
    Route("GET", MESSAGES + "/{}", routes_messages.message),
    Route("PATCH", MESSAGES + "/{}", routes_messages.edit),
    Route("DELETE", MESSAGES + "/{}", routes_messages.delete),
    Route("POST", "/interactions/{}/{}/callback", callbacks.respond, has_token=True),
    Route("POST", TOKEN, follow_ups.say_more, has_token=True),
    Route("GET", TOKEN + "/messages/{}", follow_ups.look, has_token=True),
    Route("PATCH", TOKEN + "/messages/{}", follow_ups.edit, has_token=True),
    Route("DELETE", TOKEN + "/messages/{}", follow_ups.delete, has_token=True),
)


def _by_shape() -> dict[tuple[str, int], list[Route]]:
    found: dict[tuple[str, int], list[Route]] = {}
    # Addresses with fewer parts that vary win.
    for one in sorted(ROUTES, key=lambda route: route.pattern.count(VARIES)):
        found.setdefault((one.method, one.pattern.count("/")), []).append(one)
    return found


SHAPES = _by_shape()


def find(method: str, path: str) -> tuple[Route, tuple[str, ...]] | None:
    """Return the route of a request, and the parts of its path that vary."""
    parts = path.split("/")
    for one in SHAPES.get((method, len(parts) - 1), ()):
        ids = one.match(parts)
        if ids is not None:
            return one, ids
    return None
