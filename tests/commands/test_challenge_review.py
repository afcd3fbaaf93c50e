"""Reviews by peers, from the asking to the points."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.calls import Pressed, Source
from bot.models.challenges import Review, Round
from bot.services.challenges.projects import handed_in
from bot.services.challenges.reviewing import REVIEWING, wind_up_project
from bot.services.notices import Notices
from bot.wiring import House
from tests.clock import ManualClock
from tests.commands.weeks import WEEK, content_of, gained, open_week, person_id
from tests.fakes.platform import Heard, Member

PROJECT = "project-bed"
GREAT, NONE = ("3.", "3.", "4."), ("1.", "1.", "1.")
WORDS = "A clear plan, and the soil is known."


async def _hand_in(member: Member, found: Round) -> None:
    form = await member.sends(Source.BUTTON, Pressed(f"a1:project.write:{found.id}"))
    name = member.speaker.name
    await member.fills(form, link=f"https://example.org/{name}", words=f"The bed of {name}, with care.")


async def _week_of(house: House, clock: ManualClock, *members: Member) -> Round:
    """Let a week go by in which these members hand in, and ask them for reviews."""
    found = await open_week(house, members[0], PROJECT)
    for member in members:
        await _hand_in(member, found)
    clock.advance(seconds=WEEK.total_seconds())
    assert not await _turn(house, found, clock)
    return found


async def _turn(house: House, found: Round, clock: ManualClock) -> bool:
    notices = house.services.get(Notices)
    return await wind_up_project(house.store, found, content_of(found), clock.now(), notices=notices)


async def _choose(heard: Heard, begins: str) -> Heard:
    return await heard.press(next(label for label in heard.labels() if label.startswith(begins)))


async def _rate(task: Heard, levels: tuple[str, ...], words: str = WORDS) -> Heard:
    """Go through a review: a level for each thing, then the words."""
    heard = await task.press("Begin" if "Begin" in task.labels() else "Change my review")
    for level in levels:
        heard = await _choose(heard, level)
    return await task.member.fills(await heard.press("Write a few words"), words=words)


async def _review_all(member: Member, levels: tuple[str, ...]) -> None:
    listed = await member.says("/challenge review")
    tasks = [label for label in listed.labels() if label[0].isdecimal()]
    for label in tasks:
        await _rate(await listed.press(label), levels)


async def _reviews(house: House, found: Round) -> list[tuple[int, int, bool]]:
    author = {one.id: one.person_id for one in await handed_in(house.store, found.id)}
    return [(author[one.handin_id], one.reviewer_id, one.done is not None) for one in await _raw(house, found)]


async def _raw(house: House, found: Round) -> list[Review]:
    return list(await house.store.reviews.of_round(found.id))


@pytest.fixture
def bob(ada: Member) -> Member:
    return ada.platform.member("bob")


async def test_everybody_who_handed_in_is_asked_for_two_and_told(
    ada: Member, grace: Member, bob: Member, house: House, clock: ManualClock
) -> None:
    found = await _week_of(house, clock, ada, grace, bob)
    people = [await person_id(house, one) for one in (ada, grace, bob)]
    wanted = sorted((author, other, False) for author in people for other in people if author != other)
    assert sorted(await _reviews(house, found)) == wanted
    assert not await _turn(house, found, clock)
    assert sorted(await _reviews(house, found)) == wanted
    listed = await ada.says("/challenge review")
    assert ["waits for your eyes" in note for note in listed.answer.notes] == [True]
    assert "2 projects to look at" in listed.text
    assert "The bed of ada" not in listed.text


async def test_the_same_people_are_asked_again_after_a_crash(
    ada: Member, grace: Member, bob: Member, house: House, clock: ManualClock
) -> None:
    found = await _week_of(house, clock, ada, grace, bob, ada.platform.member("dan"))
    before = [(one.handin_id, one.reviewer_id) for one in await _raw(house, found)]
    for review in (await _raw(house, found))[3:]:
        await house.store.reviews.unassign(review.id)
    await _turn(house, found, clock)
    assert [(one.handin_id, one.reviewer_id) for one in await _raw(house, found)] == before


async def test_a_review_goes_thing_by_thing_and_ends_with_words(
    ada: Member, grace: Member, house: House, clock: ManualClock
) -> None:
    await _week_of(house, clock, ada, grace)
    task = await _choose(await ada.says("/challenge review"), "1.")
    assert "The bed of grace, with care." in task.text
    assert "`https://example.org/grace`" in task.text
    heard = await task.press("Begin")
    assert "- **1** Nothing is said of it." in heard.text
    assert heard.labels() == ["1. Nothing is said of it.", "2. It is named.", "3. The plan follows from it."]
    heard = await _choose(heard, "2.")
    assert heard.reply.title == "Nothing is planted twice"
    heard = await _choose(await (await heard.press("Back")).press("Next"), "3.")
    heard = await _choose(heard, "4.")
    assert "Level 2 of 3: It is named." in heard.text
    assert "Level 4 of 4: Nothing is left to ask." in heard.text
    form = await heard.press("Write a few words")
    wrong = await ada.fills(form, words="fine")
    if not ada.platform.customs.errors_in_form:
        wrong = await wrong.press("Try again")
    assert "at least 10 characters" in wrong.form.errors["words"]
    assert "Thank you" in (await ada.fills(wrong, words=WORDS)).text
    assert ("review-done", 5) in await gained(house, ada)
    assert "All done" in (await ada.says("/challenge review")).text


async def test_a_review_can_be_changed_and_is_credited_once(
    ada: Member, grace: Member, house: House, clock: ManualClock
) -> None:
    found = await _week_of(house, clock, ada, grace)
    await _review_all(ada, NONE)
    clock.advance(days=3)
    task = await _choose(await ada.says("/challenge review"), "1.")
    assert "Changed" in (await _rate(task, GREAT, "Better than I thought at first.")).text
    (review,) = [one for one in await _raw(house, found) if one.done]
    assert (review.scores, review.words) == ((2, 2, 3), "Better than I thought at first.")
    assert [kind for kind, _ in await gained(house, ada)].count("review-done") == 1
    assert len((await grace.says("/challenge review")).answer.notes) == 2


async def test_authors_read_reviews_without_names(
    ada: Member, grace: Member, bob: Member, house: House, clock: ManualClock
) -> None:
    await _week_of(house, clock, ada, grace, bob)
    assert "Read my reviews" not in (await bob.says("/challenge review")).labels()
    await _review_all(ada, GREAT)
    await _review_all(grace, NONE)
    listed = await bob.says("/challenge review")
    assert any("A peer reviewed your project" in note for note in listed.answer.notes)
    first = await listed.press("Read my reviews")
    second = await first.press("Next")
    text = first.text + second.text
    assert "Level 3 of 3: The plan follows from it." in text
    assert "Level 1 of 3: Nothing is said of it." in text
    assert f"> {WORDS}" in text
    assert "ada" not in text
    assert "grace" not in text


async def test_reviews_are_for_their_author_and_reviewer_alone(
    ada: Member, grace: Member, bob: Member, house: House, clock: ManualClock
) -> None:
    found = await _week_of(house, clock, ada, grace)
    await _review_all(ada, GREAT)
    (review,) = [one for one in await _raw(house, found) if one.done]
    for route in ("open:{}", "step:{},0,---", "rate:{},0,---,1", "write:{},223"):
        for other in (grace, bob):
            heard = await other.sends(Source.BUTTON, Pressed(f"a1:review.{route.format(review.id)}"))
            assert "not on your list" in heard.text
    heard = await bob.sends(Source.BUTTON, Pressed(f"a1:project.reviews:{found.id}"))
    assert WORDS not in heard.text


async def test_forged_levels_are_refused(ada: Member, grace: Member, house: House, clock: ManualClock) -> None:
    found = await _week_of(house, clock, ada, grace)
    mine = await person_id(house, ada)
    review = next(one for one in await _raw(house, found) if one.reviewer_id == mine)
    for rest in (
        "rate:{},0,---,7",
        "rate:{},9,---,1",
        "rate:{},-1,---,1",
        "step:{},0,9-",
        "step:{},0,xyz",
        "step:{},0,333",
    ):
        heard = await ada.sends(Source.BUTTON, Pressed(f"a1:review.{rest.format(review.id)}"))
        assert "older message" in heard.text
    heard = await ada.sends(Source.BUTTON, Pressed(f"a1:review.step:{review.id},3,2-3"))
    assert heard.reply.title == "Nothing is planted twice"


async def test_points_follow_the_reviews_and_come_once(
    ada: Member, grace: Member, bob: Member, house: House, clock: ManualClock
) -> None:
    await bob.says("/settings zone:Tokyo")
    found = await _week_of(house, clock, ada, grace, bob)
    await _review_all(ada, NONE)
    await _review_all(grace, GREAT)
    clock.advance(days=7)
    for _ in range(2):
        assert await _turn(house, found, clock)
    done = {
        one: [points for kind, points in await gained(house, one) if kind == "challenge-done"]
        for one in (ada, grace, bob)
    }
    assert done == {ada: [10, 10], grace: [10], bob: [10, 5]}
    facts = await house.store.activities.of(await person_id(house, bob), ("challenge-done",))
    assert (facts[-1].zone, facts[-1].key) == ("Asia/Tokyo", f"challenge-done:{PROJECT}:{found.id}:reviewed")
    assert facts[-1].at == clock.now()
    efforts = await house.store.efforts.all(found.id)
    assert sorted(one.points for one in efforts) == [10, 15, 20]
    assert all(one.solved is not None for one in efforts)


async def test_after_the_week_of_reviews_nothing_can_be_changed(
    ada: Member, grace: Member, house: House, clock: ManualClock
) -> None:
    await _week_of(house, clock, ada, grace)
    task = await _choose(await ada.says("/challenge review"), "1.")
    clock.advance(seconds=REVIEWING.total_seconds())
    assert "time for this review is over" in (await task.press("Begin")).text
    assert "nothing for you to review" in (await ada.says("/challenge review")).text


async def test_after_four_days_who_finished_is_asked_once(
    ada: Member, grace: Member, bob: Member, house: House, clock: ManualClock
) -> None:
    dan = ada.platform.member("dan")
    found = await _week_of(house, clock, ada, grace, bob, dan)
    for member in (ada, grace, bob):
        await _review_all(member, GREAT)
    lazy = await person_id(house, dan)
    waiting = sorted(author for author, reviewer, _ in await _reviews(house, found) if reviewer == lazy)
    assert len(waiting) == 2
    clock.advance(days=3, hours=23)
    await _turn(house, found, clock)
    assert len([one for one in await _raw(house, found) if one.reviewer_id == lazy]) == 2
    clock.advance(hours=1)
    await _turn(house, found, clock)
    reviews = await _reviews(house, found)
    assert all(reviewer != lazy for _, reviewer, _ in reviews)
    assert sorted(author for author, _, done in reviews if not done) == waiting
    assert len({(author, reviewer) for author, reviewer, _ in reviews}) == 8
    assert all(author != reviewer for author, reviewer, _ in reviews)
    clock.advance(days=2)
    await _turn(house, found, clock)
    assert await _reviews(house, found) == reviews


async def test_who_begins_late_is_told_that_somebody_else_looks(
    ada: Member, grace: Member, bob: Member, house: House, clock: ManualClock
) -> None:
    dan = ada.platform.member("dan")
    found = await _week_of(house, clock, ada, grace, bob, dan)
    task = await _choose(await dan.says("/challenge review"), "1.")
    for member in (ada, grace, bob):
        await _review_all(member, GREAT)
    clock.advance(days=4)
    await _turn(house, found, clock)
    assert "not on your list" in (await task.press("Begin")).text


async def test_a_forgotten_reviewer_is_made_up_for(
    ada: Member, grace: Member, bob: Member, house: House, clock: ManualClock
) -> None:
    found = await _week_of(house, clock, ada, grace, bob, ada.platform.member("dan"))
    await house.store.people.forget(await person_id(house, bob))
    await _turn(house, found, clock)
    reviews = await _reviews(house, found)
    for member in (ada, grace):
        assert len({reviewer for author, reviewer, _ in reviews if author == await _id(house, member)}) == 2
    assert all(author != reviewer for author, reviewer, _ in reviews)


async def _id(house: House, member: Member) -> int:
    return await person_id(house, member)


async def test_organisers_take_over_where_nobody_could_be_asked(
    ada: Member, grace: Member, house: House, clock: ManualClock
) -> None:
    found = await _week_of(house, clock, ada)
    assert await _raw(house, found) == []
    assert not any("Missing" in label for label in (await ada.says("/challenge review")).labels())
    listed = await (await grace.says("/challenge review")).press("Missing reviews (1)")
    assert "Nobody could be asked to look at the project of ada" in listed.text
    taken = await (await _choose(listed, "1.")).press("I review it myself")
    assert "on your list now" in taken.text
    await _review_all(grace, GREAT)
    assert "Missing" not in " ".join((await grace.says("/challenge review")).labels())
    clock.advance(days=7)
    assert await _turn(house, found, clock)
    assert ("review-done", 5) in await gained(house, grace)
    assert (await gained(house, ada))[-1] == ("challenge-done", 10)


async def test_organisers_give_a_review_to_somebody_else(
    ada: Member, grace: Member, bob: Member, house: House, clock: ManualClock
) -> None:
    dan = ada.platform.member("dan")
    found = await _week_of(house, clock, ada, bob, dan, ada.platform.member("eve"))
    clock.advance(days=2)
    listed = await (await grace.says("/challenge review")).press("Missing reviews (8)")
    spot = await _choose(listed, "1.")
    before = await _reviews(house, found)
    names = [label for label in spot.labels() if label in ("ada", "bob", "dan", "eve")]
    assert len(names) == 1
    given = await spot.press(names[0])
    assert f"on the list of {names[0]} now" in given.text
    after = await _reviews(house, found)
    (gone,), (new,) = {*before} - {*after}, {*after} - {*before}
    assert (new[0], new[1]) == (gone[0], await person_id(house, ada.platform.member(names[0])))
    assert "older message" in (await spot.press(names[0])).text
    await _turn(house, found, clock)
    assert len(await _raw(house, found)) == 8


async def test_stepping_in_is_for_the_organisers_of_the_community(
    ada: Member, grace: Member, house: House, clock: ManualClock
) -> None:
    found = await _week_of(house, clock, ada)
    (handin,) = await handed_in(house.store, found.id)
    tokens = ("all:", f"one:{handin.id}-0", f"take:{handin.id},0", f"give:{handin.id},0,1")
    stranger = ada.platform.member("mallory", community="elsewhere", admin=True)
    for token in tokens:
        heard = await ada.sends(Source.BUTTON, Pressed(f"a1:reviewers.{token}"))
        assert "organisers" in heard.text
    for token in tokens[1:]:
        heard = await stranger.sends(Source.BUTTON, Pressed(f"a1:reviewers.{token}"))
        assert "older message" in heard.text
    assert await _raw(house, found) == []


async def test_an_organiser_does_not_review_their_own_project(grace: Member, house: House, clock: ManualClock) -> None:
    found = await _week_of(house, clock, grace)
    listed = await (await grace.says("/challenge review")).press("Missing reviews (1)")
    assert (await _choose(listed, "1.")).labels() == []
    (handin,) = await handed_in(house.store, found.id)
    forged = await grace.sends(Source.BUTTON, Pressed(f"a1:reviewers.take:{handin.id},0"))
    assert "older message" in forged.text


async def test_a_bot_that_was_down_asks_late_and_settles_at_once(
    ada: Member, grace: Member, house: House, clock: ManualClock
) -> None:
    found = await open_week(house, ada, PROJECT)
    for member in (ada, grace):
        await _hand_in(member, found)
    clock.advance(seconds=(WEEK + REVIEWING + timedelta(days=1)).total_seconds())
    assert await _turn(house, found, clock)
    assert (await gained(house, ada))[-1] == ("challenge-done", 10)
    await _review_all(ada, NONE)
    assert "Read my reviews" in (await grace.says("/challenge review")).labels()
