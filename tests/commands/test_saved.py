"""What a member keeps for later."""

from __future__ import annotations

from tests.fakes.platform import Member


async def test_nothing_is_kept_at_first_and_nobody_is_remembered_for_looking(ada: Member) -> None:
    assert "nothing yet" in (await ada.says("/saved")).text
    assert "I keep nothing about you" in (await ada.says("/about")).text


async def test_tips_and_answers_are_kept_and_opened_again(ada: Member) -> None:
    tip = await ada.says("/tip")
    await tip.press("Save")
    await (await ada.says("/faq do worms help")).press("Save")
    listed = await ada.says("/saved")
    assert listed.text.index("Do worms help") < listed.text.index(tip.reply.title)
    opened = await listed.press("Do worms help the soil?")
    assert "They eat what is dead" in opened.text
    await opened.press("Take it off the list")
    assert "worms" not in (await ada.says("/saved")).text


async def test_saving_twice_keeps_one(ada: Member) -> None:
    heard = await ada.says("/faq do worms help")
    await heard.press("Save")
    assert "already" in (await heard.press("Save")).text
    assert (await ada.says("/saved")).text.count("worms") == 1


async def test_what_others_keep_is_theirs(ada: Member, grace: Member) -> None:
    await (await ada.says("/faq do worms help")).press("Save")
    assert "nothing yet" in (await grace.says("/saved")).text
