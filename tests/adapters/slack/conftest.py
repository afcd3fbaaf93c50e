"""A house on a loopback Slack: an unmodified slack-bolt in between, over a socket or over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest

from adapters.slack.manifest import EVENTS_PATH, manifest
from adapters.slack.outbox import Outbox
from adapters.slack.pace import Pace
from adapters.slack.service import Account, Presence, on_slack
from bot.core.context import Ctx
from bot.core.declare import PUBLIC, command
from bot.core.dispatch import Dispatcher
from bot.core.markup import md
from bot.core.outgoing import Doorkeeper
from bot.core.params import Arg
from bot.core.reply import File, Image, Reply, Tone, Visibility
from bot.models import Place
from bot.services.comings import Comings
from bot.wiring import House
from tests.adapters.discord.mishaps import MISHAPS
from tests.clock import ManualClock
from tests.core.samples import Diary
from tests.fakes.slack import FakeSlack
from tests.house import small_house

Mode = Literal["socket", "http"]
PNG = b"\x89PNG not really"


QUICK = Pace(hold_after=0.05, form_patience=0.3, home_pause=0.01, picture_pauses=(0.01, 0.01), ping=0.2, deaf_after=4)


@pytest.fixture(params=["socket", "http"])
def mode(request: pytest.FixtureRequest) -> Mode:
    chosen: Mode = request.param
    return chosen


@pytest.fixture
async def world(clock: ManualClock) -> AsyncIterator[FakeSlack]:
    async with FakeSlack(clock) as started:
        yield started


def account_in(world: FakeSlack, mode: Mode, token: str) -> Account:
    app_token = world.app_token if mode == "socket" else ""
    signing = world.app.signing_secret if mode == "http" else ""
    return Account(token, app_token, signing, api_url=world.api_url, port=0, pace=QUICK)


def outbox_of(clock: ManualClock) -> Outbox:
    """Make an outbox that does not wait for its turn but lets the time pass."""

    async def pass_by(seconds: float) -> None:
        clock.advance(seconds=seconds)
        await asyncio.sleep(0)

    return Outbox(clock, pass_by)


@asynccontextmanager
async def listening(
    dispatcher: Dispatcher, door: Doorkeeper, world: FakeSlack, mode: Mode, **settings: Any
) -> AsyncIterator[Presence]:
    """Let a dispatcher listen on the loopback Slack until the end of the block."""
    team = next(iter(world.teams.values()))
    account = account_in(world, mode, team.token.value if team.token else "")
    async with connected(dispatcher, door, world, replace(account, **settings)) as presence:
        yield presence


@asynccontextmanager
async def connected(
    dispatcher: Dispatcher, door: Doorkeeper, world: FakeSlack, account: Account
) -> AsyncIterator[Presence]:
    """Let a dispatcher listen with this account."""
    clock = dispatcher.clock
    assert isinstance(clock, ManualClock)
    world.app.configure(manifest(dispatcher.registry, root=account.root, aliases=account.aliases))
    async with on_slack(account, dispatcher, door, dispatcher.store.secrets, outbox=outbox_of(clock)) as presence:
        staying = asyncio.ensure_future(presence.stay())
        try:
            async with reached(world, presence):
                yield presence
        finally:
            staying.cancel()


@asynccontextmanager
async def reached(world: FakeSlack, presence: Presence) -> AsyncIterator[None]:
    """Let the world know where the bot is until the end of the block."""
    if presence.line:
        await world.sockets.connected()
        yield
        return
    courier = world.listens_at(f"http://127.0.0.1:{presence.port}{EVENTS_PATH}")
    try:
        yield
    finally:
        await courier.close()


@asynccontextmanager
async def living(house: House, world: FakeSlack, mode: Mode, **settings: Any) -> AsyncIterator[Presence]:
    """Let the bot live on the loopback Slack until the end of the block."""
    async with listening(house.dispatcher, house.services.get(Comings), world, mode, **settings) as presence:
        yield presence


@pytest.fixture
async def presence(house: House, world: FakeSlack, mode: Mode) -> AsyncIterator[Presence]:
    world.workspace("Lab").channel("general")
    async with living(house, world, mode) as there:
        yield there


@command("odd", summary="Say something in a tone that was forgotten", section="You")
async def odd(ctx: Ctx) -> Reply:
    return Reply(md("Odd."), tone=str.__new__(Tone, "plaid"))


@command("show", summary="Show a picture and send a file", section="You", visibility=PUBLIC)
async def show(ctx: Ctx, private: Annotated[bool, Arg("Only to you")] = False) -> Reply:
    image, file = Image("dot.png", PNG, "A dot"), File("data.csv", b"1,2", "text/csv")
    return Reply(md("Look."), image=image, files=(file,), visibility=Visibility.PRIVATE if private else None)


@pytest.fixture
def diary() -> Diary:
    return Diary()


@pytest.fixture
async def small(tmp_path: Path, clock: ManualClock, diary: Diary) -> AsyncIterator[Dispatcher]:
    """Open a house with the sample commands, and some that go wrong."""
    async with small_house(tmp_path, (*MISHAPS, odd, show), clock, diary, strict=False) as opened:
        yield opened


@pytest.fixture
async def trial(small: Dispatcher, world: FakeSlack) -> AsyncIterator[Presence]:
    """Let the small house live on Slack, over a socket."""
    world.workspace("Lab").channel("general")
    async with listening(small, Quiet(), world, "socket") as there:
        yield there


@dataclass
class Quiet:
    """Keeps the door, says nothing, and notes who left."""

    gone: list[Place] = field(default_factory=list)

    async def arrived(self, place: Place, name: str) -> Reply | None:
        return None

    async def left(self, place: Place) -> None:
        self.gone.append(place)

    async def seen(self, platform: str, here: Collection[Place], served: Callable[[Place], bool]) -> Sequence[Place]:
        return ()
