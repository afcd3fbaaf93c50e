"""Rounds: work that is done again and again, and never stops for one failure."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.scheduler.rounds import Round, going_round
from bot.scheduler.sweeping import sweeping
from bot.services.comings import Comings
from bot.wiring import House
from tests.clock import ManualClock

MOMENT = timedelta(microseconds=1)


async def test_work_is_done_again_and_again_until_the_end() -> None:
    turns = 0
    enough = asyncio.Event()

    async def work() -> None:
        nonlocal turns
        turns += 1
        if turns == 3:
            enough.set()

    async with going_round([Round("counting", MOMENT, work)]):
        await enough.wait()
    after = turns
    await asyncio.sleep(0)
    assert turns == after


async def test_a_failing_turn_is_told_in_the_log_and_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    turns = 0
    enough = asyncio.Event()

    async def fail() -> None:
        nonlocal turns
        turns += 1
        if turns == 2:
            enough.set()
        raise ValueError("not today")

    async with going_round([Round("failing", MOMENT, fail)]):
        await enough.wait()
    assert "The failing could not be done this time." in caplog.text


async def test_a_turn_that_has_begun_is_finished() -> None:
    begun, go_on, done = asyncio.Event(), asyncio.Event(), False

    async def work() -> None:
        nonlocal done
        begun.set()
        await go_on.wait()
        done = True

    async def open_and_close() -> None:
        async with going_round([Round("slow", timedelta(hours=1), work)]):
            await begun.wait()

    closing = asyncio.ensure_future(open_and_close())
    await begun.wait()
    go_on.set()
    await closing
    assert done


async def test_a_turn_that_does_not_end_is_cut_off(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.scheduler.rounds.FINISHING_SECONDS", 0.01)
    begun = asyncio.Event()

    async def work() -> None:
        begun.set()
        await asyncio.Event().wait()

    async with asyncio.timeout(10), going_round([Round("endless", timedelta(hours=1), work)]):
        await begun.wait()
    assert "could not be finished in time" in caplog.text


async def test_old_answers_are_swept_away(house: House, clock: ManualClock) -> None:
    await house.store.calls.remember_all({"c1": (house.store.calls, "hello")})
    assert await house.store.calls.recent(clock.now() - timedelta(days=30))
    clock.advance(days=3)
    await sweeping(house.store, clock, house.services.get(Comings)).work()
    assert not await house.store.calls.recent(clock.now() - timedelta(days=30))
