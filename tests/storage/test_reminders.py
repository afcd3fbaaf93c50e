from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.models import Handle, Person, Reminder
from bot.ports import Store
from tests.storage.conftest import ADA, SetClock

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
HERE = {ADA.platform}


@pytest.fixture
async def reminder(store: Store, ada: Person, clock: SetClock) -> Reminder:
    reminder = Reminder(ada.id, ADA, time(18, 30), clock.now() + MINUTE)
    await store.reminders.plan(reminder)
    return reminder


async def test_a_reminder_comes_back_as_it_was_planned(store: Store, reminder: Reminder) -> None:
    assert await store.reminders.of(reminder.person_id) == reminder
    assert await store.reminders.of(404) is None


async def test_a_new_plan_takes_the_place_of_the_one_before(store: Store, reminder: Reminder, clock: SetClock) -> None:
    there = Handle("slack", "T1", "U1")
    new = Reminder(reminder.person_id, there, time(7), clock.now() + DAY, sent=clock.now(), ignored=2)
    await store.reminders.plan(new)
    assert await store.reminders.of(reminder.person_id) == new


async def test_reminders_are_due_when_their_time_has_come_oldest_first(
    store: Store, reminder: Reminder, clock: SetClock
) -> None:
    others = [await store.people.enter(Handle("discord", "", f"{number}"), "Bo") for number in (5, 6, 7)]
    due = [reminder.due - MINUTE, reminder.due + MINUTE, reminder.due]
    for person, moment in zip(others, due, strict=True):
        await store.reminders.plan(replace(reminder, person_id=person.id, due=moment))
    clock.moment = reminder.due - timedelta(microseconds=1)
    assert [each.person_id for each in await store.reminders.due(10, HERE)] == [others[0].id]
    clock.moment = reminder.due
    in_order = [others[0].id, reminder.person_id, others[2].id]
    assert [each.person_id for each in await store.reminders.due(10, HERE)] == in_order
    assert [each.person_id for each in await store.reminders.due(2, HERE)] == in_order[:2]


async def test_a_reminder_is_due_where_its_platform_runs(store: Store, reminder: Reminder, clock: SetClock) -> None:
    there = Handle("slack", "T1", "U1")
    bo = await store.people.enter(there, "Bo")
    await store.reminders.plan(replace(reminder, person_id=bo.id, handle=there, due=reminder.due - MINUTE))
    clock.forward(DAY)
    assert [each.person_id for each in await store.reminders.due(10, HERE)] == [reminder.person_id]
    assert [each.person_id for each in await store.reminders.due(1, ["discord", "slack"])] == [bo.id]
    assert len(await store.reminders.due(10, ["discord", "slack"])) == 2
    assert await store.reminders.due(10, ()) == []


async def test_only_one_of_two_moves_a_reminder(store: Store, reminder: Reminder) -> None:
    moved = replace(reminder, due=reminder.due + DAY, sent=reminder.due, ignored=1)
    assert await store.reminders.move(moved, reminder.due) is True
    assert await store.reminders.move(replace(moved, ignored=9), reminder.due) is False
    assert await store.reminders.of(reminder.person_id) == moved


async def test_who_wants_no_reminder_gets_none(store: Store, reminder: Reminder, clock: SetClock) -> None:
    clock.forward(DAY)
    assert await store.reminders.stop(reminder.person_id) is True
    assert await store.reminders.stop(reminder.person_id) is False
    assert await store.reminders.due(10, HERE) == []
    assert await store.reminders.move(reminder, reminder.due) is False


async def test_a_reminder_of_nobody_is_refused(store: Store, reminder: Reminder) -> None:
    with pytest.raises(LookupError):
        await store.reminders.plan(replace(reminder, person_id=404))
