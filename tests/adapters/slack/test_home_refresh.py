"""The home page: published when it is opened, true after whatever its member does, and never in the way."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from adapters.slack.service import Presence
from bot.wiring import House
from tests.adapters.slack.conftest import QUICK, living
from tests.fakes.slack import FakeSlack, Member
from tests.fakes.slack.channels import Channel


@pytest.fixture
def general(presence: Presence, world: FakeSlack) -> Channel:
    return next(iter(world.teams.values())).channel("general")


@pytest.fixture
def ada(general: Channel, world: FakeSlack) -> Member:
    return world.teams[general.team].member("ada")


def published(world: FakeSlack) -> int:
    return len([one for one in world.called("views.publish") if not one.error])


async def test_the_home_shows_where_somebody_stands(ada: Member) -> None:
    home = await ada.opens_home()
    assert "Your path" in home.text
    assert {"Find my path", "Check in", "Settings"} <= set(home.labels())


async def test_a_button_of_the_home_answers_in_a_modal(ada: Member) -> None:
    home = await ada.opens_home()
    answer = await home.press("Settings")
    assert answer.is_modal


async def test_what_is_done_in_the_home_is_seen_in_it(ada: Member, general: Channel, world: FakeSlack) -> None:
    await ada.types(general, "/mentor path choose garden")
    home = await ada.opens_home()
    first = home.text
    done = await home.press("I have done it")
    assert done.is_modal
    await world.until(lambda: published(world) == 2)
    assert ada.home.text != first


async def test_a_double_click_in_the_home_does_one_step(ada: Member, general: Channel, world: FakeSlack) -> None:
    await ada.types(general, "/mentor path choose garden")
    home = await ada.opens_home()
    await home.press("I have done it", times=2)
    await world.until(lambda: published(world) == 2)
    assert "1 of " in ada.home.text


async def test_a_command_elsewhere_refreshes_the_home(ada: Member, general: Channel, world: FakeSlack) -> None:
    await ada.opens_home()
    assert "None yet" in ada.home.text
    await ada.types(general, "/mentor path choose garden")
    await world.until(lambda: published(world) == 2)
    assert "The garden road" in ada.home.text


async def test_what_changes_nothing_publishes_nothing(ada: Member, general: Channel, world: FakeSlack) -> None:
    await ada.opens_home()
    await ada.types(general, "/mentor about")
    await world.quiet(0.1)
    assert published(world) == 1


async def test_nobody_elses_home_is_touched(ada: Member, general: Channel, world: FakeSlack) -> None:
    grace = ada.team.member("grace")
    await ada.opens_home()
    await grace.types(general, "/mentor path choose garden")
    await world.quiet(0.1)
    assert published(world) == 1


async def test_a_burst_publishes_once(house: House, world: FakeSlack) -> None:
    lab = world.workspace("Lab")
    general, ada = lab.channel("general"), lab.member("ada")
    async with living(house, world, "socket", pace=replace(QUICK, home_pause=0.2)):
        await ada.opens_home()
        lines = ("path choose garden", "path choose compost", "path choose garden")
        await asyncio.gather(*(ada.types(general, f"/mentor {line}") for line in lines))
        await world.quiet(0.3)
        assert published(world) == 2


async def test_a_conflict_publishes_the_newest_once_more(ada: Member, general: Channel, world: FakeSlack) -> None:
    await ada.opens_home()
    world.fails("views.publish", "hash_conflict")
    await ada.types(general, "/mentor path choose garden")
    await world.until(lambda: published(world) == 2)
    assert "The garden road" in ada.home.text
    assert [one.args.get("hash", "") != "" for one in world.called("views.publish")] == [False, True, False]


async def test_a_home_that_cannot_be_published_costs_nobody_an_answer(
    ada: Member, general: Channel, world: FakeSlack
) -> None:
    await ada.opens_home()
    world.fails("views.publish", retry_after=30, times=1)
    assert "garden" in (await ada.types(general, "/mentor path choose garden")).text
    await world.until(lambda: len(world.called("views.publish")) == 2)
    await ada.types(general, "/mentor about")
    await world.until(lambda: published(world) == 2)
    assert "The garden road" in ada.home.text
