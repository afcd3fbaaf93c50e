"""The weeks of rounds: a wall time where the community is, whatever its clocks do."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.models.posting import Rule
from bot.services.challenges.weeks import MONDAY, NINE, week_after, week_around, week_on
from bot.services.slots import LONGEST_WEEK, SHORTEST_WEEK

BERLIN, TOKYO, LOS_ANGELES, UTC_ITSELF, KIRITIMATI = (
    Rule(NINE, zone, MONDAY)
    for zone in ("Europe/Berlin", "Asia/Tokyo", "America/Los_Angeles", "UTC", "Pacific/Kiritimati")
)
RULES = st.sampled_from(
    [BERLIN, TOKYO, LOS_ANGELES, UTC_ITSELF, KIRITIMATI, Rule(time(2, 30), "Europe/Berlin", 6), Rule(NINE, "UTC", 3)]
)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-03-27", 7 * 24 - 1), ("2026-10-23", 7 * 24 + 1), ("2026-11-18", 7 * 24)]
)
def test_a_week_lasts_from_monday_nine_to_monday_nine_however_the_clocks_change(day: str, hours: int) -> None:
    opens, closes = week_around(datetime.fromisoformat(day).replace(tzinfo=UTC), BERLIN)
    for moment in (opens, closes):
        local = moment.astimezone(ZoneInfo("Europe/Berlin"))
        assert (local.weekday(), local.hour, local.minute) == (0, 9, 0)
    assert closes - opens == timedelta(hours=hours)


@given(MOMENTS, RULES)
def test_every_moment_is_in_one_week_and_weeks_have_no_gaps(now: datetime, rule: Rule) -> None:
    opens, closes = week_around(now, rule)
    assert opens <= now < closes
    assert week_after(closes, rule) == week_around(closes, rule)
    assert week_around(closes, rule)[0] == closes


@given(MOMENTS, RULES, RULES)
def test_a_community_that_moves_has_no_overlap_and_no_week_of_a_few_hours(
    now: datetime, before: Rule, after: Rule
) -> None:
    _, closed = week_around(now, before)
    opens, closes = week_after(closed, after)
    assert opens == closed
    assert SHORTEST_WEEK <= closes - opens <= LONGEST_WEEK
    _, settled = week_after(closes, after)
    assert week_around(settled, after)[0] == settled
    later = closed + timedelta(hours=1)
    assert week_on(later, after, closed)[0] >= closed
