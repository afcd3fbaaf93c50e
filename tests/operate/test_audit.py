"""What organisers change is kept, without their words; what members do is not."""

from __future__ import annotations

from datetime import timedelta

from bot.core.calls import Call, Source, Speaker, Typed
from bot.core.reply import Reply, Update
from bot.models import Activity, Handle, Place
from bot.models.audit import Deed
from bot.scheduler.sweeping import sweeping
from bot.services.comings import Comings
from bot.wiring import House
from tests.clock import ManualClock
from tests.fakes.platform import Member

HOME = Place("console", "home")
GRACE = Handle("console", "", "grace")


async def says(house: House, line: str, *, admin: bool = True, call: str = "") -> str:
    speaker = Speaker(GRACE if admin else Handle("console", "", "ada"), "Grace", HOME, "Home", is_admin=admin)
    answer = await house.dispatcher.handle(Call(call or line, Source.SLASH, speaker, Typed(line)))
    assert isinstance(answer.outcome, Reply | Update)
    return (answer.outcome.reply if isinstance(answer.outcome, Update) else answer.outcome).text


async def deeds(house: House) -> list[tuple[str, str, str]]:
    community = await house.store.communities.find(HOME)
    assert community is not None
    return [(one.what, one.name, one.call_id) for one in await house.store.audit.of(community.id)]


async def test_a_change_is_kept_once(house: House) -> None:
    await says(house, "checkin hello", admin=False)
    await says(house, "community Rome", call="call-1")
    await says(house, "community Rome", call="call-1")
    assert await deeds(house) == [("community", "Grace", "call-1")]


async def test_looking_is_no_change_and_members_are_not_watched(house: House) -> None:
    await says(house, "checkin hello", admin=False)
    await says(house, "checkin hello from an organiser")
    await says(house, "community", call="call-2")
    assert await deeds(house) == []


async def test_organisers_see_who_it_was(house: House, clock: ManualClock) -> None:
    await says(house, "community Rome", call="call-3")  # it is the first thing that she ever does
    said = await says(house, "audit")
    assert "`community` by Grace" in said
    assert "Rome" not in said
    person = await house.store.people.find(GRACE)
    assert person is not None
    await house.store.people.forget(person.id)
    assert "somebody who is gone" in await says(house, "audit", call="later")


async def test_long_lists_are_paged(house: House, clock: ManualClock, grace: Member) -> None:
    community = await house.store.communities.enter(grace.speaker.place, "Home")  # type: ignore[arg-type]
    for number in range(25):
        await house.store.audit.note(Deed(community.id, clock.now(), f"deed-{number}", f"{number}"))
    reply = await grace.says("/audit")
    assert "deed-24" in reply.text
    assert "deed-14" not in reply.text
    older = await reply.press("Older")
    assert "deed-14" in older.text
    assert "deed-24" in (await older.press("Newer")).text


async def test_members_may_not_look(house: House) -> None:
    assert "Only the organisers" in await says(house, "audit", admin=False)


async def test_it_is_forgotten_after_a_year(house: House, clock: ManualClock) -> None:
    await says(house, "checkin hello")
    await says(house, "community Rome")
    clock.advance(days=364)
    sweep = sweeping(house.store, clock, house.services.get(Comings))
    await sweep.work()
    assert len(await deeds(house)) == 1
    clock.advance(days=2)
    await sweep.work()
    assert await deeds(house) == []


async def test_members_of_a_community_that_left_are_erased(house: House, clock: ManualClock) -> None:
    """Who belongs elsewhere too, or was active since, stays."""
    comings, gone, stays = house.services.get(Comings), Place("p", "gone"), Place("p", "stays")
    first = await house.store.communities.enter(gone, "Gone")
    second = await house.store.communities.enter(stays, "Stays")
    people = {name: await house.store.people.enter(Handle("p", "", name), name) for name in ("only", "both", "active")}
    for person in people.values():
        await house.store.boards.join(first.id, person.id)
    await house.store.boards.join(second.id, people["both"].id)
    await comings.left(gone)
    clock.advance(days=29)
    await comings.sweep()
    assert await house.store.communities.find(gone)
    clock.advance(days=2)
    await active(house, people["active"].id, clock)
    assert await comings.sweep() == 1
    left = {name: await house.store.people.find(Handle("p", "", name)) is not None for name in people}
    assert left == {"only": False, "both": True, "active": True}
    assert (await house.store.verify()).differences == ()


async def active(house: House, person_id: int, clock: ManualClock) -> None:
    now = clock.now() - timedelta(hours=1)
    await house.store.activities.record(Activity(person_id, None, "tip", "t", now, "UTC", now.date(), "k"))


async def test_how_long_is_a_setting(house: House, clock: ManualClock) -> None:
    comings = Comings(house.store, clock, house.registry, timedelta(days=3))
    place = Place("p", "gone")
    await house.store.communities.enter(place, "Gone")
    await comings.left(place)
    clock.advance(days=4)
    assert await comings.sweep() == 1
