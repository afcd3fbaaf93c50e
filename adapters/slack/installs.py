"""Every place that let the bot in, sealed on a shelf, with the latest ones at hand."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict, defaultdict
from dataclasses import dataclass

from adapters.slack.installation import Installation, installation_of, read, write
from adapters.slack.sealing import BrokenSeal, Seal, Shelf, WeakSecret, seal_with
from bot.clock import Clock

__all__ = [
    "BrokenSeal",
    "Installation",
    "Installs",
    "Renewal",
    "Seal",
    "Shelf",
    "WeakSecret",
    "installation_of",
    "open_installs",
    "seal_with",
]

log = logging.getLogger(__name__)

AT_HAND_SECONDS = 300.0
AT_HAND = 10_000

PREFIX = "slack:install:"


@dataclass(frozen=True, slots=True)
class Renewal:
    """What came of sealing everything with the newest secret."""

    renewed: int = 0
    # Workspaces whose seal no secret opens: the app has to be installed there again.
    unreadable: tuple[str, ...] = ()


async def open_installs(shelf: Shelf, secret: str, clock: Clock) -> Installs:
    """Open the shelf with the operator's secret, or raise `WeakSecret`."""
    return Installs(shelf, await seal_with(shelf, secret), clock)


class Installs:
    """Keeps installations. What is saved or deleted here counts at once, for everybody who asks."""

    def __init__(self, shelf: Shelf, seal: Seal, clock: Clock, *, at_hand_seconds: float = AT_HAND_SECONDS) -> None:
        self._shelf, self._seal, self._clock, self._seconds = shelf, seal, clock, at_hand_seconds
        self._at_hand: OrderedDict[str, tuple[Installation | None, float]] = OrderedDict()
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._changes = 0

    async def find(self, enterprise: str, team: str) -> Installation | None:
        """Return the installation of a workspace, or else that of its organisation."""
        own = await self._find(team) if team else None
        return own or (await self._find(enterprise) if enterprise else None)

    async def save(self, one: Installation) -> None:
        """Keep an installation; it takes the place of the one before."""
        async with self._locks[one.key]:
            await self._put(one)

    async def replace(self, before: Installation, after: Installation) -> bool:
        """Keep a later state of an installation; False when it was deleted or installed anew meanwhile."""
        async with self._locks[before.key]:
            kept = await self._shelf.get(PREFIX + before.key)
            if kept is None or self._open(before.key, kept) != before:
                return False
            await self._put(after)
            return True

    async def delete(self, enterprise: str, team: str) -> bool:
        """Forget a workspace, or an organisation where no workspace is named; a second time does no harm."""
        key = team or enterprise
        async with self._locks[key]:
            self._keep_at_hand(key, None, change=True)  # before it is gone: nobody should begin with it now
            deleted = await self._shelf.delete(PREFIX + key)
            self._keep_at_hand(key, None, change=True)
            return deleted

    def look_again(self, enterprise: str, team: str) -> None:
        """Ask the shelf the next time, because Slack said that a key is no longer good."""
        self._changes += 1
        for key in (enterprise, team):
            self._at_hand.pop(key, None)

    async def everyone(self) -> list[Installation]:
        """Return every installation that can be opened."""
        found = []
        for key in await self._keys():
            try:
                one = await self._find(key)
            except BrokenSeal as error:
                log.error("%s", error)
            else:
                found += [one] if one else []
        return found

    async def renew(self) -> Renewal:
        """Seal everything with the newest secret, after which the older ones can go."""
        renewed, unreadable = 0, []
        for key in await self._keys():
            async with self._locks[key]:
                try:
                    renewed += await self._renew(key)
                except BrokenSeal:
                    unreadable.append(key)
        return Renewal(renewed, tuple(unreadable))

    async def _renew(self, key: str) -> bool:
        kept = await self._shelf.get(PREFIX + key)
        anew = self._seal.renew(kept) if kept else None
        if anew is None:
            return False
        await self._shelf.put(PREFIX + key, anew)
        return True

    async def _keys(self) -> list[str]:
        return [key.removeprefix(PREFIX) for key in await self._shelf.keys(PREFIX)]

    async def _find(self, key: str) -> Installation | None:
        one, until = self._at_hand.get(key, (None, 0.0))
        if until > self._clock.monotonic():
            return one
        while True:
            changes, kept = self._changes, await self._shelf.get(PREFIX + key)
            if changes == self._changes:  # otherwise what was read may be what was there before
                return self._keep_at_hand(key, self._open(key, kept) if kept else None)

    async def _put(self, one: Installation) -> None:
        await self._shelf.put(PREFIX + one.key, self._seal.seal(write(one)))
        self._keep_at_hand(one.key, one, change=True)

    def _keep_at_hand(self, key: str, one: Installation | None, *, change: bool = False) -> Installation | None:
        self._changes += change
        self._at_hand[key] = one, self._clock.monotonic() + self._seconds
        self._at_hand.move_to_end(key)
        if len(self._at_hand) > AT_HAND:
            self._at_hand.popitem(last=False)
        return one

    def _open(self, key: str, kept: str) -> Installation:
        try:
            one = read(self._seal.open(kept))
        except (BrokenSeal, TypeError):
            one = None
        if one is None or one.key != key:  # a row that was moved to another key is no seal of ours either
            raise BrokenSeal(
                f"The installation of {key} cannot be read with STEPWISE_SECRET. If you changed it, write the old one "
                "behind the new one with a comma between them; otherwise install the app there again."
            ) from None
        return one
