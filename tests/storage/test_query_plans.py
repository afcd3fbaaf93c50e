"""No statement walks over a whole table, and nothing of a person is searched for row by row when they go."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from types import ModuleType

import pytest

from bot.models import Activity, AdditionState, Community, DayRange, NewAddition, Person, Reminder, Slot
from bot.models.posting import Rule, Schedule
from bot.ports import Store
from storage import (
    activities,
    additions,
    attempts,
    boards,
    check_ins,
    checking_counts,
    checking_efforts,
    checking_people,
    derived,
    effort_rows,
    efforts,
    excusing,
    gaps,
    notices,
    posts,
    reminders,
    reviews,
    round_numbers,
    rounds,
    saves,
    schedules,
    streaks,
    tip_log,
    told,
    uploads,
    votes,
)
from storage.driver import connect
from tests.storage.conftest import ADA
from tests.storage.weeks import open_week, sends

LEARNING = ("saves", "tip_log", "votes", "gaps", "gap_askers", "additions", "notices")
PROGRESS = ("activities", "memberships", "streaks", "pauses", "check_ins", "board_scores", "reminders", "told")
ROUNDS = ("rounds", "round_plans")
EFFORTS = ("efforts", "attempts", "hints_opened", "uploads", "quiz_answers", "handins", "reviews")
POSTS = ("posts", "schedules")
OWN = (*LEARNING, *PROGRESS, *ROUNDS, *EFFORTS, *POSTS, "excuses")
KEPT_WITHOUT_THEIR_PERSON = {"additions", "excuses", *ROUNDS, *POSTS}
KEPT_WITHOUT_THEIR_COMMUNITY = {"saves", "tip_log", "votes", "notices"} | {*PROGRESS} - {"memberships", "board_scores"}
COUNTS = ("board_counts", "board_steps")

# Each row of it is somebody for whom something waits, and its index has one entry for each of them.
WALKS_ITS_INDEX = "_WAITING"
# The bot is seldom down, and each time matters to everybody.
WALKS_ITS_TABLE = "OUTAGES"
# What a statement works out for itself is walked over, and no table.
WORKED_OUT = re.compile(r"SCAN (CONSTANT ROW|\(subquery-\d+\)|wanted VIRTUAL TABLE INDEX \d+:)$")


def _statements(*modules: ModuleType) -> Iterator[tuple[str, str]]:
    for module in modules:
        for name, value in vars(module).items():
            if name.isupper() and isinstance(value, str) and re.match(r"\s*(SELECT|INSERT|UPDATE|DELETE)", value):
                yield f"{module.__name__}.{name}", value.replace("%s", "?")


STATEMENTS = [
    (name, statement)
    for name, statement in _statements(
        *(additions, gaps, notices, saves, tip_log, votes, activities, streaks, excusing, derived),
        *(boards, check_ins, reminders, told, checking_people, checking_counts, checking_efforts),
        *(rounds, effort_rows, efforts, attempts, uploads, round_numbers, reviews),
        *(posts, schedules),
    )
    if not name.endswith("SELECT")
]


@pytest.fixture
def connection(store: Store, path: Path) -> Iterator[sqlite3.Connection]:
    opened = connect(str(path), busy_seconds=1)
    opened.execute("PRAGMA foreign_keys = ON")
    yield opened
    opened.close()


def _plan(connection: sqlite3.Connection, statement: str) -> list[str]:
    numbers = [int(number) for number in re.findall(r"\?(\d+)", statement)]
    values = (1,) * max(numbers, default=statement.count("?"))
    return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()]


@pytest.mark.parametrize(("name", "statement"), STATEMENTS, ids=[name for name, _ in STATEMENTS])
def test_no_statement_walks_over_a_table(connection: sqlite3.Connection, name: str, statement: str) -> None:
    plan = [step for step in _plan(connection, statement) if not WORKED_OUT.match(step)]
    walks = [step for step in plan if step.startswith("SCAN")]
    if name.endswith(WALKS_ITS_INDEX):
        walks = [step for step in walks if "USING COVERING INDEX" not in step]
    assert walks == ["SCAN outages"] * name.endswith(WALKS_ITS_TABLE)


def test_lists_that_may_grow_long_come_sorted_from_their_index(connection: sqlite3.Connection) -> None:
    sorted_by_index = [
        *(
            gaps._OPEN,
            additions._OF,
            additions._LIVE,
            activities._OF,
            activities._LAST,
            activities._LAST_OF_KINDS,
            activities._DAYS,
        ),
        *(derived._CREDITED, check_ins._OF, reminders._DUE, streaks._PAUSES, streaks._EXCUSES),
        *(boards._TOP, boards._FROM, boards._BEFORE),
        *(rounds._AT, rounds._OF, rounds._PLANS, rounds._TO_WIND_UP, checking_efforts._EFFORTS),
        *(efforts._EVERYBODYS_ANSWERS, round_numbers._PARTS, round_numbers._MARKS),
        *(posts.LOG, posts.CLAIM, schedules.OF, schedules.RIPE, schedules.RECKONED_AHEAD),
    ]
    for statement in sorted_by_index:
        plan = _plan(connection, statement.replace("%s", "?"))
        assert not any("TEMP B-TREE" in step for step in plan), plan


def test_a_board_shows_a_page_without_reading_the_rest(connection: sqlite3.Connection) -> None:
    for statement in (boards._TOP, boards._FROM, boards._BEFORE):
        first, *others = _plan(connection, statement)
        assert "USING COVERING INDEX board_by_points (community_id=? AND period=?" in first
        assert all("PRIMARY KEY" in step for step in others), others


@pytest.mark.parametrize("table", OWN)
def test_every_reference_has_an_index(connection: sqlite3.Connection, table: str) -> None:
    indexes = [row[1] for row in connection.execute(f"PRAGMA index_list({table})").fetchall()]
    columns = [[row[2] for row in connection.execute(f"PRAGMA index_info({index})").fetchall()] for index in indexes]
    columns += [[row[1]] for row in connection.execute(f"PRAGMA table_info({table})").fetchall() if row[5] == 1]
    references: dict[int, set[str]] = {}
    for row in connection.execute(f"PRAGMA foreign_key_list({table})").fetchall():
        references.setdefault(row[0], set()).add(row[3])
    for names in references.values():
        assert any(set(index[: len(names)]) == names for index in columns), names


async def test_all_of_a_person_goes_with_them(
    store: Store, connection: sqlite3.Connection, ada: Person, guild: Community
) -> None:
    await _live(store, ada, guild)
    connection.execute("DELETE FROM people")
    assert {table for table in OWN if _count(connection, table)} == KEPT_WITHOUT_THEIR_PERSON
    assert not any(_count(connection, table) for table in COUNTS)
    assert await store.gaps.count(guild.id) == 0


async def test_all_of_a_community_goes_with_it(
    store: Store, connection: sqlite3.Connection, ada: Person, guild: Community
) -> None:
    await _live(store, ada, guild)
    connection.execute("DELETE FROM communities")
    assert {table for table in OWN if _count(connection, table)} == KEPT_WITHOUT_THEIR_COMMUNITY
    assert not any(_count(connection, table) for table in COUNTS)


async def _live(store: Store, ada: Person, guild: Community) -> None:
    """Leave a row in every table."""
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    await store.boards.join(guild.id, ada.id)
    await store.activities.record(Activity(ada.id, guild.id, "tip", "a", at, "UTC", at.date(), "a", points=1))
    await store.streaks.excuse(guild.id, DayRange(at.date(), at.date()), "Holidays")
    await store.streaks.pause(ada.id, DayRange(at.date(), at.date()))
    await store.activities.record(Activity(ada.id, guild.id, "tip", "b", at, "UTC", at.date(), "b", points=1))
    await store.check_ins.write(ada.id, at.date(), "hello")
    await store.reminders.plan(Reminder(ada.id, ADA, time(18), at))
    await store.told.tell(ada.id, ["a"])
    await store.saves.keep(ada.id, "tip", "a")
    await store.tips.show(ada.id, "a", date(2026, 3, 1))
    await store.votes.cast(ada.id, "a", helped=True)
    await store.gaps.ask(guild.id, "Why?", ada.id)
    await store.additions.add(NewAddition(guild.id, "tip", "a", "{}", AdditionState.LIVE, ada.id))
    await store.notices.leave(ada.id, "hello")
    await _live_a_week(store, ada, guild)
    await store.posts.arrange(Schedule(guild.id, "tip", Rule(time(9), "UTC"), since=at, next=at))
    await store.posts.plan(Slot(guild.id, "tip", at))


async def _live_a_week(store: Store, ada: Person, guild: Community) -> None:
    week = await open_week(store, guild)
    await store.rounds.plan(guild.id, week.closes, "plan")
    await sends(store, week.id, ada.id)()
    await store.efforts.hint(week.id, ada.id, 0)
    await store.efforts.answer(week.id, ada.id, 0, "a")
    day = date(2026, 3, 1)
    await store.efforts.upload(week.id, ada.id, day, public=0.5, private=0.5, shown=0.5, better=True, a_day=5)
    handin = await store.reviews.hand_in(week.id, ada.id, "https://example.org", "Mine")
    await store.reviews.assign(handin.id, ada.id)


def _count(connection: sqlite3.Connection, table: str) -> int:
    found: int = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return found
