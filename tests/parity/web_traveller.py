"""Somebody with the page open in a browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from adapters.web.hall import Scene
from adapters.web.people import HERE, handle_of
from adapters.web.service import Account, on_web
from bot.models import Handle, Place
from bot.services.comings import Comings
from bot.wiring import House
from tests.adapters.web.conftest import browser
from tests.adapters.web.tabs import Json, Tab, control_of, says
from tests.parity.travellers import Seen


@dataclass(slots=True)
class OnWeb:
    """Somebody at the page."""

    tab: Tab
    platform: str = "web"

    @property
    def handle(self) -> Handle:
        return handle_of(self.tab.hello["name"])

    @property
    def place(self) -> Place:
        return HERE

    async def types(self, command: str, **options: Any) -> Seen:
        line = " ".join([f"/{command}", *(f'{name}:"{value}"' for name, value in options.items())])
        return WebSeen(self.tab, await self.tab.does(do="say", line=line))


@dataclass(slots=True)
class WebSeen:
    """What the page shows for one call: the answer first, then words that waited."""

    tab: Tab
    frames: list[Json]

    @property
    def words(self) -> str:
        if self.is_form:
            fields = self.frames[0]["form"]["fields"]
            return " ".join([self.frames[0]["form"]["title"], *(one["error"] for one in fields)])
        return "\n".join(says(one["entry"]) + self._bars(one["entry"]) for one in self.frames)

    @property
    def private(self) -> bool:
        return self.is_form or bool(self.frames[0]["entry"]["private"])

    @property
    def in_place(self) -> bool:
        return bool(self.frames[0]["about"] == "replaced")

    @property
    def is_form(self) -> bool:
        return bool(self.frames[0]["about"] == "form")

    async def files(self) -> dict[str, bytes]:
        reply = self.frames[0]["entry"]["reply"]
        wanted = [*reply["files"], *([reply["image"]] if reply["image"] else [])]
        return {one["name"]: await self.tab.fetches(one["url"]) for one in wanted}

    def labels(self) -> list[str]:
        rows = self.frames[0]["entry"]["reply"]["rows"]
        return [one["label"] for row in rows for one in (*row.get("buttons", ()), *_options(row))]

    async def press(self, label: str) -> Seen:
        entry = self.frames[0]["entry"]
        token, picked = control_of(entry, label)
        return WebSeen(self.tab, await self.tab.does(do="press", entry=entry["id"], token=token, picked=picked))

    async def fills(self, **fields: Any) -> Seen:
        form = self.frames[0]["form"]
        known = {one["name"]: one["value"] for one in form["fields"] if one["value"]}
        files = {name: await self.tab.uploads(*one) for name, one in fields.items() if isinstance(one, tuple)}
        typed = {name: str(value) for name, value in fields.items() if name not in files}
        sent = {"token": form["token"], "fields": known | typed, "files": files}
        return WebSeen(self.tab, await self.tab.does(do="fill", entry="", **sent))

    def _bars(self, entry: Json) -> str:
        reply = entry["reply"]
        return "".join(f" {one['label']} {one['done']} of {one['total']}" for one in reply["progress"])


def _options(row: Json) -> list[Json]:
    return list(row.get("select", {}).get("options", ()))


@asynccontextmanager
async def at_the_page(house: House, name: str) -> AsyncIterator[OnWeb]:
    """Open the page over a house, and sit down there."""
    door, shelf = house.services.get(Comings), house.store.secrets
    async with on_web(Account(port=0), house.dispatcher, door, shelf, Scene("Lab"), lambda _: None) as there:
        origin = {"Origin": there.address.rstrip("/")}
        url = f"{there.address}socket"
        async with browser(there.address) as session, session.ws_connect(url, headers=origin) as socket:
            tab = Tab(session, socket, there.address)
            await tab.sits(name, organiser=name == "olga")
            yield OnWeb(tab)
