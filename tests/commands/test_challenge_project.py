"""The project of the week: handing in, changing, taking back."""

from __future__ import annotations

import pytest

from bot.core.calls import Pressed, Source
from bot.core.reply import Button
from bot.models.challenges import Round
from bot.services.challenges.projects import handed_in
from bot.services.challenges.reviewing import wind_up_project
from bot.wiring import House
from content.challenge_model import Criterion
from tests.clock import ManualClock
from tests.commands.weeks import WEEK, content_of, gained, open_week, person_id
from tests.fakes.platform import Heard, Member

PROJECT = "project-bed"
LINK = "https://github.com/ada/bed"
WORDS = "The plan of one bed.\nI left out the roses."


async def _form(member: Member, found: Round) -> Heard:
    return await member.sends(Source.BUTTON, Pressed(f"a1:project.write:{found.id}"))


async def _hand_in(member: Member, found: Round, link: str = LINK, words: str = WORDS) -> Heard:
    return await member.fills(await _form(member, found), link=link, words=words)


async def _card(member: Member, found: Round) -> Heard:
    """Take the button that comes with every project, back to its card."""
    return await member.sends(Source.BUTTON, Pressed(f"a1:project.card:{found.id}"))


def _urls(heard: Heard) -> list[str]:
    rows = [row for row in heard.reply.rows if isinstance(row, tuple)]
    return [button.url for row in rows for button in row if isinstance(button, Button) and button.url]


async def test_handing_in_gives_half_of_the_points_at_once(ada: Member, house: House) -> None:
    found = await open_week(house, ada, PROJECT)
    kept = await _hand_in(ada, found)
    assert "gives you 10 points so far" in kept.text
    assert await gained(house, ada) == [("challenge-tried", 1), ("challenge-done", 10)]
    effort = await house.store.efforts.of(found.id, await person_id(house, ada))
    assert effort is not None
    assert (effort.points, effort.solved) == (10, None)


async def test_it_can_be_changed_until_the_close_and_gives_nothing_more(
    ada: Member, house: House, clock: ManualClock
) -> None:
    found = await open_week(house, ada, PROJECT)
    kept = await _hand_in(ada, found)
    clock.advance(days=2)
    form = await kept.press("Change it")
    assert form.form.values == {"link": LINK, "words": WORDS}
    changed = await ada.fills(form, link="https://example.org/new")
    assert "https://example.org/new" in changed.text
    assert await gained(house, ada) == [("challenge-tried", 1), ("challenge-done", 10)]
    clock.advance(days=6)
    assert "is over" in (await _hand_in(ada, found)).text
    assert [one.link for one in await handed_in(house.store, found.id)] == ["https://example.org/new"]


async def test_taking_back_takes_everything_back(ada: Member, house: House) -> None:
    found = await open_week(house, ada, PROJECT)
    kept = await _hand_in(ada, found)
    gone = await kept.press("Take it back", call_id="twice")
    assert "Taken back" in gone.text
    assert (await kept.press("Take it back", call_id="twice")).text == gone.text
    assert "nothing to take back" in (await kept.press("Take it back")).text
    assert await gained(house, ada) == []
    assert await handed_in(house.store, found.id) == []
    assert (await _form(ada, found)).form.values == {}
    await _hand_in(ada, found)
    assert await gained(house, ada) == [("challenge-tried", 1), ("challenge-done", 10)]


async def test_what_somebody_was_asked_to_review_stays(
    ada: Member, grace: Member, house: House, clock: ManualClock
) -> None:
    found = await open_week(house, ada, PROJECT)
    kept = await _hand_in(ada, found)
    await _hand_in(grace, found)
    clock.advance(seconds=WEEK.total_seconds())
    await wind_up_project(house.store, found, content_of(found), clock.now())
    assert "asked to review it already" in (await kept.press("Take it back")).text
    assert len(await handed_in(house.store, found.id)) == 2


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("http://github.com/ada/bed", "begins with https://"),
        ("github.com/ada/bed", "begins with https://"),
        ("https://ada:secret@github.com/bed", "begins with https://"),
        ("https://localhost/bed", "begins with https://"),
        ("https://127.0.0.1/bed", "begins with https://"),
        ("javascript:alert(1)", "begins with https://"),
        ("https://github.com/ada bed", "begins with https://"),
        ("https://bit.ly/3abc", "shortened"),
    ],
)
async def test_a_link_that_peers_could_not_open_is_told_in_the_form(
    ada: Member, house: House, link: str, said: str
) -> None:
    found = await open_week(house, ada, PROJECT)
    wrong = await _hand_in(ada, found, link=link)
    if not ada.platform.customs.errors_in_form:
        wrong = await wrong.press("Try again")
    assert said in wrong.form.errors["link"]
    assert wrong.form.values["words"] == WORDS
    assert await handed_in(house.store, found.id) == []


