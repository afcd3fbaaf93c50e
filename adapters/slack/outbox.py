"""Sends at the pace that Slack allows, in order, and never twice what may have gone out.

Each method of each workspace is a lane of its own, so nobody waits because somebody else writes much. In a lane a few
calls run at once, and a channel gets one a second. Where Slack asks to wait, the lane waits.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

from adapters.slack.setbacks import Again, Setback, setback_of
from bot.clock import Clock
from bot.core.outgoing import PostFailed, Trouble

log = logging.getLogger(__name__)

T = TypeVar("T")
Sleep = Callable[[float], Awaitable[None]]

CHANNEL_SECONDS = 1.0
AT_ONCE = 4
RETRIES = 3
PATIENCE_SECONDS = 30.0
_KEPT = 1000
# Of these somebody should know.
_LEVELS = {Trouble.UNKNOWN: logging.ERROR, Trouble.REFUSED: logging.ERROR}


@dataclass(slots=True)
class _Place:
    """A channel: whose turn it is, and when the next one is."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0
    users: int = 0


@dataclass(slots=True)
class _Lane:
    """One method in one workspace."""

    name: str
    gate: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    paused_until: float = 0.0
    places: dict[str, _Place] = field(default_factory=dict)
    users: int = 0


@dataclass(slots=True)
class _Job:
    """Something to send: when it may begin, until when it must, and whether a second time would do no harm."""

    deadline: float
    harmless: bool
    not_before: float = 0.0
    retries: int = 0


class Outbox:
    """Everything that the bot says to Slack of itself goes through here."""

    def __init__(self, clock: Clock, sleep: Sleep = asyncio.sleep) -> None:
        self._clock, self._sleep = clock, sleep
        self._lanes: dict[tuple[str, str], _Lane] = {}

    async def send(
        self,
        workspace: str,
        method: str,
        attempt: Callable[[], Awaitable[T]],
        *,
        channel: str = "",
        patience: float = PATIENCE_SECONDS,
        harmless: bool = False,
    ) -> T:
        """Make this call when it is its turn; every failure is a `PostFailed`.

        What cannot begin within the patience did not begin at all (`LATER`, with the time to wait if it is known).
        When nobody knows whether a call was carried out, it is made again only if that is harmless.
        """
        lane = self._lane(workspace, method)
        place = self._place(lane, channel)
        job = _Job(self._clock.monotonic() + patience, harmless)
        lane.users, place.users = lane.users + 1, place.users + 1
        try:
            async with place.turn:
                return await self._until_done(lane, place, job, attempt)
        finally:
            lane.users, place.users = lane.users - 1, place.users - 1

    async def _until_done(self, lane: _Lane, place: _Place, job: _Job, attempt: Callable[[], Awaitable[T]]) -> T:
        while True:
            await self._wait(lane, place, job)
            async with lane.gate:
                now = self._clock.monotonic()
                if now > job.deadline or now < lane.paused_until:
                    continue  # so long did it take to get through the gate
                place.free_at = now + CHANNEL_SECONDS
                try:
                    return await attempt()
                except Exception as error:
                    setback = setback_of(error)
                    if not self._may_try_again(lane, job, setback):
                        raise setback.as_error() from error

    async def _wait(self, lane: _Lane, place: _Place, job: _Job) -> None:
        """Wait for the moment at which this may begin, or refuse at once when that is too late."""
        while True:
            now, soonest = self._clock.monotonic(), max(lane.paused_until, place.free_at, job.not_before)
            if max(soonest, now) > job.deadline:
                raise PostFailed(Trouble.LATER, f"no turn for {lane.name} in time", max(0.0, soonest - now))
            if soonest <= now:
                return
            await self._sleep(soonest - now)

    def _may_try_again(self, lane: _Lane, job: _Job, setback: Setback) -> bool:
        now = self._clock.monotonic()
        if setback.again is Again.WHEN_ALLOWED:
            lane.paused_until = max(lane.paused_until, now + setback.wait)
            log.warning("Slack asks %s to wait for %.0f s.", lane.name, setback.wait)
            return True  # as long as its patience lasts
        soon = setback.again is Again.SOON or (setback.again is Again.IF_HARMLESS and job.harmless)
        if not soon or job.retries >= RETRIES:
            log.log(_LEVELS.get(setback.trouble, logging.INFO), "%s failed: %s", lane.name, setback.detail)
            return False
        job.not_before = now + 2.0**job.retries
        job.retries += 1
        return True

    def _lane(self, workspace: str, method: str) -> _Lane:
        if len(self._lanes) > _KEPT:
            now = self._clock.monotonic()
            self._lanes = {key: one for key, one in self._lanes.items() if one.users or one.paused_until > now}
        return self._lanes.setdefault((workspace, method), _Lane(f"{method} in {workspace}"))

    def _place(self, lane: _Lane, channel: str) -> _Place:
        if not channel:
            return _Place()  # nobody else's turn
        if len(lane.places) > _KEPT:
            now = self._clock.monotonic()
            lane.places = {key: one for key, one in lane.places.items() if one.users or one.free_at > now}
        return lane.places.setdefault(channel, _Place())
