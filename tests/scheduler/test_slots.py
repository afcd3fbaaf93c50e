"""Slots: right in every zone, across every change of the clocks, and through changes of mind."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.models.posting import Rule
from bot.services.slots import moment, outlook, slot_after, until
from tests.scheduler.dst_oracle import daily, first_minute, on_the_wall, soon_first_minute, weekly

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
EPOCH = datetime(1975, 1, 1, tzinfo=UTC)

# A day, a time that is special there, a zone, and what the wall shows when it is posted.
HARD_TIMES = [
    ("2026-03-29", "02:30", "Europe/Berlin", "2026-03-29 03:00", "skipped"),
    ("2026-10-25", "02:30", "Europe/Berlin", "2026-10-25 02:30", "twice"),
    ("2026-03-08", "02:30", "America/New_York", "2026-03-08 03:00", "skipped"),
    ("2026-11-01", "01:30", "America/New_York", "2026-11-01 01:30", "twice"),
    ("2026-10-04", "02:15", "Australia/Lord_Howe", "2026-10-04 02:30", "half an hour is skipped"),
    ("2026-04-05", "01:45", "Australia/Lord_Howe", "2026-04-05 01:45", "half an hour twice"),
    ("2026-09-27", "02:50", "Pacific/Chatham", "2026-09-27 03:45", "skipped at 02:45"),
    ("2026-04-05", "03:00", "Pacific/Chatham", "2026-04-05 03:00", "twice"),
    ("2026-04-24", "00:00", "Africa/Cairo", "2026-04-24 01:00", "midnight is skipped"),
    ("2026-10-29", "23:30", "Africa/Cairo", "2026-10-29 23:30", "twice, before midnight"),
    ("2026-03-28", "02:30", "Asia/Gaza", "2026-03-28 03:00", "skipped"),
    ("2026-10-24", "01:30", "Asia/Gaza", "2026-10-24 01:30", "twice"),
    ("2026-09-06", "00:00", "America/Santiago", "2026-09-06 01:00", "midnight is skipped"),
    ("2026-04-04", "23:30", "America/Santiago", "2026-04-04 23:30", "twice, before midnight"),
    ("2026-03-29", "01:30", "Antarctica/Troll", "2026-03-29 03:00", "two hours are skipped"),
    ("2026-10-25", "02:30", "Antarctica/Troll", "2026-10-25 02:30", "two hours twice"),
    ("2026-02-15", "02:30", "Africa/Casablanca", "2026-02-15 02:30", "Ramadan begins"),
    ("2026-03-22", "02:30", "Africa/Casablanca", "2026-03-22 03:00", "Ramadan is over"),
    ("2011-12-30", "10:00", "Pacific/Apia", "2011-12-31 00:00", "a day is skipped"),
    ("1993-08-21", "10:00", "Pacific/Kwajalein", "1993-08-22 00:00", "a day is skipped"),
    ("1994-12-31", "12:00", "Pacific/Kiritimati", "1995-01-01 00:00", "a day is skipped"),
    ("2006-04-02", "00:30", "America/St_Johns", "2006-04-02 01:01", "skipped at 00:01"),
    ("2006-10-29", "00:00", "America/St_Johns", "2006-10-29 00:00", "midnight twice"),
    ("1988-04-03", "01:30", "America/St_Johns", "1988-04-03 02:01", "two hours are skipped"),
    ("2021-03-22", "00:30", "Asia/Tehran", "2021-03-22 01:00", "half past midnight is skipped"),
    ("2021-09-21", "23:30", "Asia/Tehran", "2021-09-21 23:30", "twice, before midnight"),
    ("2026-03-29", "01:30", "Europe/Dublin", "2026-03-29 02:00", "skipped, with a negative winter time"),
    ("2026-10-25", "01:30", "Europe/Dublin", "2026-10-25 01:30", "twice, with a negative winter time"),
    ("2026-03-28", "23:30", "America/Scoresbysund", "2026-03-29 00:00", "the end of a day is skipped"),
    ("2018-05-04", "23:45", "Asia/Pyongyang", "2018-05-05 00:00", "the end of a day is skipped"),
    ("2016-10-30", "01:30", "Asia/Famagusta", "2016-10-30 01:30", "stays on summer time"),
    ("2007-12-09", "02:45", "America/Caracas", "2007-12-09 02:45", "half an hour twice"),
    ("2020-12-31", "24:00", "Asia/Kathmandu", "2021-01-01 00:00", "the year ends"),
    ("2026-06-30", "02:30", "UTC", "2026-06-30 02:30", "nothing ever happens"),
]


def parts(day: str, wall: str) -> tuple[date, time]:
    if wall == "24:00":
        return date.fromisoformat(day) + DAY, time(0)
    return date.fromisoformat(day), time.fromisoformat(wall)


@pytest.mark.parametrize(("day", "wall", "zone", "shown", "why"), HARD_TIMES)
def test_hard_times(day: str, wall: str, zone: str, shown: str, why: str) -> None:
    on, at = parts(day, wall)
    posted = moment(on, at, ZoneInfo(zone))
    assert f"{on_the_wall(posted, zone):%Y-%m-%d %H:%M}" == shown, why
    assert posted == first_minute(on, at, zone) == soon_first_minute(on, at, zone)


def test_the_table_has_many_zones() -> None:
    assert len({zone for _, _, zone, _, _ in HARD_TIMES}) >= 18


ZONES = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc", "SystemV")))
zones = st.sampled_from(ZONES)
# Round times, where clocks are changed, and any others.
walls = st.one_of(
    st.builds(time, st.sampled_from([0, 1, 2, 3, 23]), st.sampled_from([0, 1, 15, 30, 45])),
    st.builds(time, st.integers(0, 23), st.integers(0, 59)),
)
days = st.dates(date(1976, 1, 5), date(2045, 12, 1))
moments = st.datetimes(datetime(1976, 1, 5), datetime(2045, 12, 1)).map(lambda naive: naive.replace(tzinfo=UTC))
rules = st.builds(Rule, walls, zones, st.integers(0, 6))
any_rules = st.builds(Rule, walls, zones, st.one_of(st.none(), st.integers(0, 6)))


@settings(max_examples=150, deadline=None)
@given(days, walls, zones)
def test_any_time_anywhere_is_where_the_walk_ends(day: date, wall: time, zone: str) -> None:
    assert moment(day, wall, ZoneInfo(zone)) == first_minute(day, wall, zone)


@settings(max_examples=60, deadline=None)
@given(zones, st.integers(1976, 2044), walls, st.integers(-1, 1))
def test_days_around_a_change_of_the_clocks(zone: str, year: int, wall: time, beside: int) -> None:
    start = datetime(year, 1, 1, tzinfo=UTC)
    offsets = [
        (start + number * DAY, (start + number * DAY).astimezone(ZoneInfo(zone)).utcoffset()) for number in range(366)
    ]
    for (before, old), (_, new) in pairwise(offsets):
        if old != new:
            day = before.astimezone(ZoneInfo(zone)).date() + beside * DAY
            for at in (wall, time(0), time(2, 30), time(1, 30)):
                assert moment(day, at, ZoneInfo(zone)) == first_minute(day, at, zone)


@settings(max_examples=60, deadline=None)
@given(any_rules, days)
def test_slots_follow_each_other_as_the_walk_says(rule: Rule, first: date) -> None:
    last = first + 40 * DAY
    expected = list(
        daily(first, last, rule.wall, rule.zone)
        if rule.weekday is None
        else weekly(first, last, rule.wall, rule.zone, rule.weekday)
    )
    assert [slot_after(rule, one, EPOCH) for one in expected[:-1]] == expected[1:]


@settings(max_examples=60, deadline=None)
@given(any_rules, moments)
def test_a_new_rule_begins_with_its_first_moment(rule: Rule, now: datetime) -> None:
    first, last = now.date() - 3 * DAY, now.date() + 12 * DAY
    expected = (
        daily(first, last, rule.wall, rule.zone)
        if rule.weekday is None
        else weekly(first, last, rule.wall, rule.zone, rule.weekday)
    )
    assert slot_after(rule, None, now) == next(one for one in expected if one > now)


@settings(max_examples=300, deadline=None)
@given(rules, rules, moments, st.floats(0, 1))
def test_a_rule_changed_in_mid_week_neither_skips_nor_doubles_a_week(
    old: Rule, new: Rule, start: datetime, when: float
) -> None:
    last = slot_after(old, None, start)
    following = slot_after(old, last, start)
    changed = last + when * (following - last)
    assume(changed < following)
    for _ in range(4):
        slot = slot_after(new, last, changed)
        assert slot > changed
        assert 5 * DAY <= slot - last < 10 * DAY
        last = slot
    assert on_the_wall(last, new.zone) == on_the_wall(first_minute(_day(last, new), new.wall, new.zone), new.zone)


def _day(slot: datetime, rule: Rule) -> date:
    """Return the nearest day of a weekly rule."""
    local = on_the_wall(slot, rule.zone).date()
    return min((local + n * DAY for n in range(-1, 2)), key=lambda day: (day.weekday() - (rule.weekday or 0)) % 7 != 0)


@settings(max_examples=150, deadline=None)
@given(st.lists(rules, min_size=2, max_size=6), moments, st.lists(st.floats(0, 1), min_size=6, max_size=6))
def test_even_one_change_after_another_keeps_the_weeks_apart(
    several: list[Rule], start: datetime, whens: list[float]
) -> None:
    last = slot_after(several[0], None, start)
    rule, since = several[0], start
    for new, when in zip(several[1:], whens, strict=False):
        following = slot_after(rule, last, since)
        assert 5 * DAY <= following - last < 11 * DAY
        changed = last + when * (following - last)
        if changed < following:
            rule, since = new, changed
        last = slot_after(rule, last, since)


@pytest.mark.parametrize(
    ("weekday", "next_slots"),
    [
        ("Mon", "Mon 9, Mon 16"),
        ("Tue", "Tue 10, Tue 17"),
        ("Wed", "Wed 11, Wed 18"),
        ("Thu", "Sat 7, Thu 12"),
        ("Fri", "Sun 8, Fri 13"),
        ("Sat", "Sat 7, Sat 14"),
        ("Sun", "Sun 8, Sun 15"),
    ],
)
def test_a_move_from_monday_on_a_tuesday(weekday: str, next_slots: str) -> None:
    number = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].index(weekday)
    rule, changed = Rule(time(9), "UTC", number), datetime(2026, 3, 3, 12, tzinfo=UTC)
    first = slot_after(rule, datetime(2026, 3, 2, 9, tzinfo=UTC), changed)
    second = slot_after(rule, first, changed)
    assert f"{first:%a} {first.day}, {second:%a} {second.day}" == next_slots


def test_a_daily_rule_that_changes_begins_on_the_next_date() -> None:
    last, now = datetime(2026, 3, 2, 9, tzinfo=UTC), datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert slot_after(Rule(time(18), "UTC"), last, now) == datetime(2026, 3, 3, 18, tzinfo=UTC)
    assert slot_after(Rule(time(7), "UTC"), last, now) == datetime(2026, 3, 3, 7, tzinfo=UTC)


def test_a_year_has_as_many_mondays_as_it_has() -> None:
    rule = Rule(time(9), "Europe/Berlin", 0)
    slots = [datetime(2019, 12, 30, 8, tzinfo=UTC)]
    while slots[-1].year < 2021:
        slots.append(slot_after(rule, slots[-1], EPOCH))
    weeks = [slot.isocalendar()[:2] for slot in slots]
    assert weeks == [(2020, week) for week in range(1, 54)] + [(2021, 1)]


MONDAYS = Rule(time(9), "Europe/Berlin", 0)
LAST, NOW = datetime(2026, 3, 2, 8, tzinfo=UTC), datetime(2026, 3, 9, 8, tzinfo=UTC)


def test_what_has_just_come_is_due() -> None:
    found = outlook(MONDAYS, LAST, EPOCH, NOW)
    assert (found.due, found.missed, found.next) == (NOW, (), NOW + 7 * DAY)


def test_what_has_not_come_is_not_due() -> None:
    found = outlook(MONDAYS, LAST, EPOCH, NOW - timedelta(microseconds=1))
    assert (found.due, found.missed, found.next) == (None, (), NOW)


def test_late_is_due_within_two_days_and_missed_after_them() -> None:
    assert outlook(MONDAYS, LAST, EPOCH, NOW + 48 * HOUR).due == NOW
    found = outlook(MONDAYS, LAST, EPOCH, NOW + 48 * HOUR + timedelta(microseconds=1))
    assert (found.due, found.missed, found.next) == (None, (NOW,), NOW + 7 * DAY)


def test_after_weeks_away_only_the_latest_is_posted() -> None:
    found = outlook(MONDAYS, LAST, EPOCH, NOW + 14 * DAY + HOUR)
    assert (found.due, found.missed) == (NOW + 14 * DAY, (NOW, NOW + 7 * DAY))
    assert found.next == datetime(2026, 3, 30, 7, tzinfo=UTC), "the clocks have changed"


def test_a_clock_that_goes_back_repeats_nothing() -> None:
    found = outlook(MONDAYS, NOW, EPOCH, NOW - 3 * HOUR)
    assert (found.due, found.missed, found.next) == (None, (), NOW + 7 * DAY)


def test_of_daily_posts_yesterdays_is_not_sent_when_todays_has_come() -> None:
    tips, last = Rule(time(9), "UTC"), datetime(2026, 3, 2, 9, tzinfo=UTC)
    found = outlook(tips, last, EPOCH, last + 2 * DAY + HOUR)
    assert (found.due, found.missed) == (last + 2 * DAY, (last + DAY,))
    assert until(tips, last) == last + DAY
    assert until(MONDAYS, LAST) == LAST + 48 * HOUR


@settings(max_examples=100, deadline=None)
@given(any_rules, moments, st.integers(0, 60 * 24 * 40))
def test_every_slot_is_due_missed_or_still_to_come(rule: Rule, last: datetime, minutes: int) -> None:
    start = slot_after(rule, None, last)
    now = start + minutes * timedelta(minutes=1)
    found = outlook(rule, start, EPOCH, now)
    told = [*found.missed, *([found.due] if found.due else []), found.next]
    assert told[0] == slot_after(rule, start, EPOCH)
    assert all(slot_after(rule, one, EPOCH) == another for one, another in pairwise(told))
    assert found.next > now
    assert all(one <= now for one in told[:-1])
