from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.models import Activity, Board, Community, Handle, Person, Place, Standing
from bot.ports import Store
from storage.driver import connect
from storage.periods import periods_of

MONDAY = date(2026, 11, 16)
WEEK, SEASON, ALL = "week 2026-11-16", "season 2026-Q4", "all"


async def earn(store: Store, person_id: int, points: int, *, day: date = MONDAY, place: Community | None = None) -> str:
    """Record a fact with these points, and return its key."""
    done = len(await store.activities.of(person_id))
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    key = f"{person_id}-{done}-{day}"
    community = place.id if place else None
    assert await store.activities.record(Activity(person_id, community, "t", "s", at, "UTC", day, key, points=points))
    return key


async def members(store: Store, guild: Community, *points: int) -> list[Person]:
    """Let somebody join the board for each of these points."""
    people = []
    for number, earned in enumerate(points):
        people.append(await store.people.enter(Handle("discord", "", f"m{number}"), f"M{number}"))
        await store.boards.join(guild.id, people[-1].id)
        await earn(store, people[-1].id, earned)
    return people


async def show(store: Store, guild: Community, person: Person | None = None, period: str = ALL) -> Board:
    return await store.boards.show(guild.id, period, person.id if person else None, top=3, near=1)


def short(lines: tuple[Standing, ...]) -> list[tuple[int, str, int]]:
    return [(line.rank, line.name, line.points) for line in lines]


async def test_an_empty_board(store: Store, guild: Community, ada: Person) -> None:
    assert await show(store, guild, ada) == Board(0, (), ())


async def test_who_joins_brings_the_points_of_their_ledger(store: Store, guild: Community, ada: Person) -> None:
    there = await store.communities.enter(Place("slack", "T1"), "There")
    for points, day in ((5, MONDAY), (7, MONDAY + timedelta(days=6)), (1, MONDAY - timedelta(days=1))):
        await earn(store, ada.id, points, day=day, place=there)
    await earn(store, ada.id, 20, day=date(2026, 9, 30))
    taken = await store.activities.standing(ada.id, await earn(store, ada.id, 100))
    assert taken is not None
    await store.activities.take_back(ada.id, taken.id)
    assert await show(store, guild, ada) == Board(0, (), ())
    assert await store.boards.has(guild.id, ada.id) is False
    assert await store.boards.join(guild.id, ada.id) is True
    assert await store.boards.join(guild.id, ada.id) is False
    assert await store.boards.has(guild.id, ada.id) is True
    for period, points in ((WEEK, 12), ("week 2026-11-09", 1), (SEASON, 13), ("season 2026-Q3", 20), (ALL, 33)):
        line = (Standing(1, ada.id, "Ada", points),)
        assert await show(store, guild, ada, period) == Board(1, line, line)


async def test_points_count_on_every_board_of_a_person_wherever_they_were_earned(
    store: Store, guild: Community, ada: Person
) -> None:
    there = await store.communities.enter(Place("slack", "T1"), "There")
    elsewhere = await store.communities.enter(Place("slack", "T2"), "Elsewhere")
    for community in (guild, there):
        await store.boards.join(community.id, ada.id)
    await earn(store, ada.id, 3, place=there)
    await earn(store, ada.id, 2, place=elsewhere)
    await earn(store, ada.id, 1)
    for community, points in ((guild, [6]), (there, [6]), (elsewhere, [])):
        assert [line.points for line in (await show(store, community)).top] == points


async def test_a_fact_without_points_makes_no_line(store: Store, guild: Community, ada: Person) -> None:
    await store.boards.join(guild.id, ada.id)
    await earn(store, ada.id, 0)
    assert await show(store, guild, ada) == Board(0, (), ())


async def test_who_leaves_is_gone_and_may_come_back(store: Store, guild: Community) -> None:
    ada, _, cy = await members(store, guild, 9, 5, 3)
    assert await store.boards.leave(guild.id, ada.id) is True
    assert await store.boards.leave(guild.id, ada.id) is False
    assert short((await show(store, guild, cy)).around) == [(1, "M1", 5), (2, "M2", 3)]
    assert (await show(store, guild, ada)).around == ()
    await earn(store, ada.id, 1)
    assert (await show(store, guild)).members == 2
    await store.boards.join(guild.id, ada.id)
    assert short((await show(store, guild)).top)[0] == (1, "M0", 10)


