"""Buttons of messages that have stood there for months go on working, whoever started the bot meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Settings
from bot.wiring import open_house
from tests.adapters.discord.conftest import living
from tests.adapters.discord.test_every_command import pressed
from tests.clock import ManualClock
from tests.conftest import SMALL_PACK
from tests.fakes.discord.server import FakeDiscord

OLD = [
    ("/tip", "Another"),
    ("/tip", "Save"),
    ("/start", "Set my time zone"),
    ("/settings", "Time zone"),
    ("/board", "Be on the board"),
    ("/reminders", "Choose a time"),
    ("/help", "/checkin"),
    ("/path list", None),
]


@pytest.mark.parametrize("later", [{"days": 1}, {"days": 200}], ids=["tomorrow", "months-later"])
async def test_buttons_live_on(later: dict[str, float], tmp_path: Path, clock: ManualClock, world: FakeDiscord) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'old.db'}", content=str(SMALL_PACK))
    lab = world.guild("Lab")
    general, ada = lab.channel("general"), lab.member("ada")
    async with open_house(settings, clock, strict=True) as house, living(house, world):
        old = [(await ada.types(general, line), label) for line, label in OLD]
    clock.advance(**later)
    async with open_house(settings, clock, strict=True) as house, living(house, world):
        for message, wanted in old:
            used = await pressed(message, wanted or message.labels()[0])
            assert used.text.strip()
            assert "went wrong" not in used.text
            assert "older" not in used.text
