"""What an unmodified discord.py would leave unanswered is answered: every mistake ends in words for the member."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest

from adapters.discord.client import DiscordBot
from tests.adapters.discord.mishaps import SECRET
from tests.adapters.discord.typing_in import sends
from tests.core.samples import Diary
from tests.fakes.discord import delivering
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.deadline import soon
from tests.fakes.discord.heard import Heard, hear
from tests.fakes.discord.interactions import COMMAND, COMPONENT, MODAL
from tests.fakes.discord.people import Member
from tests.fakes.discord.server import FakeDiscord

SORRY = "Something went wrong on my side"
CALLBACK = "POST /interactions/*/callback"


def is_apology(heard: Heard, log: pytest.LogCaptureFixture) -> bool:
    """Say whether a member got an apology that only they see, with a number under which the log knows more."""
    assert SORRY in heard.text
    assert heard.ephemeral
    assert SECRET not in heard.text
    incident = heard.text.split("this number: ")[1].strip("`. \n")
    return f"Incident {incident}" in log.text and SECRET in log.text


class TestSomethingRaises:
    async def test_in_a_slash_command(
        self, trial: DiscordBot, ada: Member, general: Channel, caplog: pytest.LogCaptureFixture
    ) -> None:
        assert is_apology(await ada.types(general, "/trip", over="a stone"), caplog)

    @pytest.mark.parametrize("label", ["Snap", "Two"])
    async def test_behind_a_control(
        self, label: str, trial: DiscordBot, ada: Member, general: Channel, caplog: pytest.LogCaptureFixture
    ) -> None:
        heard = await ada.types(general, "/traps")
        used = await (heard.press(label) if label == "Snap" else heard.choose(label))
        assert is_apology(used, caplog)
        assert not used.updated

    async def test_in_a_form(
        self, trial: DiscordBot, ada: Member, general: Channel, caplog: pytest.LogCaptureFixture
    ) -> None:
        form = await (await ada.types(general, "/traps")).press("Pit")
        assert is_apology(await form.fills(depth="3"), caplog)

    async def test_in_a_menu_on_a_message(
        self, trial: DiscordBot, ada: Member, general: Channel, caplog: pytest.LogCaptureFixture
    ) -> None:
        assert is_apology(await ada.uses_menu("Trip over it", ada.says(general, "a stone")), caplog)

    async def test_in_a_menu_on_a_member(
        self, trial: DiscordBot, ada: Member, world: FakeDiscord, caplog: pytest.LogCaptureFixture
    ) -> None:
        assert is_apology(await ada.uses_menu("Bump", world.guild("Lab").member("grace")), caplog)

    async def test_while_a_value_is_completed(
        self, trial: DiscordBot, ada: Member, caplog: pytest.LogCaptureFixture
    ) -> None:
        assert await ada.completes("/find", topic="boom") == []
        assert "no topics today" in caplog.text
        assert [one.name for one in await ada.completes("/find", topic="dock")] == ["docker"]

    async def test_while_the_answer_is_drawn(
        self, trial: DiscordBot, ada: Member, general: Channel, caplog: pytest.LogCaptureFixture
    ) -> None:
        heard = await ada.types(general, "/blot")
        assert SORRY in heard.text
        assert heard.ephemeral
        assert "bytes-like" in caplog.text

    async def test_while_a_late_public_answer_is_drawn(
        self, trial: DiscordBot, ada: Member, general: Channel, diary: Diary, world: FakeDiscord
    ) -> None:
        trial.patience = 0.0
        heard = await after_a_while(diary, ada.types(general, "/blot", slowly=True))
        assert SORRY in heard.text
        assert heard.ephemeral
        assert world.channel_messages(general) == []

    async def test_when_discord_refuses_what_was_drawn(
        self, trial: DiscordBot, ada: Member, general: Channel, world: FakeDiscord, caplog: pytest.LogCaptureFixture
    ) -> None:
        world.faults.fail(CALLBACK, status=400, body={"code": 50035, "message": "Invalid Form Body"})
        heard = await ada.types(general, "/today")
        assert SORRY in heard.text
        assert "Invalid Form Body" in caplog.text


async def after_a_while(diary: Diary, work: Any) -> Heard:
    """Let the answer be ready only after its first moment has passed."""
    task: asyncio.Task[Heard] = asyncio.ensure_future(work)
    await soon(diary.started.wait())
    await asyncio.sleep(0)
    diary.gate.set()
    return await task


class TestSomethingIsUnknown:
    async def test_a_command(self, trial: DiscordBot, ada: Member, general: Channel) -> None:
        heard = await sends(ada, general, COMMAND, {"id": "1", "name": "vanished", "type": 1})
        assert "`/vanished` is not a command of mine any more" in heard.text
        assert "/help" in heard.text
        assert heard.ephemeral

    async def test_a_subcommand_and_a_menu(self, trial: DiscordBot, ada: Member, general: Channel) -> None:
        inner = [{"name": "deep", "type": 2, "options": [{"name": "down", "type": 1, "options": []}]}]
        heard = await sends(ada, general, COMMAND, {"id": "1", "name": "gone", "type": 1, "options": inner})
        assert "`/gone deep down` is not a command of mine any more" in heard.text
        menu = {"id": "1", "name": "Old menu", "type": 3, "target_id": "77"}
        assert "not a command of mine any more" in (await sends(ada, general, COMMAND, menu)).text

    async def test_an_option(self, trial: DiscordBot, ada: Member, general: Channel) -> None:
        old = [{"name": "colour", "type": 3, "value": "red"}]
        heard = await sends(ada, general, COMMAND, {"id": "1", "name": "today", "type": 1, "options": old})
        assert "2026-11-21" in heard.text

    @pytest.mark.parametrize(
        "token",
        ["a1:gone:1", "a0:tick", "tick", "a1:tick:1,2,3", "a1:pick:x", "{}", "🐢" * 50, "a1:%ZZ:%", "a1:pick:99999999"],
    )
    @pytest.mark.parametrize("kind", [2, 3], ids=["button", "select"])
    async def test_a_control(self, token: str, kind: int, trial: DiscordBot, ada: Member, general: Channel) -> None:
        old = await ada.types(general, "/today")
        data = {"custom_id": token, "component_type": kind, **({"values": ["a"]} if kind == 3 else {})}
        heard = await sends(ada, general, COMPONENT, data, on=old)
        assert SORRY not in heard.text
        assert heard.ephemeral or heard.updated

    async def test_a_form(self, trial: DiscordBot, ada: Member, general: Channel) -> None:
        said = [{"type": 18, "component": {"type": 4, "custom_id": "goal", "value": "Docker"}}]
        heard = await sends(ada, general, MODAL, {"custom_id": "a1:gone.form:3", "components": said})
        assert "older" in heard.text
        assert heard.ephemeral

    async def test_a_field_of_a_form(self, trial: DiscordBot, ada: Member, general: Channel) -> None:
        rows = [
            {"type": 1, "components": [{"type": 4, "custom_id": "goal", "value": "Docker"}]},
            {"type": 18, "component": {"type": 4, "custom_id": "mood", "value": "good"}},
        ]
        heard = await sends(ada, general, MODAL, {"custom_id": "a1:plan.form:3", "components": rows})
        assert "Week 3: Docker, 5 h" in heard.text

    async def test_a_value_to_complete(self, trial: DiscordBot, ada: Member, general: Channel) -> None:
        for name, option in (("gone", "topic"), ("find", "colour")):
            typing = [{"name": option, "type": 3, "value": "x", "focused": True}]
            data = {"id": "1", "name": name, "type": 1, "options": typing}
            heard = await hear(ada, delivering.deliver(ada, general, 4, data))
            assert heard.outcome.choices == ()


class TestTheConnectionIsBad:
    @pytest.mark.parametrize("before", [True, False])
    async def test_a_lost_first_answer_is_given_again(
        self, before: bool, trial: DiscordBot, ada: Member, general: Channel, world: FakeDiscord
    ) -> None:
        (world.faults.lose_before if before else world.faults.lose_after)(CALLBACK)
        assert "2026-11-21" in (await ada.types(general, "/today")).text
        await world.until(lambda: len(world.asked("POST", "/callback")) == 2)
        assert [one.status for one in world.asked("POST", "/callback")] == [0, 204 if before else 400]

    @pytest.mark.parametrize("status", [500, 502, 503])
    async def test_a_fault_of_discord_is_waited_out(
        self, status: int, trial: DiscordBot, ada: Member, general: Channel, world: FakeDiscord
    ) -> None:
        world.faults.fail(CALLBACK, status=status, times=2)
        began = asyncio.get_running_loop().time()
        assert "2026-11-21" in (await ada.types(general, "/today")).text
        assert asyncio.get_running_loop().time() - began < 2.5

    async def test_who_comes_too_late_says_so_in_the_log_only(
        self, trial: DiscordBot, ada: Member, general: Channel, world: FakeDiscord, caplog: pytest.LogCaptureFixture
    ) -> None:
        world.faults.fail(CALLBACK, status=404, body={"code": 10062, "message": "Unknown interaction"})
        with caplog.at_level(logging.WARNING):
            interaction = delivering.deliver(ada, general, COMMAND, {"id": "1", "name": "today", "type": 1})
            await world.until(lambda: world.asked("POST", "/callback"))
            await trial.drain(5)
        assert interaction.outcomes == []
        assert len(world.asked("POST")) == 1
        assert "10062" in caplog.text
        assert "Incident" not in caplog.text


class TestItComesTwice:
    async def test_a_second_delivery_does_nothing_more(
        self, trial: DiscordBot, ada: Member, general: Channel, diary: Diary, world: FakeDiscord
    ) -> None:
        heard = await ada.types(general, "/tick")
        await heard.again()
        await world.until(lambda: len(world.asked("POST", "/callback")) == 2)
        await trial.drain(5)
        assert diary.notes == ["tick"]
        assert heard.also == []
        assert [one.answer and one.answer["code"] for one in world.asked("POST", "/callback")] == [None, 40060]

    async def test_two_deliveries_at_once(
        self, trial: DiscordBot, ada: Member, general: Channel, diary: Diary, world: FakeDiscord
    ) -> None:
        trial.patience = 0.0
        heard = asyncio.ensure_future(ada.types(general, "/mull", words="this"))
        await soon(diary.started.wait())
        (session,) = world.gateway.online
        session.emit("INTERACTION_CREATE", next(reversed(world.interactions.values())).payload)
        await world.until(lambda: len(world.asked("POST", "/callback")) == 2)
        diary.gate.set()
        assert "Hm, this." in (await heard).text
        await trial.drain(5)
        assert diary.held == 1
        assert heard.result().also == []
