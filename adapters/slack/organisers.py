"""Who looks after a workspace, as far as nobody is known to have installed the bot there."""

from __future__ import annotations

from collections import OrderedDict

from adapters.slack.people import PLATFORM
from adapters.slack.sealing import Shelf
from bot.models import Place

KEPT = 10_000
_PREFIX = "slack:organiser:"


class Organisers:
    """Remembers for each workspace an organiser who spoke with the bot, also after a restart."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._seen: OrderedDict[Place, str] = OrderedDict()

    async def note(self, place: Place | None, user: str) -> bool:
        """Remember an organiser; True for the first of a workspace."""
        if place is None or place.platform != PLATFORM or place in self._seen:
            return False
        known = await self._shelf.get(_PREFIX + place.key)
        if not known:
            await self._shelf.put(_PREFIX + place.key, user)
        self._keep(place, known or user)
        return not known

    async def of(self, place: Place) -> str:
        """Return one; empty where none has spoken yet."""
        if place not in self._seen:
            known = await self._shelf.get(_PREFIX + place.key)
            if not known:
                return ""
            self._keep(place, known)
        return self._seen[place]

    async def forget(self, place: Place) -> None:
        """Forget whoever looked after a workspace that sent the bot away."""
        self._seen.pop(place, None)
        await self._shelf.delete(_PREFIX + place.key)

    def _keep(self, place: Place, user: str) -> None:
        self._seen[place] = user
        if len(self._seen) > KEPT:
            self._seen.popitem(last=False)
