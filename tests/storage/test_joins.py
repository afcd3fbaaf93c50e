"""Two accounts become one person by a code, and part again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from bot.models import (
    Activity,
    AdditionState,
    Community,
    DayRange,
    Handle,
    NewAddition,
    Person,
    Preferences,
    QuietHours,
    Reminder,
)
from bot.ports import Store
from storage.driver import connect
from tests.storage.conftest import ADA, BO, SetClock

CODE = "K7QX-2M9P"
CY = Handle("slack", "T1", "U9")
TODAY = date(2026, 3, 1)


@pytest.fixture
async def bo(store: Store) -> Person:
    return await store.people.enter(BO, "Bo")


async def join(store: Store, clock: SetClock, person: Person, handle: Handle) -> Person:
    await store.joins.offer(person.id, CODE, clock.now() + timedelta(minutes=10))
    joined = await store.joins.join(CODE, handle)
    assert joined is not None
    return joined


async def part(store: Store, handle: Handle) -> Person:
    parted = await store.joins.part(handle)
    assert parted is not None
    return parted


def fact(person: Person, clock: SetClock, key: str, community: Community | None = None) -> Activity:
    place = community.id if community else None
    return Activity(person.id, place, "tip", "t", clock.now(), "UTC", TODAY, key, points=3, origin_id=person.origin_id)


async def keys(store: Store, person: Person) -> list[str]:
    return [fact.key for fact in await store.activities.of(person.id)]


async def test_a_code_shows_whose_it_is_however_it_is_typed(store: Store, ada: Person, clock: SetClock) -> None:
    await store.joins.offer(ada.id, CODE, clock.now() + timedelta(minutes=10))
    for typed in (CODE, " k7qx 2m9p ", "K7QX2M9P", "k7qx—2m9p"):
        assert await store.joins.offered(typed) == ada
    assert await store.joins.offered("K7QX-2M9Q") is None


async def test_a_code_is_kept_by_its_hash_only(store: Store, ada: Person, clock: SetClock, path: Path) -> None:
    await store.joins.offer(ada.id, CODE, clock.now() + timedelta(minutes=10))
    connection = connect(str(path), busy_seconds=1)
    ((kept,),) = connection.execute("SELECT hash FROM link_codes").fetchall()
    connection.close()
    assert len(kept) == 64
    assert "K7QX" not in kept.upper()


async def test_a_code_ends(store: Store, ada: Person, clock: SetClock, path: Path) -> None:
    await store.joins.offer(ada.id, CODE, clock.now() + timedelta(minutes=10))
    clock.forward(timedelta(minutes=10))
    assert await store.joins.offered(CODE) is None
    assert await store.joins.join(CODE, BO) is None
    assert await store.people.find(BO) is None, "nothing was done"
    other = await store.people.enter(CY, "Cy")
    await store.joins.offer(other.id, "other", clock.now() + timedelta(minutes=10))
    connection = connect(str(path), busy_seconds=1)
    assert connection.execute("SELECT person_id FROM link_codes").fetchall() == [(other.id,)]
    connection.close()


async def test_a_new_code_ends_the_earlier_one(store: Store, ada: Person, clock: SetClock) -> None:
    for code in ("first", "second"):
        await store.joins.offer(ada.id, code, clock.now() + timedelta(minutes=10))
    assert await store.joins.offered("first") is None
    assert await store.joins.offered("second") == ada


async def test_a_code_joins_once(store: Store, ada: Person, bo: Person, clock: SetClock) -> None:
    joined = await join(store, clock, ada, BO)
    assert joined == replace(ada, origin_id=bo.id) == await store.people.find(BO)
    assert await store.joins.join(CODE, CY) is None
    assert list(await store.people.handles(ada.id)) == [ADA, BO]


async def test_a_second_delivery_of_the_call_is_told_the_same(store: Store, ada: Person, clock: SetClock) -> None:
    await store.joins.offer(ada.id, CODE, clock.now() + timedelta(minutes=10))
    joined = await store.during("c1").joins.join(CODE, BO)
    assert joined is not None
    assert await store.during("c1").joins.join(CODE, BO) == joined
    parted = await store.during("c2").joins.part(BO)
    assert parted is not None
    assert await store.during("c2").joins.part(BO) == parted


async def test_ones_own_code_changes_nothing_but_is_used(store: Store, ada: Person, clock: SetClock) -> None:
    assert await join(store, clock, ada, ADA) == ada
    assert await store.joins.offered(CODE) is None
    assert await store.joins.part(ADA) is None


async def test_a_handle_that_nobody_wrote_from_can_part_too(store: Store, ada: Person, clock: SetClock) -> None:
    joined = await join(store, clock, ada, BO)
    assert joined.id == ada.id
    parted = await part(store, BO)
    assert parted.id not in (ada.id, None)
    assert parted.origin_id is None
    assert await store.people.find(BO) == parted
    assert await store.people.find(ADA) == ada


async def test_what_is_not_joined_cannot_part(store: Store, ada: Person) -> None:
    assert await store.joins.part(ADA) is None
    assert await store.joins.part(BO) is None


async def test_a_joined_account_keeps_its_name_to_itself(
    store: Store, ada: Person, bo: Person, clock: SetClock
) -> None:
    await join(store, clock, ada, BO)
    assert (await store.people.enter(BO, "Bo B.")).name == "Ada"
    assert await store.people.find(ADA) == ada
    assert (await part(store, BO)).name == "Bo"


async def test_what_both_did_counts_once(
    store: Store, ada: Person, bo: Person, guild: Community, clock: SetClock
) -> None:
    for person, key in ((ada, "both"), (ada, "hers"), (bo, "both"), (bo, "his")):
        await store.activities.record(fact(person, clock, key, guild))
        await store.boards.join(guild.id, person.id)
    joined = await join(store, clock, ada, BO)
    assert sorted(await keys(store, joined)) == ["both", "hers", "his"]
    board = await store.boards.show(guild.id, "all", ada.id, top=5, near=1)
    assert [(line.person_id, line.points) for line in board.top] == [(ada.id, 9)]
    assert (await store.verify()).differences == ()

    await part(store, BO)
    assert (await keys(store, ada), await keys(store, bo)) == (["both", "hers"], ["both", "his"])
    board = await store.boards.show(guild.id, "all", ada.id, top=5, near=1)
    assert {(line.person_id, line.points) for line in board.top} == {(ada.id, 6), (bo.id, 6)}
    assert (await store.verify()).differences == ()


async def test_what_an_account_did_since_goes_with_it(
    store: Store, ada: Person, bo: Person, guild: Community, clock: SetClock
) -> None:
    joined = await join(store, clock, ada, BO)
    await store.activities.record(fact(joined, clock, "by him", guild))
    await store.activities.record(fact(ada, clock, "by her", guild))
    await part(store, BO)
    assert (await keys(store, ada), await keys(store, bo)) == (["by her"], ["by him"])
    assert {one.origin_id for one in await store.activities.of(bo.id)} == {None}
    assert await store.boards.join(guild.id, bo.id), "he belongs there now, and is not on the board"
    assert (await store.verify()).differences == ()


async def test_what_was_taken_back_and_done_again_stands_once(
    store: Store, ada: Person, bo: Person, clock: SetClock
) -> None:
    for person in (ada, bo):
        await store.activities.record(fact(person, clock, "both"))
    joined = await join(store, clock, ada, BO)
    (hers,) = await store.activities.of(ada.id)
    await store.activities.take_back(ada.id, hers.id)
    assert await keys(store, ada) == [], "taken back is taken back, whoever else did it"
    await store.activities.record(fact(joined, clock, "both"))
    await part(store, BO)
    assert (await keys(store, ada), await keys(store, bo)) == ([], ["both"])
    assert await keys(store, await join(store, clock, ada, BO)) == ["both"]


async def test_three_accounts_lie_flat_and_part_alone(store: Store, ada: Person, bo: Person, clock: SetClock) -> None:
    cy = await store.people.enter(CY, "Cy")
    for person, key in ((bo, "both"), (cy, "both"), (cy, "his")):
        await store.activities.record(fact(person, clock, key))
        await store.votes.cast(person.id, key, helped=person == cy)
    await join(store, clock, bo, CY)
    await join(store, clock, ada, BO)
    assert await store.people.find(CY) == replace(ada, origin_id=cy.id)
    assert sorted(await keys(store, ada)) == ["both", "his"]
    assert await store.votes.tally("both") == (0, 1)

    await part(store, BO)
    assert await store.votes.tally("both") == (1, 1)
    assert await keys(store, bo) == ["both"]
    assert sorted(await keys(store, ada)) == ["both", "his"], "the other one's counts now"
    await part(store, CY)
    assert await keys(store, ada) == []
    assert sorted(await keys(store, cy)) == ["both", "his"]


async def test_a_code_of_a_joined_account_means_the_person(
    store: Store, ada: Person, bo: Person, clock: SetClock
) -> None:
    """A code that was offered before the offerer was joined ends; one by an old number means the person now."""
    await store.joins.offer(bo.id, "old", clock.now() + timedelta(minutes=10))
    await join(store, clock, ada, BO)
    assert await store.joins.offered("old") is None
    await store.joins.offer(bo.id, "late", clock.now() + timedelta(minutes=10))
    cy = await store.joins.join("late", CY)
    assert cy is not None
    assert cy.id == ada.id


async def test_what_the_person_did_not_tell_is_taken_over(
    store: Store, ada: Person, bo: Person, clock: SetClock
) -> None:
    quiet = QuietHours(time(22), time(7))
    await store.people.prefer(ada.id, Preferences("Asia/Tokyo"))
    await store.people.prefer(bo.id, Preferences("UTC", True, quiet, "advanced"))
    joined = await join(store, clock, ada, BO)
    assert joined.preferences == Preferences("Asia/Tokyo", True, quiet, "advanced")
    assert (await part(store, BO)).preferences == Preferences("UTC", True, quiet, "advanced")


async def test_what_else_is_theirs_comes_and_goes_too(
    store: Store, ada: Person, bo: Person, guild: Community, clock: SetClock
) -> None:
    for person, mine in ((ada, "hers"), (bo, "his")):
        for entry in ("both", mine):
            await store.saves.keep(person.id, "tip", entry)
            await store.tips.show(person.id, entry, TODAY)
            await store.votes.cast(person.id, entry, helped=person == ada)
            await store.gaps.ask(guild.id, entry, person.id)
        await store.streaks.pause(person.id, DayRange(TODAY, TODAY))
        await store.notices.leave(person.id, mine)
        await store.told.tell(person.id, [mine])
        await store.check_ins.write(person.id, TODAY, mine)
    mine_too = await store.additions.add(NewAddition(guild.id, "tip", "new", "{}", AdditionState.LIVE, bo.id))

    await join(store, clock, ada, BO)
    assert {one.entry for one in await store.saves.of(ada.id)} == {"both", "hers", "his"}
    assert {one.tip for one in await store.tips.of(ada.id)} == {"both", "hers", "his"}
    assert [await store.votes.tally(faq) for faq in ("both", "hers", "his")] == [(1, 0), (1, 0), (0, 1)]
    assert {gap.question: gap.asked for gap in await store.gaps.open(guild.id)} == {"both": 1, "hers": 1, "his": 1}
    assert len(await store.streaks.pauses(ada.id)) == 2
    assert await store.told.of(ada.id) == {"hers", "his"}
    assert [one.text for one in await store.check_ins.of(ada.id)] == ["hers"], "one text a day"
    assert list(await store.notices.waiting()) == [ada.id]
    found = await store.additions.find(mine_too.id)
    assert found is not None
    assert found.author_id == ada.id
    await store.saves.drop(ada.id, "his")

    await part(store, BO)
    assert {one.entry for one in await store.saves.of(ada.id)} == {"both", "hers"}
    assert {one.entry for one in await store.saves.of(bo.id)} == {"both"}, "what was dropped stays so"
    assert [await store.votes.tally(faq) for faq in ("both", "hers", "his")] == [(1, 1), (1, 0), (0, 1)]
    assert {gap.question: gap.asked for gap in await store.gaps.open(guild.id)} == {"both": 2, "hers": 1, "his": 1}
    assert [len(await store.streaks.pauses(person.id)) for person in (ada, bo)] == [1, 1]
    assert [one.text for one in await store.check_ins.of(bo.id)] == ["his"]
    assert [one.text for one in await store.notices.take(bo.id)] == ["his"]
    assert (await store.additions.find(mine_too.id)) == mine_too


async def test_a_board_shows_nobody_who_did_not_want_it(
    store: Store, ada: Person, bo: Person, guild: Community, clock: SetClock
) -> None:
    for person in (ada, bo):
        await store.activities.record(fact(person, clock, str(person.id), guild))
    await store.boards.join(guild.id, bo.id)
    await join(store, clock, ada, BO)
    assert not await store.boards.has(guild.id, ada.id), "she said nothing, and she is the one who would be seen"
    assert (await store.boards.show(guild.id, "all", ada.id, top=5, near=1)).members == 0
    await part(store, BO)
    assert await store.boards.has(guild.id, bo.id)
    assert (await store.boards.show(guild.id, "all", bo.id, top=5, near=1)).members == 1


def reminder(person: Person, handle: Handle, clock: SetClock) -> Reminder:
    return Reminder(person.id, handle, time(18), clock.now() + timedelta(hours=1))


async def test_one_person_is_reminded_once(store: Store, ada: Person, bo: Person, clock: SetClock) -> None:
    hers, his = reminder(ada, ADA, clock), reminder(bo, BO, clock)
    await store.reminders.plan(hers)
    await store.reminders.plan(his)
    await join(store, clock, ada, BO)
    clock.forward(timedelta(days=3))
    assert list(await store.reminders.due(5, ["discord"])) == [hers]
    await part(store, BO)
    assert await store.reminders.of(ada.id) == hers
    assert await store.reminders.of(bo.id) == replace(his, due=his.due + timedelta(days=3)), "the past is past"


async def test_a_reminder_that_came_along_goes_again(store: Store, ada: Person, bo: Person, clock: SetClock) -> None:
    his = reminder(bo, BO, clock)
    await store.reminders.plan(his)
    await join(store, clock, ada, BO)
    assert await store.reminders.of(ada.id) == replace(his, person_id=ada.id)
    await part(store, BO)
    assert await store.reminders.of(ada.id) is None
    assert await store.reminders.of(bo.id) == his


async def test_reminders_that_were_stopped_do_not_come_back(
    store: Store, ada: Person, bo: Person, clock: SetClock
) -> None:
    await store.reminders.plan(reminder(ada, ADA, clock))
    await store.reminders.plan(reminder(bo, BO, clock))
    await join(store, clock, ada, BO)
    await store.reminders.stop(ada.id)
    await part(store, BO)
    assert await store.reminders.of(bo.id) is None
