"""The rooms of the page: what was said there lately, and who listens."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import replace
from typing import Any, Protocol

from adapters.web.drawing import draw_entry
from adapters.web.entries import Entry
from adapters.web.frames import written
from adapters.web.limits import ENTRIES, HISTORY, NAMES, WEIGHT
from adapters.web.people import CHANNELS, DIRECT, Seat
from bot.clock import Clock
from bot.core.reply import Reply
from bot.models import Handle

Json = dict[str, Any]


class Listener(Protocol):
    """An open page."""

    @property
    def seat(self) -> Seat:
        """Return who sits there."""

    def hear(self, frame: str) -> None:
        """Take something to show, without waiting."""


class Rooms:
    """Keeps what was said, and carries what is new to every open page that may see it."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._entries: OrderedDict[str, Entry] = OrderedDict()
        self._weight = 0
        self._names: OrderedDict[str, str] = OrderedDict()
        self.listeners: set[Listener] = set()

    def say(
        self,
        room: str,
        reply: Reply | None,
        *,
        by: str = "",
        asked: str = "",
        only: Handle | None = None,
        for_organisers: bool = False,
        is_note: bool = False,
        id: str = "",
    ) -> Entry:
        """Put something into a room."""
        entry = Entry(
            id or secrets.token_hex(16),
            room,
            self.clock.now(),
            reply,
            by=by,
            asked=asked,
            only=only,
            for_organisers=for_organisers,
            is_note=is_note,
        )
        self._keep(entry)
        self._tell(entry, "message")
        return entry

    def put_in_place(self, entry: Entry, reply: Reply) -> Entry:
        """Let a reply take the place of a message."""
        after = replace(entry, reply=reply, version=entry.version + 1)
        if entry.id in self._entries:
            self._keep(after)
        self._tell(after, "replaced")
        return after

    def find(self, entry_id: str) -> Entry | None:
        """Return a message that is still kept."""
        return self._entries.get(entry_id)

    def history(self, seat: Seat) -> list[Json]:
        """Return the latest messages of each room that somebody sees, the oldest first."""
        left = dict.fromkeys((*CHANNELS, DIRECT), HISTORY)
        shown = []
        for entry in reversed(self._entries.values()):
            if left.get(entry.room, 0) and entry.seen_by(seat):
                left[entry.room] -= 1
                shown.append(draw_entry(entry))
        return shown[::-1]

    def meet(self, *names: str) -> None:
        """Remember who is around, for those who want to name somebody."""
        for name in names:
            self._names[name.casefold()] = name
            self._names.move_to_end(name.casefold())
        while len(self._names) > NAMES:
            self._names.popitem(last=False)

    @property
    def names(self) -> list[str]:
        """List who is around."""
        return sorted(self._names.values(), key=str.casefold)

    def broadcast(self, frame: Json) -> None:
        """Tell every open page something that is no message."""
        text = written(frame)
        for listener in tuple(self.listeners):
            listener.hear(text)

    def _keep(self, entry: Entry) -> None:
        """Keep a message; the oldest go when there are too many of them, or when their files weigh too much."""
        before = self._entries.get(entry.id)
        self._weight += entry.weight - (before.weight if before else 0)
        self._entries[entry.id] = entry
        while len(self._entries) > ENTRIES or self._weight > WEIGHT:
            _, gone = self._entries.popitem(last=False)
            self._weight -= gone.weight

    def _tell(self, entry: Entry, about: str) -> None:
        text = written({"about": about, "entry": draw_entry(entry)})
        for listener in tuple(self.listeners):
            if entry.seen_by(listener.seat):
                listener.hear(text)
