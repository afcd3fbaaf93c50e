"""Write to those who asked for it, two days before a challenge closes."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
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
from bot.services.posting.nudging import BEFORE, nudge
from bot.services.quiet import is_quiet

log = logging.getLogger(__name__)

EVERY = timedelta(minutes=5)
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
        closing, told = self.clock.now() + BEFORE, 0
        after: Nudge | None = None
        # Those who have to wait stay among them, so each turn goes through all.
        while found := await self._waiting(closing, after):
            told += sum([await self._carefully(one) for one in found])
            after = found[-1]
        return told

    async def _waiting(self, closing: datetime, after: Nudge | None) -> Sequence[Nudge]:
        platforms = tuple(self.messengers)
        return await self.store.weekly.to_nudge(closing, platforms, AT_ONCE, after) if platforms else ()

    async def _carefully(self, one: Nudge) -> bool:
        try:
            return await self._one(one)
        except Exception:  # one that cannot be told must not hold up the others
            log.exception("A word before the close could not be sent.")
            return False

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
