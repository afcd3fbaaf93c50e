"""Time zones as people say them: never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.services.places import BIG_CITIES
from bot.services.zones import Zones
from tests.clock import ManualClock

ZONES = Zones(ManualClock())


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Rome", "Europe/Rome"),
        (" new  york".replace("  ", " "), "America/New_York"),
        ("São Paulo", "America/Sao_Paulo"),
        ("asia/KOLKATA", "Asia/Kolkata"),
        ("utc", "UTC"),
        ("GMT", "UTC"),
        ("Port-au-Prince", "America/Port-au-Prince"),
        ("Istanbul", "Europe/Istanbul"),
        ("buenos aires", "America/Argentina/Buenos_Aires"),
        ("Mumbai", "Asia/Kolkata"),
        ("san francisco", "America/Los_Angeles"),
        ("India", "Asia/Kolkata"),
        ("Asia/Calcutta", "Asia/Calcutta"),
    ],
)
def test_a_city_is_found_however_it_is_written(typed: str, zone: str) -> None:
    assert ZONES.find(typed) == zone


@pytest.mark.parametrize(
    "typed", ["IST", "CST", "est", "CET", "Brazil", "Canada", "", "  ", "Nowhere", "US", "Europe", "+02:00"]
)
def test_what_is_not_certain_is_not_guessed(typed: str) -> None:
    assert ZONES.find(typed) is None


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("ist", "Asia/Kolkata"),
        ("Romme", "Europe/Rome"),
        ("york", "America/New_York"),
        ("berl", "Europe/Berlin"),
        ("uk", "Europe/London"),
    ],
)
def test_what_somebody_might_mean_is_offered(typed: str, zone: str) -> None:
    assert zone in ZONES.near(typed)


@given(st.text(max_size=30))
@settings(max_examples=60, deadline=None)
def test_any_text_is_completed_within_the_limits(typed: str) -> None:
    choices = list(ZONES.choices(typed))
    assert len(choices) <= 25
    assert all(ZONES.find(one.value) == one.value for one in choices)
    found = ZONES.find(typed)
    assert found is None or found in ZONES.names


def test_every_big_city_lies_in_a_zone_that_there_is() -> None:
    assert set(BIG_CITIES.values()) <= set(ZONES.names)
