"""The jobs of a community: the challenge when a week opens, the recap after it, the tip of the day, the letter."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.core.outgoing import Target
from bot.core.registry import Registry
from bot.models import Community, Slot
from bot.models.challenges import Round
from bot.models.weekly import JobName, Weekly
from bot.ports import Store
from bot.scheduler.jobs import Job, Letter
from bot.services.answers import Answers
from bot.services.challenges.rounds import open_round, pin
from bot.services.challenges.weeks import rule_of
from bot.services.posting.daily import TipPost, tip_of
from bot.services.posting.digest import DigestPost
from bot.services.posting.recap import RecapPost
from bot.services.posting.week import WeekPost

# A recap looks back on a week that ended so recently.
RECENT = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Desk:
    """What every job needs."""

    store: Store
    clock: Clock
    answers: Answers
    registry: Registry
    # Settles a round that is over; False when it is too early for that.
    settle: Callable[[Round], Awaitable[bool]]

    async def whose(self, slot: Slot) -> tuple[Community, Weekly] | None:
        """Return the community of a slot with what it set up; None where it set up nothing any more."""
        community = await self.store.communities.named(slot.community_id)
        weekly = await self.store.weekly.of(slot.community_id)
        return (community, weekly) if community and weekly else None


@dataclass(frozen=True, slots=True)
class ChallengeJob:
    """Opens a week."""

    desk: Desk
    name: str = JobName.CHALLENGE

    async def compose(self, slot: Slot, *, late: bool) -> Letter | None:
        """Open the round of this slot and announce it; None in a week without one, or when the week is over."""
        desk, found = self.desk, await self.desk.whose(slot)
        if found is None:
            return None
        community, weekly = found
        catalog = (await desk.answers.view(community.place)).catalog
        opened = await open_round(desk.store, catalog, community, slot.due)
        if opened is None or opened.closes <= desk.clock.now():
            return None
        rule, current = await rule_of(desk.store, community), pin(opened)
        reply = WeekPost(desk.registry).opened(current, ZoneInfo(rule.zone), late=late)
        target = Target(community.place, weekly.channel, role=weekly.role, thread=current.challenge.title)
        return Letter(target, reply)


@dataclass(frozen=True, slots=True)
class RecapJob:
    """Looks back on a week."""

    desk: Desk
    name: str = JobName.RECAP

    async def compose(self, slot: Slot, *, late: bool) -> Letter | None:
        """Look back on the week that ended at this slot; None where none did."""
        desk, found = self.desk, await self.desk.whose(slot)
        ended = await self._ended(slot) if found else None
        if found is None or ended is None:
            return None
        community, weekly = found
        await desk.settle(ended)
        reply = await RecapPost(desk.store, desk.registry).of(pin(ended))
        return Letter(Target(community.place, weekly.channel), reply)

    async def _ended(self, slot: Slot) -> Round | None:
        rounds = await self.desk.store.rounds.of(slot.community_id, limit=3)
        return next((one for one in rounds if slot.due - RECENT < one.closes <= slot.due), None)


@dataclass(frozen=True, slots=True)
class TipJob:
    """Gives a channel its tip of the day."""

    desk: Desk
    name: str = JobName.TIP

    async def compose(self, slot: Slot, *, late: bool) -> Letter | None:
        """Choose the tip of this day."""
        desk, found = self.desk, await self.desk.whose(slot)
        if found is None or not found[1].tips:
            return None
        community, weekly = found
        zone = ZoneInfo((await rule_of(desk.store, community)).zone)
        tips = (await desk.answers.view(community.place)).tips
        tip = tip_of(tips, community.id, slot.due.astimezone(zone).date())
        return Letter(Target(community.place, weekly.tips), TipPost(desk.registry).of(tip)) if tip else None


@dataclass(frozen=True, slots=True)
class DigestJob:
    """Writes to whoever answers for a community."""

    desk: Desk
    name: str = JobName.DIGEST

    async def compose(self, slot: Slot, *, late: bool) -> Letter | None:
        """Say how the week went; None where nobody wants to know and nothing needs somebody."""
        desk, found = self.desk, await self.desk.whose(slot)
        if found is None:
            return None
        community, weekly = found
        view = await desk.answers.view(community.place)
        reply = await DigestPost(desk.store).of(community, view, slot.due, whole=weekly.digest)
        return Letter(Target(community.place, ""), reply) if reply else None


def jobs_at(desk: Desk) -> Mapping[str, Job]:
    """Return all jobs by their names."""
    jobs: tuple[Job, ...] = (
        ChallengeJob(desk),
        ChallengeJob(desk, JobName.NOW),
        RecapJob(desk),
        TipJob(desk),
        DigestJob(desk),
    )
    return {job.name: job for job in jobs}
