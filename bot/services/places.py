"""Where on earth: zones that stand for places, the countries they lie in, and big cities without one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

# Big cities that share the zone of another one. Their people know their own name, not that one.
BIG_CITIES: Mapping[str, str] = {
    "abu dhabi": "Asia/Dubai",
    "ahmedabad": "Asia/Kolkata",
    "amman": "Asia/Amman",
    "atlanta": "America/New_York",
    "austin": "America/Chicago",
    "bangalore": "Asia/Kolkata",
    "barcelona": "Europe/Madrid",
    "beijing": "Asia/Shanghai",
    "bengaluru": "Asia/Kolkata",
    "boston": "America/New_York",
    "calcutta": "Asia/Kolkata",
    "cape town": "Africa/Johannesburg",
    "chennai": "Asia/Kolkata",
    "cologne": "Europe/Berlin",
    "dallas": "America/Chicago",
    "delhi": "Asia/Kolkata",
    "edinburgh": "Europe/London",
    "frankfurt": "Europe/Berlin",
    "geneva": "Europe/Zurich",
    "guangzhou": "Asia/Shanghai",
    "hamburg": "Europe/Berlin",
    "hanoi": "Asia/Bangkok",
    "houston": "America/Chicago",
    "hyderabad": "Asia/Kolkata",
    "islamabad": "Asia/Karachi",
    "kyoto": "Asia/Tokyo",
    "lahore": "Asia/Karachi",
    "las vegas": "America/Los_Angeles",
    "manchester": "Europe/London",
    "miami": "America/New_York",
    "milan": "Europe/Rome",
    "montreal": "America/Toronto",
    "mumbai": "Asia/Kolkata",
    "munich": "Europe/Berlin",
    "new delhi": "Asia/Kolkata",
    "nyc": "America/New_York",
    "osaka": "Asia/Tokyo",
    "ottawa": "America/Toronto",
    "philadelphia": "America/New_York",
    "porto": "Europe/Lisbon",
    "pune": "Asia/Kolkata",
    "rio de janeiro": "America/Sao_Paulo",
    "saint petersburg": "Europe/Moscow",
    "saigon": "Asia/Ho_Chi_Minh",
    "san diego": "America/Los_Angeles",
    "san francisco": "America/Los_Angeles",
    "seattle": "America/Los_Angeles",
    "shenzhen": "Asia/Shanghai",
    "st petersburg": "Europe/Moscow",
    "tel aviv": "Asia/Jerusalem",
    "washington": "America/New_York",
    "washington dc": "America/New_York",
    "wellington": "Pacific/Auckland",
}


@cache
def listed_zones() -> Sequence[str]:
    """List the zones that stand for a place today; older names for them are left out."""
    return tuple(row[2] for row in _rows("zone.tab"))


@cache
def countries() -> Mapping[str, Sequence[str]]:
    """Return the zones of each country by its name in small letters."""
    names = {row[0]: row[1].casefold() for row in _rows("iso3166.tab")}
    found: dict[str, list[str]] = {}
    for codes, _, zone, *_ in _rows("zone1970.tab"):
        for code in codes.split(","):
            if code in names:
                found.setdefault(names[code], []).append(zone)
    return found


def _rows(name: str) -> list[list[str]]:
    text = (resources.files("tzdata") / "zoneinfo" / name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
