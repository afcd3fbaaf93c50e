"""Answers that take longer than Discord waits: promised first, with the declared privacy, and given later."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

import pytest

from adapters.discord.client import DiscordBot
from tests.adapters.discord.virtual_time import until
from tests.clock import ManualClock
from tests.core.samples import Diary
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.deadline import soon
from tests.fakes.discord.heard import Heard
from tests.fakes.discord.people import Member
from tests.fakes.discord.server import FakeDiscord

LATER, LATER_UPDATE = 5, 6
EPHEMERAL = 1 << 6


@pytest.fixture
def hurried(trial: DiscordBot) -> DiscordBot:
    """Let the bot promise an answer whenever it is not there at once."""
    trial.patience = 0.0
    return trial


async def late(world: FakeDiscord, diary: Diary, work: Awaitable[Heard]) -> Heard:
    """Let the answer be ready only after it was promised."""
    before = len(world.asked("POST", "/callback"))
    doing = asyncio.ensure_future(work)
    await world.until(lambda: len(world.asked("POST", "/callback")) > before)
    diary.gate.set()
    return await doing


def promise(world: FakeDiscord) -> tuple[int, int]:
    """Return how an answer was promised: the kind of response, and its flags."""
    body = world.asked("POST", "/callback")[-1].body
    return body["type"], (body.get("data") or {}).get("flags", 0)


async def test_a_private_answer(
    hurried: DiscordBot, ada: Member, general: Channel, diary: Diary, world: FakeDiscord
) -> None:
    heard = await late(world, diary, ada.types(general, "/mull", words="this"))
    assert promise(world) == (LATER, EPHEMERAL)
    assert heard.text == "Hm, this."
    assert heard.ephemeral


async def test_a_public_answer(
    hurried: DiscordBot, ada: Member, general: Channel, diary: Diary, world: FakeDiscord
) -> None:
    heard = await late(world, diary, ada.types(general, "/shout", words="hello"))
    assert promise(world) == (LATER, 0)
    assert heard.text == "hello!"
    assert [one.text for one in world.channel_messages(general)] == ["hello!"]


@pytest.mark.parametrize(
    ("line", "words", "said"), [("/shout", "no", "Not that word, please."), ("/secret", None, "Only for you.")]
)
async def test_a_public_promise_is_withdrawn_when_the_answer_is_private(
    line: str,
    words: str | None,
    said: str,
    hurried: DiscordBot,
    ada: Member,
    general: Channel,
    diary: Diary,
    world: FakeDiscord,
) -> None:
    heard = await late(world, diary, ada.types(general, line, **({"words": words} if words else {})))
    assert promise(world) == (LATER, 0)
    assert heard.text == said
    assert heard.ephemeral
    assert world.channel_messages(general) == []


async def test_behind_a_button_the_message_waits_and_is_replaced(
    hurried: DiscordBot, ada: Member, general: Channel, diary: Diary, world: FakeDiscord
) -> None:
    traps = await ada.types(general, "/traps")
    heard = await late(world, diary, traps.press("Wait"))
    assert promise(world) == (LATER_UPDATE, 0)
    assert heard.text == "Waited."
    assert heard.updated


async def test_behind_a_button_everybody_hears_what_is_for_everybody(
    hurried: DiscordBot, ada: Member, general: Channel, diary: Diary, world: FakeDiscord
) -> None:
    traps = await ada.types(general, "/traps")
    heard = await late(world, diary, traps.press("Tell all"))
    assert heard.text == "Hear, hear."
    assert not heard.ephemeral
    assert [one.text for one in world.channel_messages(general)] == ["Hear, hear."]


async def test_a_form_that_comes_late_hangs_on_a_button(
    hurried: DiscordBot, ada: Member, general: Channel, diary: Diary, world: FakeDiscord
) -> None:
    heard = await late(world, diary, ada.types(general, "/plan"))
    assert heard.ephemeral
    hurried.patience = None
    form = await heard.press("Open the form")
    assert form.modal.field("goal").value == "Learn Docker"
    assert (await form.fills(hours="2")).text == "Week 3: Learn Docker, 2 h"


async def test_a_late_answer_survives_a_lost_connection_and_a_fault(
    hurried: DiscordBot, ada: Member, general: Channel, diary: Diary, world: FakeDiscord
) -> None:
    world.faults.lose_after("PATCH /webhooks/*")
    world.faults.fail("PATCH /webhooks/*", status=503)
    heard = await late(world, diary, ada.types(general, "/shout", words="hello"))
    assert heard.text == "hello!"
    await world.until(lambda: len(world.asked("PATCH")) == 3)
    assert [one.text for one in world.channel_messages(general)] == ["hello!"]


async def test_a_word_more_is_not_said_twice_when_nobody_knows_whether_it_came(
    hurried: DiscordBot, ada: Member, general: Channel, diary: Diary, world: FakeDiscord
) -> None:
    world.faults.lose_after("POST /webhooks/*")
    heard = await late(world, diary, ada.types(general, "/shout", words="no"))
    await hurried.drain(5)
    said = [heard.text, *(one.text for one in heard.also)]
    assert said.count("Not that word, please.") == 1


async def test_an_answer_after_the_last_minute_is_told_in_the_log_only(
    hurried: DiscordBot,
    ada: Member,
    general: Channel,
    diary: Diary,
    world: FakeDiscord,
    caplog: pytest.LogCaptureFixture,
) -> None:
    world.faults.fail("* /webhooks/*", status=401, times=9, body={"code": 50027, "message": "Invalid Webhook Token"})
    asking = asyncio.ensure_future(ada.types(general, "/mull", words="this"))
    await world.until(lambda: world.asked("POST", "/callback"))
    diary.gate.set()
    await until(lambda: "50027" in caplog.text)
    assert len(world.asked("PATCH", "/webhooks")) == 1
    asking.cancel()


async def test_a_promise_that_got_lost_is_kept_all_the_same(
    hurried: DiscordBot, ada: Member, general: Channel, diary: Diary, world: FakeDiscord
) -> None:
    world.faults.lose_after("POST /interactions/*")
    doing = asyncio.ensure_future(ada.types(general, "/shout", words="hello"))
    await world.until(lambda: len(world.asked("POST", "/callback")) == 2)
    diary.gate.set()
    assert (await doing).text == "hello!"


async def test_waiting_for_a_slow_one_holds_up_nobody(
    trial: DiscordBot, ada: Member, general: Channel, diary: Diary, world: FakeDiscord
) -> None:
    slow = asyncio.ensure_future(ada.types(general, "/mull", words="this"))
    await soon(diary.started.wait())
    assert "2026-11-21" in (await world.guild("Lab").member("grace").types(general, "/today")).text
    diary.gate.set()
    assert (await slow).text == "Hm, this."


class TestAForm:
    """What was typed is not lost: a mistake comes back as a private message with Try again."""

    async def test_comes_back_with_everything_that_was_typed(
        self, trial: DiscordBot, ada: Member, general: Channel, diary: Diary
    ) -> None:
        diary.gate.set()
        form = await ada.types(general, "/plan")
        wrong = await form.fills(goal="rest\nor not", hours="99")
        assert wrong.ephemeral
        assert "**Hours**: 99 does not fit. It should be between 1 and 40." in wrong.text
        again = await wrong.press("Try again")
        assert again.modal.title == "Your week"
        assert {one.name: one.value for one in again.modal.fields} == {"goal": "rest\nor not", "hours": "99"}
        assert "99 does not fit" in again.modal.text
        assert (await again.fills(hours="7")).text == "Week 3: rest or not, 7 h"

    async def test_comes_back_when_the_handler_refuses_a_field(
        self, trial: DiscordBot, ada: Member, general: Channel, diary: Diary
    ) -> None:
        diary.gate.set()
        wrong = await (await ada.types(general, "/plan")).fills(goal="rest")
        assert "Resting is fine, but no goal." in wrong.text
        again = await wrong.press("Try again")
        worse = await again.fills(hours="0")
        assert "0 does not fit" in worse.text
        assert (await (await worse.press("Try again")).fills(goal="Docker", hours="4")).text == "Week 3: Docker, 4 h"

    async def test_asks_for_its_file_again(self, trial: DiscordBot, ada: Member, general: Channel) -> None:
        form = await ada.types(general, "/deliver")
        wrong = await form.fills(title="no", work=("bed.csv", b"1,2"), mood="hard")
        assert "It needs another title." in wrong.text
        again = await wrong.press("Try again")
        assert [(one.name, one.value, one.required) for one in again.modal.fields] == [
            ("title", "no", True),
            ("work", [], True),
            ("mood", ["hard"], False),
        ]
        assert (await again.fills(title="My bed", work=("bed.csv", b"1,2"))).text == "My bed: 3, hard"

    async def test_that_comes_late_after_a_form_is_a_message_too(
        self, trial: DiscordBot, ada: Member, general: Channel, diary: Diary
    ) -> None:
        diary.gate.set()
        form = await ada.types(general, "/plan")
        trial.patience = 0.0
        wrong = await form.fills(hours="99")
        assert wrong.ephemeral
        assert wrong.labels() == ["Try again"]

    async def test_waits_for_twelve_hours(
        self, trial: DiscordBot, ada: Member, general: Channel, diary: Diary, clock: ManualClock
    ) -> None:
        diary.gate.set()
        wrong = await (await ada.types(general, "/plan")).fills(hours="99")
        clock.advance(hours=11.9)
        assert (await wrong.press("Try again")).modal.field("hours").value == "99"
        clock.advance(hours=0.2)
        over = await wrong.press("Try again")
        assert "that time is over. Please start again." in over.text
        assert over.ephemeral
