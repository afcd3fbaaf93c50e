"""What rounds and communities keep of members agrees with the ledger, and where it does not, that is found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from sqlite3 import Connection

import pytest

from bot.models import Activity, Community, Person
from bot.ports import Store
from bot.services.credits import CHALLENGE_DONE
from bot.services.days import member_day
from storage.driver import connect
from tests.storage.conftest import SetClock

WEEK = timedelta(weeks=1)


@pytest.fixture
async def lived(store: Store, ada: Person, guild: Community, clock: SetClock) -> Store:
    """A round in which one member solved something and uploaded something."""
    now = clock.now()
    opened = await store.rounds.open(guild.id, "c.one", "{}", now, now + WEEK)
    for part, points in ((1, 4), (2, 6)):
        subject = f"c.one:{opened.id}:part:{part}"
        key = CHALLENGE_DONE.key(subject, member_day(now))
        await store.activities.record(
            Activity(ada.id, guild.id, CHALLENGE_DONE.kind, subject, now, "UTC", member_day(now), key, points=points)
        )
    await store.efforts.reward(opened.id, ada.id, 10, solved=True)
    for public in (0.5, 0.75):
        await store.efforts.upload(
            opened.id, ada.id, now.date(), public=public, private=public, shown=None, better=True, a_day=9
        )
    return store


@pytest.fixture
def connection(lived: Store, path: Path) -> Iterator[Connection]:
    opened = connect(str(path), busy_seconds=1)
    yield opened
    opened.close()


async def test_all_is_as_it_should_be(lived: Store) -> None:
    verdict = await lived.verify()
    assert verdict.differences == ()
    names = ("memberships", "points in rounds", "best scores")
    assert {name: verdict.checked[name] for name in names} == dict.fromkeys(names, 1)


async def test_points_that_the_ledger_does_not_know(lived: Store, connection: Connection) -> None:
    connection.execute("UPDATE efforts SET points = 99")
    sentence = "Round 1 keeps 99 points of member 1 instead of 10."
    assert (await lived.verify()).differences == (sentence,)
    assert (await lived.verify(mend=True)).mended
    assert (await lived.verify()).differences == ()
    assert connection.execute("SELECT points FROM efforts").fetchall() == [(10,)]


async def test_a_best_score_that_nobody_uploaded(lived: Store, connection: Connection) -> None:
    connection.execute("UPDATE efforts SET public = 0.99")
    verdict = await lived.verify(mend=True)
    assert verdict.differences == ("Round 1 keeps a best score of member 1 that no upload has.",)
    assert not verdict.mended, "only the round knows whether more is better"


async def test_somebody_who_does_not_belong(lived: Store, connection: Connection) -> None:
    connection.execute("DELETE FROM memberships")
    sentence = "Member 1 did something in community 1 and does not belong to it."
    assert (await lived.verify(mend=True)).differences == (sentence,)
    assert (await lived.verify()).differences == ()
