"""A member's whole way, over the wire: from joining to the board, with a restart in between."""

from __future__ import annotations

from pathlib import Path

from bot.models import Handle, Place
from bot.settings import Settings
from bot.wiring import House, open_house
from tests.adapters.discord.conftest import living
from tests.clock import ManualClock
from tests.commands.weeks import answers_of
from tests.conftest import SMALL_PACK
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.heard import Heard
from tests.fakes.discord.people import Member
from tests.fakes.discord.server import FakeDiscord


def settings_in(folder: Path) -> Settings:
    return Settings(
        database_url=f"sqlite:///{folder / 'journey.db'}", files_dir=folder / "files", content=str(SMALL_PACK)
    )


async def test_from_joining_to_the_board(tmp_path: Path, clock: ManualClock, world: FakeDiscord) -> None:
    settings = settings_in(tmp_path)
    async with open_house(settings, clock, strict=True) as house, living(house, world):
        await joins_and_is_welcomed(world)
        lab = world.guild("Lab")
        ada, general = lab.member("ada"), lab.channel("general")
        await sets_up(world)
        await begins(ada, general)
        challenge = await tries_the_challenge(ada, general)
    clock.advance(minutes=2)  # after a wrong answer one waits a minute
    async with open_house(settings, clock, strict=True) as house, living(house, world):
        await finishes(ada, general, challenge, house)


async def joins_and_is_welcomed(world: FakeDiscord) -> None:
    lab = world.new_guild("Lab", owner="olga")
    lab.channel("general")
    olga = lab.member("olga", admin=True)
    await world.until(lambda: world.dms("olga"), "Nobody was welcomed.")
    welcome = olga.sees(world.dms("olga")[0])
    assert "Thank you for taking me into **Lab**" in welcome.text
    assert "any channel of **Lab**" in (await welcome.press("Set me up")).text


async def sets_up(world: FakeDiscord) -> None:
    lab = world.guild("Lab")
    olga = lab.member("olga", admin=True)
    form = await (await olga.types(lab.channel("general"), "/setup")).press("Set the time zone")
    assert form.modal.title == "The community’s zone"
    assert "**Asia/Tokyo" in (await form.fills(zone="Tokyo")).text


async def begins(ada: Member, general: Channel) -> None:
    start = await ada.types(general, "/start")
    assert "Welcome, ada" in start.text
    assert start.ephemeral
    choices = await ada.completes("/path choose", path="gard", at=general)
    assert [one.name for one in choices] == ["The garden road"]
    assert "The garden road" in (await ada.types(general, "/path choose", path=choices[0].value)).text


async def tries_the_challenge(ada: Member, general: Channel) -> Heard:
    challenge = await ada.types(general, "/challenge show")
    data = await challenge.press("Get my data")
    assert list(data.files) == ["orders.csv"]
    wrong = await (await challenge.press("Submit")).fills(answer="1")
    assert "Not yet" in wrong.text
    hint = await challenge.press("Hint")
    assert "hint" in hint.text.lower()
    return challenge


async def finishes(ada: Member, general: Channel, challenge: Heard, house: House) -> None:
    """Use what stood there before the restart."""
    right = await answers_of(house, Handle("discord", "", ada.id), Place("discord", general.home.id))
    first = await (await challenge.press("Submit")).fills(answer=f"{right['mean_amount']:.2f}")
    assert "That is right" in first.text
    last = await (await first.press("Submit")).fills(answer=str(right["best_city"]))
    assert "All done" in last.text
    progress = await ada.types(general, "/progress")
    assert progress.files["progress.png"].startswith(b"\x89PNG")
    shared = await progress.press("Show it here")
    assert not shared.ephemeral
    board = await (await ada.types(general, "/board")).press("Be on the board")
    assert "ada" in board.text
    assert board.updated
