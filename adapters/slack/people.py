"""Who speaks, as far as Slack's payloads leave it open: names, and who looks after the workspace."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import aiohttp
from slack_sdk.errors import SlackClientError

from adapters.slack.payloads import at, first_text, items_at, mapping_at, text_at
from adapters.slack.who import Who
from bot.clock import Clock
from bot.core.calls import Speaker
from bot.models import Handle, Place

log = logging.getLogger(__name__)

PLATFORM = "slack"
KEPT_SECONDS, KEPT_PEOPLE = 600.0, 20_000
# How long somebody who could not be looked up is taken as the payload shows them.
AGAIN_SECONDS = 60.0

_RIGHTS = ("is_admin", "is_owner", "is_primary_owner")


class Directory(Protocol):
    """Looks people up: what Slack's client offers of it."""

    async def users_info(self, *, user: str) -> Any:
        """Return a person."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What there is to know about a member."""

    name: str
    organiser: bool


def place_of(asked: Who) -> Place | None:
    """Name the workspace, or the organisation where none is named, as a community's place."""
    key = asked.team or asked.enterprise
    return Place(PLATFORM, key) if key else None


class People:
    """Knows members by their ids, for a while."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: OrderedDict[tuple[str, str], tuple[float, Profile]] = OrderedDict()
        self._asking: dict[tuple[str, str], asyncio.Task[Profile]] = {}

    async def speaker(self, asked: Who, directory: Directory, installer: str = "", place_name: str = "") -> Speaker:
        """Say who speaks. Whoever installed the bot looks after it, and so do the workspace's admins and owners."""
        profile, place = await self._profile(asked, directory), place_of(asked)
        return Speaker(
            Handle(PLATFORM, asked.realm, asked.user),
            profile.name or asked.name or asked.user,
            place,
            place_name or (place.key if place else ""),
            profile.organiser or (bool(installer) and asked.user == installer),
        )

    async def _profile(self, asked: Who, directory: Directory) -> Profile:
        # Rights are those in one workspace, also where ids are the same in a whole organisation.
        key = (asked.team or asked.enterprise, asked.user)
        until, profile = self._known.get(key, (0.0, None))
        if profile is not None and until > self._clock.monotonic():
            return profile
        if key not in self._asking:
            self._asking[key] = asking = asyncio.ensure_future(self._look_up(key, asked, directory))
            asking.add_done_callback(lambda _: self._asking.pop(key, None))
        return await asyncio.shield(self._asking[key])

    async def _look_up(self, key: tuple[str, str], asked: Who, directory: Directory) -> Profile:
        """Ask Slack. Without an answer nobody has more rights than before, and a name is no reason to fail."""
        try:
            user = mapping_at((await directory.users_info(user=asked.user)).get("user"))
            profile, seconds = _read(user, asked), KEPT_SECONDS
        except (SlackClientError, aiohttp.ClientError, OSError, TimeoutError) as error:
            log.info("A member could not be looked up: %s", type(error).__name__)
            known = self._known.get(key)
            profile, seconds = (known[1] if known else Profile(asked.name, organiser=False)), AGAIN_SECONDS
        self._known[key] = (self._clock.monotonic() + seconds, profile)
        self._known.move_to_end(key)
        if len(self._known) > KEPT_PEOPLE:
            self._known.popitem(last=False)
        return profile


def _read(user: Mapping[str, Any], asked: Who) -> Profile:
    shown = mapping_at(user, "profile")
    name = first_text(text_at(shown, "display_name"), text_at(shown, "real_name"), text_at(user, "name"))
    return Profile(name, _is_at_home(user, asked) and any(at(user, right) is True for right in _RIGHTS))


def _is_at_home(user: Mapping[str, Any], asked: Who) -> bool:
    """Say whether somebody belongs to this workspace: guests of Slack Connect are admins of another."""
    own = (text_at(user, "team_id"), *items_at(user, "enterprise_user", "teams"))
    return at(user, "is_stranger") is not True and (asked.team in own or asked.enterprise in own or not any(own))
