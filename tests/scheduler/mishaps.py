"""What goes wrong on the loopback platforms, at random: lost connections, silence, faults and refusals for a while."""

from __future__ import annotations

from random import Random

from tests.fakes.discord.faults import Fault as DiscordFault
from tests.fakes.discord.faults import Faults as DiscordFaults
from tests.fakes.discord.faults import Kind
from tests.fakes.slack.faults import Fault as SlackFault
from tests.fakes.slack.faults import Faults as SlackFaults

WAIT = {"message": "You are being rate limited.", "retry_after": 0.2, "global": False}
HEADERS = {"Via": "1.1 loopback", "Retry-After": "1", "X-RateLimit-Scope": "shared"}
HISTORY = "GET /channels/*/messages"
POST = "POST /channels/*/messages"


def _on_discord(pattern: str) -> tuple[DiscordFault, ...]:
    return (
        DiscordFault(pattern, Kind.LOST_BEFORE, 1),
        DiscordFault(pattern, Kind.LOST_AFTER, 1),
        DiscordFault(pattern, Kind.HANG, 1),
        *(DiscordFault(pattern, Kind.STATUS, 1, status) for status in (500, 502, 503)),
        DiscordFault(pattern, Kind.STATUS, 1, 429, WAIT, HEADERS),
    )


ON_SLACK = (
    {"lost": "before"},
    {"lost": "after"},
    {"hang": True},
    {"status": 503},
    {"error": "fatal_error", "after": True},
    {"error": "internal_error"},
    {"error": "ratelimited", "status": 429, "retry_after": 1},
)


class DiscordMishaps(DiscordFaults):
    """Lets some of the requests for channels go wrong."""

    def __init__(self, random: Random, share: float) -> None:
        super().__init__()
        self.random, self.share, self.struck = random, share, 0

    def take(self, method: str, path: str) -> DiscordFault | None:
        if not path.endswith("/messages") or self.random.random() >= self.share:
            return None
        self.struck += 1
        return self.random.choice(_on_discord(POST if method == "POST" else HISTORY))

    def heal(self) -> None:
        self.share = 0.0


class SlackMishaps(SlackFaults):
    """Lets some of the posts go wrong."""

    def __init__(self, random: Random, share: float) -> None:
        super().__init__()
        self.random, self.share, self.struck = random, share, 0

    def take(self, method: str, team: str, channel: str) -> SlackFault | None:
        if method != "chat.postMessage" or self.random.random() >= self.share:
            return None
        self.struck += 1
        return SlackFault(method, **self.random.choice(ON_SLACK))

    def clear(self) -> None:
        self.share = 0.0
