"""What members do in rounds."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.models import Community, Handle, Person
from bot.models.challenges import Effort, Round, RoundNumbers, SameAnswer
from bot.ports import Store
from tests.storage.conftest import BO, SetClock
from tests.storage.weeks import open_week, sends

DAY = timedelta(days=1)


@pytest.fixture
async def week(store: Store, guild: Community) -> Round:
    return await open_week(store, guild)


@pytest.fixture
async def bo(store: Store) -> Person:
    return await store.people.enter(BO, "Bo")


async def test_who_opens_a_round_is_noted_once(store: Store, week: Round, ada: Person, clock: SetClock) -> None:
    assert await store.efforts.of(week.id, ada.id) is None
    first = await store.efforts.enter(week.id, ada.id)
    assert first == Effort(week.id, ada.id, clock.now())
    clock.forward(DAY)
    assert await store.efforts.enter(week.id, ada.id) == first == await store.efforts.of(week.id, ada.id)


@pytest.mark.parametrize("nobody", [(404, 1), (1, 404)], ids=["no round", "no member"])
async def test_nobody_enters_and_nobody_enters_nothing(
    store: Store, week: Round, ada: Person, nobody: tuple[int, int]
) -> None:
    assert (week.id, ada.id) == (1, 1)
    with pytest.raises(LookupError):
        await store.efforts.enter(*nobody)
    with pytest.raises(LookupError):
        await sends(store, *nobody)()


async def test_a_second_delivery_finds_things_as_the_first_did(store: Store, week: Round, ada: Person) -> None:
    async def deliver() -> list[object]:
        call = store.during("c1")
        first = await call.efforts.enter(week.id, ada.id)
        sent = await sends(call, week.id, ada.id)(correct=True)
        return [first, sent, await call.efforts.enter(week.id, ada.id), await call.efforts.hint(week.id, ada.id, 1)]

    first = await deliver()
    await store.efforts.reward(week.id, ada.id, 20, solved=True)
    assert await deliver() == first
    effort = await store.efforts.of(week.id, ada.id)
    assert effort is not None
    assert (effort.tried, effort.parts, effort.points) == (1, 1, 20)


async def test_points_change_and_the_first_solution_stays(
    store: Store, week: Round, ada: Person, clock: SetClock
) -> None:
    solved = None
    for points, now in ((5, False), (20, True), (15, True), (10, False)):
        clock.forward(DAY)
        solved = solved or (clock.now() if now else None)
        await store.efforts.reward(week.id, ada.id, points, solved=now)
        effort = await store.efforts.of(week.id, ada.id)
        assert effort is not None
        assert (effort.points, effort.solved) == (points, solved)


async def test_hints_are_opened_once_each(store: Store, week: Round, ada: Person, bo: Person) -> None:
    assert [await store.efforts.hint(week.id, ada.id, hint) for hint in (2, 0, 2)] == [True, True, False]
    assert await store.efforts.hints(week.id, ada.id) == [0, 2]
    assert await store.efforts.hints(week.id, bo.id) == []


async def test_a_members_rounds_come_latest_first_by_pages(
    store: Store, guild: Community, ada: Person, bo: Person
) -> None:
    rounds = [await open_week(store, guild, number) for number in (2, 0, 1)]
    efforts = {each.id: await store.efforts.enter(each.id, ada.id) for each in rounds}
    await store.efforts.enter(rounds[0].id, bo.id)
    latest = sorted(rounds, key=lambda each: each.opens, reverse=True)
    assert await store.efforts.mine(ada.id) == [(each, efforts[each.id]) for each in latest]
    assert [each for each, _ in await store.efforts.mine(ada.id, offset=1, limit=1)] == latest[1:2]
    assert [await store.efforts.count(person.id) for person in (ada, bo)] == [3, 1]


async def test_everybody_comes_with_the_best_first(store: Store, week: Round, ada: Person, bo: Person) -> None:
    cy = await store.people.enter(Handle("discord", "", "3"), "Cy")
    for person, points in ((ada, 5), (bo, 20), (cy, 5)):
        await store.efforts.reward(week.id, person.id, points, solved=True)
    assert [effort.person_id for effort in await store.efforts.all(week.id)] == [bo.id, ada.id, cy.id]
    assert await store.efforts.all(404) == []


async def test_answers_to_a_quiz_change_and_count_once(store: Store, week: Round, ada: Person, bo: Person) -> None:
    for person, question, answer in ((ada, 1, "x"), (ada, 0, "a"), (ada, 0, "b"), (bo, 0, "c")):
        await store.efforts.answer(week.id, person.id, question, answer)
    assert await store.efforts.answers(week.id, ada.id) == {0: "b", 1: "x"}
    assert await store.efforts.everybodys_answers(week.id) == {ada.id: {0: "b", 1: "x"}, bo.id: {0: "c"}}
    assert [effort.tried for effort in await store.efforts.all(week.id)] == [2, 1]


async def test_how_a_round_went(store: Store, guild: Community, week: Round, ada: Person, bo: Person) -> None:
    cy = await store.people.enter(Handle("discord", "", "3"), "Cy")
    other = await open_week(store, guild, 1)
    assert await store.efforts.numbers(week.id, 2) == RoundNumbers(0, 0, 0, ((0, 0), (0, 0)), 0)
    for correct in (False, False, True):
        await sends(store, week.id, ada.id, waits=())(correct=correct)
    await sends(store, week.id, ada.id)(1)
    await sends(store, week.id, bo.id)(correct=True)
    await sends(store, other.id, bo.id)(correct=True)
    await store.efforts.reward(week.id, bo.id, 20, solved=True)
    await store.efforts.enter(week.id, cy.id)
    for person, hint in ((ada, 0), (ada, 1), (cy, 0)):
        await store.efforts.hint(week.id, person.id, hint)
    assert await store.efforts.numbers(week.id, 2) == RoundNumbers(3, 2, 1, ((4, 2), (1, 0)), 3)
    assert (await store.efforts.numbers(week.id, 1)).parts == ((4, 2),)


async def test_equal_answers_of_several_members_are_found(
    store: Store, guild: Community, week: Round, ada: Person, bo: Person
) -> None:
    cy = await store.people.enter(Handle("discord", "", "3"), "Cy")
    other = await open_week(store, guild, 1)
    said = [(ada, 0, "x"), (ada, 0, "x"), (bo, 0, "x"), (cy, 0, "y"), (ada, 1, "z"), (bo, 0, "z"), (cy, 1, "z")]
    for person, part, mark in said:
        await sends(store, week.id, person.id, waits=())(part, mark=mark)
    await sends(store, other.id, cy.id)(mark="x")
    found = await store.efforts.same_answers(week.id)
    assert found == [SameAnswer(0, (ada.id, bo.id)), SameAnswer(1, (ada.id, cy.id))]
