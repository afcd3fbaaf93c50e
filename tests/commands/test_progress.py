"""Progress on one card."""

from __future__ import annotations

import io

from PIL import Image as Picture

from bot.core.reply import Visibility
from tests.clock import ManualClock
from tests.fakes.platform import Member, Platform


async def test_the_card_for_somebody_new(ada: Member) -> None:
    card = await ada.says("/progress")
    assert "Path: None yet" in card.text
    assert "This week: Nothing yet" in card.text
    image = card.reply.image
    assert image is not None
    assert "No path yet" in image.alt


async def test_the_card_says_in_words_what_the_picture_shows(ada: Member, clock: ManualClock) -> None:
    await ada.says("/path choose garden-road")
    await ada.says("/path done")
    clock.advance(days=1)
    await ada.says("/checkin")
    card = await ada.says("/progress")
    assert "One week in a row" in card.text
    assert "**The garden road**, now in Bare ground: 1 of 4 steps done." in card.text
    assert "2 active days with 2 activities." in card.text
    assert "Badges: First step" in card.text
    image = card.reply.image
    assert image is not None
    assert "The garden road" in image.alt
    picture = Picture.open(io.BytesIO(image.data))
    assert picture.format == "PNG"
    assert picture.width >= 1000


async def test_a_card_is_private_until_it_is_shown(ada: Member, platform: Platform) -> None:
    await ada.says("/checkin")
    card = await ada.says("/progress")
    assert card.answer.visibility is Visibility.PRIVATE
    shown = await card.press("Show it here")
    assert shown.answer.visibility is Visibility.PUBLIC
    assert shown.reply.title == "ada’s progress"
    assert "Days in a row" not in shown.text
    alone = platform.member("alone", community=None)
    assert "Show it here" not in (await alone.says("/progress")).labels()
