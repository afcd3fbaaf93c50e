"""The weeks of rounds: a wall time where the community is, whatever its clocks do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.challenges.weeks import SHORTEST, WEEK, week_after, week_around, week_on

BERLIN, TOKYO, LOS_ANGELES = map(ZoneInfo, ("Europe/Berlin", "Asia/Tokyo", "America/Los_Angeles"))
ZONES = st.sampled_from([BERLIN, TOKYO, LOS_ANGELES, ZoneInfo("UTC"), ZoneInfo("Pacific/Kiritimati")])
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-03-27", 7 * 24 - 1), ("2026-10-23", 7 * 24 + 1), ("2026-11-18", 7 * 24)]
)
def test_a_week_lasts_from_monday_nine_to_monday_nine_however_the_clocks_change(day: str, hours: int) -> None:
    opens, closes = week_around(datetime.fromisoformat(day).replace(tzinfo=UTC), BERLIN)
    for moment in (opens, closes):
        local = moment.astimezone(BERLIN)
        assert (local.weekday(), local.hour, local.minute) == (0, 9, 0)
    assert closes - opens == timedelta(hours=hours)


@given(MOMENTS, ZONES)
def test_every_moment_is_in_one_week_and_weeks_have_no_gaps(now: datetime, zone: ZoneInfo) -> None:
    opens, closes = week_around(now, zone)
    assert opens <= now < closes
    assert week_after(closes, zone) == week_around(closes, zone)
    assert week_around(closes, zone)[0] == closes


@given(MOMENTS, ZONES, ZONES)
def test_a_community_that_moves_has_no_overlap_and_no_week_of_a_few_hours(
    now: datetime, before: ZoneInfo, after: ZoneInfo
) -> None:
    _, closed = week_around(now, before)
    opens, closes = week_after(closed, after)
    assert opens == closed
    assert SHORTEST < closes - opens < WEEK + timedelta(days=2)
    assert week_around(closes, after)[0] == closes
    later = closed + timedelta(hours=1)
    assert week_on(later, after, closed)[0] >= closed
