"""Typed answers wait, are counted and kept in one transaction."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.models import Community, Person
from bot.models.challenges import Attempt, Round
from bot.ports import Store
from storage.opening import open_sqlite
from tests.storage.conftest import BO, SetClock
from tests.storage.weeks import WAITS, Attempts, open_week, sends

MINUTE = timedelta(minutes=1)
AT_ONCE = 50


@pytest.fixture
async def week(store: Store, guild: Community) -> Round:
    return await open_week(store, guild)


@pytest.fixture
def send(store: Store, week: Round, ada: Person) -> Attempts:
    return sends(store, week.id, ada.id)


@pytest.fixture
async def programs(store: Store, path: Path, clock: SetClock) -> AsyncIterator[tuple[Store, Store]]:
    """Two programs with the same database."""
    other = await open_sqlite(path, clock)
    yield store, other
    await other.close()


async def counts(store: Store, week: Round, person: Person) -> tuple[int, int]:
    effort = await store.efforts.of(week.id, person.id)
    assert effort is not None
    return effort.tried, effort.parts


async def test_each_wrong_answer_makes_the_next_one_wait_longer(send: Attempts, clock: SetClock) -> None:
    for wrong, wait in enumerate((*WAITS, WAITS[-1], WAITS[-1]), start=1):
        assert await send() == Attempt(True, wrong=wrong)
        until = clock.now() + wait
        for pause in (timedelta(), wait - timedelta(microseconds=1)):
            clock.forward(pause)
            assert await send(correct=True) == Attempt(False, wait=until, wrong=wrong)
        clock.forward(timedelta(microseconds=1))


async def test_an_answer_that_came_too_early_counts_nothing(
    store: Store, send: Attempts, week: Round, ada: Person, clock: SetClock
) -> None:
    await send()
    for _ in range(5):
        clock.forward(MINUTE / 10)
        await send(correct=True, mark="early")
    clock.forward(MINUTE / 2)
    assert await send(correct=True) == Attempt(True, wrong=1), "it waited from the last wrong one that counted"
    assert await counts(store, week, ada) == (2, 1)
    assert (await store.efforts.numbers(week.id, 1)).parts == ((2, 1),)


async def test_a_part_is_solved_once(store: Store, send: Attempts, week: Round, ada: Person) -> None:
    assert await send(correct=True) == Attempt(True)
    for correct in (True, False):
        assert await send(correct=correct) == Attempt(False, already=True)
    assert await counts(store, week, ada) == (1, 1)


async def test_parts_members_and_rounds_wait_for_themselves(
    store: Store, guild: Community, send: Attempts, week: Round, ada: Person
) -> None:
    await send()
    bo = await store.people.enter(BO, "Bo")
    other = await open_week(store, guild, 1)
    for free in (send(1), sends(store, week.id, bo.id)(), sends(store, other.id, ada.id)()):
        assert await free == Attempt(True, wrong=1)
    assert await counts(store, week, ada) == (2, 0)


async def test_without_waits_nobody_waits(store: Store, week: Round, ada: Person) -> None:
    sent = [await sends(store, week.id, ada.id, waits=())() for _ in range(3)]
    assert sent == [Attempt(True, wrong=wrong) for wrong in (1, 2, 3)]


async def test_a_clock_that_ran_fast_keeps_nobody_waiting(send: Attempts, clock: SetClock) -> None:
    clock.forward(timedelta(days=400))
    await send()
    clock.forward(-timedelta(days=400))
    assert await send() == Attempt(True, wrong=2)


async def test_a_clock_that_was_put_back_a_little_shortens_no_wait(send: Attempts, clock: SetClock) -> None:
    await send()
    until = clock.now() + MINUTE
    clock.forward(-MINUTE / 2)
    assert await send() == Attempt(False, wait=until, wrong=1)


async def test_of_many_answers_at_once_one_counts(
    programs: tuple[Store, Store], week: Round, ada: Person, clock: SetClock
) -> None:
    for wrong, wait in enumerate(WAITS, start=1):
        senders = [sends(programs[turn % 2], week.id, ada.id) for turn in range(AT_ONCE)]
        sent = await asyncio.gather(*(send(mark=f"{turn}") for turn, send in enumerate(senders)))
        early = Attempt(False, wait=clock.now() + wait, wrong=wrong)
        assert Counter(sent) == {Attempt(True, wrong=wrong): 1, early: AT_ONCE - 1}
        assert await counts(programs[0], week, ada) == (wrong, 0)
        clock.forward(wait)
    assert (await programs[0].efforts.numbers(week.id, 1)).parts == ((len(WAITS), 0),)
    assert (await programs[1].verify()).differences == ()


async def test_of_many_right_answers_at_once_one_solves(
    programs: tuple[Store, Store], week: Round, ada: Person
) -> None:
    calls = [programs[turn % 2].during(f"c{turn}") for turn in range(AT_ONCE)]
    sent = await asyncio.gather(*(sends(call, week.id, ada.id)(correct=True) for call in calls))
    assert Counter(sent) == {Attempt(True): 1, Attempt(False, already=True): AT_ONCE - 1}
    assert await counts(programs[0], week, ada) == (1, 1)


async def test_one_call_that_reaches_two_programs_counts_once(
    programs: tuple[Store, Store], week: Round, ada: Person
) -> None:
    calls = [each.during("c1") for each in programs * 10]
    sent = await asyncio.gather(*(sends(call, week.id, ada.id)() for call in calls))
    assert set(sent) == {Attempt(True, wrong=1)}
    assert await counts(programs[0], week, ada) == (1, 0)
