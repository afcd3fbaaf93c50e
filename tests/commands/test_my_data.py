"""What is kept about a member is theirs."""

from __future__ import annotations

import json

from bot.wiring import House
from tests.clock import ManualClock
from tests.fakes.platform import Member


async def test_mydata_is_everything_as_json(ada: Member) -> None:
    assert "nothing about you" in (await ada.says("/mydata")).text
    await ada.says("/checkin a private thought")
    await ada.says("/settings zone:Rome")
    heard = await ada.says("/mydata")
    data = json.loads(heard.reply.files[0].data)
    text = json.dumps(data)
    for part in ("a private thought", "Europe/Rome", "check-in", "ada"):
        assert part in text


async def test_forget_asks_first_and_then_nothing_is_left(ada: Member, grace: Member, house: House) -> None:
    for member in (ada, grace):
        await member.says("/checkin my words")
        await (await member.says("/board")).press("Be on the board")
    asked = await ada.says("/forget")
    form = await asked.press("Delete everything")
    wrong = await ada.fills(form, word="yes")
    assert "Nothing was deleted" in str(wrong.answer.outcome)
    assert await house.store.people.find(ada.speaker.handle) is not None
    gone = await ada.fills(form, word="Forget me.")
    assert "Everything is deleted" in gone.text
    assert await house.store.people.find(ada.speaker.handle) is None
    assert "nothing about you" in (await ada.says("/mydata")).text
    assert "You are **1 of 1**" in (await grace.says("/board")).text
    assert "my words" in (await grace.says("/learned")).text


async def test_who_comes_back_begins_anew(ada: Member, clock: ManualClock) -> None:
    await ada.says("/checkin")
    form = await (await ada.says("/forget")).press("Delete everything")
    await ada.fills(form, word="forget me")
    clock.advance(days=7)
    assert "Your streak begins here" in (await ada.says("/checkin")).text


async def test_there_is_nothing_to_forget_of_a_stranger(ada: Member) -> None:
    assert "nothing to delete" in (await ada.says("/forget")).text
