"""Comings and goings: a community takes the bot in, sends it away, takes it back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock
from bot.core.markup import bullets, join, md, one_line
from bot.core.registry import Registry
from bot.core.reply import Reply, Style, Tone
from bot.models import Place
from bot.ports import Store

# How long a community's things are kept after the bot was sent away.
KEPT = timedelta(days=30)
SETUP = "setup.begin"


@dataclass(frozen=True, slots=True)
class Comings:
    """Remembers where the bot is."""

    store: Store
    clock: Clock
    registry: Registry
    kept: timedelta = KEPT

    async def arrived(self, place: Place, name: str) -> Reply | None:
        """Take note of a community; say something to whoever took the bot in, unless it was there already."""
        known = await self.store.communities.find(place)
        await self.store.communities.enter(place, one_line(name) or place.key)
        if await self.store.communities.come_back(place):
            return self._welcome_back(name)
        return None if known else self._welcome(name)

    async def left(self, place: Place) -> None:
        """Take note that the bot was sent away."""
        await self.store.communities.leave(place, self.clock.now())

    async def seen(self, platform: str, here: Collection[Place], served: Callable[[Place], bool]) -> Sequence[Place]:
        """Find out what happened while nobody listened; return the places that are new."""
        known = {one.place: gone for one, gone in await self.store.communities.of(platform)}
        for place in [one for one, gone in known.items() if not gone and one not in here and served(one)]:
            await self.left(place)
        return [one for one in here if known.get(one, True)]

    async def sweep(self) -> int:
        """Erase what was kept long enough."""
        return await self.store.communities.erase_gone(self.clock.now() - self.kept, limit=100)

    def _welcome(self, name: str) -> Reply:
        tries = [
            md("{line:code} answers a question", line="/faq how much math do i need"),
            md("{line:code} gives something to do today", line="/tip"),
            md("{line:code} finds a path, step by step", line="/path choose"),
        ]
        lead = md(
            "Thank you for taking me into **{name}**. Everything works already; nobody has to configure anything.",
            name=one_line(name)[:80],
        )
        more = md("Set me up when you have two minutes. I post nothing by myself before you say so.")
        return Reply(
            join([lead, bullets(tries), more], "\n\n"),
            title="Hello, I am Stepwise",
            rows=((self.registry.route(SETUP).button("Set me up", style=Style.PRIMARY, community=name[:40]),),),
            tone=Tone.GOOD,
        )

    def _welcome_back(self, name: str) -> Reply:
        return Reply(
            md("Good to be back in **{name}**. Everything is as you left it.", name=one_line(name)[:80]),
            title="Welcome back",
            rows=((self.registry.route(SETUP).button("See how I am set up", community=name[:40]),),),
            tone=Tone.GOOD,
        )
