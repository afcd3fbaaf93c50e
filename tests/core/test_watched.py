"""Posts into channels that take none: told once, left in peace, tried again, never on one failure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.core.markup import md
from bot.core.outgoing import PostFailed, Target, Trouble
from bot.core.reply import Reply
from bot.core.watched import PEACE, WatchedPoster
from bot.models import Handle, Place
from bot.wiring import House
from tests.clock import ManualClock

CHANNEL = Target(Place("fake", "lab"), "weekly")
HELLO = Reply(md("Hello."))


@dataclass(slots=True)
class Wall:
    """A poster whose channel is closed for a while."""

    troubles: list[Trouble | None]
    told: list[Reply] = field(default_factory=list)
    tries: int = 0
    platform: str = "fake"

    async def tell(self, handle: Handle, reply: Reply) -> bool:
        return True

    async def tell_organiser(self, place: Place, reply: Reply) -> bool:
        self.told.append(reply)
        return True

    async def post(self, target: Target, reply: Reply, key: str) -> str:
        self.tries += 1
        trouble = self.troubles.pop(0) if self.troubles else None
        if trouble is not None:
            raise PostFailed(trouble)
        return "m1"


async def attempt(poster: WatchedPoster) -> Trouble | None:
    try:
        await poster.post(CHANNEL, HELLO, "key")
    except PostFailed as error:
        return error.trouble
    return None


@pytest.mark.parametrize("trouble", [Trouble.GONE, Trouble.FORBIDDEN])
async def test_it_is_told_once_after_the_second_time(house: House, clock: ManualClock, trouble: Trouble) -> None:
    wall = Wall([trouble] * 10)
    poster = WatchedPoster(wall, house.store.secrets, clock)
    for _ in range(5):
        assert await attempt(poster) is trouble
    assert (wall.tries, len(wall.told)) == (2, 1)
    assert "/setup" in wall.told[0].text
    clock.advance(seconds=(PEACE + timedelta(seconds=1)).total_seconds())
    assert await attempt(WatchedPoster(wall, house.store.secrets, clock)) is trouble
    assert (wall.tries, len(wall.told)) == (3, 1)


async def test_it_goes_on_by_itself_and_tells_again_at_the_next_time(house: House, clock: ManualClock) -> None:
    gone = Trouble.GONE
    wall = Wall([gone, gone, None, gone, gone])
    poster = WatchedPoster(wall, house.store.secrets, clock)
    assert [await attempt(poster) for _ in range(2)] == [gone, gone]
    clock.advance(hours=2)
    assert [await attempt(poster) for _ in range(3)] == [None, gone, gone]
    assert len(wall.told) == 2


async def test_one_failure_and_what_passes_by_itself_are_not_told(house: House, clock: ManualClock) -> None:
    wall = Wall([Trouble.GONE, None, Trouble.LATER, Trouble.LATER, Trouble.UNKNOWN, Trouble.REFUSED])
    poster = WatchedPoster(wall, house.store.secrets, clock)
    for _ in range(6):
        await attempt(poster)
    assert (wall.tries, wall.told) == (6, [])
