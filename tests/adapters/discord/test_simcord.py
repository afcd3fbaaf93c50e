"""SimCord as a second judge, which knows nothing of our own loopback: the same bot in its in-memory Discord."""

from __future__ import annotations

from typing import Any

import pytest
import simcord

from bot.models import Handle, Place
from bot.wiring import House
from content.challenge_model import challenge_to_json
from tests.adapters.discord.simulated import Apart, bot_of, room
from tests.commands.weeks import WEEK, answers_of, challenge_named


def words(result: simcord.InteractionResult | simcord.ResponseMessage) -> str:
    """Return everything that stands in an answer."""
    message = result.response if isinstance(result, simcord.InteractionResult) else result
    assert message is not None
    return "\n".join(_texts(message.components))


def _texts(components: list[dict[str, Any]]) -> list[str]:
    own = [one["content"] for one in components if "content" in one]
    return own + [text for one in components for text in _texts(one.get("components", []))]


def labels(result: simcord.InteractionResult) -> list[str]:
    assert result.response is not None
    return _labels(result.response.components)


def _labels(components: list[dict[str, Any]]) -> list[str]:
    own = [one["label"] for one in components if "label" in one]
    return own + [text for one in components for text in _labels(one.get("components", []))]


async def pressed(actor: simcord.MemberActor, on: simcord.InteractionResult, label: str) -> simcord.InteractionResult:
    assert on.response is not None
    return await actor.click(on.response, label=label)


async def test_a_command_and_its_buttons(apart: Apart) -> None:
    async with room(apart) as here:
        tip = await here.ada.slash(here.general, "tip")
        first = words(tip)
        assert labels(tip) == ["Try it", "Another", "Save"]
        another = await pressed(here.ada, tip, "Another")
        assert words(another) != first


async def test_values_are_completed(apart: Apart) -> None:
    async with room(apart) as here:
        choices = await here.ada.autocomplete(here.general, "path choose", "path", "gard")
        assert [one["name"] for one in choices] == ["The garden road"]
        chosen = await here.ada.slash(here.general, "path choose", path=choices[0]["value"])
        assert "The garden road" in words(chosen)
        assert labels(chosen) == ["My next step", "Undo"]


async def test_a_select(apart: Apart) -> None:
    async with room(apart) as here:
        page = await here.ada.slash(here.general, "help")
        assert page.response is not None
        more = await here.ada.select(page.response, ["tip"])
        assert "One small thing to do today" in words(more)


async def test_organisers_see_more_and_fill_in_a_form(apart: Apart) -> None:
    async with room(apart) as here:
        assert "setup" not in here.ada.available_commands(here.general)
        assert "setup" in here.grace.available_commands(here.general)
        form = await pressed(here.grace, await here.grace.slash(here.general, "setup"), "Set the time zone")
        assert form.modal is not None
        assert form.modal["title"] == "The community’s zone"
        assert "Asia/Tokyo" in words(await here.grace.submit_modal(form, {"zone": "Tokyo"}))


async def test_a_mistake_in_a_form_comes_back_prefilled(apart: Apart) -> None:
    async with room(apart) as here:
        form = await pressed(here.grace, await here.grace.slash(here.general, "setup"), "Set the time zone")
        wrong = await here.grace.submit_modal(form, {"zone": "Middle-earth"})
        assert wrong.ephemeral
        again = await pressed(here.grace, wrong, "Try again")
        assert again.modal is not None
        assert "Middle-earth" in str(again.modal)
        assert "Asia/Tokyo" in words(await here.grace.submit_modal(again, {"zone": "Tokyo"}))


async def test_menus_on_messages_and_members(apart: Apart) -> None:
    async with room(apart) as here:
        message = await here.ada.send(here.general, "How much math do I need?")
        asked = await here.grace.context_menu(here.general, "Ask the mentors", message)
        assert asked.ephemeral
        assert "I am not sure" in words(asked)
        shown = await here.ada.context_menu(here.general, "Show progress", here.ada)
        assert "Your progress" in words(shown)


async def test_what_goes_wrong_is_answered(apart: Apart, monkeypatch: pytest.MonkeyPatch) -> None:
    async def falls_over(*_: object, **__: object) -> None:
        raise RuntimeError("the secret reason")

    async with room(apart) as here:
        monkeypatch.setattr("storage.people.SqlitePeople.find", falls_over)
        sorry = await here.ada.slash(here.general, "start")
        assert "Something went wrong on my side" in words(sorry)
        assert sorry.ephemeral


async def test_data_comes_and_buttons_live_on_after_a_restart(apart: Apart, house: House) -> None:
    async with room(apart) as here:
        await here.ada.slash(here.general, "start")
        challenge = await here.ada.slash(here.general, "challenge show")
        data = await pressed(here.ada, challenge, "Get my data")
        assert data.response is not None
        assert [one.filename for one in data.response.attachments] == ["orders.csv"]
        await here.env.restart_bot(bot_of(apart))
        form = await pressed(here.ada, challenge, "Submit")
        right = await answers_of(house, Handle("discord", "", str(here.ada.id)), Place("discord", str(here.guild.id)))
        answered = await here.ada.submit_modal(form, {"answer": f"{right['mean_amount']:.2f}"})
        assert "That is right" in words(answered)
        progress = await here.ada.slash(here.general, "progress")
        assert progress.response is not None
        assert [one.filename for one in progress.response.attachments] == ["progress.png"]


async def test_a_file_comes_with_a_form(apart: Apart, house: House) -> None:
    async with room(apart) as here:
        community = await house.store.communities.enter(Place("discord", str(here.guild.id)), "Lab")
        challenge, now = challenge_named(house, "who-will-leave"), house.dispatcher.clock.now()
        await house.store.rounds.open(community.id, challenge.id, challenge_to_json(challenge), now, now + WEEK)
        form = await here.ada.slash(here.general, "challenge submit")
        refused = await here.ada.submit_modal(form, {"file": ("mine.csv", b"who,left\n1,1\n")})
        assert "member" in words(refused)
        assert "went wrong" not in words(refused)
