"""Comings and goings: welcomed once, kept for thirty days, erased for good, taken back as it was."""

from __future__ import annotations

from bot.models import Place
from bot.services.comings import Comings
from bot.wiring import House
from tests.clock import ManualClock
from tests.fakes.platform import Member, Platform

LAB, CLUB = Place("fake", "lab"), Place("fake", "club")


def comings(house: House) -> Comings:
    return house.services.get(Comings)


async def test_a_community_is_welcomed_once(house: House) -> None:
    first = await comings(house).arrived(CLUB, "The *Club*")
    assert first is not None
    assert "**The \\*Club\\***" in first.text
    assert await comings(house).arrived(CLUB, "The Club") is None


async def test_whoever_is_there_already_gets_no_welcome(house: House, ada: Member) -> None:
    await ada.says("/board")
    await house.store.communities.enter(LAB, "lab")
    assert await comings(house).arrived(LAB, "lab") is None


async def test_sent_away_and_taken_back_all_is_as_it_was(house: House, grace: Member, clock: ManualClock) -> None:
    await grace.says("/community zone:Tokyo")
    await comings(house).left(LAB)
    clock.advance(days=29)
    assert await comings(house).sweep() == 0
    back = await comings(house).arrived(LAB, "lab")
    assert back is not None
    assert back.title == "Welcome back"
    clock.advance(days=2)
    assert await comings(house).sweep() == 0
    assert "Asia/Tokyo" in (await grace.says("/community")).text


async def test_after_thirty_days_nothing_of_the_community_is_left(
    house: House, ada: Member, grace: Member, platform: Platform, clock: ManualClock
) -> None:
    await grace.says("/community zone:Tokyo")
    await ada.says("/challenge")
    await ada.says("/checkin read a chapter")
    await grace.says("/checkin read two")
    clock.advance(days=1)
    await platform.member("grace", community="club").says("/checkin and a third")
    await comings(house).left(LAB)
    clock.advance(days=31)
    assert await comings(house).sweep() == 1
    assert await house.store.communities.find(LAB) is None
    assert await house.store.people.find(ada.speaker.handle) is None, "she was nowhere else"
    person, club = await house.store.people.find(grace.speaker.handle), await house.store.communities.find(CLUB)
    assert person is not None
    assert club is not None
    assert [fact.community_id for fact in await house.store.activities.of(person.id)] == [None, club.id]
    assert (await house.store.verify()).differences == ()


async def test_what_happened_while_nobody_listened_is_found_out(house: House, clock: ManualClock) -> None:
    for place in (LAB, CLUB):
        await comings(house).arrived(place, place.key)
    new = Place("fake", "new")
    assert list(await comings(house).seen("fake", [LAB, new], lambda place: True)) == [new]
    assert await comings(house).arrived(CLUB, "club") is not None
    # A process that serves only some of the places says nothing about the others.
    assert list(await comings(house).seen("fake", [LAB], lambda place: place == LAB)) == []
    assert await comings(house).arrived(CLUB, "club") is None


async def test_the_welcome_leads_on(house: House, grace: Member, ada: Member) -> None:
    welcome = await comings(house).arrived(CLUB, "club")
    assert welcome is not None
    assert [[one.label for one in row] for row in welcome.rows if isinstance(row, tuple)] == [["Set me up"]]
