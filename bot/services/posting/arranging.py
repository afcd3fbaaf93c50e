"""Set up what a community has posted, and when; a change in mid-week neither leaves out a week nor doubles one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from bot.clock import Clock
from bot.models import Community
from bot.models.posting import Rule, Schedule
from bot.models.weekly import JobName, Weekly
from bot.ports import Store
from bot.services.challenges.rounds import last_close
from bot.services.challenges.schedule import weeks_from
from bot.services.challenges.weeks import Week, rule_of, schedule_of, week_on
from bot.services.slots import SHORTEST_WEEK, slot_after

# The recap stands below the challenge that follows.
AFTER_CLOSE = timedelta(minutes=1)
TIPS_AT, DIGEST_AT = time(8), Rule(time(8), "UTC", 0)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """All that an organiser sets up."""

    weekly: Weekly
    # When the challenge opens.
    rule: Rule
    tips_at: time = TIPS_AT


async def arrangement_of(store: Store, community: Community) -> Arrangement | None:
    """Return what a community has set up."""
    weekly = await store.weekly.of(community.id)
    if weekly is None:
        return None
    tips = await schedule_of(store, community, JobName.TIP)
    return Arrangement(weekly, await rule_of(store, community), tips.rule.wall if tips else TIPS_AT)


async def arrange(store: Store, clock: Clock, community: Community, wanted: Arrangement) -> None:
    """Post this from now on."""
    await store.weekly.keep(community.id, wanted.weekly)
    before, now = await rule_of(store, community), clock.now()
    opens = await _arrange(store, community, JobName.CHALLENGE, wanted.rule, now)
    for job, rule in _others(wanted).items():
        if rule is None:
            await store.posts.cancel(community.id, job)
        else:
            await _arrange(store, community, job, rule, now)
    if before != wanted.rule or opens is not None:
        await _move_week(store, community, before, wanted.rule, now)


async def disarrange(store: Store, community: Community) -> None:
    """Post nothing any more."""
    for job in JobName:
        await store.posts.cancel(community.id, job)
    await store.weekly.drop(community.id)


async def move_zone(store: Store, clock: Clock, community: Community, zone: str) -> None:
    """Let everything come at its time of day in another zone."""
    kept = await arrangement_of(store, community)
    if kept is not None and kept.rule.zone != zone:
        await arrange(store, clock, community, replace(kept, rule=replace(kept.rule, zone=zone)))


def _others(wanted: Arrangement) -> Mapping[JobName, Rule | None]:
    rule, weekly = wanted.rule, wanted.weekly
    return {
        JobName.RECAP: _later(rule, AFTER_CLOSE) if weekly.recap else None,
        JobName.TIP: Rule(wanted.tips_at, rule.zone) if weekly.tips else None,
        # It says when the challenges run out, even to whoever does not want the rest.
        JobName.DIGEST: replace(DIGEST_AT, zone=rule.zone),
    }


def _later(rule: Rule, by: timedelta) -> Rule:
    """Return a rule that posts a little later; behind midnight it is on the next weekday."""
    moved = datetime.combine(datetime.min.date() + timedelta(days=rule.weekday or 0), rule.wall) + by
    return replace(rule, wall=moved.time(), weekday=(moved.date() - datetime.min.date()).days % 7)


async def _arrange(store: Store, community: Community, job: JobName, rule: Rule, now: datetime) -> datetime | None:
    """Arrange one job; return its next slot where something changed."""
    known = await schedule_of(store, community, job)
    if known is not None and known.rule == rule:
        return None
    last = known.last if known else None
    following = slot_after(rule, last, now)
    paused = known.paused if known else False
    await store.posts.arrange(Schedule(community.id, job, rule, now, following, paused=paused, last=last))
    return following


async def _move_week(store: Store, community: Community, before: Rule, after: Rule, now: datetime) -> None:
    """Let the week that is on end when the next one opens, and what was planned for later weeks move along."""
    running, schedule = await store.rounds.at(community.id, now), await schedule_of(store, community)
    if schedule is None:
        return
    week = week_on(now, before, await last_close(store, community))
    first = (running.opens, running.closes) if running else week
    closes = schedule.next
    if running is not None:
        if closes - running.opens < SHORTEST_WEEK:  # it is what the next post will be about
            closes = slot_after(after, closes, closes)
        await store.rounds.move_close(running.id, closes)
    await _move_plans(store, community, weeks_from(first, before), weeks_from((first[0], closes), after))


async def _move_plans(store: Store, community: Community, before: Sequence[Week], after: Sequence[Week]) -> None:
    plans = await store.rounds.plans(community.id, before[0][0])
    moved = [(old, new, plans[old]) for (old, _), (new, _) in zip(before, after, strict=True) if old in plans]
    for old, _, _ in moved:
        await store.rounds.unplan(community.id, old)
    for _, new, challenge in moved:
        await store.rounds.plan(community.id, new, challenge)
