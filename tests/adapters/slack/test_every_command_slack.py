"""Every command with every example, every button below the answers, and every form, over the wire."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.slack.limits import problems
from adapters.slack.service import Presence
from bot.settings import Settings
from bot.wiring import find_commands, open_house
from tests.adapters.slack.conftest import living
from tests.clock import ManualClock
from tests.fakes.slack import FakeSlack, Heard
from tests.fakes.slack.team import Team

COMMANDS = find_commands().commands
FAMILIES = sorted({command.words.split()[0] for command in COMMANDS})
GROUPS = [FAMILIES[number::6] for number in range(6)]
APOLOGY = "went wrong on my side"


@pytest.fixture
async def full(tmp_path: Path, clock: ManualClock, world: FakeSlack) -> AsyncIterator[Presence]:
    """Open a house with everything that is shipped, and be on Slack with it."""
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'full.db'}", files_dir=tmp_path)
    world.workspace("Lab").channel("general")
    async with open_house(settings, clock, strict=True) as house, living(house, world, "socket") as presence:
        yield presence


@pytest.fixture
def lab(full: Presence, world: FakeSlack) -> Team:
    return next(iter(world.teams.values()))


def check(heard: Heard) -> None:
    """Look at an answer as a member does."""
    assert heard.text.strip() or heard.files
    assert APOLOGY not in heard.text
    if heard.message is not None and not heard.happening.content.get("files"):
        assert heard.fallback.strip()


def all_is_taken(world: FakeSlack, errors: pytest.LogCaptureFixture) -> None:
    """Say that Slack took everything, and that our own rules find nothing either."""
    assert [(one.method, one.error) for one in world.refusals] == []
    assert world.complaints == []
    assert errors.records == []
    for call in world.calls:
        if call.method == "response_url" and call.args.get("blocks"):
            assert problems("message", call.args) == []


async def a_minute_later(full: Presence, clock: ManualClock) -> None:
    """Let everything be said, and some time pass: so many calls at once would be a flood."""
    await full.bot.desk.running.drain(10)
    clock.advance(minutes=1)


@pytest.mark.parametrize("families", GROUPS, ids=" ".join)
async def test_every_example_and_what_follows(
    families: list[str],
    full: Presence,
    lab: Team,
    world: FakeSlack,
    clock: ManualClock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    general, grace, ada = lab.channel("general"), lab.member("grace", admin=True), lab.member("ada")
    for command in (one for one in COMMANDS if one.words.split()[0] in families):
        for example in command.examples:
            await follows(await grace.types(general, f"/mentor {example}"), full, clock)
        for member in (grace, ada):
            check(await member.types(general, f"/mentor {command.words}"))
            check(await member.writes_to_bot(command.words))
            await a_minute_later(full, clock)
    all_is_taken(world, caplog)


async def follows(heard: Heard, full: Presence, clock: ManualClock) -> None:
    """Press everything below an answer; one press may put another page in its place."""
    check(heard)
    await a_minute_later(full, clock)
    for label in [] if heard.is_modal else heard.labels():
        if label in heard.labels():
            await presses(heard, label)
            await a_minute_later(full, clock)


async def presses(heard: Heard, label: str) -> None:
    element = next(one for one in elements(heard) if label in texts_of(one))
    if "url" not in element:
        check(await heard.press(label))


def elements(heard: Heard) -> list[dict[str, object]]:
    message = heard.message
    blocks = message.blocks if message is not None else heard.blocks
    return [one for block in blocks if block["type"] == "actions" for one in block["elements"]]


def texts_of(element: dict[str, object]) -> list[str]:
    options = element.get("options", [])
    assert isinstance(options, list)
    named = [element, *options]
    return [str(one["text"]["text"]) for one in named if isinstance(one.get("text"), dict)]


async def test_the_home_of_everybody(
    full: Presence, lab: Team, world: FakeSlack, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    for member in (lab.member("ada"), lab.member("grace", admin=True)):
        home = await member.opens_home()
        for label in home.labels():
            check(await home.press(label))
            await a_minute_later(full, clock)
    all_is_taken(world, caplog)


async def test_messages_have_their_shortcuts(lab: Team, world: FakeSlack, caplog: pytest.LogCaptureFixture) -> None:
    ada, general = lab.member("ada"), lab.channel("general")
    message = ada.says(general, "How much math do I need?")
    for name in world.app.shortcuts:
        check(await ada.uses_shortcut(name, message))
    all_is_taken(world, caplog)


async def test_a_question_in_a_thread_needs_no_command(
    lab: Team, world: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    ada, general = lab.member("ada"), lab.channel("general")
    message = ada.says(general, "I wonder about math")
    check(await ada.mentions(general, "how much math do I need?", message))
    check(await ada.writes_to_bot("how much math do I need?"))
    all_is_taken(world, caplog)
