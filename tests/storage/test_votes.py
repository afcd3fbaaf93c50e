from __future__ import annotations

import pytest

from bot.models import Handle, Person
from bot.ports import Store

FAQ = "need-a-phd"


async def test_votes_are_counted_by_answer(store: Store, ada: Person) -> None:
    for number, helped in enumerate([True, True, False], start=2):
        person = await store.people.enter(Handle("discord", "", str(number)), "Bo")
        await store.votes.cast(person.id, FAQ, helped=helped)
    await store.votes.cast(ada.id, "how-much-math", helped=False)
    assert await store.votes.tally(FAQ) == (2, 1)
    assert await store.votes.tally("how-much-math") == (0, 1)


async def test_an_answer_without_votes_has_none(store: Store) -> None:
    assert await store.votes.tally(FAQ) == (0, 0)


async def test_a_later_vote_takes_the_place_of_the_earlier(store: Store, ada: Person) -> None:
    for helped, tally in ((True, (1, 0)), (False, (0, 1)), (False, (0, 1)), (True, (1, 0))):
        await store.votes.cast(ada.id, FAQ, helped=helped)
        assert await store.votes.tally(FAQ) == tally


async def test_nobody_has_no_vote(store: Store) -> None:
    with pytest.raises(LookupError):
        await store.votes.cast(404, FAQ, helped=True)


async def test_a_late_second_delivery_does_not_take_a_newer_vote_back(store: Store, ada: Person) -> None:
    await store.during("c1").votes.cast(ada.id, FAQ, helped=True)
    await store.during("c2").votes.cast(ada.id, FAQ, helped=False)
    await store.during("c1").votes.cast(ada.id, FAQ, helped=True)
    assert await store.votes.tally(FAQ) == (0, 1)
