"""A platform on which nobody hears anything, and a clock that shows what it is told: for rehearsals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random

from bot.core.outgoing import PostFailed, Target, Trouble
from bot.core.reply import Reply
from bot.models import Handle, Place
from bot.models.posting import CATCH_UP

PLATFORM = "console"
# How often each fault strikes: of so many posts, or of so many channels at each step.
ONE_POST_IN, ONE_CHANNEL_IN = 8, 5_000
SHORTEST_SHUT, LONGEST_SHUT = timedelta(hours=1), timedelta(days=5)


class Fault(StrEnum):
    """What can go wrong."""

    # The platform asks to wait.
    BUSY = "busy"
    # The connection breaks off, before or after the post is there.
    LOST = "lost"
    # A channel takes no posts for hours or days.
    SHUT = "shut"
    # The bot dies in the middle of its work.
    CRASH = "crash"


@dataclass(slots=True)
class ToyClock:
    """Shows what it was set to."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.moment.timestamp()


@dataclass(slots=True)
class SilentPlatform:
    """Takes posts and keeps when they came."""

    clock: ToyClock
    faults: frozenset[Fault]
    seed: int
    messages: dict[str, list[datetime]] = field(default_factory=dict)
    # When which channel was shut.
    shut: dict[str, list[tuple[datetime, datetime]]] = field(default_factory=dict)
    channels: set[str] = field(default_factory=set)
    random: Random = field(init=False)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)  # noqa: S311 - it only has to be the same again

    @property
    def platform(self) -> str:
        """Name the platform."""
        return PLATFORM

    async def tell(self, handle: Handle, reply: Reply) -> bool:
        """Reach everybody."""
        return True

    async def tell_organiser(self, place: Place, reply: Reply) -> bool:
        """Reach everybody."""
        return True

    async def post(self, target: Target, reply: Reply, key: str) -> str:
        """Keep a post, if nothing goes wrong."""
        self.channels.add(target.channel)
        self._check(target)
        if self._strikes(Fault.BUSY):
            raise PostFailed(Trouble.LATER, "busy", wait=self.random.choice((0.0, 30.0, 1800.0)))
        if self._strikes(Fault.LOST):
            if self.random.random() < 0.5:
                self._keep(key)
            raise PostFailed(Trouble.UNKNOWN, "the connection broke off")
        return self._keep(key)

    async def find(self, target: Target, key: str, reply: Reply, since: datetime) -> str | None:
        """Look for a post."""
        self._check(target)
        return key if self.messages.get(key) else None

    def pass_time(self) -> None:
        """Shut some channels."""
        if Fault.SHUT not in self.faults:
            return
        for channel in sorted(self._unlucky()):
            length = self.random.uniform(0, 1) * (LONGEST_SHUT - SHORTEST_SHUT) + SHORTEST_SHUT
            self.shut.setdefault(channel, []).append((self.clock.now(), self.clock.now() + length))

    def was_shut(self, channel: str, due: datetime) -> bool:
        """Say whether a channel was shut while a post was due."""
        return any(begin < due + CATCH_UP and end > due for begin, end in self.shut.get(channel, ()))

    def _unlucky(self) -> Iterator[str]:
        expected = len(self.channels) / ONE_CHANNEL_IN
        number = int(expected) + (self.random.random() < expected % 1)
        if number:
            yield from self.random.sample(sorted(self.channels), number)

    def _check(self, target: Target) -> None:
        if any(begin <= self.clock.now() < end for begin, end in self.shut.get(target.channel, ())):
            raise PostFailed(Trouble.FORBIDDEN, "shut")

    def _strikes(self, fault: Fault) -> bool:
        return fault in self.faults and self.random.randrange(ONE_POST_IN) == 0

    def _keep(self, key: str) -> str:
        self.messages.setdefault(key, []).append(self.clock.now())
        return key
