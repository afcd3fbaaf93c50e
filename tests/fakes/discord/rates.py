"""Rate limits: fifty requests a second for the whole bot, limits of routes, and the ban for who goes on knocking."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

BAN_AFTER, BAN_WINDOW_SECONDS = 10_000, 600.0
COUNTED = (401, 403, 429)
WIDE_OPEN = 1_000


@dataclass(slots=True)
class Limits:
    """How many requests are let through. Routes are named like "POST /channels/{}/messages", each (number, seconds)."""

    per_second: int | None = None
    routes: Mapping[str, tuple[int, float]] = field(default_factory=dict)
    ban_after: int = BAN_AFTER


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a request may pass, and the headers that say so."""

    passes: bool
    headers: dict[str, str]
    wait: float = 0.0
    for_all: bool = False

    @property
    def body(self) -> dict[str, object]:
        """Return what a 429 says."""
        return {"message": "You are being rate limited.", "retry_after": self.wait, "global": self.for_all, "code": 0}


class Rates:
    """Counts requests against limits, on the world's clock."""

    def __init__(self, limits: Limits, now: Callable[[], float]) -> None:
        self.limits, self._now = limits, now
        self._all: deque[float] = deque()
        self._routes: dict[str, deque[float]] = {}
        self._invalid: deque[float] = deque()
        self.invalid_total = 0

    @property
    def banned(self) -> bool:
        """Say whether so many requests were refused that nothing is let through."""
        _forget(self._invalid, self._now() - BAN_WINDOW_SECONDS)
        return len(self._invalid) >= self.limits.ban_after

    def count(self, status: int, *, shared: bool = False) -> None:
        """Take note of a refusal that counts."""
        if status in COUNTED and not shared:
            self._invalid.append(self._now())
            self.invalid_total += 1

    def weigh(self, route: str, major: str) -> Verdict:
        """Say whether a request may pass now."""
        return self._weigh_all() or self._weigh_route(route, major)

    def _weigh_all(self) -> Verdict | None:
        if self.limits.per_second is None:
            return None
        now = self._now()
        _forget(self._all, now - 1.0)
        if len(self._all) < self.limits.per_second:
            self._all.append(now)
            return None
        wait = max(0.001, round(self._all[0] + 1.0 - now, 3))
        headers = {"X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}
        return Verdict(False, headers | _retry(wait), wait, for_all=True)

    def _weigh_route(self, route: str, major: str) -> Verdict:
        number, seconds = self.limits.routes.get(route, (WIDE_OPEN, 0.0))
        bucket = f"{abs(hash(route)):x}"
        if not seconds:
            return Verdict(True, _headers(bucket, number, number - 1, 1.0))
        now = self._now()
        times = self._routes.setdefault(f"{route} {major}", deque())
        _forget(times, now - seconds)
        passes = len(times) < number
        if passes:
            times.append(now)
        left = max(0.001, round(times[0] + seconds - now, 3))
        headers = _headers(bucket, number, number - len(times), left)
        return Verdict(True, headers) if passes else Verdict(False, headers | _retry(left) | USER_SCOPE, left)


USER_SCOPE = {"X-RateLimit-Scope": "user"}


def _headers(bucket: str, number: int, remaining: int, reset_after: float) -> dict[str, str]:
    return {
        "X-RateLimit-Bucket": bucket,
        "X-RateLimit-Limit": str(number),
        "X-RateLimit-Remaining": str(remaining),
        "X-RateLimit-Reset": f"{time.time() + reset_after:.3f}",
        "X-RateLimit-Reset-After": f"{reset_after:.3f}",
    }


def _retry(wait: float) -> dict[str, str]:
    return {"Retry-After": str(math.ceil(wait))}


def _forget(times: deque[float], before: float) -> None:
    while times and times[0] <= before:
        times.popleft()
