"""What Discord's documentation allows and hardly anybody expects: unknown kinds, torn news, messages that are gone."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from adapters.discord import fetching
from adapters.discord.callbacks import _insist
from adapters.discord.client import DiscordBot
from adapters.discord.prompt import Prompt
from adapters.discord.setbacks import Unsettled
from tests.adapters.discord.typing_in import sends
from tests.core.samples import Diary
from tests.fakes.discord import delivering, posting
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.heard import Heard, hear
from tests.fakes.discord.interactions import AUTOCOMPLETE, COMMAND, COMPONENT, LATER, LATER_UPDATE, MODAL
from tests.fakes.discord.people import Member
from tests.fakes.discord.server import FakeDiscord

PAGE = "<html><body>Too many</body></html>"


class TestNobodyStaysWithoutAnAnswer:
    @pytest.mark.parametrize("kind", [COMMAND, COMPONENT, MODAL, 6, 99])
    async def test_whatever_came(self, kind: int, trial: DiscordBot, ada: Member, general: Channel) -> None:
        heard = await sends(ada, general, kind, {})
        assert "I do not know what that was." in heard.text
        assert "/help" in heard.text
        assert heard.ephemeral

    async def test_even_to_a_control_on_a_message(self, trial: DiscordBot, ada: Member, general: Channel) -> None:
        traps = await ada.types(general, "/traps")
        heard = await sends(ada, general, COMPONENT, {}, on=traps)
        assert "I do not know what that was." in heard.text
        assert not heard.updated

    async def test_who_types_nothing_at_all(self, trial: DiscordBot, ada: Member, general: Channel) -> None:
        assert (await sends(ada, general, AUTOCOMPLETE, {})).outcome.choices == ()


class TestStrangeNews:
    """discord.py lets one thing that it cannot read end the whole connection, and with it the process."""

    @pytest.mark.parametrize(
        ("event", "data"),
        [
            ("VOICE_CHANNEL_EFFECT_SEND", {}),
            ("SUBSCRIPTION_CREATE", {"id": "1"}),
            ("GUILD_CREATE", {"id": "77", "name": "Half a server"}),
            ("CHANNEL_UPDATE", {"id": "1"}),
            ("GUILD_DELETE", {}),
            ("RESUMED", {"_trace": []}),
            ("SOMETHING_OF_NEXT_YEAR", {"a": [1]}),
        ],
    )
    async def test_are_passed_over(
        self, event: str, data: dict[str, Any], trial: DiscordBot, ada: Member, general: Channel, world: FakeDiscord
    ) -> None:
        session = world.gateway.session_of(None)
        assert session is not None
        session.emit(event, data)
        assert "2026-11-21" in (await ada.types(general, "/today")).text
        assert len(world.gateway.seen.identifies) == 1
        assert not trial.is_closed()


class TestTheMessageIsGone:
    """Somebody deleted it meanwhile. What was asked is done all the same, so that is what is said."""

    async def test_when_it_was_to_be_replaced(
        self, trial: DiscordBot, ada: Member, general: Channel, diary: Diary, world: FakeDiscord
    ) -> None:
        diary.gate.set()
        heard = await presses_what_is_deleted(ada, general, world, "Wait")
        assert (heard.text, heard.ephemeral, heard.updated) == ("Waited.", True, False)

    async def test_when_it_was_to_be_replaced_late(
        self, trial: DiscordBot, ada: Member, general: Channel, diary: Diary, world: FakeDiscord
    ) -> None:
        trial.patience = 0.0
        asking = asyncio.ensure_future(presses_what_is_deleted(ada, general, world, "Wait"))
        await world.until(lambda: world.asked("POST", "/callback")[1:])
        diary.gate.set()
        heard = await asking
        assert world.asked("POST", "/callback")[-1].body["type"] == LATER_UPDATE
        assert (heard.text, heard.ephemeral, heard.updated) == ("Waited.", True, False)

    @pytest.mark.parametrize(("line", "words", "said"), [("/mull", "this", "Hm, this."), ("/shout", "no", "Not that")])
    async def test_when_it_was_only_a_promise(
        self,
        line: str,
        words: str,
        said: str,
        trial: DiscordBot,
        ada: Member,
        general: Channel,
        diary: Diary,
        world: FakeDiscord,
    ) -> None:
        trial.patience = 0.0
        asking = asyncio.ensure_future(ada.types(general, line, words=words))
        await world.until(lambda: [one for one in world.messages.values() if one.loading])
        (promise,) = [one for one in world.messages.values() if one.loading]
        posting.delete(world, promise)
        diary.gate.set()
        heard = await asking
        assert world.asked("POST", "/callback")[-1].body["type"] == LATER
        assert said in heard.text
        assert heard.ephemeral


async def presses_what_is_deleted(member: Member, channel: Channel, world: FakeDiscord, label: str) -> Heard:
    """Press a button in the moment in which its message is deleted."""
    traps = await member.types(channel, "/traps")
    live = world.messages[traps.message.id]
    button = next(one for one in live.controls() if one.get("label") == label)
    data = {"custom_id": button["custom_id"], "component_type": button["type"], "id": 1}
    posting.delete(world, live)
    return await hear(member, delivering.deliver(member, channel, COMPONENT, data, live))


class TestAFileThatDiscordDoesNotGiveOut:
    @pytest.mark.parametrize("status", [403, 404, 500])
    async def test_is_asked_for_again(
        self, status: int, trial: DiscordBot, ada: Member, general: Channel, world: FakeDiscord
    ) -> None:
        form = await ada.types(general, "/deliver")
        world.shelf.answers = status
        wrong = await form.fills(title="My bed", work=("bed.csv", b"1,2"))
        assert "Please send it once more." in wrong.text
        assert wrong.ephemeral
        world.shelf.answers = 200
        assert "My bed: 3" in (await form.fills(title="My bed", work=("bed.csv", b"1,2"))).text

    async def test_is_not_waited_for_for_ever(
        self, trial: DiscordBot, ada: Member, general: Channel, world: FakeDiscord, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(fetching, "WITHIN", 0.05)
        form = await ada.types(general, "/deliver")
        world.shelf.answers = 0
        assert "once more" in (await form.fills(title="My bed", work=("bed.csv", b"1,2"))).text
        world.shelf.answers = 200


class TestTooManyAnswers:
    """A first answer that is refused with 429 comes again when Discord says so, if anybody still waits then."""

    @pytest.fixture
    def naps(self, monkeypatch: pytest.MonkeyPatch) -> list[float]:
        taken: list[float] = []

        async def nap(seconds: float) -> None:
            taken.append(seconds)

        monkeypatch.setattr("adapters.discord.callbacks.asyncio.sleep", nap)
        return taken

    async def test_come_when_discord_says(self, naps: list[float]) -> None:
        await _insist(falling_over(Unsettled(429, 0.7), Unsettled(429, 0.2)), again=True)
        assert naps == [0.7, 0.4]

    async def test_do_not_come_when_nobody_waits_any_more(self, naps: list[float]) -> None:
        with pytest.raises(Unsettled):
            await _insist(falling_over(Unsettled(429, 60.0)), again=True)
        assert naps == []

    @pytest.mark.parametrize(
        ("body", "headers", "wait"),
        [
            ({"message": "limited", "retry_after": 0.6, "global": False}, {"Retry-After": "1", "Via": "x"}, 0.6),
            (PAGE, {"Retry-After": "2"}, 2.0),
        ],
    )
    async def test_say_for_how_long(
        self, body: Any, headers: dict[str, str], wait: float, trial: DiscordBot, world: FakeDiscord
    ) -> None:
        world.faults.fail("POST /interactions/*/callback", status=429, body=body, headers=headers)
        with pytest.raises(Unsettled) as caught:
            await Prompt(trial._session).post(f"{world.api_url}/interactions/1/x/callback", {"type": 4})
        assert caught.value.wait == wait


def falling_over(*errors: Exception) -> Any:
    waiting = list(errors)

    async def attempt() -> None:
        if waiting:
            raise waiting.pop(0)

    return attempt


@pytest.mark.parametrize("code", [10062, 10015, 50027])
async def test_an_answer_that_is_too_late_is_not_followed_by_an_apology(
    code: int, trial: DiscordBot, ada: Member, general: Channel, world: FakeDiscord, caplog: pytest.LogCaptureFixture
) -> None:
    world.faults.fail("POST /interactions/*/callback", status=404, body={"code": code, "message": "Too late"})
    asking = asyncio.ensure_future(ada.types(general, "/today"))
    await world.until(lambda: world.asked("POST", "/callback"))
    await trial.drain(5)
    assert len(world.asked("POST", "/callback")) == 1
    assert str(code) in caplog.text
    assert "Incident" not in caplog.text
    asking.cancel()
