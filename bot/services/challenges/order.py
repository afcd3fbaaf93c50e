"""The order in which a community meets the challenges: a year that a path lays out, or what its track needs first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from content.catalog import Catalog
from content.challenge_model import AnyChallenge


def in_order(catalog: Catalog, track: str = "") -> tuple[AnyChallenge, ...]:
    """Return the challenges in the year of the track; else in that of the roads, what trains other tracks last."""
    path, elsewhere = catalog.path(track), _steps_elsewhere(catalog, track)
    roads = [name for road in catalog.paths if not road.branch_of for name in road.year]
    found = sorted(catalog.challenges, key=_place_in(catalog, roads))
    found.sort(key=lambda one: bool(one.steps) and {*one.steps} <= elsewhere)
    return tuple(sorted(found, key=_place_in(catalog, path.year if path else ())))


def _place_in(catalog: Catalog, year: Sequence[str]) -> Callable[[AnyChallenge], int]:
    """Return how to find the week of a challenge in a year; what the year does not name comes after it."""
    weeks: dict[str, int] = {}
    for week, name in enumerate(year):
        if one := catalog.challenge(name):
            weeks.setdefault(one.id, week)
    return lambda one: weeks.get(one.id, len(year))


def _steps_elsewhere(catalog: Catalog, track: str) -> set[str]:
    """Return the steps that are on other tracks, and neither on this one nor on the road that all share."""
    if catalog.path(track) is None:
        return set()
    ours = {step.id for path in catalog.paths if path.id == track or not path.branch_of for step in path.steps}
    return {step.id for path in catalog.paths for step in path.steps} - ours
