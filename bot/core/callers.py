"""Who is calling: people and communities, looked up once and kept for a moment."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import Generic, TypeVar
from weakref import WeakValueDictionary

from bot.clock import Clock
from bot.core.calls import Speaker
from bot.core.markup import one_line
from bot.models import Community, Handle, Person, Place
from bot.ports import Store

K = TypeVar("K")
V = TypeVar("V")

KEPT_SECONDS = 30.0
KEPT_ENTRIES = 20_000


class _Recent(Generic[K, V]):
    """A small memory that forgets by age and by number. Another process may change what it holds."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: OrderedDict[K, tuple[float, V]] = OrderedDict()
        self.changes = 0

    def get(self, key: K) -> tuple[bool, V | None]:
        """Say whether this is known, and what."""
        found = self._kept.get(key)
        if found is None or found[0] < self._clock.monotonic():
            return False, None
        return True, found[1]

    def looked_up(self, key: K, value: V, changes: int) -> V:
        """Keep what a look-up found, unless something changed since it began: it may have seen the past."""
        return self.put(key, value) if changes == self.changes else value

    def put(self, key: K, value: V) -> V:
        """Keep a value for a moment."""
        now = self._clock.monotonic()
        self._kept[key] = (now + KEPT_SECONDS, value)
        self._kept.move_to_end(key)
        while len(self._kept) > KEPT_ENTRIES or next(iter(self._kept.values()))[0] < now:
            self._kept.popitem(last=False)
        return value

    def drop(self, key: K) -> None:
        """Forget one value."""
        self.changes += 1
        self._kept.pop(key, None)

    def replace(self, key: K, value: V) -> V:
        """Keep a value that was just written."""
        self.changes += 1
        return self.put(key, value)


class Callers:
    """Knows the people and communities that speak."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._people: _Recent[Handle, Person | None] = _Recent(clock)
        self._places: _Recent[Place, Community | None] = _Recent(clock)
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def alone(self, person_id: int) -> asyncio.Lock:
        """Let one call at a time change a person, so that none undoes what another just did."""
        return self._turns.setdefault(person_id, asyncio.Lock())

    async def person(self, handle: Handle) -> Person | None:
        """Return who this is, if they were ever remembered."""
        known, person = self._people.get(handle)
        if known:
            return person
        changes = self._people.changes
        return self._people.looked_up(handle, await self._store.people.find(handle), changes)

    async def community(self, place: Place | None) -> Community | None:
        """Return the community of this place, if it was ever remembered."""
        if place is None:
            return None
        known, community = self._places.get(place)
        if known:
            return community
        changes = self._places.changes
        return self._places.looked_up(place, await self._store.communities.find(place), changes)

    async def enter(self, store: Store, speaker: Speaker) -> Person:
        """Remember who speaks, through the call's own view of the store."""
        person = await store.people.enter(speaker.handle, one_line(speaker.name))
        return self._people.replace(speaker.handle, person) or person

    async def settle(self, store: Store, speaker: Speaker) -> Community | None:
        """Remember the community in which somebody speaks."""
        if speaker.place is None:
            return None
        name = one_line(speaker.place_name) or speaker.place.key
        _, known = self._places.get(speaker.place)
        if known is not None and known.name == name:
            return known
        community = await store.communities.enter(speaker.place, name)
        return self._places.replace(speaker.place, community)

    def forget_place(self, place: Place) -> None:
        """Look this community up anew at the next call."""
        self._places.drop(place)

    def forget(self, handle: Handle) -> None:
        """Look this person up anew at the next call."""
        self._people.drop(handle)
