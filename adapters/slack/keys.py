"""The keys with which requests are answered: one from the settings, or one for each workspace that let the bot in."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any, Protocol

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize

from adapters.slack.installation import Installation
from adapters.slack.installs import BrokenSeal, Installs
from adapters.slack.rotation import NotRenewed, Rotation
from adapters.slack.sealing import Shelf

log = logging.getLogger(__name__)

_ROOF = "slack:roof:"


class Keys(Protocol):
    """Knows the installations."""

    async def current(self, enterprise: str, team: str) -> Installation | None:
        """Return the installation of a workspace or its organisation with a good key, or raise `NotRenewed`."""

    async def known(self, enterprise: str, team: str) -> Installation | None:
        """Return the installation as it is, whether or not its key is good."""

    def look_again(self, enterprise: str, team: str) -> None:
        """Take note that Slack called a key no good."""

    async def place_of(self, realm: str) -> tuple[str, str] | None:
        """Return an enterprise and a team whose installation reaches the members of a realm."""


@dataclass(frozen=True, slots=True)
class OwnKey:
    """The one key from the settings."""

    one: Installation

    async def current(self, enterprise: str, team: str) -> Installation | None:
        """Return it: nobody else has this key."""
        return self.one

    async def known(self, enterprise: str, team: str) -> Installation | None:
        """Return it."""
        return self.one

    def look_again(self, enterprise: str, team: str) -> None:
        """Keep it: there is no other."""

    async def place_of(self, realm: str) -> tuple[str, str] | None:
        """Return its workspace, where the realm is that one or its organisation."""
        return (self.one.enterprise, self.one.team) if realm in (self.one.enterprise, self.one.team) else None


class InstalledKeys:
    """The keys of all workspaces that let the bot in, each renewed in time."""

    def __init__(self, rotation: Rotation, installs: Installs, shelf: Shelf) -> None:
        self._rotation, self._installs, self._shelf = rotation, installs, shelf
        self._roofs: dict[str, str] = {}

    async def current(self, enterprise: str, team: str) -> Installation | None:
        """Return the installation with a good key, or raise `NotRenewed`."""
        one = await self._rotation.current(enterprise, team)
        if one is not None and one.org_wide and team and team not in self._roofs:
            await self._note_roof(team, one.enterprise)
        return one

    async def known(self, enterprise: str, team: str) -> Installation | None:
        """Return the installation as it is."""
        return await self._rotation.known(enterprise, team)

    def look_again(self, enterprise: str, team: str) -> None:
        """Read a key anew the next time."""
        self._installs.look_again(enterprise, team)

    async def place_of(self, realm: str) -> tuple[str, str] | None:
        """Find the installation of a workspace, of its organisation, or of any workspace under that roof."""
        if await self._installs.find("", realm) is not None:
            return "", realm
        if await self._installs.find(realm, "") is not None:
            return realm, ""
        roof = self._roofs.get(realm) or await self._shelf.get(_ROOF + realm)
        if roof:
            return roof, realm
        under = [one for one in await self._installs.everyone() if one.enterprise == realm]
        return (under[0].enterprise, under[0].team) if under else None

    async def _note_roof(self, team: str, enterprise: str) -> None:
        """Remember to which organisation a workspace belongs, for posts there that nobody asked for."""
        self._roofs[team] = enterprise
        if await self._shelf.get(_ROOF + team) != enterprise:
            await self._shelf.put(_ROOF + team, enterprise)


class Authorising(AsyncAuthorize):
    """Tells slack-bolt the key of a request from what is known, without asking Slack every time."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    async def __call__(self, *, enterprise_id: str | None, team_id: str | None, **_: Any) -> AuthorizeResult | None:
        """Return the key; one that is over still lets the bot say so."""
        where = enterprise_id or "", team_id or ""
        try:
            one = await self._keys.current(*where)
        except NotRenewed:
            one = await self._keys.known(*where)
        except BrokenSeal as error:
            log.error("%s", error)
            return None
        if one is None:
            return None
        return AuthorizeResult(
            enterprise_id=one.enterprise or None,
            team_id=one.team or team_id,
            bot_user_id=one.bot_user,
            bot_token=one.bot_token,
        )
