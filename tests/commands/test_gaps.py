"""Questions that nothing answered, from the asking to the answer."""

from __future__ import annotations

from bot.core.calls import Source, Typed
from tests.fakes.platform import Heard, Member

PIZZA = "best pizza in rome"


async def _ask(member: Member, question: str) -> None:
    await (await member.says(f"/faq {question}")).press("Ask the community")


async def _answer(organiser: Member, asked: str, **fields: str) -> Heard:
    opened = await (await organiser.says("/gaps")).press(asked)
    form = await opened.press("Answer it")
    return await organiser.fills(form, **{"answer": "Ask in the kitchen.", "topic": "soil", **fields})


async def test_only_organisers_see_the_list(ada: Member) -> None:
    assert "organisers" in (await ada.says("/gaps")).text


async def test_most_asked_comes_first(ada: Member, grace: Member) -> None:
    await _ask(ada, "zebra crossing rules")
    for name in ("bob", "carol"):
        await _ask(ada.platform.member(name), PIZZA)
    listed = (await grace.says("/gaps")).text
    assert listed.index("by 2 members") < listed.index("zebra")


async def test_an_answer_is_found_by_all_and_told_to_whoever_asked(ada: Member, grace: Member) -> None:
    bob = ada.platform.member("bob")
    await _ask(ada, PIZZA)
    assert "tell whoever asked" in (await _answer(grace, PIZZA)).text
    heard = await ada.says("/tip")
    assert [PIZZA in note for note in heard.answer.notes] == [True]
    assert (await ada.says("/tip")).answer.notes == ()
    found = await bob.says(f"/faq {PIZZA}")
    assert "Ask in the kitchen." in found.text
    assert found.answer.notes == ()
    assert "Nothing is open" in (await grace.says("/gaps")).text


async def test_news_that_is_delivered_twice_says_the_same(ada: Member, grace: Member) -> None:
    await _ask(ada, PIZZA)
    await _answer(grace, PIZZA)
    first = await ada.sends(Source.SLASH, Typed("/help"), call_id="again")
    second = await ada.sends(Source.SLASH, Typed("/help"), call_id="again")
    assert first.answer.notes == second.answer.notes != ()


async def test_a_better_wording_still_finds_the_words_that_were_asked(ada: Member, grace: Member) -> None:
    await _ask(ada, PIZZA)
    await _answer(grace, PIZZA, question="Where do we eat together?")
    assert (await ada.says(f"/faq {PIZZA}")).reply.title == "Where do we eat together?"


async def test_an_answer_stays_in_its_community(ada: Member, grace: Member) -> None:
    await _ask(ada, PIZZA)
    await _answer(grace, PIZZA)
    elsewhere = ada.platform.member("ada", community="elsewhere")
    assert (await elsewhere.says(f"/faq {PIZZA}")).reply.title == "I am not sure"


async def test_a_question_can_lead_to_an_answer_that_is_there(ada: Member, grace: Member) -> None:
    asked = "soggy tomatoes and a bucket of sorrow"
    await _ask(ada, asked)
    opened = await (await grace.says("/gaps")).press(asked)
    linked = await opened.press("How often should I water tomatoes?")
    found = await ada.says(f"/faq {asked}")
    assert found.reply.title == "How often should I water tomatoes?"
    assert ["How often should I water" in note for note in found.answer.notes] == [True]
    listed = await grace.says("/content list")
    opened = await listed.press(f"Wording: {asked}")
    assert opened.labels() == ["Retire"]
    await linked.press("Undo")
    assert asked in (await grace.says("/gaps")).text
    assert (await ada.says(f"/faq {asked}")).reply.title == "I am not sure"


async def test_dismissing_can_be_undone(ada: Member, grace: Member) -> None:
    await _ask(ada, PIZZA)
    opened = await (await grace.says("/gaps")).press(PIZZA)
    dismissed = await opened.press("Dismiss")
    assert "Nothing is open" in (await grace.says("/gaps")).text
    await dismissed.press("Undo")
    assert PIZZA in (await grace.says("/gaps")).text


async def test_another_communitys_question_cannot_be_reached(ada: Member, grace: Member) -> None:
    await _ask(ada, PIZZA)
    opened = await (await grace.says("/gaps")).press(PIZZA)
    stranger = ada.platform.member("mallory", community="elsewhere", admin=True)
    forged = Heard(stranger, opened.answer, opened.interaction)
    assert "not on the list" in (await forged.press("Dismiss")).text
    assert PIZZA in (await grace.says("/gaps")).text


async def test_an_unknown_topic_is_told_and_nothing_is_lost(ada: Member, grace: Member) -> None:
    await _ask(ada, PIZZA)
    wrong = await _answer(grace, PIZZA, topic="cooking")
    if not ada.platform.customs.errors_in_form:
        wrong = await wrong.press("Try again")
    assert wrong.form.values["answer"] == "Ask in the kitchen."
    assert "no topic “cooking”" in wrong.form.errors["topic"]
    assert "Everybody here finds" in (await grace.fills(wrong, topic="watering")).text
