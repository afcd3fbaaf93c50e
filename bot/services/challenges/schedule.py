"""The coming weeks of a community: what is on, what an organiser planned, and what the usual order brings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.core.context import Ctx
from bot.models import Community
from bot.models.challenges import Round
from bot.models.posting import Rule
from bot.ports import Store
from bot.services.answers import view_for
from bot.services.challenges.rounds import YEAR, next_challenge, read_pinned, track_of, week_at
from bot.services.challenges.weeks import Week, rule_of, week_after
from content.catalog import Catalog
from content.challenge_model import AnyChallenge, challenge_to_json

WEEKS = 8
# So long before the pack runs out an organiser is warned of it.
WARNED_BEFORE = timedelta(weeks=4)
NOON = time(12)


class Because(StrEnum):
    """Say why a week has the challenge that it has."""

    RUNNING = "running"
    PLANNED = "planned"
    USUAL = "usual"
    SKIPPED = "skipped"
    NONE_LEFT = "none-left"


@dataclass(frozen=True, slots=True)
class Slot:
    """One week."""

    opens: datetime
    closes: datetime
    # The day on which it opens where the community is; it names the week.
    day: date
    because: Because
    challenge: AnyChallenge | None = None
    # There when the week has begun and somebody looked.
    round: Round | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """The coming weeks, this one first."""

    slots: tuple[Slot, ...]
    catalog: Catalog
    # What the community had lately, and when.
    used: Mapping[str, datetime]

    @property
    def runs_out(self) -> Slot | None:
        """Return the first week for which no challenge is left."""
        return next((one for one in self.slots if one.because is Because.NONE_LEFT), None)

    def slot(self, day: date, zone: ZoneInfo) -> Slot | None:
        """Return the week that opens on this day here or where the community is, or else the one that holds it."""
        here = next((one for one in self.slots if one.opens.astimezone(zone).date() == day), None)
        there = next((one for one in self.slots if one.day == day), None)
        return here or there or self._around(day, zone)

    def _around(self, day: date, zone: ZoneInfo) -> Slot | None:
        first, last = self.slots[0].day, self.slots[-1].day
        if not first - timedelta(days=1) <= day <= last + timedelta(weeks=1):
            return None
        noon = datetime.combine(day, NOON, zone)
        return next((one for one in self.slots if one.opens <= noon < one.closes), None)

    def after(self, slot: Slot) -> Slot | None:
        """Return the next week."""
        return next((one for one in self.slots if one.opens > slot.opens), None)

    def taken(self, slot: Slot, challenge: AnyChallenge) -> datetime | None:
        """Return when a challenge is on instead, if it was within a year of this week or is fixed for another one."""
        for name, opened in self.used.items():
            known = self.catalog.challenge(name)
            if known is not None and known.id == challenge.id and opened >= slot.opens - YEAR:
                return opened
        fixed = (one for one in self.slots if one.opens < slot.opens or one.because is Because.PLANNED)
        return next((one.opens for one in fixed if one is not slot and _is(one, challenge)), None)

    def free(self, slot: Slot) -> list[AnyChallenge]:
        """List the challenges that this week could have instead of its own."""
        return [one for one in self.catalog.challenges if not _is(slot, one) and self.taken(slot, one) is None]


async def coming_weeks(ctx: Ctx) -> Schedule:
    """Look ahead."""
    community, now = await ctx.our_community(), ctx.clock.now()
    catalog, rule = (await view_for(ctx)).catalog, await rule_of(ctx.store, community)
    running, weeks = await weeks_ahead(ctx.store, community, now)
    begin = weeks[0][0]
    plans = await ctx.store.rounds.plans(community.id, begin)
    used = await ctx.store.rounds.used(community.id, begin - YEAR)
    order = _Order(catalog, plans, used, await track_of(ctx.store, community))
    return Schedule(tuple(_slots(weeks, ZoneInfo(rule.zone), running, order)), catalog, used)


async def put(ctx: Ctx, slot: Slot, challenge: AnyChallenge) -> bool:
    """Let a week have this challenge; False when it is on already and somebody has tried it."""
    if slot.round is not None:
        return await ctx.store.rounds.swap_content(slot.round.id, challenge.id, challenge_to_json(challenge))
    await ctx.store.rounds.plan((await ctx.our_community()).id, slot.opens, challenge.id)
    return True


async def leave_out(ctx: Ctx, slot: Slot) -> None:
    """Let a week have no challenge."""
    await ctx.store.rounds.plan((await ctx.our_community()).id, slot.opens, None)


async def leave_to_the_order(ctx: Ctx, slot: Slot) -> None:
    """Let a week have what the usual order brings."""
    await ctx.store.rounds.unplan((await ctx.our_community()).id, slot.opens)


@dataclass(frozen=True, slots=True)
class _Order:
    """Knows which challenge comes next."""

    catalog: Catalog
    plans: Mapping[datetime, str | None]
    used: Mapping[str, datetime]
    track: str

    def choose(self, opens: datetime, before: Mapping[str, datetime]) -> tuple[Because, AnyChallenge | None]:
        if opens in self.plans and self.plans[opens] is None:
            return Because.SKIPPED, None
        planned = self.catalog.challenge(self.plans.get(opens) or "")
        if planned is not None:
            return Because.PLANNED, planned
        lately = {name: at for name, at in {**self.used, **before}.items() if at >= opens - YEAR}
        # What is kept for a later week does not come before it.
        kept = {name: later for later, name in self.plans.items() if name and later > opens}
        found = next_challenge(self.catalog, {**lately, **kept}, self.track)
        return (Because.USUAL, found) if found else (Because.NONE_LEFT, None)


async def weeks_ahead(store: Store, community: Community, now: datetime) -> tuple[Round | None, list[Week]]:
    """Return the round that is on and the coming weeks; the first is its own, or the next that can have one."""
    running = await store.rounds.at(community.id, now)
    first = (running.opens, running.closes) if running else await week_at(store, community, now)
    return running, _weeks_from(first, await rule_of(store, community))


def _weeks_from(first: Week, rule: Rule) -> list[Week]:
    weeks = [first]
    while len(weeks) < WEEKS:
        weeks.append(week_after(weeks[-1][1], rule))
    return weeks


def _slots(weeks: list[Week], zone: ZoneInfo, running: Round | None, order: _Order) -> Iterator[Slot]:
    before: dict[str, datetime] = {}
    for opens, closes in weeks:
        day = opens.astimezone(zone).date()
        if running is not None and opens == running.opens:
            yield Slot(opens, closes, day, Because.RUNNING, read_pinned(running.content), running)
            continue
        because, challenge = order.choose(opens, before)
        if challenge is not None:
            before[challenge.id] = opens
        yield Slot(opens, closes, day, because, challenge)


def _is(slot: Slot, challenge: AnyChallenge) -> bool:
    return slot.challenge is not None and slot.challenge.id == challenge.id
