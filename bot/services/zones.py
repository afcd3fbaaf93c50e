"""Time zones as people say them: by city, in any case, and never guessed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime
from difflib import get_close_matches
from functools import cached_property
from zoneinfo import ZoneInfo, available_timezones

from bot.clock import Clock
from bot.core.errors import BadField
from bot.core.markup import code, join, md
from bot.core.params import Choice, Services
from bot.services.places import BIG_CITIES, countries, listed_zones

# Abbreviations that mean several zones, or one that changes its clocks: offered, never guessed.
_SEVERAL = {
    "ist": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "cst": ("America/Chicago", "Asia/Shanghai", "America/Havana"),
    "est": ("America/New_York", "America/Panama", "Australia/Brisbane"),
    "edt": ("America/New_York",),
    "pst": ("America/Los_Angeles", "Asia/Manila"),
    "pdt": ("America/Los_Angeles",),
    "mst": ("America/Denver", "America/Phoenix"),
    "bst": ("Europe/London", "Asia/Dhaka"),
    "ast": ("America/Halifax", "Asia/Riyadh"),
    "aest": ("Australia/Sydney", "Australia/Brisbane"),
    "wat": ("Africa/Lagos",),
    "eat": ("Africa/Nairobi",),
    "cet": ("Europe/Paris", "Europe/Berlin", "Europe/Rome", "Europe/Madrid", "Europe/Warsaw"),
    "eet": ("Europe/Athens", "Europe/Kyiv", "Europe/Helsinki", "Africa/Cairo"),
    "uk": ("Europe/London",),
    "usa": ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"),
    "us": ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"),
}
# Abbreviations that mean one zone only.
_ALSO = {"utc": "UTC", "gmt": "UTC", "z": "UTC", "jst": "Asia/Tokyo", "kst": "Asia/Seoul"}
_AREAS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


class Zones:
    """Knows the world's time zones."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    @cached_property
    def names(self) -> tuple[str, ...]:
        """List the zones that are named after a place, and UTC."""
        return ("UTC", *sorted(name for name in available_timezones() if name.startswith(_AREAS) and "/" in name))

    @cached_property
    def _cities(self) -> dict[str, list[str]]:
        cities: dict[str, list[str]] = {}
        for name in self.names:
            cities.setdefault(_fold(name.rpartition("/")[2]), []).append(name)
        return cities

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {_fold(name): name for name in self.names}

    @cached_property
    def _elsewhere(self) -> dict[str, list[str]]:
        """Know countries and big cities by the zones that they are in."""
        known = {_fold(country): list(zones) for country, zones in countries().items()}
        return known | {_fold(city): [zone] for city, zone in BIG_CITIES.items()}

    def find(self, typed: str) -> str | None:
        """Return the one zone that somebody means, or None when that is not certain."""
        wanted = _fold(typed)
        exact = _ALSO.get(wanted) or self._folded.get(wanted)
        if exact:
            return exact
        cities = self._cities.get(wanted, [])
        found = [name for name in cities if name in listed_zones()] or cities
        found = found or self._elsewhere.get(wanted, [])
        return found[0] if len(found) == 1 else None

    def near(self, typed: str, most: int = 25) -> Sequence[str]:
        """Return the zones that somebody might mean, the likeliest first."""
        wanted = _fold(typed)
        if not wanted:
            return self.names[:most]
        meant = [*_SEVERAL.get(wanted, ()), *self._elsewhere.get(wanted, ())]
        begun = [zone for place, zones in self._elsewhere.items() if place.startswith(wanted) for zone in zones]
        starts = [name for city, names in self._cities.items() if city.startswith(wanted) for name in names]
        holds = [name for folded, name in self._folded.items() if wanted in folded]
        close = [name for city in get_close_matches(wanted, self._cities, n=5) for name in self._cities[city]]
        return list(dict.fromkeys([*meant, *starts, *begun, *holds, *close]))[:most]

    def now_in(self, name: str) -> datetime:
        """Say what time it is there."""
        return self._clock.now().astimezone(ZoneInfo(name))

    def choices(self, typed: str) -> Iterator[Choice]:
        """Complete a zone while somebody is typing, with the time that it is there."""
        for name in self.near(typed):
            yield Choice(f"{name.replace('_', ' ')} (now {self.now_in(name):%H:%M})", name)


def zone_named(services: Services, typed: str) -> str:
    """Return the zone that somebody means, or ask which."""
    zones = services.get(Zones)
    found = zones.find(typed)
    if found is None:
        near = join(map(code, zones.near(typed, most=5)), ", ") or md("the name of a big city near you")
        raise BadField("zone", md("I am not sure which zone “{typed}” is. Try {near}.", typed=typed[:60], near=near))
    return found


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.strip().lower())
    return "".join(c for c in plain if not unicodedata.combining(c)).replace(" ", "_").replace("-", "_")
