"""What is kept beside the ledger always says what the ledger says, and where it does not, that is found and mended."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from sqlite3 import Connection
from zoneinfo import ZoneInfo

import pytest

from bot.models import Activity, Community, DayRange, Handle, Person, Place
from bot.ports import Store
from bot.services.days import member_day
from storage import checking_counts, checking_people
from storage.derived import rebuild_person
from storage.driver import connect
from storage.verifying import CHECKS, differences
from tests.storage.conftest import BO, SetClock

DAY = timedelta(days=1)
ZONES = ("UTC", "Pacific/Kiritimati", "Pacific/Honolulu", "Europe/Berlin")


def fact(person_id: int, community_id: int | None, at: datetime, key: str, **more: object) -> Activity:
    zone = ZONES[sum(map(ord, key)) % len(ZONES)]
    day = member_day(at.astimezone(ZoneInfo(zone)))
    return Activity(person_id, community_id, "tip", "t", at, zone, day, key, **more)  # type: ignore[arg-type]


@pytest.fixture
async def lived(store: Store, ada: Person, guild: Community, clock: SetClock) -> Store:
    """A store in which two members did something and one is on the board."""
    bo = await store.people.enter(BO, "Bo")
    await store.boards.join(guild.id, ada.id)
    for person in (ada, bo):
        for number in range(3):
            at = clock.now() + number * 8 * DAY
            await store.activities.record(fact(person.id, guild.id, at, f"{number}", points=3))
    await store.gaps.ask(guild.id, "Why?", ada.id)
    return store


@pytest.fixture
def connection(store: Store, path: Path) -> Iterator[Connection]:
    opened = connect(str(path), busy_seconds=1)
    yield opened
    opened.close()


async def test_a_new_store_is_as_it_should_be(store: Store) -> None:
    verdict = await store.verify()
    assert verdict.differences == ()
    assert verdict.mended is False
    assert verdict.checked["members"] == verdict.checked["boards"] == 0


async def test_it_says_how_far_it_is(lived: Store, guild: Community, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        await lived.communities.enter(Place("discord", f"other-{number}"), "Another")
    monkeypatch.setattr(checking_people, "SLICE", 1)
    heard: list[tuple[str, int, int]] = []
    await lived.verify(progress=lambda *said: heard.append(said))
    assert heard[0] == ("Looking for damage", 0, 0), "nobody knows how far SQLite is"
    compared = [(done, total) for stage, done, total in heard if stage == "Comparing"]
    assert compared == sorted(compared)
    assert compared[-1][0] == compared[-1][1]
    per_check = compared[-1][1] // len(CHECKS)
    within = {done % per_check for done, _ in compared} - {0}
    assert len(within) >= 5, "it moves within a check as well"


async def test_what_was_looked_at_is_counted(lived: Store) -> None:
    verdict = await lived.verify()
    assert verdict.differences == ()
    counted = {"files": 1, "members": 2, "streaks": 2, "members on boards": 1, "questions": 1, "efforts": 0}
    worth = {"memberships": 2, "points in rounds": 0, "best scores": 0}
    # Three weeks, one season, all time.
    assert verdict.checked == {**counted, **worth, "boards": 5}


DAMAGES = {
    "streaks": (
        "UPDATE streaks SET state = (SELECT state FROM streaks WHERE person_id = 3) WHERE person_id = 1",
        "The kept streak of member 1 is not what their activities say.",
    ),
    "a streak that nobody can read": (
        "UPDATE streaks SET state = replace(state, '2026', '2025') WHERE person_id = 1",
        "The kept streak of member 1 is not what their activities say.",
    ),
    "something that is no streak": (
        "UPDATE streaks SET state = 'x' WHERE person_id = 1",
        "The kept streak of member 1 is not what their activities say.",
    ),
    "a streak without facts": (
        "UPDATE activities SET taken_back = 'now' WHERE person_id = 2",
        "The kept streak of member 2 is not what their activities say.",
    ),
    "too few points": (
        "UPDATE board_scores SET points = 1 WHERE period = 'all'",
        "The board of community 1 for “all” gives member 1 1 points instead of 9.",
    ),
    "a lost line": (
        "DELETE FROM board_scores WHERE period = 'season 2026-Q1'",
        "The board of community 1 for “season 2026-Q1” gives member 1 0 points instead of 9.",
    ),
    "a line of somebody who is not on the board": (
        "INSERT INTO board_scores VALUES (1, 'all', 2, 600)",
        "The board of community 1 for “all” gives member 2 600 points instead of 0.",
    ),
    "a count": (
        "UPDATE board_counts SET members = 7 WHERE period = 'all'",
        "The board of community 1 for “all” counts 7 members with 9 points instead of 1.",
    ),
    "a count of nobody": (
        "INSERT INTO board_counts VALUES (1, 'old', 5, 2)",
        "The board of community 1 for “old” counts 2 members with 5 points instead of 0.",
    ),
    "a coarse count": (
        "DELETE FROM board_steps WHERE period = 'all'",
        "The board of community 1 for “all” counts 0 members from 0 points on instead of 1.",
    ),
    "a question": ("UPDATE gaps SET asked = 5", "Question 1 counts 5 members instead of 1."),
}


@pytest.mark.parametrize(("damage", "sentence"), DAMAGES.values(), ids=DAMAGES)
async def test_a_difference_is_said_and_mended(
    lived: Store, connection: Connection, clock: SetClock, damage: str, sentence: str
) -> None:
    cy = await lived.people.enter(Handle("discord", "", "3"), "Cy")
    await lived.activities.record(fact(cy.id, None, clock.now(), "k"))
    assert cy.id == 3
    connection.execute(damage)
    found = await lived.verify()
    assert found.differences == (sentence,)
    assert [each.sentence for each in differences(connection, clock.now())] == [sentence]
    assert found.mended is False
    mended = await lived.verify(mend=True)
    assert (mended.differences, mended.mended) == ((sentence,), True)
    assert (await lived.verify()).differences == ()


async def test_what_cannot_be_mended_is_said_all_the_same(lived: Store, connection: Connection) -> None:
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("INSERT INTO told (person_id, what) VALUES (404, 'x')")
    for mend in (False, True, False):
        verdict = await lived.verify(mend=mend)
        assert [each for each in verdict.differences if "told" in each and "people" in each] == [*verdict.differences]
        assert (len(verdict.differences), verdict.mended) == (1, False)


async def test_streaks_that_hold_no_longer_are_no_difference(lived: Store, guild: Community) -> None:
    await lived.streaks.excuse(guild.id, DayRange(date(2026, 3, 3), date(2026, 3, 9)), "Holidays")
    verdict = await lived.verify()
    assert (verdict.differences, verdict.checked["streaks"]) == ((), 0)


async def test_many_members_are_looked_at_in_slices(
    lived: Store, connection: Connection, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking_people, "SLICE", 2)
    monkeypatch.setattr(checking_counts, "SLICE", 2)
    for number in range(5):
        person = await lived.people.enter(Handle("discord", "", f"m{number}"), "Dee")
        await lived.activities.record(fact(person.id, None, clock.now(), "k"))
        await lived.gaps.ask(1, f"What is {number}?", person.id)
    connection.execute("UPDATE gaps SET asked = 9")
    connection.execute("INSERT INTO board_scores SELECT 1, 'all', id, 600 FROM people WHERE id > 2")
    verdict = await lived.verify(mend=True)
    assert (verdict.checked["members"], verdict.checked["questions"]) == (7, 6)
    assert (len(verdict.differences), verdict.mended) == (11, True)
    assert (await lived.verify()).differences == ()


async def test_one_person_can_be_made_anew(lived: Store, connection: Connection, clock: SetClock) -> None:
    connection.execute("DELETE FROM board_scores")
    connection.execute("UPDATE activities SET taken_back = 'now' WHERE person_id = 2")
    rebuild_person(connection, 1)
    rebuild_person(connection, 2)
    assert [*differences(connection, clock.now())] == []
    assert await lived.streaks.kept(2) is None


@pytest.mark.parametrize("seed", range(6))
async def test_whatever_happens_everything_kept_follows(store: Store, clock: SetClock, seed: int) -> None:
    life = Life(store, clock, random.Random(seed))
    await life.begin()
    for _ in range(60):
        await life.go_on()
        assert (await store.verify()).differences == ()


class Life:
    """Some members who do this and that."""

    def __init__(self, store: Store, clock: SetClock, chance: random.Random) -> None:
        self.store, self.clock, self.chance = store, clock, chance
        self.people: list[int] = []
        self.communities: list[int] = []

    async def begin(self) -> None:
        for number in range(3):
            self.people.append((await self.store.people.enter(Handle("discord", "", f"{number}"), "Ada")).id)
            self.communities.append((await self.store.communities.enter(Place("discord", f"{number}"), "Guild")).id)

    async def go_on(self) -> None:
        self.clock.forward(self.chance.choice([timedelta(hours=1), timedelta(hours=20), 3 * DAY, 9 * DAY]))
        acts = [self.act] * 6 + [self.take_back, self.excuse, self.pause, self.join, self.beat]
        await self.chance.choice(acts)(self.chance.choice(self.people), self.chance.choice(self.communities))

    async def act(self, person: int, community: int) -> None:
        at = self.clock.now() - self.chance.choice([timedelta(), timedelta(), 2 * DAY])
        key, points = f"{self.chance.randrange(200)}", self.chance.choice([0, 1, 300])
        credited = self.chance.random() < 0.8
        where = self.chance.choice([community, None])
        new = fact(person, where, at, key, points=points, credited=credited)
        if await self.store.activities.record(new, paid_a_day=2) and credited:
            assert await self.store.streaks.kept(person) is not None

    async def take_back(self, person: int, community: int) -> None:
        facts = await self.store.activities.of(person)
        if facts:
            await self.store.activities.take_back(person, self.chance.choice(facts).id)

    async def excuse(self, person: int, community: int) -> None:
        excuses = await self.store.streaks.excuses(community)
        if excuses and self.chance.random() < 0.5:
            await self.store.streaks.withdraw(excuses[0].id)
        else:
            await self.store.streaks.excuse(community, self._days(), "Holidays")

    async def pause(self, person: int, community: int) -> None:
        pauses = await self.store.streaks.pauses(person)
        if pauses:
            await self.store.streaks.set_pause(pauses[0].id, self.chance.choice([self._days(), None]))
        else:
            await self.store.streaks.pause(person, self._days())

    async def join(self, person: int, community: int) -> None:
        if not await self.store.boards.join(community, person):
            await self.store.boards.leave(community, person)

    async def beat(self, person: int, community: int) -> None:
        await self.store.streaks.beat(30 * DAY)

    def _days(self) -> DayRange:
        first = self.clock.now().astimezone(UTC).date() - self.chance.randrange(9) * DAY
        return DayRange(first, first + self.chance.randrange(9) * DAY)
