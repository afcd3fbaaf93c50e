"""Who may call what, and how often."""

from __future__ import annotations

import math
from collections import OrderedDict, defaultdict, deque
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from bot.clock import Clock
from bot.core.errors import Refused, TooFast
from bot.core.markup import Markdown, md

if TYPE_CHECKING:
    from bot.core.calls import Speaker
    from bot.models import Handle

    Key = tuple[str, Handle]

MEMBERS_WATCHED = 20_000


class Guard(Protocol):
    """Lets a call through, or refuses it with a reason."""

    @property
    def note(self) -> str:
        """Say in help whom this keeps out."""

    def check(self, route: str, speaker: Speaker, visits: Visits) -> None:
        """Raise `Refused` when the call may not pass."""

    def enter(self, route: str, speaker: Speaker, visits: Visits) -> None:
        """Check again and count the visit; a form that is only opened, or that comes back, is none."""

    def hides(self, speaker: Speaker) -> bool:
        """Say whether help leaves the command out for this member."""


@dataclass(frozen=True, slots=True)
class AdminOnly:
    """Only for those who look after the community."""

    note: str = "For organisers."

    def check(self, route: str, speaker: Speaker, visits: Visits) -> None:
        if not speaker.is_admin:
            raise Refused(md("Only the organisers of this community can do that. Ask one of them to do it with you."))

    def enter(self, route: str, speaker: Speaker, visits: Visits) -> None:
        self.check(route, speaker, visits)

    def hides(self, speaker: Speaker) -> bool:
        return not speaker.is_admin


@dataclass(frozen=True, slots=True)
class CommunityOnly:
    """Only where there is a community, not in a private conversation with the bot."""

    note: str = "Only in a community, not in a direct message."

    def check(self, route: str, speaker: Speaker, visits: Visits) -> None:
        if speaker.place is None:
            raise Refused(md("This works in a community only. Type it in one of its channels."))

    def enter(self, route: str, speaker: Speaker, visits: Visits) -> None:
        self.check(route, speaker, visits)

    def hides(self, speaker: Speaker) -> bool:
        return speaker.place is None


@dataclass(frozen=True, slots=True)
class Cooldown:
    """At most so many times in so long, for each member."""

    times: int
    per: timedelta

    @property
    def note(self) -> str:
        return f"At most {_times(self.times)} in {_spoken(self.per.total_seconds())}."

    def check(self, route: str, speaker: Speaker, visits: Visits) -> None:
        self._refuse(visits.wait((route, speaker.handle), self.times, self.per.total_seconds()))

    def enter(self, route: str, speaker: Speaker, visits: Visits) -> None:
        self._refuse(visits.visit((route, speaker.handle), self.times, self.per.total_seconds()))

    def _refuse(self, wait: float) -> None:
        if wait > 0:
            raise Refused(md("That is enough of this for now. You can do it again in {wait}.", wait=_spoken(wait)))

    def hides(self, speaker: Speaker) -> bool:
        return False


class Visits:
    """Remembers when who was where, for as long as a limit looks back."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        # Limits that look back as far as each other are kept together: there the oldest is the first to go.
        self._seen: defaultdict[float, OrderedDict[Key, deque[float]]] = defaultdict(OrderedDict)

    def __len__(self) -> int:
        return sum(map(len, self._seen.values()))

    def wait(self, key: Key, times: int, seconds: float) -> float:
        """Return the seconds to wait before the next visit: 0 when it may come now."""
        seen = self._seen[seconds].get(key)
        if seen is None or len(seen) < times:
            return 0.0
        return max(0.0, seen[0] + seconds - self._clock.monotonic())

    def visit(self, key: Key, times: int, seconds: float) -> float:
        """Count a visit and return 0, or return the seconds to wait when there were too many."""
        wait = self.wait(key, times, seconds)
        if wait > 0:
            return wait
        now, seen = self._clock.monotonic(), self._seen[seconds]
        seen.setdefault(key, deque(maxlen=times)).append(now)
        seen.move_to_end(key)
        while len(seen) > MEMBERS_WATCHED or next(iter(seen.values()))[-1] + seconds < now:
            seen.popitem(last=False)
        return 0.0


FLOOD_TIMES, FLOOD_SECONDS = 30, 20.0


def refuse_flood(speaker: Speaker, visits: Visits) -> None:
    """Slow down somebody who calls faster than people do."""
    wait = visits.visit(("", speaker.handle), FLOOD_TIMES, FLOOD_SECONDS)
    if wait > 0:
        raise TooFast(_slowly(wait))


def _slowly(wait: float) -> Markdown:
    return md("That was a lot at once. Take a breath and try again in {wait}.", wait=_spoken(wait))


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _spoken(seconds: float) -> str:
    for size, name in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            count = math.ceil(seconds / size)
            return f"{count} {name}{'s' if count > 1 else ''}"
    count = max(1, math.ceil(seconds))
    return f"{count} second{'s' if count > 1 else ''}"


admin_only = AdminOnly()
community_only = CommunityOnly()


def cooldown(times: int, *, per: timedelta) -> Cooldown:
    """Allow a command so many times in so long."""
    return Cooldown(times, per)
