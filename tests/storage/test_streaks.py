from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.models import Activity, Community, DayRange, Excuse, Excused, Outage, Pause, Person, Place
from bot.ports import Store
from bot.services.streaks import State, look, recompute
from tests.storage.conftest import BO, Reopen, SetClock

FIRST = DayRange(date(2026, 3, 1), date(2026, 3, 8))
SECOND = DayRange(date(2026, 4, 1), date(2026, 4, 1))
LIMA = ZoneInfo("America/Lima")
MINUTES = timedelta(minutes=5)


@pytest.fixture
async def fact(store: Store, ada: Person, guild: Community) -> Activity:
    """A fact that was recorded."""
    at = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    fact = Activity(ada.id, guild.id, "tip", "t", at, "UTC", at.date(), "k")
    await store.activities.record(fact)
    return fact


async def outage(store: Store, clock: SetClock) -> Outage:
    """Let the bot be down for a day."""
    await store.streaks.beat(MINUTES)
    clock.forward(timedelta(days=1))
    found = await store.streaks.beat(MINUTES)
    assert found is not None
    return found


async def test_somebody_new_has_no_streak_and_no_excuse(store: Store, ada: Person) -> None:
    assert await store.streaks.kept(ada.id) is None
    assert await store.streaks.standing(ada.id) == (None, Excused(), [])


@pytest.mark.parametrize("credited", [True, False])
async def test_added_facts_are_followed_by_the_streak_that_the_ledger_says(
    store: Store, ada: Person, guild: Community, credited: bool
) -> None:
    at = datetime(2026, 3, 1, 23, 30, tzinfo=LIMA)
    for number, counts in enumerate((credited, True, True)):
        later = at + timedelta(days=number)
        fact = Activity(ada.id, guild.id, "tip", "t", later, LIMA.key, later.date(), f"{number}", counts)
        await store.activities.add(fact)
        facts = [one for one in await store.activities.of(ada.id) if one.credited]
        kept = await store.streaks.kept(ada.id)
        state = State.from_text(kept) if kept else None
        assert look(state, Excused(), later, LIMA) == look(recompute(facts, Excused()), Excused(), later, LIMA)
        assert (state is None) == (not facts)


async def test_a_fact_is_followed_by_the_kept_streak(store: Store, fact: Activity) -> None:
    for minutes in (1, 0):
        kept, excused, _ = await store.streaks.standing(fact.person_id)
        assert kept is not None
        assert State.from_text(kept) == recompute(await store.activities.of(fact.person_id), Excused())
        await store.activities.record(replace(fact, at=fact.at + timedelta(minutes=minutes), key=f"{minutes}"))
    kept, excused, _ = await store.streaks.standing(fact.person_id)
    assert (kept, excused) == (await store.streaks.kept(fact.person_id), await store.streaks.excused(fact.person_id))


async def test_pauses_come_newest_first_and_can_be_changed(store: Store, ada: Person) -> None:
    first, second = await store.streaks.pause(ada.id, FIRST), await store.streaks.pause(ada.id, SECOND)
    assert await store.streaks.pauses(ada.id) == [second, first] == [Pause(second.id, SECOND), Pause(first.id, FIRST)]
    shorter = DayRange(FIRST.first, FIRST.first)
    assert await store.streaks.set_pause(first.id, shorter) is True
    assert await store.streaks.set_pause(second.id, None) is True
    assert await store.streaks.set_pause(second.id, None) is False
    assert await store.streaks.set_pause(second.id, SECOND) is False
    assert await store.streaks.pauses(ada.id) == [Pause(first.id, shorter)]


async def test_excuses_come_newest_first_and_can_be_withdrawn(store: Store, guild: Community) -> None:
    first = await store.streaks.excuse(guild.id, FIRST, "Holidays")
    second = await store.streaks.excuse(guild.id, SECOND, "A storm")
    assert first == Excuse(first.id, guild.id, FIRST, "Holidays")
    assert await store.streaks.excuses(guild.id) == [second, first]
    assert await store.streaks.withdraw(first.id) == first
    assert await store.streaks.withdraw(first.id) is None
    assert await store.streaks.excuses(guild.id) == [second]


async def test_a_second_delivery_pauses_and_excuses_once(store: Store, ada: Person, guild: Community) -> None:
    pauses = [await store.during("c1").streaks.pause(ada.id, FIRST) for _ in range(2)]
    excuses = [await store.during("c1").streaks.excuse(guild.id, FIRST, "Holidays") for _ in range(2)]
    assert await store.streaks.pauses(ada.id) == pauses[:1] == pauses[1:]
    assert await store.streaks.excuses(guild.id) == excuses[:1] == excuses[1:]
    withdrawn = [await store.during("c2").streaks.withdraw(excuses[0].id) for _ in range(2)]
    assert withdrawn == excuses


async def test_days_that_end_before_they_begin_are_refused(store: Store, ada: Person, guild: Community) -> None:
    backwards = DayRange(FIRST.last, FIRST.first)
    with pytest.raises(ValueError, match="end before"):
        await store.streaks.pause(ada.id, backwards)
    with pytest.raises(ValueError, match="end before"):
        await store.streaks.excuse(guild.id, backwards, "Holidays")


