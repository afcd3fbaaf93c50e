"""Set up what a community has posted, and when; a change in mid-week neither leaves out a week nor doubles one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from bot.clock import Clock
from bot.models import Community, Slot
from bot.models.challenges import Round
from bot.models.posting import CATCH_UP, Planned, Rule, Schedule, Why
from bot.models.weekly import JobName, Weekly
from bot.ports import Store
from bot.services.challenges.weeks import has_begun, rule_of, schedule_of
from bot.services.posting.moving import Moving, about_the_next_post
from bot.services.slots import slot_after

# The recap stands below the challenge that follows.
AFTER_CLOSE = timedelta(minutes=1)
TIPS_AT, DIGEST_AT = time(8), Rule(time(8), "UTC", 0)
# So far back somebody who begins anew looks for what was posted last.
LOOKED_AT = 100


@dataclass(frozen=True, slots=True)
class Arrangement:
    """All that an organiser sets up."""

    weekly: Weekly
    # When the challenge opens.
    rule: Rule
    tips_at: time = TIPS_AT
    # What is paused for a while.
    paused: frozenset[str] = frozenset()


async def arrangement_of(store: Store, community: Community) -> Arrangement | None:
    """Return what a community has set up."""
    weekly = await store.weekly.of(community.id)
    if weekly is None:
        return None
    known = {one.job: one for one in await store.posts.arranged(community.id)}
    tips_at = known[JobName.TIP].rule.wall if JobName.TIP in known else TIPS_AT
    paused = frozenset(one.job for one in known.values() if one.paused)
    return Arrangement(weekly, await rule_of(store, community), tips_at, paused)


async def arrange(store: Store, clock: Clock, community: Community, wanted: Arrangement) -> None:
    """Post this from now on."""
    now = clock.now()
    moving = await Moving.begin(store, community, now)
    await store.weekly.keep(community.id, wanted.weekly)
    for job, rule in _rules(wanted).items():
        if rule is None:
            await store.posts.cancel(community.id, job)
        else:
            await _arrange(store, community, job, rule, now, paused=job in wanted.paused)
    await moving.end()


async def disarrange(store: Store, clock: Clock, community: Community, closes: datetime | None = None) -> None:
    """Post nothing any more; the round that is on goes on until its end, or until then."""
    moving = await Moving.begin(store, community, clock.now())
    for job in JobName:
        await store.posts.cancel(community.id, job)
    await store.weekly.drop(community.id)
    await moving.end(closes)


async def move_zone(store: Store, clock: Clock, community: Community, zone: str) -> None:
    """Let everything come at its time of day in another zone."""
    kept = await arrangement_of(store, community)
    if kept is not None and kept.rule.zone != zone:
        await arrange(store, clock, community, replace(kept, rule=replace(kept.rule, zone=zone)))


async def begin_now(store: Store, clock: Clock, community: Community, opened: Round) -> bool:
    """Let the first post come at once, when it is about this round; False when the weeks have begun without that."""
    schedule, now = await schedule_of(store, community), clock.now()
    if schedule is None or has_begun(schedule, now) or not about_the_next_post(opened, schedule):
        return False
    moving = await Moving.begin(store, community, now)
    following = slot_after(schedule.rule, now, now)
    await store.posts.plan(Slot(community.id, JobName.CHALLENGE, now), now + CATCH_UP)
    await store.posts.arrange(replace(schedule, since=now, next=following, last=now))
    await moving.end()
    return True


def _rules(wanted: Arrangement) -> Mapping[JobName, Rule | None]:
    rule, weekly = wanted.rule, wanted.weekly
    return {
        JobName.CHALLENGE: rule,
        JobName.RECAP: _later(rule, AFTER_CLOSE) if weekly.recap else None,
        JobName.TIP: Rule(wanted.tips_at, rule.zone) if weekly.tips else None,
        # It says when the challenges run out, even to whoever does not want the rest.
        JobName.DIGEST: replace(DIGEST_AT, zone=rule.zone),
    }


def _later(rule: Rule, by: timedelta) -> Rule:
    """Return a rule that posts a little later; behind midnight it is on the next weekday."""
    moved = datetime.combine(datetime.min.date() + timedelta(days=rule.weekday or 0), rule.wall) + by
    return replace(rule, wall=moved.time(), weekday=(moved.date() - datetime.min.date()).days % 7)


async def _arrange(
    store: Store, community: Community, job: JobName, rule: Rule, now: datetime, *, paused: bool
) -> None:
    known = await schedule_of(store, community, job)
    if known is not None and known.rule == rule:
        if known.paused != paused:
            await store.posts.pause(community.id, job, paused=paused)
        return
    last = known.last if known else await _last(store, community, job, now)
    following = slot_after(rule, last, now)
    await store.posts.arrange(Schedule(community.id, job, rule, now, following, paused=paused, last=last))
    if job is JobName.RECAP and known is None and last is not None:
        await _left_out(store, community, job, last)


async def _left_out(store: Store, community: Community, job: JobName, last: datetime) -> None:
    """Write that a job posted nothing at a moment, so that its next ones are reckoned from there."""
    made = await schedule_of(store, community, job)
    if made is not None and made.last is None:
        await store.posts.lay_out(made, [Planned(Slot(community.id, job, last), last, Why.SKIPPED)], made.next)


async def _last(store: Store, community: Community, job: JobName, now: datetime) -> datetime | None:
    """Return when a job that posts nothing at present posted last; a recap follows the challenges in any case."""
    if job is JobName.RECAP:
        opened = await _last(store, community, JobName.CHALLENGE, now)
        return opened + AFTER_CLOSE if opened else None
    posted = (one.slot.due for one in await store.posts.log(community.id, LOOKED_AT) if one.slot.job == job)
    return next((due for due in posted if due <= now), None)
