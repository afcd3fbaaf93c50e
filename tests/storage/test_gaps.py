from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.models import Community, Gap, GapState, Handle, Person, Place
from bot.ports import Store
from storage.driver import connect
from tests.storage.conftest import SetClock

QUESTION = "Do I need a PhD?"


@pytest.fixture
async def bo(store: Store) -> Person:
    return await store.people.enter(Handle("discord", "", "2"), "Bo")


@pytest.fixture
async def gap(store: Store, guild: Community, ada: Person) -> Gap:
    return await store.gaps.ask(guild.id, QUESTION, ada.id)


async def test_a_question_comes_back_as_it_was_asked(store: Store, gap: Gap, guild: Community, clock: SetClock) -> None:
    assert gap == Gap(gap.id, guild.id, QUESTION, 1, clock.now(), GapState.OPEN)
    assert await store.gaps.find(gap.id) == gap
    assert list(await store.gaps.open(guild.id)) == [gap]
    assert await store.gaps.count(guild.id) == 1


@pytest.mark.parametrize(
    "words", ["do i need a phd", "  DO I\tneed\n a  PhD ?!", "Do I need a PhD.", "do i need a phd? ?"]
)
async def test_the_same_words_are_one_question_and_the_first_wording_stays(
    store: Store, gap: Gap, bo: Person, clock: SetClock, words: str
) -> None:
    clock.forward(timedelta(minutes=5))
    again = await store.gaps.ask(gap.community_id, words, bo.id)
    assert again == Gap(gap.id, gap.community_id, QUESTION, 2, clock.now(), GapState.OPEN)


@pytest.mark.parametrize("words", ["Do I need a degree?", "Do I need a PhD? Or not", "DoIneedaPhD", "?"])
async def test_other_words_are_another_question(store: Store, gap: Gap, bo: Person, words: str) -> None:
    assert (await store.gaps.ask(gap.community_id, words, bo.id)).id != gap.id


async def test_the_same_words_elsewhere_are_another_question(store: Store, gap: Gap, ada: Person) -> None:
    other = await store.communities.enter(Place("slack", "T1"), "Other")
    assert (await store.gaps.ask(other.id, QUESTION, ada.id)).id != gap.id
    assert await store.gaps.count(other.id) == await store.gaps.count(gap.community_id) == 1


async def test_one_member_counts_once(store: Store, gap: Gap, ada: Person, clock: SetClock) -> None:
    clock.forward(timedelta(minutes=5))
    again = await store.gaps.ask(gap.community_id, QUESTION.upper(), ada.id)
    assert (again.asked, again.last) == (1, clock.now())


async def test_members_who_ask_at_once_are_all_counted(store: Store, guild: Community) -> None:
    people = [await store.people.enter(Handle("discord", "", f"m{number}"), "M") for number in range(10)]
    await asyncio.gather(*(store.gaps.ask(guild.id, QUESTION, person.id) for person in people * 2))
    assert [gap.asked for gap in await store.gaps.open(guild.id)] == [10]


async def test_the_most_asked_come_first_then_the_latest(
    store: Store, guild: Community, ada: Person, bo: Person, clock: SetClock
) -> None:
    for words in ("older", "asked twice", "newer", "as new"):
        await store.gaps.ask(guild.id, words, ada.id)
        clock.forward(timedelta(minutes=words != "newer"))
    await store.gaps.ask(guild.id, "asked twice", bo.id)
    assert [gap.question for gap in await store.gaps.open(guild.id)] == ["asked twice", "as new", "newer", "older"]
    assert [gap.question for gap in await store.gaps.open(guild.id, offset=1, limit=2)] == ["as new", "newer"]
    assert await store.gaps.open(guild.id, offset=4) == []
    assert await store.gaps.count(guild.id) == 4


@pytest.mark.parametrize("state", [GapState.ANSWERED, GapState.DISMISSED])
async def test_a_settled_question_tells_who_asked_and_is_open_no_more(
    store: Store, gap: Gap, ada: Person, bo: Person, state: GapState
) -> None:
    await store.gaps.ask(gap.community_id, QUESTION, bo.id)
    assert list(await store.gaps.settle(gap.id, state)) == [ada.id, bo.id]
    found = await store.gaps.find(gap.id)
    assert found is not None
    assert (found.state, found.asked) == (state, 2)
    assert await store.gaps.open(gap.community_id) == []
    assert await store.gaps.count(gap.community_id) == 0
    await store.gaps.settle(gap.id, GapState.OPEN)
    assert [each.id for each in await store.gaps.open(gap.community_id)] == [gap.id]


@pytest.mark.parametrize(
    ("settled", "then"), [(GapState.ANSWERED, GapState.OPEN), (GapState.DISMISSED, GapState.DISMISSED)]
)
async def test_asking_again_opens_what_was_answered_not_what_was_dismissed(
    store: Store, gap: Gap, bo: Person, settled: GapState, then: GapState
) -> None:
    await store.gaps.settle(gap.id, settled)
    again = await store.gaps.ask(gap.community_id, QUESTION, bo.id)
    assert (again.id, again.state, again.asked) == (gap.id, then, 2)


async def test_what_is_not_there_is_neither_found_nor_settled(store: Store, guild: Community) -> None:
    assert await store.gaps.find(404) is None
    with pytest.raises(LookupError, match="404"):
        await store.gaps.settle(404, GapState.ANSWERED)


async def test_a_question_of_nobody_is_refused_and_leaves_nothing(store: Store, guild: Community, ada: Person) -> None:
    for community_id, person_id in ((404, ada.id), (guild.id, 404)):
        with pytest.raises(LookupError):
            await store.gaps.ask(community_id, QUESTION, person_id)
    assert await store.gaps.count(guild.id) == 0


async def test_a_call_asks_and_settles_once(store: Store, guild: Community, ada: Person, bo: Person) -> None:
    asked = await store.during("c1").gaps.ask(guild.id, QUESTION, ada.id)
    settled = await store.during("c2").gaps.settle(asked.id, GapState.ANSWERED)
    assert await store.during("c1").gaps.ask(guild.id, QUESTION, ada.id) == asked
    found = await store.gaps.find(asked.id)
    assert found is not None
    assert found.state is GapState.ANSWERED, "the second delivery did not open it"
    await store.gaps.ask(guild.id, QUESTION, bo.id)
    assert await store.during("c2").gaps.settle(asked.id, GapState.ANSWERED) == settled == [ada.id]
    assert await store.gaps.count(guild.id) == 1


async def test_a_member_who_goes_counts_no_more_and_the_last_takes_the_question_along(
    store: Store, gap: Gap, ada: Person, bo: Person, path: Path
) -> None:
    await store.gaps.ask(gap.community_id, QUESTION, bo.id)
    connection = connect(str(path), busy_seconds=1)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("DELETE FROM people WHERE id = ?", (ada.id,))
    assert [each.asked for each in await store.gaps.open(gap.community_id)] == [1]
    connection.execute("DELETE FROM people WHERE id = ?", (bo.id,))
    connection.close()
    assert await store.gaps.find(gap.id) is None
