"""Let the week that is on, and what is planned for later ones, move along when the rule of the weeks changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.models import Community, PostState
from bot.models.challenges import Round
from bot.models.posting import Schedule
from bot.models.weekly import JobName
from bot.ports import Store
from bot.services.challenges.schedule import weeks_ahead
from bot.services.challenges.weeks import Week, has_begun, schedule_of
from bot.services.slots import SHORTEST_WEEK, slot_after

ABOUT_CHALLENGES = (JobName.CHALLENGE, JobName.NOW)
LOOKED_AT = 30


def about_the_next_post(running: Round, schedule: Schedule) -> bool:
    """Say whether the next post is about the round that is on already."""
    return running.closes > schedule.next


@dataclass(frozen=True, slots=True)
class Moving:
    """A change of the weeks: begun before the rule is another one, and ended after."""

    store: Store
    community: Community
    now: datetime
    schedule: Schedule | None
    weeks: list[Week]

    @classmethod
    async def begin(cls, store: Store, community: Community, now: datetime) -> Moving:
        """Remember how the weeks were."""
        _, weeks = await weeks_ahead(store, community, now)
        return cls(store, community, now, await schedule_of(store, community), weeks)

    async def end(self, closes: datetime | None = None) -> None:
        """Let the round that is on end when the next one opens, or then, and bring the plans to the new weeks."""
        schedule = await schedule_of(self.store, self.community)
        if not _is_another(self.schedule, schedule):
            return
        running = await self.store.rounds.at(self.community.id, self.now)
        ends = await self._close(running, schedule) if running and schedule else closes
        if running is not None and ends is not None and ends > self.now:
            await self.store.rounds.move_close(running.id, ends)
        await self._move_plans()

    async def _close(self, running: Round, schedule: Schedule) -> datetime:
        """Return when the round that is on ends: with the next post, or, when that is about it, with the one after."""
        is_next = schedule.next - running.opens < SHORTEST_WEEK or await self._is_for_the_first_post(running, schedule)
        return slot_after(schedule.rule, schedule.next, schedule.next) if is_next else schedule.next

    async def _is_for_the_first_post(self, running: Round, schedule: Schedule) -> bool:
        if has_begun(schedule, self.now):
            return False
        if self.schedule is not None:
            return about_the_next_post(running, self.schedule)
        # Where nobody has heard of it yet it would be lost; but what an organiser chose for the next week comes then.
        following = await self.store.rounds.plans(self.community.id, running.closes)
        known = running.closes in following or await self._was_posted(running) or await self._was_tried(running)
        return not known

    async def _was_tried(self, running: Round) -> bool:
        return any(one.tried for one in await self.store.efforts.all(running.id))

    async def _was_posted(self, running: Round) -> bool:
        log = await self.store.posts.log(self.community.id, LOOKED_AT)
        rows = (one for one in log if one.slot.job in ABOUT_CHALLENGES and one.state is not PostState.MISSED)
        return any(one.slot.due >= running.opens for one in rows)

    async def _move_plans(self) -> None:
        planned = await self.store.rounds.plans(self.community.id, self.weeks[0][0])
        _, after = await weeks_ahead(self.store, self.community, self.now)
        moved = _moved(self.weeks, after, planned)
        for old in moved:
            await self.store.rounds.unplan(self.community.id, old)
        for old, new in moved.items():
            await self.store.rounds.plan(self.community.id, new, planned[old])


def _is_another(before: Schedule | None, after: Schedule | None) -> bool:
    if before is None or after is None:
        return before is not after
    return (before.rule, before.next) != (after.rule, after.next)


def _moved(before: list[Week], after: list[Week], planned: Mapping[datetime, str | None]) -> dict[datetime, datetime]:
    """Say which week a planned one becomes: the nearest that is left, each one of its own."""
    left, moved = [opens for opens, _ in after], dict[datetime, datetime]()
    for old in (opens for opens, _ in before if opens in planned):
        near = [new for new in left if abs(new - old) < SHORTEST_WEEK]
        if near:
            moved[old] = min(near, key=lambda new: abs(new - old))
            left = [new for new in left if new > moved[old]]
    return {old: new for old, new in moved.items() if old != new}
