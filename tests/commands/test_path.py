"""Paths: chosen, walked, and undone."""

from __future__ import annotations

import pytest

from bot.wiring import House
from tests.clock import ManualClock
from tests.fakes.platform import STRICT, Heard, Member


async def _facts(house: House, member: Member) -> list[tuple[str, str]]:
    person = await house.store.people.find(member.speaker.handle)
    assert person is not None
    return [(one.kind, one.subject) for one in await house.store.activities.of(person.id)]


async def test_the_list_says_for_whom_each_path_is_and_which_is_mine(ada: Member) -> None:
    shown = await ada.says("/path list")
    assert "**The garden road**: For people who have never held a spade. 4 steps, about 7 hours." in shown.text
    await ada.says("/path choose the garden road")
    assert "You are on it." in (await ada.says("/path list")).text


async def test_three_questions_lead_to_a_suggestion_with_its_reason(ada: Member) -> None:
    form = await ada.says("/path choose")
    answers = {"where": "just starting", "enjoys": "training models", "hours": "3"}
    suggested = await ada.fills(form, **answers)
    assert "I suggest **The garden road**" in suggested.text
    assert "For people who have never held a spade." in suggested.text
    assert "Later “The compost track” would be a good turn" in suggested.text
    assert "With 3 hours a week its 4 steps take about a month." in suggested.text
    taken = await suggested.press("Take this path")
    assert "You are on your way." in taken.text
    assert (await ada.says("/path next")).reply.title == "Meet your soil"


async def test_somebody_further_along_is_sent_to_a_track(ada: Member) -> None:
    form = await ada.says("/path choose")
    suggested = await ada.fills(form, where="experienced", enjoys="systems that run", hours="2")
    assert "I suggest **The compost track**" in suggested.text
    assert "turn into other things" in suggested.text


async def test_a_wrong_answer_is_asked_for_again(ada: Member) -> None:
    form = await ada.says("/path choose")
    again = await ada.fills(form, where="just starting", enjoys="data and pipelines", hours="900")
    if ada.platform.customs is STRICT:
        again = await again.press("Try again")
    assert again.form.values["enjoys"] == "data and pipelines"


async def test_without_a_path_next_offers_to_find_one(ada: Member) -> None:
    shown = await ada.says("/path next")
    assert "on no path yet" in shown.text
    assert "Three questions" in shown.labels()
    assert "on no path yet" in (await ada.says("/path done")).text
    assert "nothing to take back" in (await ada.says("/path undo")).text


async def test_the_next_step_says_why_what_and_how_to_know(ada: Member) -> None:
    await ada.says("/path choose garden-road")
    card = await ada.says("/path next")
    for words in (
        "Everything else depends on it",
        "What to do: Press a handful",
        "You have three notes",
        "Begin with: [",
    ):
        assert words in card.text
    assert card.labels() == ["Done", "Skip", "Not now"]


async def test_steps_are_done_one_by_one_until_the_end(ada: Member, house: House) -> None:
    await ada.says("/path choose garden-road")
    card = await ada.says("/path next")
    said = []
    for _ in range(4):
        done = await card.press("Done")
        said.append(done.text)
        card = await done.press("My next step")
    assert "That was the last step of **Bare ground**" in said[1]
    assert card.reply.title == "You have arrived"
    assert "4 steps are done" in card.text
    assert [bar.done for bar in card.reply.progress] == [2, 2]
    kinds = [kind for kind, _ in await _facts(house, ada)]
    assert kinds == ["path-chosen", *["step-done"] * 4]


async def test_a_step_can_be_named_and_counts_once(ada: Member) -> None:
    await ada.says("/path choose garden-road")
    assert "Well done: **Water on a plan**" in (await ada.says("/path done water on a plan")).text
    assert "done already" in (await ada.says("/path done water")).text
    unsure = await ada.says("/path done a")
    assert "Do you mean" in unsure.text
    assert "/path show" in (await ada.says("/path done zebra")).text


async def test_skip_and_not_now_lead_to_other_steps(ada: Member, clock: ManualClock) -> None:
    await ada.says("/path choose garden-road")
    await (await ada.says("/path next")).press("Done")
    second = await ada.says("/path next")
    assert second.reply.title == "Build a compost heap"
    await second.press("Not now")
    third = await ada.says("/path next")
    assert third.reply.title == "Water on a plan"
    await third.press("Skip")
    assert (await ada.says("/path next")).reply.title == "Build a compost heap"
    clock.advance(days=1)
    await (await ada.says("/path next")).press("Done")
    shown = await ada.says("/path show")
    assert [(bar.done, bar.total) for bar in shown.reply.progress] == [(2, 2), (0, 2)]
    assert "Skipped" in (await shown.press("First basket")).text


async def test_undo_goes_back_step_by_step_and_gives_the_credit_back(ada: Member, house: House) -> None:
    await ada.says("/path choose garden-road")
    await ada.says("/path done")
    skipped = await (await ada.says("/path next")).press("Skip")
    assert "is open again" in (await skipped.press("Undo")).text
    assert "taken back already" in (await skipped.press("Undo")).text
    assert "its credit is taken back" in (await ada.says("/path undo")).text
    assert "begins with the first activity" in (await ada.says("/streak")).text
    assert "off “The garden road” again" in (await ada.says("/path undo")).text
    assert "nothing to take back" in (await ada.says("/path undo")).text
    assert await _facts(house, ada) == []
    await ada.says("/path choose garden-road")
    assert "Well done" in (await ada.says("/path done")).text


async def test_an_old_card_cannot_set_a_done_step_aside(ada: Member, house: House) -> None:
    await ada.says("/path choose garden-road")
    card = await ada.says("/path next")
    await card.press("Done")
    assert "done already" in (await card.press("Skip")).text
    assert "done already" in (await card.press("Not now")).text
    assert "its credit is taken back" in (await ada.says("/path undo")).text


async def test_a_track_begins_with_what_it_builds_on(ada: Member) -> None:
    shown = await ada.says("/path show compost track")
    assert [bar.label for bar in shown.reply.progress] == ["First, from other paths", "Warm heaps"]
    await shown.press("Take this path")
    assert (await ada.says("/path next")).reply.title == "Meet your soil"
    later = await (await shown.press("Warm heaps")).press("Measure the heat of a heap")
    assert "It builds on: - Build a compost heap" in later.text


async def test_another_path_keeps_what_is_done(ada: Member) -> None:
    await ada.says("/path choose garden-road")
    await ada.says("/path done")
    moved = await ada.says("/path choose compost-track")
    assert "You left “The garden road” for this one. One of its steps is done already." in moved.text
    assert "already" in (await ada.says("/path choose compost-track")).text
    assert "before" in (await moved.press("Undo")).text
    assert (await ada.says("/path show")).reply.title == "The garden road"


async def test_stages_say_what_employers_expect_and_who_says_so(ada: Member) -> None:
    stage = await (await ada.says("/path show garden road")).press("Bare ground")
    assert "keep your weeds to yourself" in stage.text
    assert "[Rules of the gardens]" in stage.text
    assert "Meet your soil (1 hour)" in stage.text


@pytest.mark.parametrize("line", ["/path show moon", "/path choose moon"])
async def test_an_unknown_path_is_answered_with_those_that_are(ada: Member, line: str) -> None:
    heard: Heard = await ada.says(line)
    assert "“The garden road”" in heard.text
