"""Projects that were handed in, and what peers say of them."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.models import Community, Handle, Person
from bot.models.challenges import Handin, Review, Round
from bot.ports import Store
from tests.storage.conftest import BO, SetClock
from tests.storage.weeks import open_week

HOUR = timedelta(hours=1)


@pytest.fixture
async def week(store: Store, guild: Community) -> Round:
    return await open_week(store, guild)


@pytest.fixture
async def bo(store: Store) -> Person:
    return await store.people.enter(BO, "Bo")


@pytest.fixture
async def hers(store: Store, week: Round, ada: Person) -> Handin:
    return await store.reviews.hand_in(week.id, ada.id, "https://example.org/a", "My model")


async def test_what_was_handed_in_comes_back(
    store: Store, week: Round, ada: Person, hers: Handin, clock: SetClock
) -> None:
    assert hers == Handin(hers.id, week.id, ada.id, "https://example.org/a", "My model", clock.now())
    assert await store.reviews.handin(week.id, ada.id) == await store.reviews.find_handin(hers.id) == hers
    assert await store.reviews.handin(week.id, 404) is await store.reviews.find_handin(404) is None


async def test_a_later_one_takes_the_place_of_the_earlier_and_its_reviews_stay(
    store: Store, week: Round, ada: Person, bo: Person, hers: Handin, clock: SetClock
) -> None:
    review = await store.reviews.assign(hers.id, bo.id)
    clock.forward(HOUR)
    anew = await store.reviews.hand_in(week.id, ada.id, "https://example.org/b", "Better")
    assert anew == Handin(hers.id, week.id, ada.id, "https://example.org/b", "Better", clock.now())
    assert await store.reviews.of_round(week.id) == [review]
    (effort,) = await store.efforts.all(week.id)
    assert effort.tried == 1


async def test_a_rounds_projects_come_in_the_order_of_their_first_time(
    store: Store, guild: Community, week: Round, ada: Person, bo: Person, hers: Handin
) -> None:
    his = await store.reviews.hand_in(week.id, bo.id, "https://example.org/bo", "Mine")
    hers = await store.reviews.hand_in(week.id, ada.id, "https://example.org/b", "Better")
    other = await open_week(store, guild, 1)
    theirs = await store.reviews.hand_in(other.id, ada.id, "https://example.org/c", "Next")
    assert await store.reviews.handins(week.id) == [hers, his]
    assert await store.reviews.handins(other.id) == [theirs]


async def test_a_review_is_asked_for_once(store: Store, bo: Person, hers: Handin, clock: SetClock) -> None:
    asked = await asyncio.gather(*(store.reviews.assign(hers.id, bo.id) for _ in range(5)))
    assert set(asked) == {Review(asked[0].id, hers.id, bo.id, clock.now())}
    clock.forward(HOUR)
    assert await store.reviews.assign(hers.id, bo.id) == asked[0] == await store.reviews.find(asked[0].id)
    assert await store.reviews.to_do(bo.id) == [(asked[0], hers)]


async def test_a_second_delivery_is_told_the_same(
    store: Store, week: Round, ada: Person, bo: Person, clock: SetClock
) -> None:
    async def deliver() -> list[object]:
        call = store.during("c1")
        handin = await call.reviews.hand_in(week.id, ada.id, "https://example.org/a", "My model")
        review = await call.reviews.assign(handin.id, bo.id)
        return [handin, review, await call.reviews.finish(review.id, [1, 2], "Good")]

    first = await deliver()
    clock.forward(HOUR)
    await store.reviews.hand_in(week.id, ada.id, "https://example.org/b", "Better")
    assert await deliver() == first


async def test_a_review_is_kept_and_may_be_put_better(
    store: Store, week: Round, bo: Person, hers: Handin, clock: SetClock
) -> None:
    review = await store.reviews.assign(hers.id, bo.id)
    clock.forward(HOUR)
    done = clock.now()
    assert await store.reviews.finish(review.id, (2, 0, 1), "Clear") is True
    clock.forward(HOUR)
    assert await store.reviews.finish(review.id, [2, 1, 1], "Very clear") is True
    kept = Review(review.id, hers.id, bo.id, review.assigned, (2, 1, 1), "Very clear", done)
    assert await store.reviews.find(review.id) == kept
    assert await store.reviews.of_round(week.id) == [kept]
    assert await store.reviews.to_do(bo.id) == []
    assert await store.reviews.finish(404, [1], "") is False


async def test_only_what_is_not_done_can_be_asked_for_no_longer(store: Store, bo: Person, hers: Handin) -> None:
    first = await store.reviews.assign(hers.id, bo.id)
    assert [await store.reviews.unassign(first.id) for _ in range(2)] == [True, False]
    assert await store.reviews.find(first.id) is None
    second = await store.reviews.assign(hers.id, bo.id)
    assert second.id > first.id
    await store.reviews.finish(second.id, [1], "")
    assert await store.reviews.unassign(second.id) is False
    assert await store.reviews.find(second.id) is not None


async def test_the_oldest_to_do_comes_first(
    store: Store, guild: Community, bo: Person, week: Round, hers: Handin, clock: SetClock
) -> None:
    handins = [hers]
    for number in range(3):
        person = await store.people.enter(Handle("discord", "", f"m{number}"), "Dee")
        handins.append(await store.reviews.hand_in(week.id, person.id, "https://example.org/d", "Mine"))
    for handin in reversed(handins):
        await store.reviews.assign(handin.id, bo.id)
        clock.forward(HOUR)
    assert [handin for _, handin in await store.reviews.to_do(bo.id)] == [*reversed(handins)]
    reviews = await store.reviews.of_round(week.id)
    assert [review.handin_id for review in reviews] == [handin.id for handin in reversed(handins)]
    assert await store.reviews.of_round(404) == []


async def test_nobody_reviews_and_nothing_is_reviewed(store: Store, bo: Person, hers: Handin) -> None:
    for nobody in ((404, bo.id), (hers.id, 404)):
        with pytest.raises(LookupError):
            await store.reviews.assign(*nobody)


async def test_who_goes_takes_their_project_and_their_words_along(
    store: Store, week: Round, ada: Person, bo: Person, hers: Handin
) -> None:
    his = await store.reviews.hand_in(week.id, bo.id, "https://example.org/bo", "Mine")
    for handin, reviewer in ((hers, bo), (his, ada)):
        review = await store.reviews.assign(handin.id, reviewer.id)
        await store.reviews.finish(review.id, [1], "Fine")
    await store.people.forget(ada.id)
    assert await store.reviews.handins(week.id) == [his]
    assert await store.reviews.of_round(week.id) == []
    assert (await store.verify()).differences == ()
