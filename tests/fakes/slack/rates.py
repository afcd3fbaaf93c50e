"""How often a method may be called in a workspace, and how often one may write in a channel."""

from __future__ import annotations

import math
from collections import defaultdict

from bot.clock import Clock
from tests.fakes.slack.trouble import ApiError

TIERS = {1: 1, 2: 20, 3: 50, 4: 100}
METHODS = {
    "conversations.history": 1,
    "conversations.replies": 1,
    "apps.connections.open": 1,
    "conversations.list": 2,
    "users.list": 2,
    "views.open": 4,
    "views.update": 4,
    "views.push": 4,
    "views.publish": 4,
    "files.info": 4,
    "users.info": 4,
    "conversations.members": 4,
    "chat.postEphemeral": 4,
}
ALWAYS = frozenset({"conversations.history", "conversations.replies"})


class Rates:
    """Counts calls a minute for each method and workspace; `on` holds everything to its tier."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.on = False
        self.per_channel = False
        self.a_minute: dict[str, int] = {}  # a test's own figures
        self.refused = 0
        self._calls: dict[tuple[str, str], list[float]] = defaultdict(list)
        self._posted: dict[tuple[str, str], float] = {}

    def check(self, method: str, team: str, channel: str) -> None:
        """Refuse what comes too often."""
        now = self._clock.monotonic()
        if self.per_channel and method == "chat.postMessage" and channel:
            self._channel(team, channel, now)
        if self.on or method in ALWAYS or method in self.a_minute:
            self._method(method, team, now)

    def _channel(self, team: str, channel: str, now: float) -> None:
        if now - self._posted.get((team, channel), -math.inf) < 1.0:
            self._refuse(1)
        self._posted[team, channel] = now

    def _method(self, method: str, team: str, now: float) -> None:
        most = self.a_minute.get(method, TIERS[METHODS.get(method, 3)])
        calls = [at for at in self._calls[method, team] if now - at < 60]
        if len(calls) >= most:
            self._refuse(max(1, math.ceil(60 - (now - calls[0]))))
        self._calls[method, team] = [*calls, now]

    def _refuse(self, seconds: int) -> None:
        self.refused += 1
        raise ApiError("ratelimited", status=429, retry_after=seconds)
