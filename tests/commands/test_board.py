"""The board: only for those who want to be seen."""

from __future__ import annotations

import pytest

from bot.core.markup import Paragraph, parse
from tests.clock import ManualClock
from tests.fakes.platform import Member, Platform


@pytest.fixture
async def six(platform: Platform) -> list[Member]:
    """Six members: the first has six points, the last has one."""
    members = [platform.member(f"member{n}") for n in range(6)]
    for number, member in enumerate(members):
        await member.says("/checkin")
        begun = await member.says("/tip")
        for _ in range(min(3, (5 - number) // 2)):
            await (await begun.press("Try it")).press("I did it")
            begun = await begun.press("Another")
        await (await member.says("/board")).press("Be on the board")
    return members


async def test_nobody_is_listed_who_did_not_ask_to_be(ada: Member, grace: Member) -> None:
    await ada.says("/checkin")
    shown = await grace.says("/board")
    assert "Nobody is on this board yet" in shown.text
    assert "ada" not in shown.text
    joined = await (await ada.says("/board")).press("Be on the board")
    assert "You are **1 of 1**, with 1 point" in joined.text
    assert "1\\. ada, 1 point" in (await grace.says("/board")).text


async def test_equal_points_share_a_rank(six: list[Member]) -> None:
    shown = await six[5].says("/board")
    assert "You are **5 of 6**, with 1 point" in shown.text
    assert "1\\. member0, 5 points" in shown.text
    assert "1\\. member1, 5 points" in shown.text
    assert "3\\. member2, 3 points" in shown.text
    assert "5\\. member4, 1 point" in shown.text


async def test_who_leaves_is_gone_and_the_others_move_up(six: list[Member]) -> None:
    left = await (await six[0].says("/board")).press("Leave the board")
    assert "off the board" in left.text
    shown = await six[5].says("/board")
    assert "member0" not in shown.text
    assert "You are **4 of 5**" in shown.text


async def test_a_new_week_begins_at_nothing_and_the_season_goes_on(six: list[Member], clock: ManualClock) -> None:
    clock.advance(days=7)
    assert "no points in this time yet" in (await six[0].says("/board")).text
    assert "You are **1 of 6**, with 5 points" in (await six[0].says("/board season")).text
    clock.advance(days=90)
    assert "no points in this time yet" in (await six[0].says("/board season")).text
    assert "You are **1 of 6**" in (await six[0].says("/board all")).text


async def test_points_come_at_once_and_go_with_an_undo(ada: Member) -> None:
    await (await ada.says("/board")).press("Be on the board")
    said = await ada.says("/checkin")
    assert "with 1 point" in (await ada.says("/board")).text
    await said.press("Undo")
    assert "no points in this time yet" in (await ada.says("/board")).text


async def test_neighbours_are_shown_when_one_is_far_from_the_top(platform: Platform) -> None:
    members = [platform.member(f"m{n:02}") for n in range(16)]
    for number, member in enumerate(members):
        await member.says("/checkin")
        if number < 13:
            await (await (await member.says("/tip")).press("Try it")).press("I did it")
        await (await member.says("/board")).press("Be on the board")
    shown = await members[15].says("/board")
    assert "Around you" in shown.text
    assert "**m15 (you)**" in shown.text
    assert "You are **14 of 16**" in shown.text


async def test_there_is_no_board_in_a_direct_message(platform: Platform) -> None:
    alone = platform.member("alone", community=None)
    assert "in a community only" in (await alone.says("/board")).text


async def test_a_name_cannot_forge_a_line(platform: Platform) -> None:
    sly = platform.member("**1. Boss** @everyone")
    await sly.says("/checkin")
    joined = await (await sly.says("/board")).press("Be on the board")
    from bot.core.markup import plain

    assert "1. **1. Boss** @everyone (you), 1 point" in plain(joined.reply.fields[0].value)


async def test_a_rank_is_a_word_and_no_list_within_a_list(six: list[Member]) -> None:
    shown = await six[5].says("/board")
    for field in shown.reply.fields:
        assert [type(one) for one in parse(field.value)] == [Paragraph]
