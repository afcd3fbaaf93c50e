"""The clock jumps, ahead and back: answers go on, and what is kept stays right."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.calls import Call, Source, Speaker, Status, Typed
from bot.models import Handle, Place
from bot.scheduler.heartbeat import heartbeat
from bot.wiring import House, rounds_of
from tests.clock import ManualClock

JUMPS = {"an hour ahead": 1, "a year ahead": 8760, "a month back": -720, "ten years back": -87_600}


async def says(house: House, line: str, number: int) -> Status:
    speaker = Speaker(Handle("console", "", "ada"), "Ada", Place("console", "lab"), "Lab")
    answer = await house.dispatcher.handle(Call(f"call-{number}", Source.SLASH, speaker, Typed(line)))
    return answer.status


@pytest.mark.parametrize("hours", JUMPS.values(), ids=JUMPS)
async def test_it_goes_on_after_a_jump_and_after_its_end(house: House, clock: ManualClock, hours: int) -> None:
    lines = ("checkin before", "streak", "progress", "challenge", "tip")
    number = 0
    for jump in (timedelta(0), timedelta(hours=hours), timedelta(hours=-hours)):
        clock.advance(seconds=jump.total_seconds())
        for one in rounds_of(house):
            await one.work()
        for line in lines:
            number += 1
            clock.advance(seconds=20)
            assert await says(house, line, number) in (Status.DONE, Status.REFUSED)
        assert (await house.store.verify()).differences == ()


async def test_a_heart_that_beat_in_the_future_beats_again(house: House, clock: ManualClock) -> None:
    beat = heartbeat(house.store)
    clock.advance(days=400)
    await beat.work()
    clock.advance(days=-400)
    await beat.work()
    pulse = await house.store.pulse()
    assert pulse.beat == clock.now()
    assert await says(house, "checkin hello", 1) is Status.DONE
