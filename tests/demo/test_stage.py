"""The demo: a past that adds up, and a time that goes on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.core.calls import Status
from bot.core.reply import Reply
from bot.demo.acts import Actor
from bot.demo.cast import CAST
from bot.demo.shifted_clock import ShiftedClock
from bot.demo.stage import PLACE_NAME, Stage, next_monday
from bot.models import Place
from bot.services.answers import Answers
from bot.services.reporting import Reporting
from bot.settings import Settings
from bot.wiring import House, open_house
from tests.clock import ManualClock

HERE = Place("web", "home")


@asynccontextmanager
async def playing(folder: Path, base: ManualClock) -> AsyncIterator[tuple[House, Stage]]:
    clock = ShiftedClock(base)
    settings = Settings(database_url=f"sqlite:///{folder / 'demo.db'}")
    async with open_house(settings, clock, strict=True) as house:
        stage = Stage(house.dispatcher, clock, HERE)
        await stage.set_up()
        yield house, stage


async def test_the_past_adds_up_and_time_goes_on(tmp_path: Path, clock: ManualClock) -> None:
    async with playing(tmp_path, clock) as (house, stage):
        assert house.dispatcher.clock.now() == clock.now()
        ada = Actor(house.dispatcher, "Ada", HERE, PLACE_NAME)
        board = await ada.says("/board")
        assert isinstance(board.outcome, Reply)
        assert "You are **" in board.outcome.text
        streak = await ada.says("/streak")
        assert "weeks in a row" in str(streak.outcome)
        report = await Reporting(house.store, house.services.get(Answers), clock).report()
        assert report is not None
        assert len(report.weeks) == 7
        assert all(week.members > 5 for week in report.weeks)
        assert any(one.solved for one in report.rounds)
        assert report.gaps
        hidden = {part.name for part in CAST if not part.on_board}
        assert not hidden & {one.name for one in report.members}

        turns: list[datetime] = []

        async def turn() -> None:
            turns.append(house.dispatcher.clock.now())

        stage.turn = turn
        await stage.go(None)
        monday = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
        assert turns == [monday]
        assert house.dispatcher.clock.now() == monday
        await stage.go(date(2026, 12, 9))
        later = [monday + timedelta(weeks=1), monday + timedelta(weeks=2), monday + timedelta(days=16)]
        assert turns[1:] == later  # what belongs to a Monday on the way is not left out
        assert house.dispatcher.clock.now() == later[-1]
        assert stage.span == (clock.now().date(), date(2027, 1, 16))
        for no in (date(2026, 12, 9), date(2026, 11, 1), date(2027, 1, 17), date.min, date.max):
            await stage.go(no)
        assert house.dispatcher.clock.now() == later[-1]
        assert (await ada.says("/challenge")).status is Status.DONE
        verdict = await house.store.verify()
        assert not verdict.differences


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (datetime(2026, 11, 21, 9, tzinfo=UTC), datetime(2026, 11, 23, 9, 5, tzinfo=UTC)),
        (datetime(2026, 11, 23, 9, 4, tzinfo=UTC), datetime(2026, 11, 23, 9, 5, tzinfo=UTC)),
        (datetime(2026, 11, 23, 9, 5, tzinfo=UTC), datetime(2026, 11, 30, 9, 5, tzinfo=UTC)),
        (datetime(2026, 12, 31, 23, tzinfo=UTC), datetime(2027, 1, 4, 9, 5, tzinfo=UTC)),
    ],
)
def test_the_next_monday_lies_ahead(now: datetime, then: datetime) -> None:
    assert next_monday(now) == then


def test_the_clock_goes_on_from_where_it_was_put() -> None:
    base = ManualClock()
    clock = ShiftedClock(base)
    clock.hold(base.now() + timedelta(days=2))
    base.advance(hours=1)
    assert clock.now() == base.now() + timedelta(days=2, hours=-1)
    clock.go_on(clock.now())
    base.advance(hours=3)
    assert clock.now() == base.now() + timedelta(days=2, hours=-1)
    before = clock.monotonic()
    clock.hold(clock.now() + timedelta(seconds=5))
    assert clock.monotonic() == pytest.approx(before + 5)
    clock.go_on()
    assert clock.now() == base.now()
