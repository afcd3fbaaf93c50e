"""In whatever order accounts are joined and parted, nothing counts twice, and in the end each has its own again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.models import Activity, Community, DayRange, Handle, Person, Place
from storage.driver import connect
from storage.opening import open_sqlite
from storage.store import SqliteStore
from tests.storage.conftest import SetClock

HANDLES = tuple(Handle("discord", "", str(number)) for number in range(4))
KEYS = ("a", "b", "c")
# What is compared of each person before and after; ids too where there are any.
COMPARED = {
    "activities": "id, key, taken_back, origin_id, person_id",
    "saves": "entry, person_id",
    "tip_log": "id, tip, person_id",
    "votes": "faq, helped, person_id",
    "gap_askers": "gap_id, person_id",
    "memberships": "community_id, on_board, person_id",
    "pauses": "id, person_id",
    "check_ins": "id, text, person_id",
    "notices": "id, person_id",
    "efforts": "round_id, tried, parts, points, person_id",
    "attempts": "round_id, id, mark, person_id",
    "hints_opened": "round_id, hint, person_id",
    "uploads": "round_id, id, person_id",
    "quiz_answers": "round_id, question, answer, person_id",
    "handins": "round_id, id, link, person_id",
    "reviews": "handin_id, id, reviewer_id",
    "board_scores": "community_id, period, points, person_id",
    "board_counts": "community_id, period, points, members",
    "gaps": "question, asked",
}

marks = st.frozensets(st.sampled_from(KEYS))


@dataclass(frozen=True)
class Past:
    """What one of them did before anything was joined."""

    done: frozenset[str]
    undone: frozenset[str]
    kept: frozenset[str]
    on_board: bool


pasts = st.lists(st.builds(Past, marks, marks, marks, st.booleans()), min_size=len(HANDLES), max_size=len(HANDLES))
numbers = st.integers(0, len(HANDLES) - 1)
moves = st.lists(st.tuples(numbers, st.none() | numbers), max_size=8)


@settings(deadline=None, max_examples=40)
@given(pasts, moves)
def test_joining_and_parting_loses_and_doubles_nothing(lives: list[Past], order: list[tuple[int, int | None]]) -> None:
    async def live() -> None:
        with TemporaryDirectory() as folder:
            path, clock = Path(folder) / "test.db", SetClock(datetime(2026, 3, 1, tzinfo=UTC))
            store = await open_sqlite(path, clock)
            try:
                await _play(store, path, clock, lives, order)
            finally:
                await store.close()

    asyncio.run(live())


async def _play(
    store: SqliteStore, path: Path, clock: SetClock, lives: list[Past], order: list[tuple[int, int | None]]
) -> None:
    people = [await store.people.enter(handle, handle.user) for handle in HANDLES]
    guild = await store.communities.enter(Place("discord", "1"), "Guild")
    await asyncio.gather(*(_live(store, clock, *each, guild) for each in zip(people, lives, strict=True)))
    before, own = _all(path), {person.id: await _keys(store, person.id) for person in people}

    for mover, other in order:
        await _move(store, clock, mover, other)
        for root, accounts in (await _groups(store, people)).items():
            assert await _keys(store, root) == sorted(set().union(*(own[account] for account in accounts)))
    assert (await store.verify()).differences == ()

    for handle in HANDLES:
        await store.joins.part(handle)
    assert _all(path) == before
    assert (await store.verify()).differences == ()


async def _live(store: SqliteStore, clock: SetClock, person: Person, past: Past, guild: Community) -> None:
    fact = Activity(person.id, guild.id, "tip", "t", clock.now(), "UTC", date(2026, 3, 1), "", points=3)
    facts = {key: replace(fact, key=key) for key in sorted(past.done | past.undone)}
    await asyncio.gather(*map(store.activities.record, facts.values()))
    undone = [one.id for one in await store.activities.of(person.id) if one.key in past.undone]
    await asyncio.gather(*(store.activities.take_back(person.id, number) for number in undone))
    # Done, taken back, done again.
    await asyncio.gather(*(store.activities.record(facts[key]) for key in sorted(past.done & past.undone)))
    for key in sorted(past.kept):
        await asyncio.gather(
            store.saves.keep(person.id, "tip", key),
            store.tips.show(person.id, key, date(2026, 3, 1)),
            store.votes.cast(person.id, key, helped=past.on_board),
            store.gaps.ask(guild.id, key, person.id),
            store.notices.leave(person.id, key),
            store.streaks.pause(person.id, DayRange(date(2026, 3, 1), date(2026, 3, 2))),
            store.check_ins.write(person.id, date(2026, 3, 1 + KEYS.index(key)), person.name),
        )
        await _play_round(store, clock, person, guild, KEYS.index(key), hints=len(past.done))
    if past.on_board:
        await store.boards.join(guild.id, person.id)


async def _play_round(
    store: SqliteStore, clock: SetClock, person: Person, guild: Community, week: int, *, hints: int
) -> None:
    """Do something of every kind in the round of a week, and review whoever handed in before."""
    opens = clock.now() + timedelta(weeks=week)
    number = (await store.rounds.open(guild.id, "c", "{}", opens, opens + timedelta(weeks=1))).id
    await asyncio.gather(*(store.efforts.hint(number, person.id, hint) for hint in range(hints)))
    await store.efforts.attempt(number, person.id, 0, correct=hints > 1, mark=person.name, waits=[])
    await store.efforts.upload(
        number, person.id, date(2026, 3, 1), public=0.5, private=0.4, shown=None, better=True, a_day=5
    )
    await store.efforts.answer(number, person.id, 0, person.name)
    await store.efforts.reward(number, person.id, 10, solved=True)
    for other in await store.reviews.handins(number):
        await store.reviews.assign(other.id, person.id)
    await store.reviews.hand_in(number, person.id, f"https://example.org/{person.name}", "Mine")


async def _move(store: SqliteStore, clock: SetClock, mover: int, other: int | None) -> None:
    """Join one account to another's person, or part it."""
    if other is None:
        await store.joins.part(HANDLES[mover])
        return
    person = await store.people.find(HANDLES[other])
    assert person is not None
    await store.joins.offer(person.id, "code", clock.now() + timedelta(minutes=1))
    await store.joins.join("code", HANDLES[mover])


async def _groups(store: SqliteStore, people: Iterable[Person]) -> dict[int, list[int]]:
    """Return the person that each account is now, with all its accounts."""
    groups: dict[int, list[int]] = {}
    for handle, born in zip(HANDLES, people, strict=True):
        now = await store.people.find(handle)
        assert now is not None
        assert now.origin_id in (None, born.id)
        groups.setdefault(now.id, []).append(born.id)
    return groups


async def _keys(store: SqliteStore, person_id: int) -> list[str]:
    return sorted(fact.key for fact in await store.activities.of(person_id))


def _all(path: Path) -> dict[str, list[tuple[object, ...]]]:
    connection = connect(str(path), busy_seconds=1)
    try:
        rows = {table: connection.execute(f"SELECT {columns} FROM {table}") for table, columns in COMPARED.items()}
        return {table: sorted(found.fetchall(), key=str) for table, found in rows.items()}
    finally:
        connection.close()
