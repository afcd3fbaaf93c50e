"""One journey, the same on every platform: the words, what is private, what takes whose place, what comes along."""

from __future__ import annotations

from bot.wiring import House
from tests.clock import ManualClock
from tests.commands.weeks import answers_of
from tests.parity.conftest import Opening
from tests.parity.travellers import Seen, Traveller, says

PNG = b"\x89PNG"


async def test_a_member_s_way(opening: Opening, clock: ManualClock) -> None:
    async with opening("ada") as (_, ada):
        await begins(ada)
        await asks(ada)
        challenge = await tries(ada)
    clock.advance(minutes=2)  # after a wrong answer one waits a minute
    async with opening("ada") as (house, ada):
        await solves(ada, house)
        await looks_back(ada)
        await makes_mistakes(ada)
    assert challenge.private


async def test_an_organiser_s_way(opening: Opening) -> None:
    async with opening("olga") as (_, olga):
        page = await olga.types("setup")
        says(page, "Everything works as it is")
        form = await page.press("Set the time zone")
        assert form.is_form
        wrong = await form.fills(zone="Romme")
        says(wrong, "I am not sure which zone")
    async with opening("olga") as (_, olga):
        says(await olga.types("community", zone="Tokyo"), "Asia/Tokyo")
        says(await olga.types("gaps"), "Nothing is open")


async def test_members_are_kept_out_of_what_is_for_organisers(opening: Opening) -> None:
    async with opening("ada") as (_, ada):
        if ada.platform == "discord":
            return  # Discord does not even offer it
        says(await ada.types("setup"), "Only the organisers of this community can do that")


async def begins(ada: Traveller) -> None:
    start = await ada.types("start")
    assert start.private
    says(start, "Welcome, ada")
    says(await ada.types("path choose", path="garden-road"), "The garden road")
    done = await (await ada.types("path next")).press("Done")
    assert done.in_place
    says(done, "1 of 2")
    undone = await done.press("Undo")
    assert undone.in_place
    says(undone, "is open again")
    await (await ada.types("path next")).press("Done")


async def asks(ada: Traveller) -> None:
    answer = await ada.types("faq", question="how often do i water beans")
    assert answer.private
    says(await ada.types("tip"), "Try it")
    nothing = await ada.types("faq", question="how do submarines sing at night")
    assert "Ask the community" in nothing.labels()


async def tries(ada: Traveller) -> Seen:
    challenge = await ada.types("challenge")
    data = await challenge.press("Get my data")
    assert list(await data.files()) == ["orders.csv"]
    form = await challenge.press("Submit")
    assert form.is_form
    says(await form.fills(answer="1"), "Not yet")
    says(await challenge.press("Hint"), "hint")
    return challenge


async def solves(ada: Traveller, house: House) -> None:
    right = await answers_of(house, ada.handle, ada.place)
    challenge = await ada.types("challenge")
    first = await (await challenge.press("Submit")).fills(answer=f"{right['mean_amount']:.2f}")
    says(first, "That is right")
    says(await (await first.press("Submit")).fills(answer=str(right["best_city"])), "All done")


async def looks_back(ada: Traveller) -> None:
    says(await ada.types("checkin", learned="beans climb"), "I keep your words for you")
    says(await ada.types("learned"), "beans climb")
    says(await ada.types("streak"), "1 week")
    progress = await ada.types("progress")
    assert (await progress.files())["progress.png"].startswith(PNG)
    assert progress.private
    assert not (await progress.press("Show it here")).private
    board = await (await ada.types("board")).press("Be on the board")
    assert board.in_place
    says(board, "ada")


async def makes_mistakes(ada: Traveller) -> None:
    says(await ada.types("reminders", at="soon"), "18:30")
    says(await ada.types("link", code="ABCD-EFGH"), "code")
