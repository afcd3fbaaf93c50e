"""What the bot says about itself, and about what it keeps."""

from __future__ import annotations

from tests.fakes.platform import Member


async def test_nobody_is_kept_for_asking(ada: Member) -> None:
    heard = await ada.says("/about")
    assert "I keep nothing about you" in heard.text
    assert await ada.platform.dispatcher.store.people.find(ada.speaker.handle) is None


async def test_what_is_kept_is_told_once_there_is_something(ada: Member) -> None:
    await ada.says("/settings level:beginner")
    heard = await ada.says("/about")
    assert "your settings: time zone, quiet hours, level, reminders" in heard.text
    assert "MIT" in heard.text
    assert (await heard.press("My settings")).reply.title == "Your settings"
    assert (await heard.press("What can you do?")).reply.title == "Help"
