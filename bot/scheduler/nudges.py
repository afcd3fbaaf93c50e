"""Write to those who asked for it, two days before a challenge closes."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.core.outgoing import Messenger
from bot.core.registry import Registry
from bot.models import Community, Handle, Person
from bot.models.weekly import Nudge
from bot.ports import Store
from bot.scheduler.rounds import Round
from bot.services.challenges.rounds import pin
from bot.services.challenges.weeks import UTC, zone_of
from bot.services.posting.nudging import nudge
from bot.services.quiet import is_quiet

log = logging.getLogger(__name__)

EVERY = timedelta(minutes=5)
BEFORE = timedelta(days=2)
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class NudgeRound:
    """Knows who is to hear that a challenge closes soon."""

    store: Store
    clock: Clock
    registry: Registry
    messengers: Mapping[str, Messenger]

    def round(self) -> Round:
        """Return the work as a round."""
        return Round("words before the close", EVERY, self.once)

    async def once(self) -> int:
        """Tell all who wait for it; return how many were told."""
        closing = self.clock.now() + BEFORE
        found = await self.store.weekly.to_nudge(closing, tuple(self.messengers), AT_ONCE) if self.messengers else ()
        told = 0
        for one in found:
            try:
                told += await self._one(one)
            except Exception:  # one that cannot be told must not hold up the others
                log.exception("A word before the close could not be sent.")
        return told

    async def _one(self, one: Nudge) -> bool:
        person, community = await self._who(one)
        found, handle = await self.store.rounds.find(one.round_id), await self._handle(one)
        if person is None or community is None or found is None:
            return False
        zone = _zone(person, community)
        if is_quiet(person.preferences.quiet, self.clock.now().astimezone(zone).time()):
            return False
        # Written down first: a word that is lost is a pity, one that comes twice is a nuisance.
        if not await self.store.weekly.nudged(one) or handle is None:
            return False
        reply = nudge(pin(found), community, zone, self.registry)
        return await self.messengers[handle.platform].tell(handle, reply)

    async def _who(self, one: Nudge) -> tuple[Person | None, Community | None]:
        return await self.store.people.named(one.person_id), await self.store.communities.named(one.community_id)

    async def _handle(self, one: Nudge) -> Handle | None:
        handles = await self.store.people.handles(one.person_id)
        here = (handle for handle in handles if handle.platform == one.place.platform)
        return next((handle for handle in here if handle.realm in ("", one.place.key)), None)


def _zone(person: Person, community: Community) -> ZoneInfo:
    try:
        return ZoneInfo(person.preferences.zone) if person.preferences.zone else zone_of(community, UTC)
    except (KeyError, ValueError, OSError):
        return UTC
