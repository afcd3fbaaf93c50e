from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.models import Addition, AdditionState, Community, NewAddition, Person, Place
from bot.ports import Store
from storage.driver import connect
from tests.storage.conftest import GUILD, SetClock

BODY = '{"title": "Ask Ünal", "links": []}'


@pytest.fixture
def new(guild: Community, ada: Person) -> NewAddition:
    return NewAddition(guild.id, "tip", "ask-early", BODY, AdditionState.SUGGESTED, ada.id)


async def test_an_entry_comes_back_as_it_was_with_its_place(store: Store, new: NewAddition, clock: SetClock) -> None:
    added = await store.additions.add(new)
    assert added == Addition(
        added.id,
        new.community_id,
        GUILD,
        "tip",
        "ask-early",
        BODY,
        AdditionState.SUGGESTED,
        new.author_id,
        clock.now(),
    )
    assert await store.additions.find(added.id) == added


@pytest.mark.parametrize("state", list(AdditionState))
async def test_an_id_is_taken_for_ever_in_its_community(store: Store, new: NewAddition, state: AdditionState) -> None:
    first = await store.additions.add(replace(new, state=state))
    with pytest.raises(ValueError, match="ask-early already"):
        await store.additions.add(replace(new, kind="faq"))
    assert await store.additions.find(first.id) == first
    other = await store.communities.enter(Place("slack", "T1"), "Other")
    elsewhere = await store.additions.add(replace(new, community_id=other.id))
    assert (elsewhere.entry, elsewhere.place) == (first.entry, other.place)


async def test_fields_and_state_change_alone_or_together(store: Store, new: NewAddition, clock: SetClock) -> None:
    added = await store.additions.add(new)
    clock.forward(timedelta(hours=1))
    assert await store.additions.change(added.id, body="{}") is True
    assert await store.additions.find(added.id) == replace(added, body="{}", changed=clock.now())
    assert await store.additions.change(added.id, state=AdditionState.LIVE) is True
    live = replace(added, body="{}", state=AdditionState.LIVE, changed=clock.now())
    assert await store.additions.find(added.id) == live
    clock.forward(timedelta(hours=1))
    assert await store.additions.change(added.id, body=BODY, state=AdditionState.RETIRED) is True
    assert await store.additions.find(added.id) == replace(added, state=AdditionState.RETIRED, changed=clock.now())


async def test_what_is_not_there_is_neither_found_nor_changed(store: Store) -> None:
    assert await store.additions.find(404) is None
    assert await store.additions.change(404, state=AdditionState.LIVE) is False


async def test_a_community_sees_its_own_in_one_state_newest_first(store: Store, new: NewAddition) -> None:
    other = await store.communities.enter(Place("slack", "T1"), "Other")
    for entry, state in (("a", AdditionState.LIVE), ("b", AdditionState.SUGGESTED), ("c", AdditionState.LIVE)):
        await store.additions.add(replace(new, entry=entry, state=state))
    await store.additions.add(replace(new, community_id=other.id, state=AdditionState.LIVE))
    assert [each.entry for each in await store.additions.of(new.community_id, AdditionState.LIVE)] == ["c", "a"]
    assert [each.entry for each in await store.additions.of(new.community_id, AdditionState.SUGGESTED)] == ["b"]
    assert await store.additions.of(new.community_id, AdditionState.RETIRED) == []


async def test_the_live_ones_of_everybody_come_oldest_first(store: Store, new: NewAddition) -> None:
    other = await store.communities.enter(Place("slack", "T1"), "Other")
    wanted = await store.additions.add(replace(new, entry="a", community_id=other.id, state=AdditionState.LIVE))
    later = await store.additions.add(replace(new, entry="b"))
    last = await store.additions.add(replace(new, entry="c", state=AdditionState.LIVE))
    await store.additions.change(later.id, state=AdditionState.LIVE)
    await store.additions.add(replace(new, entry="d", state=AdditionState.DECLINED))
    live = await store.additions.live()
    assert [(each.id, each.place) for each in live] == [
        (wanted.id, other.place),
        (later.id, GUILD),
        (last.id, GUILD),
    ]


@pytest.mark.parametrize("stranger", [{"community_id": 404}, {"author_id": 404}])
async def test_an_entry_of_nobody_is_refused(store: Store, new: NewAddition, stranger: dict[str, int]) -> None:
    with pytest.raises(LookupError):
        await store.additions.add(replace(new, **stranger))  # type: ignore[arg-type]


async def test_a_call_adds_and_changes_once(store: Store, new: NewAddition) -> None:
    added = await store.during("c1").additions.add(new)
    assert await store.during("c2").additions.change(added.id, state=AdditionState.LIVE) is True
    await store.additions.change(added.id, state=AdditionState.RETIRED)
    assert await store.during("c2").additions.change(added.id, state=AdditionState.LIVE) is True
    assert await store.during("c1").additions.add(new) == added
    found = await store.additions.find(added.id)
    assert found is not None
    assert found.state is AdditionState.RETIRED


async def test_an_entry_outlives_its_author_and_goes_with_its_community(
    store: Store, new: NewAddition, path: Path
) -> None:
    added = await store.additions.add(new)
    connection = connect(str(path), busy_seconds=1)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("DELETE FROM people")
    assert await store.additions.find(added.id) == replace(added, author_id=None)
    connection.execute("DELETE FROM communities")
    connection.close()
    assert await store.additions.find(added.id) is None
