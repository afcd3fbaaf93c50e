"""What is given once in a round: the credit for trying, and the points when it is over."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.context import Ctx
from bot.models import Activity, Person
from bot.models.challenges import Effort
from bot.ports import Store
from bot.services.challenges.rewards import facts_of, most, subject_of, tried, was_regraded
from bot.services.challenges.rounds import Current
from bot.services.challenges.weeks import UTC, zone_of
from bot.services.crediting import Credited
from bot.services.credits import CHALLENGE_DONE, CHALLENGE_TRIED
from bot.services.days import member_day


async def tried_once(ctx: Ctx, current: Current) -> Credited | None:
    """Credit work that may still be changed: the first time in a round, and not with every change."""
    me = await ctx.me()
    facts = await ctx.store.activities.of(me.id, (CHALLENGE_TRIED.kind,))
    if any(fact.subject == current.challenge.id and fact.at >= current.round.opens for fact in facts):
        return None
    return await tried(ctx, current)


async def settle(
    store: Store, current: Current, effort: Effort, share: float, milestone: str, now: datetime, *, solved: bool = False
) -> int:
    """Bring a member's points up to this share when nobody is there to ask; return how many are new.

    Done twice it changes nothing more. It keeps no streak: the work did, when it was done.
    """
    facts = await facts_of(store, current, effort.person_id)
    person = await store.people.named(effort.person_id)
    if person is None or was_regraded(current, facts):
        return 0
    given = sum(fact.points for fact in facts)
    hints = tuple(await store.efforts.hints(effort.round_id, effort.person_id))
    due = max(given, round(most(current, hints) * share))
    if due > given:
        community = await store.communities.named(current.round.community_id)
        zone = _zone_of(person, zone_of(community, UTC) if community else UTC)
        await store.activities.record(_fact(current, person, due - given, milestone, now, zone))
    if due != effort.points or (solved and not effort.solved):
        await store.efforts.reward(effort.round_id, effort.person_id, due, solved=solved)
    return due - given


def _fact(current: Current, person: Person, points: int, milestone: str, now: datetime, zone: ZoneInfo) -> Activity:
    subject, day = subject_of(current, milestone), member_day(now.astimezone(zone))
    return Activity(
        person_id=person.id,
        community_id=current.round.community_id,
        kind=CHALLENGE_DONE.kind,
        subject=subject,
        at=now,
        zone=zone.key,
        day=day,
        key=CHALLENGE_DONE.key(subject, day),
        credited=False,
        points=points,
    )


def _zone_of(person: Person, community_zone: ZoneInfo) -> ZoneInfo:
    try:
        return ZoneInfo(person.preferences.zone) if person.preferences.zone else community_zone
    except (KeyError, ValueError, OSError):
        return community_zone
