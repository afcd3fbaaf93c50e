"""Write down what is due: from rules to slots."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.models import Slot
from bot.models.posting import Planned, Rule, Schedule, Why
from bot.ports.work import Posts
from bot.scheduler.jobs import PACE, Pace
from bot.services.slots import Outlook, outlook, slot_after, until

log = logging.getLogger(__name__)

AT_ONCE = 500
# Of what was missed while the bot was away for long, only the latest is worth a row.
MOST_MISSED = 14
# A rule that cannot be read is looked at again so much later.
UNREADABLE_FOR = timedelta(hours=1)

Arithmetic = Callable[[Rule, datetime | None, datetime, datetime, timedelta], Outlook]


@dataclass(frozen=True, slots=True)
class Planning:
    """Knows how slots get their rows."""

    posts: Posts
    clock: Clock
    pace: Pace = PACE
    arithmetic: Arithmetic = outlook

    async def once(self) -> int:
        """Plan all that is ripe; return how many schedules that were."""
        planned = 0
        while ripe := await self.posts.ripe(AT_ONCE):
            done = await asyncio.gather(*(self._plan(schedule) for schedule in ripe))
            planned += sum(done)
            if len(ripe) < AT_ONCE or not any(done):
                break
        return planned

    async def _plan(self, schedule: Schedule) -> bool:
        try:
            return await self._lay_out(schedule)
        except Exception:  # one that cannot be planned must not hold up the others
            log.exception("The %s of community %s could not be planned.", schedule.job, schedule.community_id)
        return await self.posts.lay_out(schedule, (), self.clock.now() + UNREADABLE_FOR)

    async def _lay_out(self, schedule: Schedule) -> bool:
        now, rule = self.clock.now(), schedule.rule
        found = self.arithmetic(rule, schedule.last, schedule.since, now, self.pace.window)
        slots = [(due, Why.LATE) for due in found.missed[-MOST_MISSED:]]
        planned = [self._planned(schedule, due, Why.PAUSED if schedule.paused else why) for due, why in slots]
        if found.due is not None:
            planned.append(self._planned(schedule, found.due, Why.PAUSED if schedule.paused else None))
        if found.missed:
            log.warning("%s posts of %s came too late.", len(found.missed), schedule.job)
        return await self.posts.lay_out(schedule, planned, found.next)

    def _planned(self, schedule: Schedule, due: datetime, why: Why | None) -> Planned:
        slot = Slot(schedule.community_id, schedule.job, due)
        return Planned(slot, until(schedule.rule, due, self.pace.window), why)


def arranged(
    community_id: int, job: str, rule: Rule, now: datetime, *, last: datetime | None = None, paused: bool = False
) -> Schedule:
    """Make a schedule of a rule that holds from now on; `last` is the latest slot of the rule before it."""
    return Schedule(community_id, job, rule, since=now, next=slot_after(rule, last, now), paused=paused, last=last)
