"""How a round went, for organisers alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.calls import Status
from bot.services.answers import Answers
from bot.services.challenges.rounds import Current, pin
from bot.services.slots import WEEK
from bot.settings import Settings
from bot.wiring import House, open_house
from content.challenge_model import challenge_to_json
from tests.clock import ManualClock
from tests.fakes.platform import Member

GOOD_PACK = Path(__file__).parent.parent / "content" / "good_pack"


@pytest.fixture
async def house(tmp_path: Path, clock: ManualClock) -> AsyncIterator[House]:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'a.db'}", files_dir=tmp_path, content=str(GOOD_PACK))
    async with open_house(settings, clock, strict=True) as opened:
        yield opened


async def _open(house: House, member: Member, name: str) -> Current:
    """Open a round with this challenge now."""
    challenge, now = house.services.get(Answers).base.catalog.challenge(name), house.dispatcher.clock.now()
    assert challenge is not None
    assert member.speaker.place is not None
    community = await house.store.communities.enter(member.speaker.place, "lab")
    return pin(await house.store.rounds.open(community.id, challenge.id, challenge_to_json(challenge), now, now + WEEK))


async def _enter(house: House, current: Current, member: Member, name: str) -> int:
    """Let somebody open the round."""
    one = member.platform.member(name)
    person = await house.store.people.enter(one.speaker.handle, name)
    await house.store.efforts.enter(current.round.id, person.id)
    return person.id


async def _send(house: House, current: Current, person: int, part: int, mark: str, *, correct: bool = False) -> None:
    await house.store.efforts.attempt(current.round.id, person, part, correct=correct, mark=mark, waits=())


async def test_nothing_has_begun(grace: Member) -> None:
    assert "No round has begun here" in (await grace.says("/challenge stats")).text


async def test_opened_tried_solved_and_where_they_got_stuck(grace: Member, house: House) -> None:
    current = await _open(house, grace, "weigh-a-bucket")
    assert "Nobody has opened it yet." in (await grace.says("/challenge stats")).text
    people = [await _enter(house, current, grace, f"m{number}") for number in range(6)]
    stuck = "Most got stuck before the first try: 6 of the 6 who opened it sent nothing."
    assert stuck in (await grace.says("/challenge stats")).text
    for number, person in enumerate(people[:5]):
        await _send(house, current, person, 0, f"wrong{number}")
        await _send(house, current, person, 0, f"right{number}", correct=number < 4)
    await _send(house, current, people[0], 1, "right", correct=True)
    await house.store.efforts.reward(current.round.id, people[0], 10, solved=True)
    await house.store.efforts.hint(current.round.id, people[0], 0)
    shown = await grace.says("/challenge stats")
    assert "**6 opened it, 5 tried, 1 solved all of it.** One hint opened." in shown.text
    assert "Part 1: 10 answers, 4 right" in shown.text
    assert "Part 2: one answer, 1 right" in shown.text
    assert "Most got stuck at part 2: 3 of the 4 who came to it did not solve it." in shown.text
    assert "The week of Saturday 21 November. Open until" in shown.text
    assert "same answer" not in shown.text


async def test_nobody_got_stuck(grace: Member, house: House) -> None:
    current = await _open(house, grace, "the-busiest-day")
    person = await _enter(house, current, grace, "m")
    for part in (0, 1):
        await _send(house, current, person, part, "right", correct=True)
    assert "Nobody got stuck." in (await grace.says("/challenge stats")).text


async def test_equal_answers_are_named_kindly(grace: Member, ada: Member, house: House) -> None:
    current = await _open(house, grace, "the-busiest-day")
    for name in ("ada", "edsger"):
        await _send(house, current, await _enter(house, current, grace, name), 0, "same")
    await _send(house, current, await _enter(house, current, grace, "alan"), 0, "other")
    shown = await grace.says("/challenge stats")
    assert "Part 1: ada and edsger" in shown.text
    assert "may well be chance" in shown.text
    assert "alan" not in shown.text
    assert "organisers" in (await ada.says("/challenge stats")).text


async def test_many_equal_answers_fit(grace: Member, house: House) -> None:
    current = await _open(house, grace, "the-busiest-day")
    people = [await _enter(house, current, grace, f"{number}{'*' * 60}") for number in range(9)]
    for mark in "abcdefgh":
        for person in people:
            await _send(house, current, person, 0, mark)
    shown = (await grace.says("/challenge stats")).text
    assert "and 5 more" in shown
    assert "and 4 more cases" in shown


async def test_questions_of_a_quiz(grace: Member, house: House) -> None:
    current = await _open(house, grace, "what-worms-know")
    for name, answers in (("a", ("0", "02")), ("b", ("0", "0")), ("c", ("0", "2", "?1"))):
        person = await _enter(house, current, grace, name)
        for number, text in enumerate(answers):
            await house.store.efforts.answer(current.round.id, person, number, text)
    shown = await grace.says("/challenge stats")
    assert "Question 1: 3 answers, 3 right" in shown.text
    assert "Question 2: 3 answers, 1 right" in shown.text
    assert "Question 3: 0 answers, 0 right" in shown.text
    assert "Most got stuck at question 2: 2 of the 3 who answered it were wrong." in shown.text


async def test_reviews_of_a_project(grace: Member, house: House) -> None:
    current = await _open(house, grace, "plan-a-bed")
    first, second = [await _enter(house, current, grace, name) for name in ("a", "b")]
    handed_in = await house.store.reviews.hand_in(current.round.id, first, "https://example.org", "Mine.")
    review = await house.store.reviews.assign(handed_in.id, second)
    assert "0 of 1 done." in (await grace.says("/challenge stats")).text
    await house.store.reviews.finish(review.id, (0, 1, 2), "Fine.")
    shown = (await grace.says("/challenge stats")).text
    assert "1 of 1 done." in shown
    assert "1 of the 2 who opened it sent nothing." in shown


async def test_the_baseline_of_predictions(grace: Member, house: House) -> None:
    current = await _open(house, grace, "who-gives-up-the-plot")
    for name, solved in (("a", True), ("b", False), ("c", False)):
        person = await _enter(house, current, grace, name)
        await house.store.efforts.upload(
            current.round.id,
            person,
            house.dispatcher.clock.now().date(),
            public=0.5,
            private=0.5,
            shown=0.5,
            better=True,
            a_day=5,
        )
        await house.store.efforts.reward(current.round.id, person, 20, solved=solved)
    shown = (await grace.says("/challenge stats")).text
    assert "Most got stuck at the baseline: 2 of the 3 who sent predictions did not beat it." in shown


async def test_earlier_rounds_by_button_by_name_and_by_day(grace: Member, house: House, clock: ManualClock) -> None:
    for name in ("weigh-a-bucket", "what-worms-know", "plan-a-bed"):
        await _open(house, grace, name)
        clock.advance(days=7)
    shown = await grace.says("/challenge stats")
    assert shown.reply.title == "How it went: Plan one bed for a year"
    assert "Closed since Saturday 12 December" in shown.text
    assert "The round after" not in shown.labels()
    before = await shown.press("The round before")
    assert before.reply.title == "How it went: What worms know"
    assert (await before.press("The round after")).reply.title == shown.reply.title
    first = await before.press("The round before")
    assert first.labels() == ["The round after"]
    for typed in ("weigh-a-bucket", "Weigh a bucket of earth", "bucket", "2026-11-21", "2026-11-27"):
        assert (await grace.says(f"/challenge stats {typed}")).reply.title == first.reply.title
    missing = await grace.says("/challenge stats something else")
    assert "There was no round like “something else” here" in missing.text
    assert missing.answer.status is Status.REFUSED