async def test_what_a_member_wrote_is_shown_and_never_becomes_more(ada: Member, house: House) -> None:
    found = await open_week(house, ada, PROJECT)
    words = "**Look** [here](https://evil.example) <!channel> @everyone\n# Big"
    kept = await _hand_in(ada, found, link=f"{LINK}?utm_source=chat", words=words)
    assert "`https://github.com/ada/bed`" in kept.text
    assert r"\*\*Look\*\* \[here\](https://evil.example) \<!channel\>" in kept.text
    card = await _card(ada, found)
    assert _urls(card) == [LINK]


async def test_the_card_says_what_is_asked_and_the_levels_can_be_read(ada: Member, house: House) -> None:
    found = await open_week(house, ada, PROJECT)
    card = await _card(ada, found)
    assert "A link to the plan" in card.text
    assert "- Nothing is planted twice" in card.text
    assert card.labels() == ["Hand it in", "The levels"]
    levels = await card.press("The levels")
    assert "**3** The plan follows from it." in levels.text
    levels = await (await levels.press("Next")).press("Next")
    assert "**4** Nothing is left to ask." in levels.text
    await _hand_in(ada, found)
    assert (await _card(ada, found)).labels() == ["Change it", "Take it back", "The levels"]


async def test_the_longest_texts_fit(ada: Member, grace: Member, house: House, clock: ManualClock) -> None:
    levels = tuple(f"{'level ' * 33}{number}" for number in range(4))
    rubric = tuple(Criterion(title=f"{'t' * 44}{number}", levels=levels) for number in range(6))
    found = await open_week(house, ada, PROJECT, task="task " * 300, asks_for="asks " * 100, rubric=rubric)
    link = f"https://example.org/{'x' * 480}"
    for member, words in ((ada, "*\n" * 400), (grace, "[" * 800)):
        kept = await _hand_in(member, found, link=link, words=words)
        await kept.press("The project")
    clock.advance(seconds=WEEK.total_seconds())
    await wind_up_project(house.store, found, content_of(found), clock.now())
    heard = await ada.says("/challenge review")
    heard = await (await heard.press(next(one for one in heard.labels() if one.startswith("1.")))).press("Begin")
    for _ in range(6):
        heard = await heard.press(next(one for one in heard.labels() if one.startswith("4.")))
    await ada.fills(await heard.press("Write a few words"), words="*\n" * 299)
    assert "\\*" in (await (await grace.says("/challenge review")).press("Read my reviews")).text
    assert "`https://example.org/xxx" in (await _card(ada, found)).text


async def test_a_project_of_another_community_cannot_be_reached(ada: Member, house: House) -> None:
    found = await open_week(house, ada, PROJECT)
    await _hand_in(ada, found)
    stranger = ada.platform.member("mallory", community="elsewhere")
    for route in ("write", "take-back", "rubric", "reviews", "card"):
        heard = await stranger.sends(Source.BUTTON, Pressed(f"a1:project.{route}:{found.id}"))
        assert "older message" in heard.text


async def test_after_the_close_the_card_says_what_became_of_it(
    ada: Member, grace: Member, house: House, clock: ManualClock
) -> None:
    found = await open_week(house, ada, PROJECT)
    await _hand_in(ada, found)
    clock.advance(seconds=WEEK.total_seconds())
    assert "you handed nothing in" in (await _card(grace, found)).text
    assert "No review yet. Points follow on Saturday 5 December, 09:00" in (await _card(ada, found)).text
    clock.advance(days=7)
    for _ in range(2):
        assert await wind_up_project(house.store, found, content_of(found), clock.now())
    await house.store.rounds.wind_up(found.id)
    assert "Nobody got to it, so you have all the points" in (await _card(ada, found)).text
    assert (await gained(house, ada))[1:] == [("challenge-done", 10), ("challenge-done", 10)]
