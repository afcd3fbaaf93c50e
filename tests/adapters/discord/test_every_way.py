"""Every button, every line and every form that a member can come to, over our own loopback."""

from __future__ import annotations

from typing import Any

import pytest

from bot.core.declare import Form
from bot.core.params import Kind
from bot.wiring import House, find_commands
from tests.adapters.discord.conftest import living
from tests.adapters.discord.crawling import APOLOGY, Crawler, values_for
from tests.adapters.discord.pages import LoopbackGuest, LoopbackPage, words_of
from tests.adapters.discord.test_every_command import all_is_taken
from tests.adapters.discord.typing_in import sends
from tests.adapters.discord.weeks_on import SCENES, Scene
from tests.clock import ManualClock
from tests.fakes.discord.interactions import COMPONENT
from tests.fakes.discord.server import FakeDiscord

REGISTRY = find_commands()
FORMS = [one for one in REGISTRY.routes.values() if isinstance(one, Form)]
ANY: dict[Kind, Any] = {Kind.INTEGER: 1, Kind.TEXT: "1", Kind.FLAG: True}


@pytest.mark.parametrize("scene", SCENES, ids=str)
async def test_wherever_one_can_go(scene: Scene, house: House, world: FakeDiscord, clock: ManualClock) -> None:
    lab = world.guild("Lab")
    grace = LoopbackGuest(lab.member("grace", admin=True), lab.channel("general"), REGISTRY)
    await scene.open(house, lab.id)
    crawler = Crawler(grace, clock, scene.ways)
    async with living(house, world):
        await crawler.explore(scene.commands(REGISTRY))
    assert scene.forms <= crawler.forms
    assert crawler.pages > 25
    assert scene.challenge or crawler.mended > 10
    all_is_taken(world)


async def test_wherever_a_member_can_go(house: House, world: FakeDiscord, clock: ManualClock) -> None:
    lab = world.guild("Lab")
    ada = LoopbackGuest(lab.member("ada"), lab.channel("general"), REGISTRY)
    crawler = Crawler(ada, clock)
    async with living(house, world):
        await crawler.explore(SCENES[0].commands(REGISTRY))
    assert "checkin.words" in crawler.forms
    assert "community.zone" not in crawler.forms
    all_is_taken(world)


@pytest.mark.parametrize("form", FORMS, ids=lambda one: one.name)
@pytest.mark.parametrize("sensibly", [False, True], ids=["rubbish", "sensible"])
async def test_every_form(sensibly: bool, form: Form, house: House, world: FakeDiscord) -> None:
    """A form from a message of long ago opens and answers, though what it is about may be gone."""
    lab = world.guild("Lab")
    grace, general = lab.member("grace", admin=True), lab.channel("general")
    fields = {param.name for param in form.fields}
    token = form.at(**{one.name: ANY[one.kind] for one in form.params if one.name not in fields})
    async with living(house, world):
        old = await grace.types(general, "/about")
        opened = await sends(grace, general, COMPONENT, {"custom_id": token, "component_type": 2}, on=old)
        assert opened.modal.title == form.title
        assert [one.name for one in opened.modal.fields] == [one.name for one in form.fields][:5]
        page = LoopbackPage(opened)
        said = await page.fill(values_for(opened.modal.body, sensibly=sensibly))
    assert words_of(said).strip()
    assert APOLOGY not in words_of(said)
    all_is_taken(world)
