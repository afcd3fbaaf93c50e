"""How the engine is held against the oracle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.models import Activity, Excused
from bot.services.streaks import State, advance, look, recompute, weeks
from tests.services.streaks.lives import Life
from tests.services.streaks.oracle_numbers import oracle_look, oracle_weeks


def plain(value: object) -> object:
    """Take a value apart until only plain things are left."""
    if is_dataclass(value) and not isinstance(value, type):
        return {part.name: plain(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value


@dataclass
class Reader:
    """Reads a life as the bot does: fact by fact, and with the whole ledger only where it must."""

    known: list[Activity] = field(default_factory=list)
    excused: Excused = field(default_factory=Excused)
    state: State | None = None
    quick: int = 0
    slow: int = 0

    def read(self, life: Life) -> None:
        """Take in what is new."""
        if life.excused != self.excused:
            self.excused = life.excused
            self.state = recompute(self.known, self.excused)
        read = {fact.id for fact in self.known}
        for fact in sorted(life.facts, key=lambda fact: fact.id):
            if fact.id not in read:
                self._go_on(fact)

    def _go_on(self, fact: Activity) -> None:
        self.known = sorted([*self.known, fact], key=lambda one: (one.at, one.id))
        gone_on = advance(self.state, fact)
        self.quick += gone_on is not None
        self.slow += gone_on is None
        self.state = gone_on or recompute(self.known, self.excused)

    def through_text(self) -> None:
        """Write the state down and read it again."""
        if self.state is not None:
            self.state = State.from_text(self.state.to_text())
            assert self.state is not None


def expect_one_truth(life: Life, states: Sequence[State | None], at: datetime, zone: ZoneInfo) -> None:
    """Expect the oracle's story and numbers, however they came about."""
    told = plain(oracle_look(life.facts, life.excused, at, zone))
    for state in (*states, recompute(life.facts, life.excused)):
        assert plain(look(state, life.excused, at, zone)) == told
    story = plain(oracle_weeks(life.facts, life.excused, at, zone))
    assert plain(weeks(life.facts, life.excused, at, zone)) == story
