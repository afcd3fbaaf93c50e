"""How a community fares: counted from its ledger, naming nobody who does not want to be seen."""

from __future__ import annotations

from bot.models import Place
from bot.services.answers import Answers
from bot.services.reporting import Reporting
from bot.wiring import House
from tests.clock import ManualClock
from tests.commands.weeks import open_week
from tests.fakes.platform import Member, Platform


def _reporting(house: House) -> Reporting:
    return Reporting(house.store, house.services.get(Answers), house.dispatcher.clock)


async def test_a_house_where_nobody_was_has_nothing_to_report(house: House) -> None:
    assert await _reporting(house).report() is None


async def test_weeks_are_counted_and_those_in_between_are_there(house: House, ada: Member, clock: ManualClock) -> None:
    await ada.says("/checkin")
    clock.advance(days=21)
    await ada.says("/checkin")
    report = await _reporting(house).report()
    assert report is not None
    assert [(week.members, week.activities) for week in report.weeks] == [(1, 1), (0, 0), (0, 0), (1, 1)]
    assert all(week.monday.weekday() == 0 for week in report.weeks)


async def test_sunday_and_monday_are_in_different_weeks(house: House, ada: Member, clock: ManualClock) -> None:
    clock.advance(days=1)  # a Sunday
    await ada.says("/checkin")
    clock.advance(days=1)
    await ada.says("/checkin")
    report = await _reporting(house).report()
    assert report is not None
    assert [week.activities for week in report.weeks] == [1, 1]


async def test_what_was_taken_back_does_not_count(house: House, ada: Member) -> None:
    said = await ada.says("/checkin")
    await said.press("Undo")
    report = await _reporting(house).report()
    assert report is not None
    assert sum(week.activities for week in report.weeks) == 0


async def test_paths_count_where_members_are_now(house: House, ada: Member, grace: Member) -> None:
    for member in (ada, grace):
        await member.says("/path choose garden-road")
    await ada.says("/path done")
    report = await _reporting(house).report()
    assert report is not None
    assert [(one.path, one.members, one.steps) for one in report.paths] == [("garden-road", 2, 1)]


async def test_challenges_count_who_opened_tried_and_solved(house: House, ada: Member) -> None:
    await open_week(house, ada, "seed-orders")
    await ada.says("/challenge submit 1")
    report = await _reporting(house).report()
    assert report is not None
    (one,) = report.rounds
    assert (one.title, one.opened, one.tried, one.solved) == ("The seed orders", 1, 1, 0)


async def test_only_those_who_want_to_be_seen_are_named(house: House, ada: Member, grace: Member) -> None:
    for member in (ada, grace):
        await member.says("/checkin")
    await (await ada.says("/board")).press("Be on the board")
    report = await _reporting(house).report()
    assert report is not None
    assert [(one.name, one.points, one.this_week) for one in report.members] == [("ada", 1, 1)]
    assert "grace" not in str(report)


async def test_communities_are_kept_apart(house: House, platform: Platform, ada: Member) -> None:
    await ada.says("/checkin")
    await platform.member("eve", community="other").says("/checkin")
    reporting = _reporting(house)
    first = await reporting.report()
    assert first is not None
    assert {one.name for one in first.others} == {"lab", "other"}
    other = await house.store.communities.find(Place("fake", "other"))
    assert other is not None
    second = await reporting.report(other.id)
    assert second is not None
    assert sum(week.activities for week in second.weeks) == 1
    assert await reporting.report(999) is None