async def test_what_excuses_a_member(store: Store, fact: Activity, guild: Community, clock: SetClock) -> None:
    there = await store.communities.enter(Place("slack", "T1"), "There")
    elsewhere = await store.communities.enter(Place("slack", "T2"), "Elsewhere")
    await store.boards.join(there.id, fact.person_id)
    await store.streaks.pause(fact.person_id, SECOND)
    for community, days in ((guild, FIRST), (there, SECOND), (elsewhere, FIRST)):
        await store.streaks.excuse(community.id, days, "Holidays")
    down = await outage(store, clock)
    assert await store.streaks.excused(fact.person_id) == Excused((SECOND,), (FIRST, SECOND), (down,))
    bo = await store.people.enter(BO, "Bo")
    assert await store.streaks.excused(bo.id) == Excused(outages=(down,))


Change = Callable[[Store, Activity, SetClock], Awaitable[object]]


async def _change_a_pause(store: Store, fact: Activity, clock: SetClock) -> None:
    (pause,) = await store.streaks.pauses(fact.person_id)
    await store.streaks.set_pause(pause.id, SECOND)


async def _end_a_pause(store: Store, fact: Activity, clock: SetClock) -> None:
    (pause,) = await store.streaks.pauses(fact.person_id)
    await store.streaks.set_pause(pause.id, None)


async def _withdraw_an_excuse(store: Store, fact: Activity, clock: SetClock) -> None:
    (excuse,) = await store.streaks.excuses(fact.community_id or 0)
    await store.streaks.withdraw(excuse.id)


async def _enter_a_community_with_excuses(store: Store, fact: Activity, clock: SetClock) -> None:
    there = await store.communities.find(Place("slack", "T1"))
    assert there is not None
    await store.boards.join(there.id, fact.person_id)


CHANGES: dict[str, Change] = {
    "a pause begins": lambda store, fact, clock: store.streaks.pause(fact.person_id, FIRST),
    "a pause changes": _change_a_pause,
    "a pause ends": _end_a_pause,
    "an excuse is given": lambda store, fact, clock: store.streaks.excuse(fact.community_id or 0, FIRST, "Storm"),
    "an excuse is withdrawn": _withdraw_an_excuse,
    "a community brings excuses": _enter_a_community_with_excuses,
    "the bot was down": lambda store, fact, clock: outage(store, clock),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
async def test_the_kept_streak_holds_until_something_excuses_otherwise(
    store: Store, fact: Activity, guild: Community, clock: SetClock, change: Change
) -> None:
    there = await store.communities.enter(Place("slack", "T1"), "There")
    await store.streaks.excuse(there.id, FIRST, "Holidays")
    await store.streaks.excuse(guild.id, FIRST, "Holidays")
    await store.streaks.pause(fact.person_id, FIRST)
    later = fact.at + timedelta(days=1)
    await store.activities.record(replace(fact, at=later, day=later.date(), key="k2"))
    assert await store.streaks.kept(fact.person_id) is not None
    await change(store, fact, clock)
    assert await store.streaks.kept(fact.person_id) is None
    await store.activities.record(replace(fact, at=later, day=later.date(), key="k3"))
    kept, excused, _ = await store.streaks.standing(fact.person_id)
    assert kept is not None
    assert State.from_text(kept) == recompute(await store.activities.of(fact.person_id), excused)


async def test_a_pause_of_somebody_else_changes_nothing(store: Store, fact: Activity) -> None:
    bo = await store.people.enter(BO, "Bo")
    await store.streaks.pause(bo.id, FIRST)
    assert await store.streaks.kept(fact.person_id) is not None


async def test_the_first_beat_ends_no_outage(store: Store) -> None:
    assert await store.streaks.beat(MINUTES) is None


async def test_a_beat_in_time_ends_no_outage_and_a_late_one_does_once(reopen: Reopen, clock: SetClock) -> None:
    store = await reopen()
    for _ in range(3):
        assert await store.streaks.beat(MINUTES) is None
        clock.forward(MINUTES)
    assert await store.streaks.beat(MINUTES) is None
    down_since = clock.now()
    store = await reopen()
    clock.forward(MINUTES + timedelta(microseconds=1))
    assert await store.streaks.beat(MINUTES) == Outage(down_since, clock.now())
    assert await store.streaks.beat(MINUTES) is None


async def test_a_clock_that_went_backwards_is_no_outage(store: Store, clock: SetClock) -> None:
    await store.streaks.beat(MINUTES)
    clock.forward(-timedelta(days=1))
    assert await store.streaks.beat(MINUTES) is None
    clock.forward(timedelta(hours=1))
    assert await store.streaks.beat(MINUTES) == Outage(clock.now() - timedelta(hours=1), clock.now())


async def test_nobody_pauses_and_nothing_is_excused_nowhere(store: Store) -> None:
    with pytest.raises(LookupError):
        await store.streaks.pause(404, FIRST)
    with pytest.raises(LookupError):
        await store.streaks.excuse(404, FIRST, "Holidays")
