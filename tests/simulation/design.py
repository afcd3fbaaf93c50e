"""The scheduler that is played with: as it is, or with one bug planted in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.outgoing import PostFailed
from bot.models import PostState
from bot.models.posting import Ending, Post, Rule
from bot.scheduler.delivering import WAITS, Delivering
from bot.scheduler.jobs import PACE, Letter, Pace, key_of
from bot.scheduler.planning import Arithmetic
from bot.services.slots import Outlook, outlook
from storage.posts import LONGEST_LEASE


@dataclass(frozen=True)
class Design:
    """What the scheduler is built of."""

    name: str
    delivering: Callable[..., Delivering] = Delivering
    arithmetic: Arithmetic = outlook
    pace: Pace = PACE
    longest_lease: timedelta = LONGEST_LEASE


class NeverLooks(Delivering):
    """Sends again what may have been sent, without looking."""

    async def _is_missing(self, post: Post, letter: Letter) -> bool:
        return True


class MarksBefore(Delivering):
    """Writes that a post is there before it is."""

    async def _send(self, post: Post, letter: Letter) -> bool:
        await self.posts.begin(post, lease=self.pace.lease)
        await self.posts.confirm(post, None)
        try:
            await self._patiently(self.posters[post.platform].post(letter.target, letter.reply, key_of(post.slot)))
        except PostFailed:
            return False
        return True


class RepeatsBlindly(Delivering):
    """Takes a lost answer for a post that did not go out."""

    async def _unsure(self, post: Post) -> None:
        await self.posts.end(post, Ending(PostState.PENDING, turn=self.clock.now() + WAITS[0]))


def counts_in_utc(rule: Rule, last: datetime | None, since: datetime, now: datetime, window: timedelta) -> Outlook:
    """Take the day and the time of a rule for those of UTC."""
    return outlook(replace(rule, zone="UTC"), last, since, now, window)


RIGHT = Design("right")
BUGS = (
    Design("missing reconcile", delivering=NeverLooks),
    # As long as the wrong clock says.
    Design("lease in the future", longest_lease=timedelta(days=100_000)),
    # It posts only what has just come.
    Design("no catch-up", pace=replace(PACE, window=timedelta(minutes=5))),
    Design("week computed in UTC", arithmetic=counts_in_utc),
    Design("mark before sending", delivering=MarksBefore),
    Design("blind repeat on unknown", delivering=RepeatsBlindly),
)
