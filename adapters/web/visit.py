"""One open page: what it asks for, and what it is told."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import asdict
from datetime import date
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from adapters.web import asking, frames
from adapters.web.answers import Answers
from adapters.web.completing import complete
from adapters.web.drawing import draw_entry
from adapters.web.frames import BadFrame, Json, flag, number, string, written
from adapters.web.hall import Hall, TimeMachine
from adapters.web.limits import CALLS_AT_ONCE, UNREAD
from adapters.web.names import may_be
from adapters.web.people import CHANNELS, DIRECT, LONGEST_NAME, Seat, tidy
from bot.core.calls import Call, Source, Speaker, Typed
from bot.core.params import Choice

log = logging.getLogger(__name__)

NOBODY = Seat("")


class Visit:
    """Somebody's page, from when it opens until it closes."""

    def __init__(self, hall: Hall, visitor: str, socket: web.WebSocketResponse) -> None:
        self.seat = NOBODY
        self._hall, self._visitor, self._socket = hall, visitor, socket
        self._outgoing: asyncio.Queue[str] = asyncio.Queue(UNREAD)
        self._answers = Answers(hall, self.tell)
        self._busy = 0
        self._ways: dict[str, Callable[[Json], Awaitable[None]]] = {
            "sit": self._sit,
            "say": self._say,
            "press": self._press,
            "fill": self._fill,
            "menu": self._menu,
            "home": self._home,
            "complete": self._complete,
            "suggest": self._suggest,
            "preview": self._preview,
            "jump": self._jump,
        }

    async def stay(self) -> None:
        """Listen until the page is closed."""
        writing = asyncio.ensure_future(self._write())
        try:
            async for message in self._socket:
                if message.type is WSMsgType.TEXT and not await self._take(message.data):
                    break
        finally:
            self._hall.rooms.listeners.discard(self)
            writing.cancel()

    def hear(self, frame: str) -> None:
        """Take something to show; a page that does not read any more is closed, and comes back when it wakes."""
        try:
            self._outgoing.put_nowait(frame)
        except asyncio.QueueFull:
            self._hall.rooms.listeners.discard(self)
            self._hall.begin(self._leave())

    def tell(self, frame: Json) -> None:
        """Say something to this page alone."""
        self.hear(written(frame))

    async def _leave(self) -> None:
        await self._socket.close(code=WSCloseCode.TRY_AGAIN_LATER)

    async def _write(self) -> None:
        try:
            while True:
                await self._socket.send_str(await self._outgoing.get())
        except (ConnectionError, RuntimeError):
            log.debug("A page went away while it was told something.")

    async def _take(self, text: str) -> bool:
        """Do what a frame asks for; False when no page of ours would send it."""
        try:
            frame = frames.read(text)
            way = self._ways.get(string(frame, "do", 20))
            if way is None or (self.seat is NOBODY and way != self._sit):
                raise BadFrame("unknown, or too early")
            await way(frame)
        except BadFrame as error:
            log.info("A page sent what it should not: %s", error)
            await self._socket.close(code=WSCloseCode.POLICY_VIOLATION)
            return False
        except Exception:  # what one frame asks for must not end the line
            log.exception("Something that a page asked for could not be done.")
            self.tell({"about": "sorry", "n": number(frame, "n")})
        return True

    async def _sit(self, frame: Json) -> None:
        hall, name = self._hall, tidy(string(frame, "name", 4 * LONGEST_NAME))
        if hall.names_are_kept and not (name and await may_be(hall.shelf, name, self._visitor)):
            self.tell({"about": "taken", "name": name})
            return
        name = name or "friend"
        self.seat = Seat(name, flag(frame, "organiser"))
        hall.rooms.meet(name)
        hall.rooms.listeners.add(self)
        scene = hall.scene
        self.tell(
            {
                "about": "hello",
                "since": hall.since,
                "name": name,
                "organiser": self.seat.organiser,
                "community": scene.community,
                "demo": scene.is_demo,
                "author": scene.author is not None,
                "names": hall.rooms.names,
                "rooms": [*CHANNELS, DIRECT],
                "previews": list(scene.previews),
                "clock": self._clock(),
                "commands": [one.words for one in hall.dispatcher.registry.commands],
                "menus": [one.label for one in hall.dispatcher.registry.shortcuts if one.on.value == "message"],
                "history": hall.rooms.history(self.seat),
            }
        )

    def _clock(self) -> Json:
        now, machine = self._hall.dispatcher.clock.now().isoformat(), self._hall.scene.time_machine
        if machine is None:
            return {"now": now, "moves": False}
        first, last = machine.span
        return {"now": now, "moves": True, "first": str(first), "last": str(last)}

    async def _say(self, frame: Json) -> None:
        room, line = self._room(frame), string(frame, "line").strip()
        files = tuple(self._hall.uploads.named(self._visitor, frames.strings(frame, "files")))
        registry, id = self._hall.dispatcher.registry, asking.call_id(self._visitor, frame)
        call = asking.typed(line, files, id, self._speaker(room), registry)
        if call is not None:
            self._ask(call, frame, room, line)
            return
        if line:
            self._hall.rooms.say(room, None, by=self.seat.name, asked=line)
        self.tell({"about": "done", "n": number(frame, "n")})

    async def _press(self, frame: Json) -> None:
        room, id = self._room(frame), asking.call_id(self._visitor, frame)
        self._ask(asking.pressed(frame, id, self._speaker(room)), frame, room)

    async def _fill(self, frame: Json) -> None:
        room, id = self._room(frame), asking.call_id(self._visitor, frame)
        call = asking.filled(frame, id, self._speaker(room), self._hall.uploads, self._visitor)
        self._ask(call, frame, room)

    async def _menu(self, frame: Json) -> None:
        room, id = self._room(frame), asking.call_id(self._visitor, frame)
        entry = self._answers.clicked(frame, self.seat)
        if entry is None:
            self.tell({"about": "gone", "n": number(frame, "n")})
            return
        self._ask(asking.chosen(frame, entry, id, self._speaker(room), self._hall.dispatcher.registry), frame, room)

    async def _home(self, frame: Json) -> None:
        id = asking.call_id(self._visitor, frame)
        call = Call(id, Source.SLASH, self._speaker(CHANNELS[0]), Typed("home"))
        self._begin(self._answers.show_home(call, self.seat, number(frame, "n")), frame)

    def _ask(self, call: Call, frame: Json, room: str, line: str = "") -> None:
        entry = self._answers.clicked(frame, self.seat)
        asked = line or asking.said(call, entry)
        self._begin(self._answers.answer(call, self.seat, room, asked, entry, number(frame, "n")), frame)

    def _begin(self, work: Coroutine[Any, Any, None], frame: Json) -> None:
        """Begin a call; somebody who asks for many at once waits for the first of them."""
        if self._busy >= CALLS_AT_ONCE:
            work.close()
            self.tell({"about": "busy", "n": number(frame, "n")})
            return
        self._busy += 1
        self._hall.begin(self._counted(work, number(frame, "n")))

    async def _counted(self, work: Coroutine[Any, Any, None], number: int) -> None:
        try:
            await work
        except Exception:
            self.tell({"about": "sorry", "n": number})
            raise
        finally:
            self._busy -= 1

    async def _complete(self, frame: Json) -> None:
        line, speaker = string(frame, "line"), self._speaker(self._room(frame))
        found = complete(self._hall.dispatcher, speaker, self._hall.rooms.names, line)
        self.tell({"about": "choices", "n": number(frame, "n"), **asdict(found)})

    async def _suggest(self, frame: Json) -> None:
        """Complete a field of the form that is open."""
        typed, place = string(frame, "typed", 200), self._speaker(self._room(frame)).place
        form = self._answers.form
        param = next((one for one in form.fields if one.name == frame.get("field")), None) if form else None
        found: tuple[Choice, ...] = self._hall.dispatcher.complete(param, typed, place) if param else ()
        choices = [{"label": one.label, "value": one.value} for one in found]
        self.tell({"about": "suggestions", "n": number(frame, "n"), "choices": choices})

    async def _preview(self, frame: Json) -> None:
        entry = self._hall.rooms.find(string(frame, "entry", 40))
        preview = self._hall.scene.previews.get(string(frame, "platform", 40))
        payload: Json | None = None
        if preview and frame.get("entry") == "form" and self._answers.form is not None:
            payload = preview.form(self._answers.form)
        elif preview and entry and entry.reply and entry.seen_by(self.seat):
            payload = preview.reply(entry.reply, entry.is_private)
        about = draw_entry(entry)["reply"] if entry and payload else None
        self.tell({"about": "preview", "n": number(frame, "n"), "payload": payload, "reply": about})

    async def _jump(self, frame: Json) -> None:
        machine = self._hall.scene.time_machine
        if machine is None:
            self.tell({"about": "done", "n": number(frame, "n")})
        else:
            to = None if frame.get("to") == "monday" else frames.day(frame, "to")
            self._begin(self._go(machine, to, number(frame, "n")), frame)

    async def _go(self, machine: TimeMachine, to: date | None, number: int) -> None:
        self._hall.rooms.broadcast({"about": "moving"})
        try:
            await machine.go(to)
        finally:
            self._hall.rooms.broadcast({"about": "clock", "clock": self._clock()})
        self.tell({"about": "done", "n": number})

    def _room(self, frame: Json) -> str:
        room = string(frame, "room", 40)
        if room not in (*CHANNELS, DIRECT):
            raise BadFrame("no such room")
        return room

    def _speaker(self, room: str) -> Speaker:
        return self.seat.speaker(room, self._hall.scene.community)
