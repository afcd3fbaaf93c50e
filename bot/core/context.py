"""What a handler is given: who asks, where, when, and where to find the rest of the house."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar, cast
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.core.callers import Callers
from bot.core.calls import Call
from bot.core.errors import Refused
from bot.core.markup import md, one_line
from bot.models import Community, Person, Preferences
from bot.ports import Store

T = TypeVar("T")


class Shelf:
    """The services of the house, each found by its type."""

    def __init__(self, *services: object) -> None:
        self._by_type: dict[type, object] = {type(service): service for service in services}

    def put(self, service: object) -> None:
        """Add a service."""
        self._by_type[type(service)] = service

    def get(self, kind: type[T]) -> T:
        """Return the service of this type."""
        return cast(T, self._by_type[kind])


@dataclass(frozen=True, slots=True)
class Ctx:
    """One call, as a handler sees it."""

    call: Call
    store: Store
    services: Shelf
    callers: Callers
    clock: Clock
    zone: ZoneInfo
    known: Person | None = None
    community: Community | None = None

    @property
    def name(self) -> str:
        """Say what the member is called here."""
        return one_line(self.call.speaker.name) or "friend"

    @property
    def is_admin(self) -> bool:
        """Say whether the member looks after this community."""
        return self.call.speaker.is_admin

    @property
    def preferences(self) -> Preferences:
        """Return how this member wants to be treated; the defaults for somebody new."""
        return self.known.preferences if self.known else Preferences()

    @property
    def now(self) -> datetime:
        """Return the time where the member is."""
        return self.clock.now().astimezone(self.zone)

    @property
    def today(self) -> date:
        """Return the date where the member is."""
        return self.now.date()

    async def me(self) -> Person:
        """Return the member, remembered from now on. Reading alone remembers nobody."""
        return self.known or await self.callers.enter(self.store, self.call.speaker)

    async def here(self) -> Community | None:
        """Return the community of this call, remembered from now on; None in a direct message."""
        return await self.callers.settle(self.store, self.call.speaker)

    async def our_community(self) -> Community:
        """Return the community of this call, remembered from now on; refuse where there is none."""
        community = await self.here()
        if community is None:
            raise Refused(md("This works in a community only. Type it in one of its channels."))
        return community

    async def prefer(self, **changes: object) -> Preferences:
        """Change how this member wants to be treated; what is not named stays as it is in the store."""
        me = await self.me()
        async with self.callers.alone(me.id):
            latest = await self.store.people.find(self.call.speaker.handle) or me
            wanted = replace(latest.preferences, **changes)  # type: ignore[arg-type]
            await self.store.people.prefer(me.id, wanted)
        for handle in await self.store.people.handles(me.id):
            self.callers.forget(handle)
        return wanted
