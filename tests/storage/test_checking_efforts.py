"""What efforts count is what there is to count, and where it is not, that is found and mended."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from sqlite3 import Connection

import pytest

from bot.models import Community, Handle, Person
from bot.ports import Store
from storage import checking_efforts
from storage.driver import connect
from tests.storage.conftest import SetClock
from tests.storage.weeks import open_week, sends

DAMAGES = {
    "tries": (
        "UPDATE efforts SET tried = 9",
        "Round 1 counts 9 tries and 1 right answers of member 1 instead of 3 and 1.",
    ),
    "parts": (
        "UPDATE efforts SET parts = 0",
        "Round 1 counts 3 tries and 0 right answers of member 1 instead of 3 and 1.",
    ),
    "an answer": ("DELETE FROM attempts", "Round 1 counts 3 tries and 1 right answers of member 1 instead of 2 and 0."),
    "an upload": ("DELETE FROM uploads", "Round 1 counts 3 tries and 1 right answers of member 1 instead of 2 and 1."),
    "a project": (
        "INSERT INTO handins (round_id, person_id, link, words, at) VALUES (1, 1, 'l', 'w', 'now')",
        "Round 1 counts 3 tries and 1 right answers of member 1 instead of 4 and 1.",
    ),
}


@pytest.fixture
def connection(store: Store, path: Path) -> Iterator[Connection]:
    opened = connect(str(path), busy_seconds=1)
    yield opened
    opened.close()


async def upload(store: Store, round_id: int, person_id: int, day: int = 1) -> None:
    await store.efforts.upload(
        round_id, person_id, date(2026, 3, day), public=0.5, private=0.5, shown=None, better=False, a_day=2
    )


@pytest.mark.parametrize(("damage", "sentence"), DAMAGES.values(), ids=DAMAGES)
async def test_a_difference_is_said_and_mended(
    store: Store, guild: Community, ada: Person, connection: Connection, damage: str, sentence: str
) -> None:
    week = await open_week(store, guild)
    await sends(store, week.id, ada.id)(correct=True)
    await upload(store, week.id, ada.id)
    await store.efforts.answer(week.id, ada.id, 0, "a")
    assert (await store.verify()).differences == ()
    connection.execute(damage)
    mended = await store.verify(mend=True)
    assert (mended.differences, mended.mended) == ((sentence,), True)
    assert (await store.verify()).differences == ()


async def test_many_are_looked_at_in_slices(
    store: Store, guild: Community, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking_efforts, "SLICE", 2)
    for number in range(5):
        person = await store.people.enter(Handle("discord", "", f"m{number}"), "Dee")
        for turn in range(2):
            await store.efforts.enter((await open_week(store, guild, turn)).id, person.id)
    connection.execute("UPDATE efforts SET tried = 1")
    verdict = await store.verify(mend=True)
    assert (verdict.checked["efforts"], len(verdict.differences), verdict.mended) == (10, 10, True)
    assert (await store.verify()).differences == ()


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_members_do_the_counts_are_right(
    store: Store, guild: Community, clock: SetClock, seed: int
) -> None:
    chance = random.Random(seed)
    people = [(await store.people.enter(Handle("discord", "", f"m{number}"), "Dee")).id for number in range(3)]
    weeks = [(await open_week(store, guild, number)).id for number in range(2)]
    for turn in range(60):
        week, person = chance.choice(weeks), chance.choice(people)
        send = sends(store.during(f"c{turn // 2}"), week, person)
        acts = (
            lambda send=send: send(chance.randrange(2), correct=chance.random() < 0.3),
            lambda week=week, person=person: upload(store, week, person, chance.randrange(1, 4)),
            lambda week=week, person=person: store.efforts.answer(week, person, chance.randrange(3), "a"),
            lambda week=week, person=person: store.reviews.hand_in(week, person, "https://example.org", "Mine"),
        )
        await chance.choice(acts)()
        clock.forward(chance.choice([timedelta(seconds=30), timedelta(minutes=10)]))
    assert (await store.verify()).differences == ()
    efforts = [effort for week in weeks for effort in await store.efforts.all(week)]
    assert sum(effort.tried for effort in efforts) > 20
