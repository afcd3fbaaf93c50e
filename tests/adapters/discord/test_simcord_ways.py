"""Every command, every example, every button and every form, before SimCord as the second judge."""

from __future__ import annotations

import pytest

from bot.wiring import House, find_commands
from tests.adapters.discord.crawling import Crawler
from tests.adapters.discord.pages import SimGuest
from tests.adapters.discord.simulated import Apart, room
from tests.adapters.discord.weeks_on import SCENES, Scene
from tests.clock import ManualClock

REGISTRY = find_commands()
FOR_MEMBERS = ("checkin", "community", "path show", "setup", "suggest", "tip")


@pytest.mark.parametrize("scene", SCENES, ids=str)
async def test_wherever_one_can_go(scene: Scene, apart: Apart, house: House, clock: ManualClock) -> None:
    async with room(apart) as here:
        await scene.open(house, str(here.guild.id))
        crawler = Crawler(SimGuest(here.grace, here.general, REGISTRY), clock, scene.ways)
        await crawler.explore(scene.commands(REGISTRY))
    assert scene.forms <= crawler.forms
    assert crawler.pages > 25
    assert scene.challenge or crawler.mended > 10


async def test_wherever_a_member_can_go(apart: Apart, clock: ManualClock) -> None:
    async with room(apart) as here:
        crawler = Crawler(SimGuest(here.ada, here.general, REGISTRY), clock)
        await crawler.explore(one for one in REGISTRY.commands if one.words in FOR_MEMBERS)
    assert "checkin.words" in crawler.forms
    assert "community.zone" not in crawler.forms
