"""Of two accounts of one person a round has one member; when they part, each has its own again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.models import Community, Handle, Person
from bot.models.challenges import Attempt, Effort, RoundNumbers
from bot.ports import Store
from tests.storage.conftest import BO, SetClock
from tests.storage.weeks import open_week, sends

TODAY = date(2026, 3, 1)


@pytest.fixture
async def bo(store: Store) -> Person:
    return await store.people.enter(BO, "Bo")


@pytest.fixture
async def cy(store: Store) -> Person:
    return await store.people.enter(Handle("discord", "", "3"), "Cy")


async def play(store: Store, round_id: int, person: Person) -> Effort:
    """Do something of every kind in a round."""
    await sends(store, round_id, person.id, waits=())(mark="same")
    await store.efforts.hint(round_id, person.id, 0)
    await store.efforts.upload(round_id, person.id, TODAY, public=0.5, private=0.4, shown=0.5, better=True, a_day=5)
    await store.efforts.answer(round_id, person.id, 0, person.name)
    await store.reviews.hand_in(round_id, person.id, f"https://example.org/{person.name}", "Mine")
    effort = await store.efforts.of(round_id, person.id)
    assert effort is not None
    return effort


async def join(store: Store, clock: SetClock, ada: Person) -> None:
    await store.joins.offer(ada.id, "code", clock.now() + timedelta(minutes=1))
    assert await store.joins.join("code", BO) is not None


async def test_a_round_of_the_other_account_comes_whole_and_goes_whole(
    store: Store, guild: Community, ada: Person, bo: Person, clock: SetClock
) -> None:
    week = await open_week(store, guild)
    effort = await play(store, week.id, bo)
    await join(store, clock, ada)
    mine = await store.efforts.of(week.id, ada.id)
    assert mine is not None
    assert (mine.tried, mine.shown, await store.efforts.of(week.id, bo.id)) == (4, 0.5, None)
    assert await store.efforts.hints(week.id, ada.id) == [0]
    assert await store.efforts.answers(week.id, ada.id) == {0: "Bo"}
    assert (await store.reviews.handins(week.id))[0].person_id == ada.id
    wait = (timedelta(minutes=1),)
    assert await sends(store, week.id, ada.id, waits=wait)() == Attempt(False, clock.now() + wait[0], wrong=1)
    await store.joins.part(BO)
    assert await store.efforts.all(week.id) == [effort]
    assert (await store.reviews.handins(week.id))[0].person_id == bo.id


async def test_where_both_were_in_a_round_the_person_is_there_once(
    store: Store, guild: Community, ada: Person, bo: Person, clock: SetClock
) -> None:
    week = await open_week(store, guild)
    efforts = [await play(store, week.id, person) for person in (ada, bo)]
    assert len(await store.efforts.same_answers(week.id)) == 1
    await join(store, clock, ada)
    assert await store.efforts.all(week.id) == [efforts[0]]
    assert await store.efforts.numbers(week.id, 1) == RoundNumbers(1, 1, 0, ((1, 0),), 1)
    assert await store.efforts.same_answers(week.id) == []
    assert await store.efforts.everybodys_answers(week.id) == {ada.id: {0: "Ada"}}
    assert [handin.person_id for handin in await store.reviews.handins(week.id)] == [ada.id]
    assert (await store.verify()).differences == ()
    await store.joins.part(BO)
    assert await store.efforts.all(week.id) == efforts
    assert (await store.efforts.numbers(week.id, 1)).hints == 2


async def test_nobody_reviews_themselves_by_another_account(
    store: Store, guild: Community, ada: Person, bo: Person, clock: SetClock
) -> None:
    week = await open_week(store, guild)
    hers = await store.reviews.hand_in(week.id, ada.id, "https://example.org/a", "Mine")
    review = await store.reviews.assign(hers.id, bo.id)
    await join(store, clock, ada)
    assert await store.reviews.to_do(ada.id) == []
    assert await store.reviews.of_round(week.id) == []
    await store.joins.part(BO)
    assert await store.reviews.to_do(bo.id) == [(review, hers)]
    assert await store.reviews.of_round(week.id) == [review]


async def test_a_project_that_both_review_has_one_review_of_theirs(
    store: Store, guild: Community, ada: Person, bo: Person, cy: Person, clock: SetClock
) -> None:
    week = await open_week(store, guild)
    handin = await store.reviews.hand_in(week.id, cy.id, "https://example.org/c", "Mine")
    first, second = [await store.reviews.assign(handin.id, person.id) for person in (ada, bo)]
    await join(store, clock, ada)
    assert await store.reviews.of_round(week.id) == [first]
    assert await store.reviews.to_do(ada.id) == [(first, handin)]
    await store.joins.part(BO)
    assert await store.reviews.of_round(week.id) == [first, second]


async def test_a_round_that_waited_moves_up_when_the_other_goes(
    store: Store, guild: Community, ada: Person, bo: Person, cy: Person, clock: SetClock
) -> None:
    """Bo brings a round; Cy's own of it waits, until Bo parts and takes it along."""
    week = await open_week(store, guild)
    his, theirs = await play(store, week.id, bo), await play(store, week.id, cy)
    await join(store, clock, ada)
    await store.joins.offer(ada.id, "other", clock.now() + timedelta(minutes=1))
    cys = (await store.people.handles(cy.id))[0]
    await store.joins.join("other", cys)
    assert await store.efforts.answers(week.id, ada.id) == {0: "Bo"}
    await store.joins.part(BO)
    assert await store.efforts.answers(week.id, ada.id) == {0: "Cy"}
    await store.joins.part(cys)
    assert await store.efforts.all(week.id) == [his, theirs]


async def test_exact_scores_are_in_an_export_once_the_round_is_settled(
    store: Store, guild: Community, ada: Person
) -> None:
    week = await open_week(store, guild)
    await play(store, week.id, ada)
    for scores in ((None, None), (0.5, 0.4)):
        found = await store.people.export(ada.id)
        for section in ("challenges", "challenge_uploads"):
            assert [(row["public"], row["private"]) for row in found[section]] == [scores]
        await store.rounds.wind_up(week.id)
