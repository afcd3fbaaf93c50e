"""Questions and answers."""

from __future__ import annotations

from bot.wiring import House
from tests.fakes.platform import Member

LONG = "Where do I find somebody who would help me to build a stone wall around my garden, and what would it cost?"


async def test_an_answer_says_who_says_so_and_since_when(ada: Member) -> None:
    heard = await ada.says("/faq hwo often should i water tomatos")
    assert heard.reply.title == "How often should I water tomatoes?"
    assert "Twice a week" in heard.text
    assert "I read this as" in heard.text
    assert r"[The garden \[book\]](https://www.example.org/how-often-to-water)" in heard.text
    assert "As of October 2026." in heard.text


async def test_related_questions_are_one_press_away(ada: Member) -> None:
    heard = await ada.says("/faq do worms help")
    assert (await heard.press("Which soil do carrots like?")).reply.title == "Which soil do carrots like?"


async def test_without_an_answer_it_says_so_and_shows_the_nearest(ada: Member) -> None:
    heard = await ada.says("/faq which carrots win at chess and poker")
    assert heard.reply.title == "I am not sure"
    assert "Which soil do carrots like?" in heard.labels()
    assert (await heard.press("Which soil do carrots like?")).reply.title == "Which soil do carrots like?"


async def test_a_question_without_an_answer_can_be_passed_on_once(ada: Member, house: House) -> None:
    heard = await ada.says("/faq best pizza in rome")
    assert "organisers" in (await heard.press("Ask the community")).text
    await heard.press("Ask the community")
    community = await house.store.communities.find(ada.speaker.place)  # type: ignore[arg-type]
    assert community is not None
    (gap,) = await house.store.gaps.open(community.id)
    assert (gap.question, gap.asked) == ("best pizza in rome", 1)


async def test_a_question_too_long_for_a_button_is_passed_on_whole(ada: Member, house: House) -> None:
    heard = await ada.says(f"/faq {LONG}")
    await heard.press("Ask the community")
    community = await house.store.communities.find(ada.speaker.place)  # type: ignore[arg-type]
    assert community is not None
    (gap,) = await house.store.gaps.open(community.id)
    assert gap.question == LONG


async def test_what_was_asked_is_passed_on_when_the_answer_did_not_help(ada: Member, house: House) -> None:
    heard = await (await ada.says("/faq do worms help my cat")).press("Not quite")
    await heard.press("Ask the community")
    community = await house.store.communities.find(ada.speaker.place)  # type: ignore[arg-type]
    assert community is not None
    (gap,) = await house.store.gaps.open(community.id)
    assert gap.question == "do worms help my cat"


async def test_alone_there_is_nobody_to_ask(ada: Member) -> None:
    alone = ada.platform.member("ada", community=None)
    assert "Ask the community" not in (await alone.says("/faq best pizza in rome")).labels()


async def test_votes_count_once_for_each_member_and_can_change(ada: Member, grace: Member, house: House) -> None:
    heard = await ada.says("/faq do worms help")
    await heard.press("This helped")
    await heard.press("This helped")
    await (await grace.says("/faq do worms help")).press("This helped")
    assert await house.store.votes.tally("do-worms-help") == (2, 0)
    assert "Ask the community" in (await heard.press("Not quite")).labels()
    assert await house.store.votes.tally("do-worms-help") == (1, 1)


async def test_what_a_member_types_is_shown_and_not_obeyed(ada: Member) -> None:
    heard = await ada.says("/faq [free](https://evil.example) **zzz** <@1> @everyone")
    assert r"\[free\](https://evil.example)" in heard.text
    assert r"\*\*zzz\*\*" in heard.text


async def test_an_empty_question_opens_a_form(ada: Member) -> None:
    form = await ada.says("/faq")
    assert (await ada.fills(form, question="do worms help")).reply.title == "Do worms help the soil?"


def test_suggestions_come_while_typing(house: House) -> None:
    choices = house.dispatcher.suggest("faq", "question", "how often sho")
    assert [one.label for one in choices] == ["How often should I water tomatoes?"]
