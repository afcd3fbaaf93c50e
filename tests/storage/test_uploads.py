"""Predictions that were scored: so many a day."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.models import Community, Person
from bot.models.challenges import Round, Uploaded
from bot.ports import Store
from storage.opening import open_sqlite
from tests.storage.conftest import BO, SetClock
from tests.storage.weeks import open_week

TODAY = date(2026, 3, 1)
A_DAY, AT_ONCE = 5, 50


@pytest.fixture
async def week(store: Store, guild: Community) -> Round:
    return await open_week(store, guild)


def upload(
    store: Store,
    week: Round,
    person: Person,
    day: date = TODAY,
    *,
    score: float = 0.5,
    shown: float | None = None,
    better: bool = False,
) -> Awaitable[Uploaded]:
    return store.efforts.upload(
        week.id, person.id, day, public=score, private=score - 0.1, shown=shown, better=better, a_day=A_DAY
    )


async def test_a_day_has_so_many_and_the_next_one_as_many_again(store: Store, week: Round, ada: Person) -> None:
    for day in (TODAY, TODAY + timedelta(days=1)):
        said = [await upload(store, week, ada, day) for _ in range(A_DAY + 2)]
        assert said == [Uploaded(True, left) for left in (4, 3, 2, 1, 0)] + [Uploaded(False, 0)] * 2
    (effort,) = await store.efforts.all(week.id)
    assert effort.tried == 2 * A_DAY


async def test_members_and_rounds_have_days_of_their_own(
    store: Store, guild: Community, week: Round, ada: Person
) -> None:
    await upload(store, week, ada)
    bo, other = await store.people.enter(BO, "Bo"), await open_week(store, guild, 1)
    assert await upload(store, week, bo) == await upload(store, other, ada) == Uploaded(True, 4)


async def test_the_best_scores_and_the_shown_one_are_kept(store: Store, week: Round, ada: Person) -> None:
    steps: list[tuple[float, float | None, bool, tuple[float | None, float | None]]] = [
        (0.3, None, False, (None, None)),
        (0.52, 0.5, True, (0.5, 0.52)),
        (0.4, None, False, (0.5, 0.52)),
        (0.53, None, True, (0.5, 0.53)),
    ]
    for score, shown, better, kept in steps:
        await upload(store, week, ada, score=score, shown=shown, better=better)
        effort = await store.efforts.of(week.id, ada.id)
        assert effort is not None
        assert (effort.shown, effort.public) == kept
        assert effort.private == (kept[1] - 0.1 if kept[1] is not None else None)


async def test_one_that_is_too_many_changes_nothing(store: Store, week: Round, ada: Person) -> None:
    for _ in range(A_DAY):
        await upload(store, week, ada, better=True)
    before = await store.efforts.of(week.id, ada.id)
    assert await upload(store, week, ada, score=0.9, shown=0.9, better=True) == Uploaded(False, 0)
    assert await store.efforts.of(week.id, ada.id) == before


async def test_a_second_delivery_takes_nothing_from_the_day(store: Store, week: Round, ada: Person) -> None:
    said = [await upload(store.during("c1"), week, ada) for _ in range(3)]
    assert said == [Uploaded(True, 4)] * 3
    assert await upload(store.during("c2"), week, ada) == Uploaded(True, 3)


async def test_of_many_at_once_a_days_worth_counts(
    store: Store, path: Path, clock: SetClock, week: Round, ada: Person
) -> None:
    other = await open_sqlite(path, clock)  # another program with the same database
    programs = (store, other)
    try:
        said = await asyncio.gather(*(upload(programs[turn % 2], week, ada) for turn in range(AT_ONCE)))
    finally:
        await other.close()
    taken = {Uploaded(True, left): 1 for left in range(A_DAY)}
    assert Counter(said) == {**taken, Uploaded(False, 0): AT_ONCE - A_DAY}
    (effort,) = await store.efforts.all(week.id)
    assert effort.tried == A_DAY
    assert (await store.verify()).differences == ()
