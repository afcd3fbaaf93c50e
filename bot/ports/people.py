"""Who is here, and where: communities, people, joined accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.models import Community, Handle, Person, Place, Preferences


class Communities(Protocol):
    """The places that the bot knows."""

    async def find(self, place: Place) -> Community | None:
        """Return the community that lives in this place."""

    async def named(self, community_id: int) -> Community | None:
        """Return a community by its number."""

    async def enter(self, place: Place, name: str) -> Community:
        """Return the community of this place, made at its first call; a new name is kept."""

    async def set_zone(self, community_id: int, zone: str | None) -> None:
        """Keep the community's time zone."""

    async def of(self, platform: str) -> Sequence[tuple[Community, bool]]:
        """Return every community of a platform, and whether the bot was removed from it."""

    async def leave(self, place: Place, at: datetime) -> bool:
        """Keep that the bot was removed; False when it was gone already, or never there."""

    async def come_back(self, place: Place) -> bool:
        """Keep that the bot is there again; False when it was not gone."""

    async def erase_gone(self, before: datetime, limit: int) -> int:
        """Erase communities that were left before then, with all that is theirs; return how many."""


class People(Protocol):
    """The members, and the platform identities by which they are known."""

    async def find(self, handle: Handle) -> Person | None:
        """Return the person behind a handle."""

    async def enter(self, handle: Handle, name: str) -> Person:
        """Return the person behind a handle, made at their first write; a new name is kept."""

    async def attach(self, person_id: int, handle: Handle) -> None:
        """Make one more handle mean this person."""

    async def handles(self, person_id: int) -> Sequence[Handle]:
        """Return every handle of this person."""

    async def prefer(self, person_id: int, preferences: Preferences) -> None:
        """Keep how this person wants to be treated."""

    async def named(self, person_id: int) -> Person | None:
        """Return a person by their number."""

    async def export(self, person_id: int) -> Mapping[str, Sequence[Mapping[str, object]]]:
        """Return all that is kept about a person: for each kind of row, the rows."""

    async def forget(self, person_id: int) -> None:
        """Delete a person, what was joined to them and all that is theirs, for good."""


class Joins(Protocol):
    """Two accounts of one person, joined by a code."""

    async def offer(self, person_id: int, code: str, until: datetime) -> None:
        """Keep a code, by its hash, that joins another account to this person; earlier codes end."""

    async def offered(self, code: str) -> Person | None:
        """Return who offered this code, while it holds."""

    async def join(self, code: str, handle: Handle) -> Person | None:
        """Use the code up and let this handle mean who offered it; None when the code does not hold any more.

        What the handle's own person had moves over, what both have counts once, and the rest waits with them.
        """

    async def part(self, handle: Handle) -> Person | None:
        """Give a joined handle its own person back, with what it brought and did since; None when it is not joined."""
