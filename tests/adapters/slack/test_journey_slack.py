"""A member's whole way, over the wire and in both modes: from installing to the board, with a restart in between."""

from __future__ import annotations

from pathlib import Path

from bot.models import Handle, Place
from bot.settings import Settings
from bot.wiring import House, open_house
from tests.adapters.slack.conftest import Mode, living
from tests.clock import ManualClock
from tests.commands.weeks import answers_of
from tests.conftest import SMALL_PACK
from tests.fakes.slack import FakeSlack, Heard, Member
from tests.fakes.slack.channels import Channel


def settings_in(folder: Path) -> Settings:
    return Settings(
        database_url=f"sqlite:///{folder / 'journey.db'}", files_dir=folder / "files", content=str(SMALL_PACK)
    )


async def test_from_installing_to_the_board(tmp_path: Path, clock: ManualClock, world: FakeSlack, mode: Mode) -> None:
    lab, settings = world.workspace("Lab"), settings_in(tmp_path)
    general, ada, olga = lab.channel("general"), lab.member("ada"), lab.member("olga", admin=True)
    async with open_house(settings, clock, strict=True) as house, living(house, world, mode):
        await sets_up(olga, general)
        await begins(ada, general)
        challenge = await tries_the_challenge(ada, general)
    clock.advance(minutes=2)  # after a wrong answer one waits a minute
    async with open_house(settings, clock, strict=True) as house, living(house, world, mode):
        await finishes(ada, general, challenge, house)
        await shows_progress(ada, general)
    assert world.complaints == []


async def sets_up(olga: Member, general: Channel) -> None:
    setup = await olga.types(general, "/mentor setup")
    await olga.world.until(lambda: olga.direct.messages, "Nobody was welcomed.")
    form = await setup.press("Set the time zone")
    assert form.modal.title == "The community’s zone"
    offered = await olga.suggests(form, "zone", "Tokyo")
    assert offered[0].startswith("Asia/Tokyo")
    assert offered[-1] == "Tokyo"  # what was typed itself stands last
    assert "Asia/Tokyo" in (await form.fills(zone="Tokyo")).text
    assert ["Thank you for taking me into" in one.text for one in olga.direct.messages.values()] == [True]


async def begins(ada: Member, general: Channel) -> None:
    start = await ada.types(general, "/mentor start")
    assert "Welcome, ada" in start.text
    assert start.ephemeral
    assert "The garden road" in (await ada.types(general, "/mentor path choose garden")).text


async def tries_the_challenge(ada: Member, general: Channel) -> Heard:
    challenge = await ada.types(general, "/mentor challenge")
    data = await challenge.press("Get my data")
    assert list(data.files) == ["orders.csv"]
    assert data.happening.channel == ada.direct.id
    assert "direct messages" in (await data.more()).text
    wrong = await (await challenge.press("Submit")).fills(answer="1")
    assert "Not yet" in wrong.text
    assert "hint" in (await challenge.press("Hint")).text.lower()
    return challenge


async def finishes(ada: Member, general: Channel, challenge: Heard, house: House) -> None:
    """Use what stood there before the restart."""
    lab = ada.team
    right = await answers_of(house, Handle("slack", lab.id, ada.id), Place("slack", lab.id))
    first = await (await challenge.press("Submit")).fills(answer=f"{right['mean_amount']:.2f}")
    assert "That is right" in first.text
    last = await (await first.press("Submit")).fills(answer=str(right["best_city"]))
    assert "All done" in last.text


async def shows_progress(ada: Member, general: Channel) -> None:
    assert "streak" in (await ada.types(general, "/mentor streak")).text.lower()
    progress = await ada.types(general, "/mentor progress")
    assert progress.files["progress.png"].startswith(b"\x89PNG")
    shared = await progress.press("Show it here")
    assert not shared.ephemeral
    board = await (await ada.types(general, "/mentor board")).press("Be on the board")
    assert "ada" in board.text
    assert board.updated
