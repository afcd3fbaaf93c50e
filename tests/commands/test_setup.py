"""What organisers can set up, from a channel and from the welcome."""

from __future__ import annotations

from bot.core.calls import Pressed, Source
from bot.wiring import House
from tests.fakes.platform import Member, Platform


async def test_organisers_see_what_there_is_and_set_it(grace: Member) -> None:
    page = await grace.says("/setup")
    assert "Not set; members without one of their own have UTC." in page.text
    form = await page.press("Set the time zone")
    await grace.fills(form, zone="Tokyo")
    assert "Time zone: Asia/Tokyo" in (await grace.says("/setup")).text


async def test_from_a_direct_message_it_says_where_to_go(platform: Platform, house: House) -> None:
    owner = platform.member("owner", community=None)
    token = house.registry.route("setup.begin").at(community="The Lab")
    assert "any channel of **The Lab**" in (await owner.sends(Source.BUTTON, Pressed(token))).text


async def test_members_are_sent_to_an_organiser(ada: Member, house: House) -> None:
    assert "organisers" in (await ada.says("/setup")).text
    token = house.registry.route("setup.begin").at()
    assert "organisers" in (await ada.sends(Source.BUTTON, Pressed(token))).text
