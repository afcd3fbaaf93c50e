"""Every command with every example, every form and every refusal, over the wire."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from adapters.discord.limits import modal_problems, problems
from bot.core.declare import Command
from bot.core.reply import Visibility
from bot.settings import Settings
from bot.wiring import House, find_commands, open_house
from tests.adapters.discord.conftest import living
from tests.adapters.discord.typing_in import options_of, slash_of
from tests.clock import ManualClock
from tests.fakes.discord.heard import Heard
from tests.fakes.discord.people import Member
from tests.fakes.discord.resolved import NotOffered
from tests.fakes.discord.server import FakeDiscord

REGISTRY = find_commands()
COMMANDS = REGISTRY.commands
FAMILIES = {
    word: [one for one in COMMANDS if one.words.split()[0] == word]
    for one in COMMANDS
    for word in one.words.split()[:1]
}
ROW, FORM = 1, 9
APOLOGY = "went wrong on my side"


@pytest.fixture
async def full(tmp_path: Path, clock: ManualClock, world: FakeDiscord) -> AsyncIterator[House]:
    """Open a house with everything that is shipped, and be on Discord with it."""
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'full.db'}", files_dir=tmp_path)
    world.guild("Lab").channel("general")
    async with open_house(settings, clock, strict=True) as house, living(house, world):
        yield house


@pytest.fixture
def grace(world: FakeDiscord) -> Member:
    return world.guild("Lab").member("grace", admin=True)


def check(heard: Heard) -> None:
    """Look at an answer as a member does; what Discord thinks of it, `all_is_taken` says."""
    if heard.is_modal:
        return
    assert heard.text.strip()
    assert APOLOGY not in heard.text


def all_is_taken(world: FakeDiscord) -> None:
    """Say that Discord took everything, and that our own rules find nothing either."""
    refused = [(one.method, one.path, one.status) for one in world.requests if one.status >= 400]
    assert refused == []
    said = [one.body for one in world.asked("POST", "/callback") if isinstance(one.body, dict)]
    assert said
    for body in said:
        data = body.get("data") or {}
        if body["type"] == FORM:
            assert modal_problems(data) == []
        elif "components" in data:
            assert problems(data) == []


@pytest.mark.parametrize("family", FAMILIES)
async def test_every_example_and_what_follows(family: str, full: House, world: FakeDiscord, grace: Member) -> None:
    guild = world.guild("Lab")
    for command in FAMILIES[family]:
        for example in command.examples:
            line, options = slash_of(command, REGISTRY), options_of(command, example, guild)
            heard = await grace.types(guild.channel("general"), line, **options)
            check(heard)
            for label in [] if heard.is_modal else heard.labels():
                with suppress(NotOffered):  # an earlier one may have put another page in its place
                    check(await pressed(heard, label))
    await alone(FAMILIES[family], world, grace)
    all_is_taken(world)


async def pressed(heard: Heard, label: str) -> Heard:
    """Press a button, or choose a line of a select, as it stood in the first answer."""
    options = {one.get("label") for control in controls(heard) for one in control.get("options") or ()}
    return await (heard.choose(label) if label in options else heard.press(label))


def controls(heard: Heard) -> list[dict[str, Any]]:
    rows = [row for box in heard.body["components"] for row in box.get("components") or () if row["type"] == ROW]
    return [control for row in rows for control in row["components"]]


async def alone(commands: list[Command], world: FakeDiscord, grace: Member) -> None:
    """Type nothing behind a command: an organiser, a member, and in a direct message where it is offered."""
    lab = world.guild("Lab")
    ada = lab.member("ada")
    places = ((grace, lab.channel("general")), (ada, lab.channel("general")), (ada, await ada.in_dm()))
    for command in commands:
        for member, place in places:
            try:
                heard = await member.types(place, slash_of(command, REGISTRY))
            except NotOffered:
                continue
            check(heard)
            assert heard.is_modal or heard.ephemeral or command.visibility is Visibility.PUBLIC