async def test_leaving_one_board_keeps_the_others(store: Store, guild: Community, ada: Person) -> None:
    there = await store.communities.enter(Place("slack", "T1"), "There")
    for community in (guild, there):
        await store.boards.join(community.id, ada.id)
    await earn(store, ada.id, 3)
    await store.boards.leave(guild.id, ada.id)
    assert ((await show(store, guild)).members, (await show(store, there)).members) == (0, 1)


async def test_equal_points_share_a_rank(store: Store, guild: Community) -> None:
    people = await members(store, guild, 9, 7, 7, 7, 2, 1)
    board = await show(store, guild, people[4])
    assert board.members == 6
    assert short(board.top) == [(1, "M0", 9), (2, "M3", 7), (2, "M2", 7)]
    assert short(board.around) == [(2, "M1", 7), (5, "M4", 2), (6, "M5", 1)]
    assert short((await show(store, guild, people[2])).around) == [(2, "M3", 7), (2, "M2", 7), (2, "M1", 7)]
    assert short((await show(store, guild, people[0])).around) == [(1, "M0", 9), (2, "M3", 7)]


async def test_what_was_taken_back_gives_no_points(store: Store, guild: Community) -> None:
    ada, bo = await members(store, guild, 9, 5)
    await earn(store, ada.id, 2)
    first, second = await store.activities.of(ada.id)
    await store.activities.take_back(ada.id, second.id)
    assert short((await show(store, guild, ada)).around) == [(1, "M0", 9), (2, "M1", 5)]
    await store.activities.take_back(ada.id, first.id)
    for period in (WEEK, SEASON, ALL):
        assert (await show(store, guild, ada, period)).around == ()
        assert short((await show(store, guild, bo, period)).around) == [(1, "M1", 5)]


async def test_who_is_forgotten_leaves_the_ranks_right(store: Store, guild: Community, path: Path) -> None:
    people = await members(store, guild, 9, 7, 7, 2)
    connection = connect(str(path), busy_seconds=1)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("DELETE FROM people WHERE id IN (?, ?)", (people[0].id, people[2].id))
    connection.close()
    board = await show(store, guild, people[3])
    assert (board.members, short(board.around)) == (2, [(1, "M1", 7), (2, "M3", 2)])


async def test_any_board_equals_one_that_is_sorted_by_hand(store: Store, guild: Community) -> None:
    chance = random.Random(20261116)
    people = await members(store, guild, *(chance.choice([1, 2, 255, 256, 257, 700]) for _ in range(30)))
    for person in chance.choices(people, k=30):
        await earn(store, person.id, chance.choice([1, 3, 256, 1000]))
    points = {person: sum(fact.points for fact in await store.activities.of(person.id)) for person in people}
    order = sorted(people, key=lambda person: (-points[person], -person.id))
    lines = [
        Standing(1 + sum(other > points[each] for other in points.values()), each.id, each.name, points[each])
        for each in order
    ]
    for place, person in enumerate(order):
        board = await store.boards.show(guild.id, ALL, person.id, top=4, near=3)
        assert board == Board(30, tuple(lines[:4]), tuple(lines[max(0, place - 3) : place + 4]))


@pytest.mark.parametrize(
    ("day", "week", "season"),
    [
        (date(2026, 11, 16), "week 2026-11-16", "season 2026-Q4"),
        (date(2026, 11, 22), "week 2026-11-16", "season 2026-Q4"),
        (date(2027, 1, 1), "week 2026-12-28", "season 2027-Q1"),
        (date(2026, 3, 31), "week 2026-03-30", "season 2026-Q1"),
        (date(2026, 4, 1), "week 2026-03-30", "season 2026-Q2"),
    ],
)
def test_a_day_belongs_to_its_week_its_season_and_all_time(day: date, week: str, season: str) -> None:
    assert periods_of(day) == (week, season, "all")


async def test_nobody_joins_no_board(store: Store, guild: Community) -> None:
    with pytest.raises(LookupError):
        await store.boards.join(guild.id, 404)
