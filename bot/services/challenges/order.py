"""The order in which a community meets the challenges: what everybody needs and what its track needs come first."""

from __future__ import annotations

from content.catalog import Catalog
from content.challenge_model import AnyChallenge


def in_order(catalog: Catalog, track: str = "") -> tuple[AnyChallenge, ...]:
    """Return the challenges in the order of the packs; with a track, what trains other tracks alone comes last."""
    elsewhere = _steps_elsewhere(catalog, track)
    return tuple(sorted(catalog.challenges, key=lambda one: bool(one.steps) and {*one.steps} <= elsewhere))


def _steps_elsewhere(catalog: Catalog, track: str) -> set[str]:
    """Return the steps that are on other tracks, and neither on this one nor on the road that all share."""
    if catalog.path(track) is None:
        return set()
    ours = {step.id for path in catalog.paths if path.id == track or not path.branch_of for step in path.steps}
    return {step.id for path in catalog.paths for step in path.steps} - ours
