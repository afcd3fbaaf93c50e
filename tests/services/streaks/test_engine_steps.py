"""Going on from what is kept says the same as the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.models import Activity, DayRange, Excused, Outage
from bot.services.streaks import State, Streak, Week, WeekKind, advance, look, recompute, weeks
from tests.services.streaks.engine_past import MONDAY, NOBODY, ROME, fact, in_weeks, local, on, step_by_step

HONOLULU = "Pacific/Honolulu"
ZONES = (ROME, "America/New_York", "Asia/Kolkata", "Pacific/Kiritimati", HONOLULU, "Etc/GMT+12")
START = datetime(2026, 9, 21, 3, tzinfo=UTC)  # the clocks change in some of the following weeks
TWO_MONTHS = 60 * 24 * 60

# Mostly hours or days, sometimes weeks: so chains and streaks both live and end.
pauses_between = st.one_of(
    st.integers(0, 60), st.integers(600, 3200), st.integers(1440, 6 * 1440), st.integers(7 * 1440, 20 * 1440)
)
ranges = st.builds(
    lambda first, length: DayRange(
        (START + timedelta(days=first)).date(), (START + timedelta(days=first + length)).date()
    ),
    st.integers(0, 120),
    st.integers(0, 12),
)
outages = st.builds(
    lambda start, length: Outage(START + timedelta(minutes=start), START + timedelta(minutes=start + length)),
    st.integers(0, 2 * TWO_MONTHS),
    st.sampled_from((20, 59, 60, 600, 3000)),
)
excuses = st.builds(
    Excused,
    st.lists(ranges, max_size=2).map(tuple),
    st.lists(ranges, max_size=2).map(tuple),
    st.lists(outages, max_size=8).map(tuple),
)


@st.composite
def pasts(draw: st.DrawFn) -> list[Activity]:
    """Draw a past in which somebody rarely moves."""
    zone, at, facts = draw(st.sampled_from(ZONES)), START, []
    for number in range(1, draw(st.integers(1, 40)) + 1):
        at += timedelta(minutes=draw(pauses_between))
        if draw(st.integers(0, 9)) == 0:
            zone = draw(st.sampled_from(ZONES))
        facts.append(fact(at, zone, number))
    return facts


def later_looks(state: State | None, excused: Excused, since: datetime) -> list[Streak]:
    hours = (0, 5, 24, 30, 40, 47, 72, 7 * 24, 9 * 24, 15 * 24, 30 * 24, 80 * 24)
    return [
        look(state, excused, since + timedelta(hours=hour), ZoneInfo(zone)) for hour in hours for zone in ZONES[::2]
    ]


@given(pasts(), excuses)
@settings(max_examples=80, deadline=None)
def test_going_on_equals_recomputing(facts: list[Activity], excused: Excused) -> None:
    state: State | None = None
    for number, one in enumerate(facts, start=1):
        whole = recompute(facts[:number], excused)
        following = advance(state, one)
        if following is not None:
            assert later_looks(following, excused, one.at) == later_looks(whole, excused, one.at)
        state = following or whole
        assert state is not None
        assert State.from_text(state.to_text()) == state


@given(pasts(), excuses, st.integers(0, 120 * 24), st.sampled_from(ZONES))
@settings(max_examples=150, deadline=None)
def test_the_numbers_are_those_of_the_story(facts: list[Activity], excused: Excused, hours: int, zone: str) -> None:
    now = facts[-1].at + timedelta(hours=hours)
    streak = look(recompute(facts, excused), excused, now, ZoneInfo(zone))
    story = weeks(facts, excused, now, ZoneInfo(zone))
    active = [week for week in story if week.kind is WeekKind.ACTIVE]
    assert (streak.monday, streak.count, streak.held) == (story[-1].monday, story[-1].count, story[-1].held)
    assert streak.best == max(week.count for week in story)
    assert (streak.active_weeks, streak.gold_weeks) == (len(active), sum(week.gold for week in active))
    assert (streak.kept, streak.days_this_week) == (story[-1].kind is WeekKind.ACTIVE, story[-1].days)
    assert streak.last_frozen == _last(story, WeekKind.FROZEN)
    assert (streak.loss.week if streak.loss else None) == _last(story, WeekKind.LOST)
    assert streak.active_days == sum(len(week.days) for week in story) == len({one.day for one in facts})


def _last(story: list[Week], kind: WeekKind) -> object:
    return next((week.monday for week in reversed(story) if week.kind is kind), None)


@given(pasts(), excuses, st.integers(0, 40 * 24), st.sampled_from(ZONES))
@settings(max_examples=100, deadline=None)
def test_moving_never_makes_a_number_smaller(facts: list[Activity], excused: Excused, hours: int, zone: str) -> None:
    state, now = recompute(facts, excused), facts[-1].at + timedelta(hours=hours)
    home, away = (look(state, excused, now, ZoneInfo(name)) for name in (facts[-1].zone, zone))
    assert away.count >= home.count
    assert away.held >= home.held


@pytest.mark.parametrize(
    "facts",
    [
        [*on(0), *on(0, clock="12:05")],
        on(0, 1),
        on(0, 3),
        on(0, 7),
        on(6, 7),
        on(0, 2, 4, 7, 9, 11),
        in_weeks(*range(6)),
    ],
)
def test_the_usual_next_fact_needs_no_ledger(facts: list[Activity]) -> None:
    assert step_by_step(facts)[1] == 0


def test_the_second_fact_after_a_loss_needs_no_ledger() -> None:
    facts = in_weeks(0, 1, 3, 3)
    state = recompute(facts[:-1], NOBODY)
    following = advance(state, facts[-1])
    now = local(MONDAY + timedelta(days=24))
    assert look(state, NOBODY, now, ZoneInfo(ROME)).count == 1
    assert look(following, NOBODY, now, ZoneInfo(ROME)).count == 3


def test_what_needs_context_asks_for_the_ledger() -> None:
    noon, kiritimati = on(2), "Pacific/Kiritimati"
    state = recompute(on(0, 2), NOBODY)
    assert advance(state, on(1)[0]) is None  # earlier
    assert advance(state, on(16)[0]) is None  # a week between
    ahead = recompute([fact(noon[0].at, kiritimati)], NOBODY)
    assert advance(ahead, fact(noon[0].at + timedelta(hours=1), HONOLULU)) is None  # a day backwards


def test_a_travel_day_in_the_week_to_come_is_remembered() -> None:
    came = fact(local(MONDAY + timedelta(days=6), "20:00", HONOLULU), HONOLULU)
    again = fact(came.at + timedelta(hours=1), HONOLULU)
    state, needed = step_by_step([*on(2, zone="Pacific/Kiritimati"), came, again])
    assert needed == 0
    now = local(MONDAY + timedelta(days=15), zone=HONOLULU)
    assert look(state, NOBODY, now, ZoneInfo(HONOLULU)).count == 1


def test_a_travel_day_in_a_week_that_is_over_asks_for_the_ledger() -> None:
    # The rules of a zone changed after the day was written down.
    early = replace(fact(local(MONDAY, "03:30")), day=MONDAY)
    assert advance(advance(None, early), on(0, zone="Europe/Paris")[0]) is not None
    assert (
        advance(advance(None, early), replace(early, at=early.at + timedelta(minutes=1), zone="Europe/Paris")) is None
    )


def test_the_same_fact_is_not_taken_in_twice() -> None:
    one = replace(on(0)[0], id=7)
    assert advance(advance(None, one), one) is None
    assert advance(advance(None, one), replace(one, id=8)) is not None


def test_gaps_between_days_are_few_and_then_the_ledger_judges_them() -> None:
    facts = on(*(7 * week + day for week in range(8) for day in (0, 2, 4)))
    state, needed = step_by_step(facts)
    assert 0 < needed < 4
    assert state is not None
    assert len(state.to_text()) < 700


def test_a_state_keeps_its_size() -> None:
    sizes = []
    for count in (10, 600):
        state = recompute(in_weeks(*range(count)), NOBODY)
        assert state is not None
        sizes.append(len(state.to_text()))
    assert sizes[1] - sizes[0] < 12


@pytest.mark.parametrize(
    "text", ["", "1", "0 00000000 []", "not a state", "1 00000000 []", "2 6f8a3c11 {}", "1 \ud800 \ud800"]
)
def test_what_is_not_a_state_is_not_read(text: str) -> None:
    assert State.from_text(text) is None


def test_a_broken_or_older_state_is_not_read() -> None:
    state = recompute(in_weeks(0, 1, 3), NOBODY)
    assert state is not None
    text = state.to_text()
    assert State.from_text(text) == state
    assert State.from_text(text[:-3]) is None
    assert State.from_text(text.replace("2026", "2027", 1)) is None
    assert State.from_text(f"0{text[1:]}") is None
