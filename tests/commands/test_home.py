"""The home page: one look, and everything that is next."""

from __future__ import annotations

from bot.core.calls import Answer, Call, Source, Typed
from bot.core.limits import problems
from bot.core.reply import Reply
from bot.wiring import House
from tests.fakes.platform import Member


async def home_of(house: House, member: Member) -> Reply:
    call = Call("home", Source.SHORTCUT, member.speaker, Typed(""))
    answer: Answer = await house.dispatcher.home(call)
    assert isinstance(answer.outcome, Reply), answer
    assert problems(answer.outcome) == []
    return answer.outcome


def labels(page: Reply) -> list[str]:
    return [one.label for row in page.rows if isinstance(row, tuple) for one in row]


def field(page: Reply, name: str) -> str:
    return next(one.value for one in page.fields if one.name == name)


async def test_somebody_new_is_led_to_a_path(house: House, ada: Member) -> None:
    page = await home_of(house, ada)
    assert "None yet" in field(page, "Your path")
    assert {"Find my path", "Check in", "Open it", "Board", "Saved", "Settings"} <= set(labels(page))
    assert "Schedule" not in labels(page)


async def test_the_next_step_stands_first_and_goes_on(house: House, ada: Member) -> None:
    await ada.says("/path choose garden-road")
    before = field(await home_of(house, ada), "Your path")
    await ada.says("/path done")
    after = field(await home_of(house, ada), "Your path")
    assert "next comes" in before
    assert before != after


async def test_organisers_see_what_waits(house: House, ada: Member, grace: Member) -> None:
    assert "No question waits" in field(await home_of(house, grace), "For organisers")
    await (await ada.says("/faq how do submarines sing at night")).press("Ask the community")
    assert "1 of your" in field(await home_of(house, grace), "For organisers")


async def test_in_a_direct_message_there_is_no_challenge(house: House, ada: Member) -> None:
    alone = ada.platform.member("zoe", community=None)
    assert all(one.name != "This week’s challenge" for one in (await home_of(house, alone)).fields)


async def test_after_the_greeting_nothing_leads_twice_to_the_same_place(house: House, ada: Member) -> None:
    await (await ada.says("/start")).press("Not now")
    page = await home_of(house, ada)
    tokens = [one.token for row in page.rows if isinstance(row, tuple) for one in row]
    assert len(tokens) == len(set(tokens))
    assert {"Settings", "Check in", "Board"} <= set(labels(page))
