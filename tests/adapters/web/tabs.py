"""An open page as a test holds it: the same socket and the same frames as the browser's."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import aiohttp

Json = dict[str, Any]
SECONDS = 15.0


@dataclass(slots=True)
class Tab:
    """One open page."""

    session: aiohttp.ClientSession
    socket: aiohttp.ClientWebSocketResponse
    address: str
    hello: Json = field(default_factory=dict)
    count: int = 0

    async def hears(self, about: str, **wanted: Any) -> Json:
        """Wait for a frame about this; others are passed over."""
        async with asyncio.timeout(SECONDS):
            while True:
                frame: Json = json.loads(await self.socket.receive_str())
                if frame["about"] == about and all(frame.get(key) == value for key, value in wanted.items()):
                    return frame

    async def sits(self, name: str, *, organiser: bool = False) -> Json:
        """Say who sits here."""
        await self.socket.send_json({"do": "sit", "name": name, "organiser": organiser})
        self.hello = await self.hears("hello")
        return self.hello

    async def sends(self, **frame: Any) -> int:
        """Send a frame as the page would, and return its number."""
        self.count += 1
        await self.socket.send_json({"n": self.count, "id": uuid4().hex, **frame})
        return self.count

    async def asks(self, **frame: Any) -> Json:
        """Ask for something that is answered under its number."""
        number = await self.sends(**frame)
        async with asyncio.timeout(SECONDS):
            while True:
                answer: Json = json.loads(await self.socket.receive_str())
                if answer.get("n") == number:
                    return answer

    async def says(self, line: str, room: str = "general", **more: Any) -> Json:
        """Type a line and return the message that comes of it."""
        await self.sends(do="say", room=room, line=line, **more)
        entry: Json = (await self.hears("message"))["entry"]
        return entry

    async def presses(self, entry: Json, label: str) -> Json:
        """Press a button, or choose an option, and return what comes of it: a message, a change or a form."""
        token, picked = control_of(entry, label)
        await self.sends(do="press", room=entry["room"], entry=entry["id"], token=token, picked=picked)
        return await self.anything()

    async def anything(self) -> Json:
        """Return the next frame that shows something."""
        async with asyncio.timeout(SECONDS):
            while True:
                frame: Json = json.loads(await self.socket.receive_str())
                if frame["about"] in ("message", "replaced", "form"):
                    return frame

    async def does(self, **frame: Any) -> list[Json]:
        """Call the bot in #general, and return all that it shows for it: the answer, then words that waited."""
        number = await self.sends(room="general", **frame)
        shown: list[Json] = []
        async with asyncio.timeout(SECONDS):
            while True:
                heard: Json = json.loads(await self.socket.receive_str())
                if heard["about"] == "form" and heard["n"] == number:
                    return [heard]
                if heard["about"] == "done" and heard["n"] == number:
                    return shown
                if heard["about"] in ("message", "replaced"):
                    shown.append(heard)

    async def fetches(self, url: str) -> bytes:
        """Fetch a picture or a file."""
        async with self.session.get(self.address.rstrip("/") + url) as answer:
            assert answer.status == 200
            return await answer.read()

    async def fills(self, form: Json, files: Json | None = None, **fields: str) -> Json:
        """Send a form."""
        token = form["form"]["token"]
        await self.sends(do="fill", room="general", entry="", token=token, fields=fields, files=files or {})
        return await self.anything()

    async def uploads(self, name: str, data: bytes) -> str:
        """Send a file ahead."""
        url = f"{self.address}upload"
        async with self.session.post(url, params={"name": name}, data=data, headers=self.origin) as answer:
            assert answer.status == 200, await answer.text()
            return str((await answer.json())["key"])

    @property
    def origin(self) -> dict[str, str]:
        """Say where the page comes from, as browsers do."""
        return {"Origin": self.address.rstrip("/")}


def control_of(entry: Json, label: str) -> tuple[str, list[str]]:
    """Find the token behind a label, and what choosing it picks."""
    for row in entry["reply"]["rows"]:
        for button in row.get("buttons", ()):
            if button["label"] == label:
                return button["token"], []
        for option in row.get("select", {}).get("options", ()):
            if option["label"] == label:
                return row["select"]["token"], [option["value"]]
    raise AssertionError(f"There is no {label!r} in {entry['reply']['rows']}")


def text_of(tree: object) -> str:
    """Join all words of a tree."""
    if isinstance(tree, list):
        return "".join(text_of(one) for one in tree)
    if isinstance(tree, dict):
        return str(tree["text"]) if "text" in tree else text_of(tree.get("of", []))
    return ""


def says(entry: Json) -> str:
    """Return the title and the words of a message."""
    reply = entry["reply"]
    fields = "".join(f"{one['name']}: {text_of(one['value'])}" for one in reply["fields"])
    return f"{reply['title']} {text_of(reply['text'])} {fields}"
