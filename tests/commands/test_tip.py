"""A tip for today."""

from __future__ import annotations

import pytest

from bot.wiring import House
from tests.clock import ManualClock
from tests.fakes.platform import Heard, Member


async def _facts(house: House, member: Member) -> list[tuple[str, str, str]]:
    person = await house.store.people.find(member.speaker.handle)
    assert person is not None
    return [(one.kind, one.subject, str(one.day)) for one in await house.store.activities.of(person.id)]


async def test_todays_tip_stays_for_the_whole_day(ada: Member, clock: ManualClock) -> None:
    morning = await ada.says("/tip")
    clock.advance(hours=8)
    assert (await ada.says("/tip")).reply.title == morning.reply.title
    clock.advance(hours=18)
    assert (await ada.says("/tip")).reply.title != morning.reply.title


async def test_a_day_ends_at_four_where_the_member_is(ada: Member, clock: ManualClock) -> None:
    await ada.says("/settings zone:Tokyo")  # 18:00 there
    evening = await ada.says("/tip")
    clock.advance(hours=9, minutes=59)  # 03:59
    assert (await ada.says("/tip")).reply.title == evening.reply.title
    clock.advance(minutes=2)
    assert (await ada.says("/tip")).reply.title != evening.reply.title


async def test_no_tip_comes_twice_before_all_were_seen(ada: Member) -> None:
    heard = await ada.says("/tip")
    seen = [heard.reply.title]
    for _ in range(4):
        heard = await heard.press("Another")
        seen.append(heard.reply.title)
    assert len(set(seen)) == 5
    assert (await heard.press("Another")).reply.title in seen[:-1]


async def test_easy_tips_come_first(ada: Member) -> None:
    heard: Heard = await ada.says("/tip")
    levels = []
    for _ in range(5):
        levels.append("Beginner" in heard.text)
        heard = await heard.press("Another")
    assert levels == [True, True, True, False, False]


async def test_tips_begin_at_the_level_that_the_member_chose(ada: Member) -> None:
    chosen = await (await ada.says("/settings")).press("Advanced")
    assert "Level: Advanced" in chosen.text
    heard = await ada.says("/tip")
    assert heard.reply.title == "Measure the rain"
    assert (await heard.press("Another")).reply.title == "Smell the compost"
    assert "Level: Not said" in (await chosen.press("Undo")).text


async def test_tips_belong_to_the_next_step_of_a_path(ada: Member) -> None:
    await ada.says("/path choose garden-road")
    await ada.says("/path done")
    assert (await ada.says("/path next")).reply.title == "Build a compost heap"
    tip = await ada.says("/tip")
    assert "Compost" in tip.reply.footer
    assert "Compost" in (await tip.press("Another")).reply.footer


async def test_a_topic_takes_in_what_is_below_it_and_other_names(ada: Member) -> None:
    assert "Watering" in (await ada.says("/tip h2o")).text
    titles = set()
    heard = await ada.says("/tip earth")
    for _ in range(3):
        titles.add(heard.reply.title)
        heard = await heard.press("Another")
    assert titles == {"Dig one small hole", "Turn the heap once", "Smell the compost"}


async def test_a_topic_that_is_none_is_searched_for_or_refused_with_some_that_are(ada: Member) -> None:
    assert (await ada.says("/tip rain measuring")).reply.title == "Measure the rain"
    refused = await ada.says("/tip zebra")
    assert "no tip about “zebra”" in refused.text
    assert "`Soil`" in refused.text


async def test_trying_a_tip_counts_once_a_day_and_only_when_it_was_done(
    ada: Member, house: House, clock: ManualClock
) -> None:
    begun = await (await ada.says("/tip")).press("Try it")
    assert "10 minutes" in begun.text
    assert await _facts(house, ada) == []
    assert "counts for today" in (await begun.press("I did it")).text
    assert "already" in (await begun.press("I did it")).text
    assert [(kind, day) for kind, _, day in await _facts(house, ada)] == [("tip-tried", "2026-11-21")]
    clock.advance(days=1)
    await begun.press("I did it")
    assert len(await _facts(house, ada)) == 2


async def test_a_pressed_button_that_is_delivered_twice_counts_once(ada: Member, house: House) -> None:
    begun = await (await ada.says("/tip")).press("Try it")
    first = await begun.press("I did it", call_id="twice")
    second = await begun.press("I did it", call_id="twice")
    assert first.text == second.text
    assert len(await _facts(house, ada)) == 1


@pytest.mark.parametrize("topic", ["", "soil"])
async def test_two_members_do_not_share_their_order(ada: Member, grace: Member, topic: str) -> None:
    before = await ada.says(f"/tip {topic}")
    await grace.says(f"/tip {topic}")
    assert (await ada.says(f"/tip {topic}")).reply.title == before.reply.title
