"""Two platforms: one knows a post again and lets the bot look, the other does neither."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NoReturn

from bot.core.outgoing import PostFailed, Target, Trouble
from bot.core.reply import Reply
from bot.models import Handle, Place
from tests.simulation.life import Life
from tests.simulation.world import Message, World

NONCE_LASTS = timedelta(minutes=2)
LOOKER, BLIND = "looker", "blind"
LATE = "late"


@dataclass(frozen=True)
class BlindPoster:
    """Posts, and never knows whether it has done so before."""

    world: World
    life: Life

    @property
    def platform(self) -> str:
        return BLIND

    async def tell(self, handle: Handle, reply: Reply) -> bool:
        return True

    async def tell_organiser(self, place: Place, reply: Reply) -> bool:
        return True

    async def post(self, target: Target, reply: Reply, key: str) -> str:
        """Post, if nothing goes wrong."""
        await self.life.touch()
        await asyncio.sleep(self.world.random.uniform(0.1, 2))
        if target.place.key in self.world.troubles:
            raise PostFailed(Trouble(self.world.troubles[target.place.key]))
        if self.world.random.random() < self.world.weather.faults:
            message = await self._go_wrong(reply, key)
        else:
            message = self._appear(reply, key)
        try:
            await self.life.touch()
        except asyncio.CancelledError:
            self.world.doubted.add(key)
            raise
        return message

    async def _go_wrong(self, reply: Reply, key: str) -> str:
        random = self.world.random
        kind = random.choice(["later", "later", "before", "after", "lag", "hang", "slow", "refused"])
        if kind == "later":
            raise PostFailed(Trouble.LATER, wait=random.choice((0, 0, 30, 900)))
        if kind == "refused":
            self._refuse(key)
        if kind == "slow":
            return await self._slowly(reply, key)
        self.world.doubted.add(key)
        if kind == "after":
            self._appear(reply, key)
        if kind == "lag":
            self._later(reply, key)
        if kind == "hang":
            await self._hang(reply, key)
        raise PostFailed(Trouble.UNKNOWN)

    def _refuse(self, key: str) -> NoReturn:
        if self.world.random.random() < 0.1:
            self.world.refused.add(key)
            raise PostFailed(Trouble.REFUSED)
        raise PostFailed(Trouble.LATER)

    async def _slowly(self, reply: Reply, key: str) -> str:
        try:
            await asyncio.sleep(self.world.random.uniform(10, 220))
        except asyncio.CancelledError:
            self.world.doubted.add(key)
            if self.world.random.random() < 0.5:
                self._later(reply, key)
            raise
        self.life.check()
        return self._appear(reply, key)

    async def _hang(self, reply: Reply, key: str) -> None:
        if self.world.random.random() < 0.5:
            self._appear(reply, key)
        await asyncio.sleep(3600)

    def _later(self, reply: Reply, key: str) -> None:
        """Let it arrive when whoever sent it has given up already."""
        self.world.loop.call_later(self.world.random.uniform(0, 60), self._appear, reply, key)

    def _appear(self, reply: Reply, key: str) -> str:
        number = f"m{len(self.world.messages)}"
        late = reply.title == LATE
        times = self.world.true_now(), self.world.now(), self.world.latest_shown()
        message = Message(number, self.platform, key, late, *times)
        if self.world.by_key.get(key):
            self.world.violations.append(f"{key} was posted twice on {self.platform}")
        self.world.appear(message)
        return number


@dataclass(frozen=True)
class LookingPoster(BlindPoster):
    """Knows a key again for a while, and lets the bot look."""

    @property
    def platform(self) -> str:
        return LOOKER

    async def find(self, target: Target, key: str, reply: Reply, since: datetime) -> str | None:
        """Look among the newest messages, and further back to `since`."""
        await self.life.touch()
        await asyncio.sleep(self.world.random.uniform(0.1, 2))
        if target.place.key in self.world.troubles:
            raise PostFailed(Trouble.FORBIDDEN)
        if self.world.random.random() < self.world.weather.faults / 2:
            raise PostFailed(Trouble.LATER)
        newest = {message.id for message in self.world.messages[-100:]}
        found = [one for one in self.world.by_key.get(key, ()) if one.id in newest or one.true_time >= since]
        await self.life.touch()
        return found[0].id if found else None

    def _appear(self, reply: Reply, key: str) -> str:
        for message in self.world.by_key.get(key, ()):
            if self.world.true_now() - message.true_time <= NONCE_LASTS:
                return message.id
        return super()._appear(reply, key)
