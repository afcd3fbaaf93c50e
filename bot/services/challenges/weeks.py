"""The week of a round: it opens with a slot of the community's rule, and closes when the next one opens."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.models import Community
from bot.models.posting import Rule, Schedule
from bot.models.weekly import JobName
from bot.ports import Store
from bot.services.slots import WEEK, slot_after

UTC = ZoneInfo("UTC")
MONDAY, NINE = 0, time(9)
# So far back there is a slot of any weekly rule.
LOOK_BACK = WEEK + timedelta(days=2)
Week = tuple[datetime, datetime]


def zone_of(community: Community, default: ZoneInfo) -> ZoneInfo:
    """Return the zone in which a community's weeks begin."""
    try:
        return ZoneInfo(community.zone) if community.zone else default
    except (KeyError, ValueError, OSError):
        return default


def usual_rule(community: Community) -> Rule:
    """Return the rule of a community that has set none: Monday at nine, where it is."""
    return Rule(NINE, zone_of(community, UTC).key, MONDAY)


async def schedule_of(store: Store, community: Community, job: JobName = JobName.CHALLENGE) -> Schedule | None:
    """Return when a community's job posts; None when it posts nothing."""
    return next((one for one in await store.posts.arranged(community.id) if one.job == job), None)


async def rule_of(store: Store, community: Community) -> Rule:
    """Return the rule by which a community's weeks begin."""
    schedule = await schedule_of(store, community)
    return schedule.rule if schedule else usual_rule(community)


def has_begun(schedule: Schedule, now: datetime) -> bool:
    """Say whether the first post of a schedule has come, or is due."""
    return schedule.last is not None or schedule.next <= now


def week_around(now: datetime, rule: Rule) -> Week:
    """Return when the week that holds this moment opens and closes."""
    opens = slot_after(rule, None, now - LOOK_BACK)
    while (closes := slot_after(rule, opens, opens)) <= now:
        opens = closes
    return opens, closes


def week_after(closed: datetime, rule: Rule) -> Week:
    """Return the week that follows one that closed then; where the rule was changed it is longer or shorter."""
    return closed, slot_after(rule, closed, closed)


def week_on(now: datetime, rule: Rule, closed: datetime | None) -> Week:
    """Return the week that holds this moment, when the latest round closed then."""
    opens, closes = week_around(now, rule)
    return week_after(closed, rule) if closed is not None and opens < closed <= now else (opens, closes)
