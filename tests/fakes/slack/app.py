"""The app as it is registered: names, secrets, commands, shortcuts, and what it asked to hear."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

SCOPES = (
    "app_mentions:read", "channels:read", "groups:read", "im:read", "im:write", "im:history", "channels:history",
    "chat:write", "commands", "files:read", "files:write", "users:read", "team:read",
)  # fmt: skip
EVENTS = frozenset(
    {"app_mention", "message.im", "app_home_opened", "app_uninstalled", "tokens_revoked", "member_joined_channel"}
)


@dataclass(slots=True)
class App:
    """What the platform knows about the app."""

    id: str
    client_id: str
    client_secret: str
    signing_secret: str
    name: str = "Stepwise"
    home: bool = True
    escape: bool = True
    rotating: bool = False
    redirect_url: str = ""
    scopes: tuple[str, ...] = SCOPES
    events: frozenset[str] = EVENTS
    commands: set[str] = field(default_factory=set)  # empty: every one
    shortcuts: dict[str, tuple[str, str]] = field(default_factory=dict)  # name -> type, callback id

    def must_hear(self, kind: str) -> None:
        """Refuse to tell of what the app did not ask to hear."""
        if kind not in self.events:
            raise AssertionError(f"The app does not listen to {kind}, only to {sorted(self.events)}.")

    def configure(self, manifest: dict[str, Any]) -> None:
        """Take over what an app manifest says."""
        features, settings = manifest.get("features", {}), manifest.get("settings", {})
        self.commands = {one["command"] for one in features.get("slash_commands", [])}
        self.escape = all(one.get("should_escape", False) for one in features.get("slash_commands", []))
        self.shortcuts = {one["name"]: (one["type"], one["callback_id"]) for one in features.get("shortcuts", [])}
        self.home = bool(features.get("app_home", {}).get("home_tab_enabled", False))
        self.scopes = tuple(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", ()))
        self.events = frozenset(settings.get("event_subscriptions", {}).get("bot_events", ()))
        self.rotating = bool(settings.get("token_rotation_enabled", False))
