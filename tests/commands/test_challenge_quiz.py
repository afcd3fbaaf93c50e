"""The quiz of the week."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.core.calls import Pressed, Source
from bot.core.markup import plain
from bot.core.reply import Select
from bot.models import Handle
from bot.models.challenges import Round
from bot.scheduler.rounds_end import EndOfRounds, ways_of
from bot.services.challenges.quizzes import wind_up_quiz
from bot.services.notices import Notices
from bot.wiring import House
from content.quiz_model import Question
from tests.clock import ManualClock
from tests.commands.weeks import WEEK, content_of, facts_of, gained, open_week, person_id
from tests.fakes.platform import Heard, Member

QUIZ = "quiz-heap"
TITLE = "What the heap knows"


async def _ask(member: Member, found: Round, number: int = 0) -> Heard:
    return await member.sends(Source.BUTTON, Pressed(f"a1:quiz.ask:{found.id},{number}"))


async def _results(member: Member, found: Round) -> Heard:
    return await member.sends(Source.BUTTON, Pressed(f"a1:quiz.results:{found.id}"))


def _letter(heard: Heard, option: str) -> str:
    found = re.search(rf"\*\*([A-H])\*\* {option}", heard.text)
    assert found is not None, heard.text
    return found[1]


async def _toggle(heard: Heard, option: str) -> Heard:
    letter = _letter(heard, option)
    return await heard.press(letter if letter in heard.labels() else f"✓ {letter}")


async def _fill(heard: Heard, button: str, **fields: str) -> Heard:
    return await heard.member.fills(await heard.press(button), **fields)


async def _order(heard: Heard, *options: str) -> Heard:
    letters = " ".join(_letter(heard, option) for option in options).lower()
    return await _fill(heard, "Write the order", letters=letters)


async def _take(member: Member, found: Round, number: str = "60", first: str = "Air") -> Heard:
    """Answer everything, the last two questions in forms."""
    heard = await (await (await _ask(member, found)).press(first)).press("Next")
    heard = await _toggle(await _toggle(heard, "Peels"), "Dry leaves")
    heard = await _order(await heard.press("Next"), "Collect", "Turn", "Sieve", "Spread")
    return await _fill(await heard.press("Next"), "Write the number", value=number)


async def test_answers_are_kept_at_once_and_survive_a_look_elsewhere(ada: Member, house: House) -> None:
    found = await open_week(house, ada, QUIZ)
    first = await _ask(ada, found)
    assert "Question 1 of 4" in first.text
    chosen = await first.press("Sun")
    assert "Your answer: **Sun**" in chosen.text
    assert [(one.label, one.done, one.total) for one in chosen.reply.progress] == [("Answered", 1, 4)]
    again = await _ask(ada, found)
    assert "Your answer: **Sun**" in again.text
    select = next(row for row in again.reply.rows if isinstance(row, Select))
    assert [one.label for one in select.options if one.chosen] == ["Sun"]
    assert "Your answer: **Air**" in (await again.press("Air")).text


async def test_letters_are_pressed_and_released(ada: Member, house: House) -> None:
    heard = await _ask(ada, await open_week(house, ada, QUIZ), 1)
    assert "Several may be right" in heard.text
    heard = await _toggle(await _toggle(heard, "Peels"), "Glass")
    pressed = sorted([_letter(heard, "Peels"), _letter(heard, "Glass")])
    assert "Your answer: **Glass, Peels**" in heard.text
    assert sorted(label for label in heard.labels() if "✓" in label) == [f"✓ {letter}" for letter in pressed]
    heard = await _toggle(heard, "Glass")
    assert "**Peels**" in heard.text
    assert "Several may be right" in (await _toggle(heard, "Peels")).text


async def test_a_letter_that_is_pressed_twice_by_mistake_stays_pressed(ada: Member, house: House) -> None:
    heard = await _ask(ada, await open_week(house, ada, QUIZ), 1)
    await _toggle(heard, "Peels")
    assert "**Peels**" in (await _toggle(heard, "Peels")).text


async def test_an_order_is_written_in_letters_and_can_be_mended(ada: Member, house: House) -> None:
    heard = await _ask(ada, await open_week(house, ada, QUIZ), 2)
    wrong = await _fill(heard, "Write the order", letters="A A B")
    if not ada.platform.customs.errors_in_form:
        wrong = await wrong.press("Try again")
    assert "each of these letters once" in wrong.form.errors["letters"]
    letters = "".join(_letter(heard, one) for one in ("Spread", "Turn", "Sieve", "Collect"))
    kept = await ada.fills(wrong, letters=" > ".join(letters.lower()))
    assert "**Spread → Turn → Sieve → Collect**" in kept.text
    form = await kept.press("Change the order")
    assert form.form.values["letters"] == letters


async def test_a_number_is_read_as_people_write_it(ada: Member, house: House) -> None:
    heard = await _ask(ada, await open_week(house, ada, QUIZ), 3)
    wrong = await _fill(heard, "Write the number", value="many")
    if not ada.platform.customs.errors_in_form:
        wrong = await wrong.press("Try again")
    assert "cannot read" in wrong.form.errors["value"]
    assert "**60,5**" in (await ada.fills(wrong, value="60,5")).text


async def test_an_answered_quiz_counts_once_and_may_still_be_changed(
    ada: Member, house: House, clock: ManualClock
) -> None:
    found = await open_week(house, ada, QUIZ)
    last = await _take(ada, found)
    assert "everything is answered" in last.text
    assert await gained(house, ada) == [("challenge-tried", 1)]
    clock.advance(days=2)
    assert "Your answer: **Sun**" in (await (await _ask(ada, found)).press("Sun")).text
    assert await gained(house, ada) == [("challenge-tried", 1)]


async def test_the_page_of_all_answers_leads_back_to_each(ada: Member, house: House) -> None:
    found = await open_week(house, ada, QUIZ)
    heard = await (await (await _ask(ada, found)).press("Water")).press("My answers")
    assert "**1** Water" in heard.text
    assert "**2** not answered yet" in heard.text
    assert "Question 2 of 4" in (await heard.press("Go on")).text
    await _take(ada, found, number="61")
    heard = await (await _ask(ada, found, 3)).press("My answers")
    assert "Everything is answered" in heard.text
    assert "**3** Collect → Turn → Sieve → Spread" in heard.text
    assert "Go on" not in heard.labels()
    assert "Question 4 of 4" in (await heard.press(next(one for one in heard.labels() if one.startswith("4.")))).text


async def test_nothing_is_revealed_before_the_close(ada: Member, house: House) -> None:
    found = await open_week(house, ada, QUIZ)
    last = await _take(ada, found)
    everything = last.text + (await last.press("My answers")).text
    assert "Three times 20" not in everything
    assert "right" not in (await _ask(ada, found)).text.lower()
    assert "week is over" in (await _results(ada, found)).text


async def test_after_the_close_points_are_given_once_and_all_is_explained(
    ada: Member, grace: Member, house: House, clock: ManualClock
) -> None:
    await ada.says("/settings zone:Tokyo")
    found = await open_week(house, ada, QUIZ)
    await _take(ada, found, number="10")
    await _take(grace, found)
    clock.advance(days=7, hours=8)
    for _ in range(2):
        assert await wind_up_quiz(house.store, found, content_of(found), clock.now())
    assert (await gained(house, ada))[1:] == [("challenge-done", 15)]
    assert (await gained(house, grace))[1:] == [("challenge-done", 20)]
    fact = (await facts_of(house, ada))[-1]
    assert (fact.zone, str(fact.day), fact.key) == (
        "Asia/Tokyo",
        "2026-11-28",
        f"challenge-done:{QUIZ}:{found.id}:quiz",
    )
    assert fact.at == clock.now()
    assert fact.community_id == found.community_id
    efforts = {one.person_id: one for one in await house.store.efforts.all(found.id)}
    assert efforts[await person_id(house, ada)].solved is None
    assert efforts[await person_id(house, grace)].solved == clock.now()
    card = await _ask(ada, found)
    assert "**3 of 4 right**" in card.text
    assert "15 points" in card.text
    heard = await card.press("Read the answers")
    assert "**Right.** Without air" in heard.text
    for _ in range(3):
        heard = await heard.press("Next")
    assert "Not right this time" in heard.text
    assert "Your answer: 10" in heard.text
    assert "The right answer: 60" in heard.text


async def test_a_wound_up_round_that_stopped_half_way_is_finished(
    ada: Member, house: House, clock: ManualClock
) -> None:
    found = await open_week(house, ada, QUIZ)
    await _take(ada, found)
    clock.advance(days=8)
    await wind_up_quiz(house.store, found, content_of(found), clock.now())
    await house.store.efforts.reward(found.id, await person_id(house, ada), 0, solved=False)
    await wind_up_quiz(house.store, found, content_of(found), clock.now())
    assert (await gained(house, ada))[1:] == [("challenge-done", 20)]
    effort = await house.store.efforts.of(found.id, await person_id(house, ada))
    assert effort is not None
    assert effort.points == 20


async def test_late_answers_change_nothing(ada: Member, house: House, clock: ManualClock) -> None:
    found = await open_week(house, ada, QUIZ)
    before = await _ask(ada, found)
    clock.advance(weeks=1)
    assert "is over" in (await before.press("Air")).text
    assert await house.store.efforts.answers(found.id, await person_id(house, ada)) == {}


@pytest.mark.parametrize("kind", ["choice", "choices", "order"])
async def test_the_longest_texts_fit(ada: Member, house: House, clock: ManualClock, kind: str) -> None:
    options = tuple(f"{number}{' option' * 10}" for number in range(8))
    right = options[0] if kind == "choice" else options
    asked = {"ask": "ask " * 150, "explain": "why " * 125, "options": options, "right": right, "kind": kind}
    questions = tuple(Question.model_validate(asked) for _ in range(12))
    found = await open_week(house, ada, QUIZ, questions=questions, task="task " * 300, grading="at-once")
    heard = await _ask(ada, found, 11)
    if kind == "order":
        heard = await _fill(
            heard, "Write the order", letters="".join(_letter(heard, f"{number} option") for number in range(7, -1, -1))
        )
    else:
        for label in [options[1]] if kind == "choice" else "ABCDEFG":
            heard = await heard.press(label)
        heard = await heard.press("Check my answer")
    assert "Not right this time" in heard.text
    assert len((await heard.press("My answers")).labels()) == 13
    clock.advance(seconds=WEEK.total_seconds())
    heard = await (await _ask(ada, found)).press("Read the answers")
    for _ in range(11):
        heard = await heard.press("Next")
    assert "Question 12 of 12" in heard.text


async def test_a_quiz_of_another_community_cannot_be_reached(ada: Member, house: House) -> None:
    found = await open_week(house, ada, QUIZ)
    stranger = ada.platform.member("mallory", community="elsewhere")
    for token in (f"a1:quiz.ask:{found.id},0", f"a1:quiz.results:{found.id}", f"a1:quiz.pick:{found.id},0,0"):
        assert "older message" in (await stranger.sends(Source.BUTTON, Pressed(token))).text


async def test_forged_places_are_refused(ada: Member, house: House) -> None:
    found = await open_week(house, ada, QUIZ)
    for rest in ("pick:{},0,9", "toggle:{},1,17,yes", "ask:{},4", "ask:{},-1", "write:{},9", "send:{},7"):
        heard = await ada.sends(Source.BUTTON, Pressed(f"a1:quiz.{rest.format(found.id)}"))
        assert "older message" in heard.text


async def test_graded_at_once_each_answer_is_final_and_explained(ada: Member, house: House) -> None:
    found = await open_week(house, ada, QUIZ, grading="at-once")
    heard = await _ask(ada, found)
    assert "stays as it is" in heard.text
    drafted = await (await heard.press("Sun")).press("Air")
    assert "Without air" not in drafted.text
    graded = await drafted.press("Check my answer")
    assert "**Right.** Without air" in graded.text
    assert "Check my answer" not in graded.labels()
    late = await drafted.press("Sun")
    assert "**Right.** Without air" in late.text
    heard = await _toggle(await graded.press("Next"), "Glass")
    graded = await heard.press("Check my answer")
    assert "Not right this time" in graded.text
    assert "The right answer: Dry leaves, Peels" in graded.text
    heard = await _order(await graded.press("Next"), "Collect", "Turn", "Sieve", "Spread")
    assert "**Right.**" in heard.text
    assert await gained(house, ada) == []
    done = await _fill(await heard.press("Next"), "Write the number", value="59")
    assert "**3 of 4 right**, which gives you 15 points" in done.text
    assert await gained(house, ada) == [("challenge-tried", 1), ("challenge-done", 15)]


async def test_what_was_chosen_and_not_sent_counts_at_the_close(ada: Member, house: House, clock: ManualClock) -> None:
    found = await open_week(house, ada, QUIZ, grading="at-once")
    await (await _ask(ada, found)).press("Air")
    clock.advance(days=8)
    for _ in range(2):
        await wind_up_quiz(house.store, found, content_of(found), clock.now())
    assert await gained(house, ada) == [("challenge-done", 5)]


async def test_points_given_at_once_are_not_given_again_at_the_close(
    ada: Member, house: House, clock: ManualClock
) -> None:
    found = await open_week(house, ada, QUIZ, grading="at-once")
    heard = await (await (await _ask(ada, found)).press("Air")).press("Check my answer")
    heard = await _toggle(await _toggle(await heard.press("Next"), "Peels"), "Dry leaves")
    heard = await (await heard.press("Check my answer")).press("Next")
    heard = await _order(heard, "Collect", "Turn", "Sieve", "Spread")
    await _fill(await heard.press("Next"), "Write the number", value="60")
    clock.advance(days=8)
    await wind_up_quiz(house.store, found, content_of(found), clock.now())
    assert await gained(house, ada) == [("challenge-tried", 1), ("challenge-done", 20)]


async def test_a_press_that_is_delivered_twice_is_one(ada: Member, house: House) -> None:
    found = await open_week(house, ada, QUIZ, grading="at-once")
    drafted = await (await _ask(ada, found)).press("Air")
    first = await drafted.press("Check my answer", call_id="twice")
    assert (await drafted.press("Check my answer", call_id="twice")).text == first.text


async def test_two_members_see_the_options_in_orders_of_their_own(ada: Member, house: House) -> None:
    found = await open_week(house, ada, QUIZ)
    orders = set()
    for name in "abcdefgh":
        member = replace(ada, speaker=replace(ada.speaker, handle=Handle("fake", "", name), name=name))
        orders.add(tuple(re.findall(r"\*\*[A-H]\*\* (\w+)", (await _ask(member, found, 1)).text)))
    assert len(orders) > 1
    assert {tuple(sorted(order)) for order in orders} == {("Dry", "Glass", "Old", "Paint", "Peels", "Stones")}


async def test_who_missed_a_quiz_can_take_it_for_practice(ada: Member, house: House, clock: ManualClock) -> None:
    found = await open_week(house, ada, QUIZ)
    early = await ada.sends(Source.BUTTON, Pressed(f"a1:quiz.train:{QUIZ}"))
    assert "this week's challenge" in early.text
    clock.advance(seconds=WEEK.total_seconds())
    card = await _ask(ada, found)
    assert "did not take part" in card.text
    heard = await (await card.press("Practise it")).press("Air")
    assert "**Right.**" in heard.text
    heard = await _toggle(await _toggle(await heard.press("Next"), "Glass"), "Peels")
    heard = await _toggle(await _toggle(heard, "Glass"), "Dry leaves")
    heard = await heard.press("Check it")
    assert "**Right.**" in heard.text
    heard = await _order(await heard.press("Next"), "Spread", "Turn", "Sieve", "Collect")
    assert "Your answer: Spread → Turn → Sieve → Collect" in heard.text
    heard = await _fill(await heard.press("Next"), "Write the number", value="sixty")
    if not ada.platform.customs.errors_in_form:
        heard = await heard.press("Try again")
    heard = await ada.fills(heard, value="60")
    assert "**3 of 4 right**" in heard.text
    assert "Question 1 of 4" in (await heard.press("Once more")).text
    assert await gained(house, ada) == []
    assert await house.store.efforts.answers(found.id, await person_id(house, ada)) == {}


async def test_a_quiz_that_was_never_on_here_cannot_be_practised(ada: Member) -> None:
    await ada.says("/checkin")
    heard = await ada.sends(Source.BUTTON, Pressed(f"a1:quiz.train:{QUIZ}"))
    assert "older message" in heard.text


async def test_when_a_quiz_is_settled_its_members_are_told_once_and_history_leads_on(
    ada: Member, house: House, clock: ManualClock
) -> None:
    found = await open_week(house, ada, QUIZ)
    await _take(ada, found)
    clock.advance(days=8)
    ends = EndOfRounds(house.store, clock, ways_of(house.services.get(Notices)))
    assert await ends.once() == 1
    assert await ends.once() == 0
    heard = await ada.says("/challenge history")
    assert [plain(note) for note in heard.answer.notes] == [
        f"“{content_of(found).title}” is settled: it gave you 20 points. /challenge history has the rest."
    ]
    past = await heard.press(f"{found.opens:%Y-%m-%d}: {content_of(found).title}")
    assert past.labels() == ["Read the answers", "Solution", "Board"]
    assert "right" in (await past.press("Read the answers")).text.lower()
    assert (await ada.says("/challenge history")).answer.notes == ()


async def test_practice_takes_a_quiz_question_by_question(ada: Member, house: House, clock: ManualClock) -> None:
    await open_week(house, ada, QUIZ)
    clock.advance(days=8)
    card = await ada.says(f"/challenge practice {QUIZ}")
    assert "each graded at once" in card.text
    assert "1 of" in (await card.press("Begin")).text
