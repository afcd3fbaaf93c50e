"""The world around the bot: true time, the clock that shows something else, and what there is bad weather."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Weather:
    """How often things go wrong; 0 is never."""

    mortality: float = 0.004
    drowsiness: float = 0.0003
    clock_jumps_a_year: float = 12
    # Longer jumps, by months or years; they are put right after some hours.
    wild_clocks: bool = True
    outages_a_year: float = 6
    troubles_a_year: float = 3
    faults: float = 0.25
    rule_changes_a_year: float = 0


@dataclass(frozen=True)
class Message:
    """What members see in a channel."""

    id: str
    platform: str
    key: str
    late: bool
    true_time: datetime
    # What the clock of the process showed, and the most that it had shown not long before.
    wall_time: datetime
    shown: datetime


@dataclass
class World:
    """Everything that is true, whatever the bot believes."""

    random: Random
    weather: Weather
    loop: asyncio.AbstractEventLoop
    offset: timedelta = timedelta(0)
    messages: list[Message] = field(default_factory=list)
    by_key: dict[str, list[Message]] = field(default_factory=dict)
    # Posts of which nobody can know for sure how they went, and those that were refused.
    doubted: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    # When something kept the bot from posting: true times, and the place it was about (None: all).
    bad: list[tuple[datetime, datetime, str | None]] = field(default_factory=list)
    # Since when something does so now.
    now_bad: list[tuple[datetime, str | None]] = field(default_factory=list)
    # What keeps places from letting the bot post, now.
    troubles: dict[str, str] = field(default_factory=dict)
    deaths: list[datetime] = field(default_factory=list)
    # What organisers heard: when, of which post, what, and why.
    told: list[tuple[datetime, str, str, str]] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    # Until when which offset of the clock was in force.
    offsets: list[tuple[datetime, timedelta]] = field(default_factory=list)
    wake: asyncio.Event = field(default_factory=asyncio.Event)

    def true_now(self) -> datetime:
        return BEGIN + timedelta(seconds=self.loop.time())

    def now(self) -> datetime:
        """Return what the clock shows."""
        return self.true_now() + self.offset

    def monotonic(self) -> float:
        return self.loop.time()

    def appear(self, message: Message) -> None:
        """Let a message be there, for ever."""
        self.messages.append(message)
        self.by_key.setdefault(message.key, []).append(message)

    def set_clock(self, offset: timedelta) -> None:
        """Set the clock of the machine; whoever sleeps until a time of day wakes up."""
        self.offsets.append((self.true_now(), self.offset))
        self.offset = offset
        self.wake.set()
        self.wake = asyncio.Event()

    @contextmanager
    def spell(self, place: str | None = None, after: timedelta = timedelta(0)) -> Iterator[None]:
        """Note that something keeps the bot from posting, here or everywhere, and for some time after it."""
        spell = self.true_now(), place
        self.now_bad.append(spell)
        yield
        self.now_bad.remove(spell)
        self.bad.append((spell[0], self.true_now() + after, place))

    def latest_shown(self, within: timedelta = timedelta(minutes=40)) -> datetime:
        """Return the latest time that the clock has shown of late."""
        recent = [offset for end, offset in self.offsets[-4:] if self.true_now() - end < within]
        return self.true_now() + max([self.offset, *recent])

    def good_stretch(self, start: datetime, end: datetime, place: str) -> timedelta:
        """Return the longest time in between in which nothing kept the bot from posting there."""
        longest, cursor = timedelta(0), start
        bad = [*self.bad, *((since, self.true_now(), where) for since, where in self.now_bad)]
        for a, b in sorted((a, b) for a, b, where in bad if where in {None, place} and b > start and a < end):
            longest = max(longest, a - cursor)
            cursor = max(cursor, b)
        return max(longest, end - cursor)
