"""The ten-second check-in, and what one wrote at it."""

from __future__ import annotations

from bot.wiring import House
from tests.clock import ManualClock
from tests.fakes.platform import Member


async def _person(house: House, member: Member) -> int:
    person = await house.store.people.find(member.speaker.handle)
    assert person is not None
    return person.id


async def test_a_check_in_counts_once_a_day_and_keeps_the_streak(ada: Member, clock: ManualClock, house: House) -> None:
    first = await ada.says("/checkin")
    assert first.reply.title == "Checked in for Saturday 21 November"
    assert "Your streak begins" in first.text
    again = await ada.says("/checkin")
    assert "already" in again.text
    clock.advance(days=7)
    assert "2 weeks in a row" in (await ada.says("/checkin")).text
    facts = await house.store.activities.of(await _person(house, ada))
    assert [(fact.kind, fact.points) for fact in facts] == [("check-in", 1), ("check-in", 1)]


async def test_the_words_are_kept_for_the_member_alone(ada: Member, grace: Member, house: House) -> None:
    said = await ada.says("/checkin how a confusion matrix is read")
    assert "only you can read them" in said.text
    assert "confusion" not in said.text
    assert "confusion matrix" in (await ada.says("/learned")).text
    assert "nothing yet" in (await grace.says("/learned")).text


async def test_words_can_follow_a_check_in_and_later_ones_take_their_place(ada: Member) -> None:
    form = await (await ada.says("/checkin")).press("Add what I learned")
    await ada.fills(form, learned="first thought")
    assert "took the place of those from earlier today" in (await ada.says("/checkin second thought")).text
    assert "took the place" not in (await ada.says("/checkin second thought")).text
    shown = await ada.says("/learned")
    assert "second thought" in shown.text
    assert "first thought" not in shown.text


async def test_words_can_be_deleted_and_the_day_still_counts(ada: Member, house: House) -> None:
    await ada.says("/checkin my secret")
    one = await (await ada.says("/learned")).press("2026-11-21: my secret")
    assert one.text.endswith("my secret\n")
    assert "Deleted" in (await one.press("Delete it")).text
    assert "nothing yet" in (await ada.says("/learned")).text
    assert len(await house.store.activities.of(await _person(house, ada))) == 1


async def test_somebody_elses_words_cannot_be_opened_or_deleted(ada: Member, grace: Member) -> None:
    await ada.says("/checkin my secret")
    one = await (await ada.says("/learned")).press("2026-11-21: my secret")
    row = one.reply.rows[0]
    assert isinstance(row, tuple)
    from bot.core.calls import Pressed, Source

    await grace.says("/checkin")
    stolen = await grace.sends(Source.BUTTON, Pressed(row[0].token))
    assert "already" in stolen.text
    assert "my secret" in (await ada.says("/learned")).text


async def test_a_check_in_by_mistake_is_taken_back_and_can_be_done_again(ada: Member, house: House) -> None:
    first = await ada.says("/checkin")
    assert "Taken back" in (await first.press("Undo")).text
    assert "already" in (await first.press("Undo")).text
    assert "begins with the first activity" in (await ada.says("/streak")).text
    assert "Your streak begins" in (await ada.says("/checkin")).text
    facts = await house.store.activities.of(await _person(house, ada))
    assert len(facts) == 1


async def test_a_check_in_that_is_delivered_twice_counts_once(ada: Member, house: House) -> None:
    from bot.core.calls import Source, Typed

    for _ in range(2):
        await ada.sends(Source.SLASH, Typed("/checkin"), call_id="same")
    assert len(await house.store.activities.of(await _person(house, ada))) == 1


async def test_many_days_come_in_pages(ada: Member, clock: ManualClock) -> None:
    for number in range(7):
        await ada.says(f"/checkin day number {number}")
        clock.advance(days=1)
    first = await ada.says("/learned")
    assert "day number 6" in first.text
    assert "Page 1 of 2" in first.text
    assert "day number 0" in (await first.press("Next")).text
