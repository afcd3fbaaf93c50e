"""Whatever happens to a member: incremental, recomputed and the oracle's are the same numbers."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import event, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.services.streaks import State, WeekKind, recompute, weeks
from tests.services.streaks.judging import Reader, expect_one_truth
from tests.services.streaks.lives import (
    Life,
    Move,
    acting,
    excusing,
    learning,
    lives,
    starts,
    travelling,
    waiting,
    waits,
    zones,
)

LIVED = settings(max_examples=220, stateful_step_count=14, deadline=None)
TOLD = settings(max_examples=250, deadline=None)


class Membership(RuleBasedStateMachine):
    """One member, active, away, travelling, excused; the state is text between two facts."""

    @initialize(start=starts, zone=zones)
    def join(self, start: datetime, zone: str) -> None:
        self.life = Life(start, zone)
        self.reader = Reader()

    @rule(move=acting)
    def act(self, move: Move) -> None:
        self._live(move)

    @rule(move=acting)
    def act_again(self, move: Move) -> None:
        self._live(move)

    @rule(move=waiting)
    def let_time_pass(self, move: Move) -> None:
        self._live(move)

    @rule(move=travelling)
    def travel(self, move: Move) -> None:
        self._live(move)

    @rule(move=excusing)
    def be_excused(self, move: Move) -> None:
        self._live(move)

    @rule(move=learning)
    def learn_late(self, move: Move) -> None:
        self._live(move)

    @rule(later=waits, zone=zones)
    def look_ahead(self, later: timedelta, zone: str) -> None:
        expect_one_truth(self.life, [self.reader.state], self.life.now + later, ZoneInfo(zone))

    @invariant()
    def all_three_agree(self) -> None:
        last = self.life.facts[-1].at if self.life.facts else self.life.now
        for hours in (0, 36, 47, 9 * 24):
            at = max(self.life.now, last + timedelta(hours=hours))
            expect_one_truth(self.life, [self.reader.state], at, self.life.where)

    def _live(self, move: Move) -> None:
        move(self.life)
        self.reader.read(self.life)
        self.reader.through_text()

    def teardown(self) -> None:
        if hasattr(self, "life"):
            for week in weeks(self.life.facts, self.life.excused, self.life.now, self.life.where):
                event(week.kind)


TestMembership = Membership.TestCase
TestMembership.settings = LIVED


@given(lives, waits, zones)
@TOLD
def test_fact_by_fact_and_all_at_once_are_what_the_oracle_says(life: Life, later: timedelta, zone: str) -> None:
    reader = Reader()
    reader.read(life)
    expect_one_truth(life, [reader.state], life.now + later, ZoneInfo(zone))


@given(lives)
@TOLD
def test_a_state_is_the_same_after_it_was_text(life: Life) -> None:
    state = recompute(life.facts, life.excused)
    if state is not None:
        assert State.from_text(state.to_text()) == state


@given(st.text())
@TOLD
def test_no_text_breaks_the_reading(text: str) -> None:
    assert State.from_text(text) is None


def test_the_lives_hold_every_kind_of_week() -> None:
    met: Counter[WeekKind] = Counter()

    @given(lives)
    @settings(TOLD, max_examples=300, derandomize=True, database=None)
    def count(life: Life) -> None:
        met.update({week.kind for week in weeks(life.facts, life.excused, life.now, life.where)})

    count()
    assert {kind for kind in WeekKind if met[kind] >= 10} == set(WeekKind)
