"""The community's time zone: for weeks of challenges, and for members without one of their own."""

from __future__ import annotations

from tests.fakes.platform import Member


async def test_organisers_set_the_zone_and_members_without_one_live_in_it(ada: Member, grace: Member) -> None:
    assert "not set" in (await grace.says("/community")).text
    changed = await grace.says("/community zone:Tokyo")
    assert "**Asia/Tokyo, where it is 18:00 now**" in changed.text
    assert "I use Asia/Tokyo" in (await ada.says("/settings")).text
    assert "Open until Monday 23 November, 09:00, your time" in (await ada.says("/challenge")).text
    assert "not set" in (await changed.press("Undo")).text
    assert "I use UTC" in (await ada.says("/settings")).text


async def test_a_zone_that_is_none_is_refused_with_some_that_are(grace: Member) -> None:
    assert "`Europe/Rome`" in (await grace.says("/community zone:Romme")).text


async def test_members_cannot_change_it(ada: Member) -> None:
    assert "organisers" in (await ada.says("/community zone:Rome")).text
