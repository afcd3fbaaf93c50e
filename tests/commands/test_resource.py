"""Things to learn from."""

from __future__ import annotations

from bot.wiring import House
from tests.fakes.platform import Heard, Member


def _shown(heard: Heard) -> list[str]:
    return [field.name for field in heard.reply.fields]


async def test_cards_say_level_cost_hours_and_why(ada: Member) -> None:
    heard = await ada.says("/resource find compost kind:book level:beginner")
    card = heard.reply.fields[0]
    assert card.name == "Compost book 0"
    assert "Book, beginner, free, about 1 hour." in card.value
    assert "[Open it](https://www.example.org/book/0)" in card.value


async def test_pages_turn_and_keep_the_wishes(ada: Member) -> None:
    first = await ada.says("/resource find compost free:yes")
    assert "Page 1 of 2." in first.text
    second = await first.press("Next")
    assert "Page 2 of 2." in second.text
    assert len({*_shown(first), *_shown(second)}) == 4
    assert "Back" in second.labels()
    assert "Next" not in second.labels()


async def test_wishes_that_nothing_fits_are_given_up_openly(ada: Member) -> None:
    heard = await ada.says("/resource find watering level:expert")
    assert "Nothing fits all your wishes" in heard.text
    assert _shown(heard) == ["Rain gauge"]


async def test_words_that_are_no_topic_are_searched_for(ada: Member) -> None:
    assert _shown(await ada.says("/resource find rain gauges")) == ["Rain gauge"]
    assert "nothing on “zebra”" in (await ada.says("/resource find zebra")).text


async def test_saving_shows_up_in_both_lists_and_can_be_undone(ada: Member) -> None:
    heard = await ada.says("/resource find watering")
    kept = await heard.press("Rain gauge")
    assert "Saved: “Rain gauge”" in kept.text
    assert "Rain gauge" in (await ada.says("/resource saved")).text
    assert "Rain gauge" in (await ada.says("/saved")).text
    undone = await kept.press("Undo")
    assert "no resources yet" in (await ada.says("/resource saved")).text
    await undone.press("Save it again")
    assert "Rain gauge" in (await ada.says("/saved")).text


async def test_saved_ones_are_cards_to_finish_or_take_off(ada: Member) -> None:
    first = await ada.says("/resource find compost")
    for title in _shown(first):
        await first.press(title)
    await (await first.press("Next")).press("Compost book 4")
    listed = await ada.says("/resource saved")
    assert "4 things to learn from." in listed.text
    assert len(_shown(listed)) == 3
    assert "Page 2 of 2." in (await listed.press("Next")).text
    finish, remove = (row.token for row in listed.reply.rows[:2])  # type: ignore[union-attr]
    assert "counts" in (await _choose(ada, finish, "compost-book-0")).text
    assert "Taken off" in (await _choose(ada, remove, "compost-book-0")).text
    assert "3 things" in (await ada.says("/resource saved")).text


async def test_finishing_counts_once_for_ever(ada: Member, house: House) -> None:
    heard = await ada.says("/resource find watering")
    finish = heard.reply.rows[1]
    token = finish.token  # type: ignore[union-attr]
    assert "counts" in (await _choose(ada, token, "rain-gauge")).text
    assert "before" in (await _choose(ada, token, "rain-gauge")).text
    person = await house.store.people.find(ada.speaker.handle)
    assert person is not None
    assert [one.kind for one in await house.store.activities.of(person.id)] == ["resource-done"]


async def _choose(member: Member, token: str, value: str) -> Heard:
    from bot.core.calls import Pressed, Source

    return await member.sends(Source.SELECT, Pressed(token, picked=(value,)))
