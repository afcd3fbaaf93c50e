"""Where the bot can post right now: one outlet for each platform that it is on."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.mail import Mail


class Outlets:
    """Knows what writes on which platform; nothing does before the bot is there."""

    def __init__(self) -> None:
        self._by_platform: Mapping[str, Mail] = {}

    def open(self, by_platform: Mapping[str, Mail]) -> None:
        """Take note of where the bot is."""
        self._by_platform = by_platform

    def on(self, platform: str) -> Mail | None:
        """Return what writes on a platform; None when the bot is not there."""
        return self._by_platform.get(platform)
