"""Which challenge is on: the round of this week, opened when somebody first looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from bot.core.context import Ctx
from bot.core.errors import UserError
from bot.core.markup import md
from bot.models import Community
from bot.models.challenges import Round
from bot.ports import Store
from bot.services.answers import view_for
from bot.services.challenges.order import in_order
from bot.services.challenges.weeks import Week, has_begun, schedule_of, usual_rule, week_after, week_on
from content.catalog import Catalog
from content.challenge_model import AnyChallenge, challenge_from_json, challenge_to_json

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Current:
    """A round with its challenge as it was pinned."""

    round: Round
    challenge: AnyChallenge


def read_pinned(content: str) -> AnyChallenge:
    """Read the challenge of a round."""
    return _pinned(content)


@lru_cache(maxsize=256)
def _pinned(content: str) -> AnyChallenge:
    return challenge_from_json(content)


def pin(found: Round) -> Current:
    """Return a round with its challenge."""
    return Current(found, read_pinned(found.content))


def next_challenge(catalog: Catalog, used: Mapping[str, datetime], track: str = "") -> AnyChallenge | None:
    """Return the first challenge, in the order of the track, that the community did not have for a year."""
    had = {found.id for name in used if (found := catalog.challenge(name))}
    return next((one for one in in_order(catalog, track) if one.id not in had), None)


async def track_of(store: Store, community: Community) -> str:
    """Return the track whose challenges come first in a community; empty for the order of the packs."""
    weekly = await store.weekly.of(community.id)
    return weekly.track if weekly else ""


async def open_round(store: Store, catalog: Catalog, community: Community, now: datetime) -> Round | None:
    """Return the round that is on in a community, opened if need be; None in a week without one."""
    found = await store.rounds.at(community.id, now)
    if found is not None:
        return found
    schedule = await schedule_of(store, community)
    opens, closes = await week_at(store, community, now)
    planned = await store.rounds.plans(community.id, opens)
    if opens in planned and planned[opens] is None:
        return None
    chosen = catalog.challenge(planned[opens] or "") if opens in planned else None
    # What an organiser keeps for a later week is not taken before.
    later = {name: week for week, name in planned.items() if name and week > opens}
    if chosen is None:
        used = {**await store.rounds.used(community.id, now - YEAR), **later}
        chosen = next_challenge(catalog, used, await track_of(store, community))
    if chosen is None:
        return None
    # Whoever looks before the first post may begin at once; the post is about the same.
    begins = schedule.since if schedule and opens > now else opens
    return await store.rounds.open(community.id, chosen.id, challenge_to_json(chosen), begins, closes)


async def week_at(store: Store, community: Community, now: datetime) -> Week:
    """Return the week in which no round is open yet; before the first post it is the one that this post opens."""
    schedule = await schedule_of(store, community)
    if schedule is not None and not has_begun(schedule, now):
        return week_after(schedule.next, schedule.rule)
    rule = schedule.rule if schedule else usual_rule(community)
    return week_on(now, rule, await last_close(store, community))


async def last_close(store: Store, community: Community) -> datetime | None:
    """Return when the latest round of a community closes; None before the first."""
    latest = await store.rounds.of(community.id, limit=1)
    return latest[0].closes if latest else None


async def this_week(ctx: Ctx) -> Current | None:
    """Return the round that is on where somebody asks."""
    community = await ctx.our_community()
    catalog = (await view_for(ctx)).catalog
    found = await open_round(ctx.store, catalog, community, ctx.clock.now())
    return pin(found) if found else None


async def must_be_on(ctx: Ctx) -> Current:
    """Return the round that is on, or say that there is none."""
    found = await this_week(ctx)
    if found is None:
        raise UserError(
            md(
                "There is no challenge this week. {practice:code} lets you train on one of the others.",
                practice="/challenge practice",
            )
        )
    return found
