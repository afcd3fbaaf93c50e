"""Set a member's points anew: facts of the ledger are taken back and one new fact says what holds now."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.context import Ctx
from bot.models import Activity, Person
from bot.services.challenges.rewards import REGRADE, facts_of, subject_of
from bot.services.challenges.rounds import Current
from bot.services.challenges.weeks import UTC, zone_of
from bot.services.credits import CHALLENGE_DONE
from bot.services.days import member_day
from content.challenge_model import ProjectChallenge, QuizChallenge

# For as long as a call may be delivered again.
KEPT = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class _Plan:
    """All that a regrade does, decided once."""

    before: int
    facts: tuple[int, ...]
    number: int
    at: str
    zone: str
    day: str
    credited: bool


def gives_points_later(current: Current) -> bool:
    """Say whether points come only when the round is settled, and that is still to come."""
    challenge = current.challenge
    waits = isinstance(challenge, QuizChallenge) and challenge.grading == "at-close"
    return current.round.wound_up is None and (waits or isinstance(challenge, ProjectChallenge))


async def regrade(ctx: Ctx, current: Current, person: Person, points: int) -> int:
    """Set a member's points in a round, and return how many there were.

    The new fact lies on the day of the latest that it replaces, so that no streak and no week loses by it.
    """
    async with ctx.callers.alone(person.id):
        plan = await _settled(ctx, await _plan(ctx, current, person))
        for fact in plan.facts:
            await ctx.store.activities.take_back(person.id, fact)
        await ctx.store.activities.record(_fact(current, person, plan, points))
        await ctx.store.efforts.reward(current.round.id, person.id, points, solved=False)
        return plan.before


async def _settled(ctx: Ctx, plan: _Plan) -> _Plan:
    """Keep the plan as the first step of the call: after a crash in the middle the same plan is carried on."""
    key = await ctx.store.stash.put(json.dumps(asdict(plan)), until=ctx.clock.now() + KEPT)
    kept = await ctx.store.stash.get(key)
    if kept is None:
        return plan
    read: dict[str, Any] = json.loads(kept)
    return _Plan(**{**read, "facts": tuple(read["facts"])})


async def _plan(ctx: Ctx, current: Current, person: Person) -> _Plan:
    facts = await facts_of(ctx.store, current, person.id)
    effort = await ctx.store.efforts.of(current.round.id, person.id)
    zone = await _zone(ctx, person)
    at, name, day = ctx.clock.now(), zone.key, member_day(ctx.clock.now().astimezone(zone))
    if facts:
        at, name, day = facts[-1].at, facts[-1].zone, facts[-1].day
    return _Plan(
        before=effort.points if effort else 0,
        facts=tuple(fact.id for fact in facts),
        number=1 + max((_number(fact) for fact in facts), default=0),
        at=at.isoformat(),
        zone=name,
        day=day.isoformat(),
        credited=any(fact.credited for fact in facts),
    )


def _number(fact: Activity) -> int:
    *_, milestone, number = fact.subject.split(":")
    return int(number) if milestone == REGRADE and number.isdecimal() else 0


def _fact(current: Current, person: Person, plan: _Plan, points: int) -> Activity:
    subject, day = subject_of(current, f"{REGRADE}:{plan.number}"), date.fromisoformat(plan.day)
    return Activity(
        person_id=person.id,
        community_id=current.round.community_id,
        kind=CHALLENGE_DONE.kind,
        subject=subject,
        at=datetime.fromisoformat(plan.at),
        zone=plan.zone,
        day=day,
        key=CHALLENGE_DONE.key(subject, day),
        credited=plan.credited,
        points=points,
        origin_id=person.origin_id,
    )


async def _zone(ctx: Ctx, person: Person) -> ZoneInfo:
    here = zone_of(await ctx.our_community(), UTC)
    try:
        return ZoneInfo(person.preferences.zone) if person.preferences.zone else here
    except (KeyError, ValueError, OSError):
        return here
