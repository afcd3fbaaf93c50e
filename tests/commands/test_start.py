"""The first conversation."""

from __future__ import annotations

from tests.fakes.platform import Member


async def test_start_says_who_i_am_here_and_asks_for_the_time_zone(ada: Member) -> None:
    heard = await ada.says("/start")
    assert "**ada** in lab" in heard.text
    assert heard.labels() == ["Set my time zone", "Not now"]


async def test_start_asks_only_once(ada: Member) -> None:
    declined = await (await ada.says("/start")).press("Not now")
    assert "UTC" in declined.text
    assert "Set my time zone" not in (await ada.says("/start")).labels()


async def test_the_zone_is_kept_and_told(ada: Member) -> None:
    form = await (await ada.says("/start")).press("Set my time zone")
    saved = await ada.fills(form, zone="rome")
    assert "Europe/Rome, where it is 10:00 now" in saved.text
    again = await ada.says("/start")
    assert "Saturday, 10:00" in again.text
    assert again.labels() == ["What can you do?", "My settings"]


async def test_an_organiser_is_told_so_and_a_direct_message_is_named(ada: Member, grace: Member) -> None:
    assert "organisers" in (await grace.says("/start")).text
    alone = ada.platform.member("ada", community=None)
    assert "direct message" in (await alone.says("/start")).text
