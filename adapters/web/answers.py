"""Answer a call on the page: a message in its room, in the place of another one, or a form."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from hashlib import sha256

from adapters.web.drawing import draw_form
from adapters.web.entries import Entry
from adapters.web.frames import Json, string
from adapters.web.hall import Hall
from adapters.web.people import DIRECT, Seat
from bot.core.calls import Answer, Call
from bot.core.reply import FieldErrors, OpenForm, Reply, Update, Visibility

HOME = "home"
# Made anew by each process, as all that it names is forgotten with it.
_SALT = secrets.token_hex(16)


class Answers:
    """Brings answers to one open page, and to others where everybody may see them."""

    def __init__(self, hall: Hall, hear: Callable[[Json], None]) -> None:
        self._hall, self._hear = hall, hear
        # The form that is open there.
        self.form: OpenForm | None = None

    def clicked(self, frame: Json, seat: Seat) -> Entry | None:
        """Return the message that somebody clicked, if they see it."""
        entry = self._hall.rooms.find(string(frame, "entry", 40))
        return entry if entry and entry.seen_by(seat) else None

    async def answer(self, call: Call, seat: Seat, room: str, asked: str, entry: Entry | None, number: int) -> None:
        """Run a call and show what comes of it."""
        answer = await self._hall.dispatcher.handle(call)
        match answer.outcome:
            case OpenForm() as form:
                self._open(form, number, again=False)
                return
            case FieldErrors(form):
                self._open(form, number, again=True)
                return
            case Update(reply) if entry is not None and (answer.visibility is Visibility.PUBLIC or entry.is_private):
                shown = self._hall.rooms.put_in_place(entry, reply)
            case Update(reply) | (Reply() as reply):
                shown = self._say(call, seat, room, asked, reply, answer.visibility)
        self._add_notes(call, answer, seat, room)
        self._hear({"about": "done", "n": number, "entry": shown.id})

    async def show_home(self, call: Call, seat: Seat, number: int) -> None:
        """Show somebody's home page, in the place of how it was before."""
        answer = await self._hall.dispatcher.home(call)
        if isinstance(answer.outcome, Reply):
            name = _name("home", seat)
            before = self._hall.rooms.find(name)
            if before is None:
                self._hall.rooms.say(HOME, answer.outcome, only=seat.handle, id=name)
            else:
                self._hall.rooms.put_in_place(before, answer.outcome)
        self._hear({"about": "done", "n": number})

    def _say(self, call: Call, seat: Seat, room: str, asked: str, reply: Reply, who: Visibility) -> Entry:
        """Put an answer into its room. Delivered again after a broken line, it is there already."""
        name = _name(call.id, seat)
        known = self._hall.rooms.find(name)
        if known is not None:
            return known
        private = room == DIRECT or who is Visibility.PRIVATE
        return self._hall.rooms.say(
            room, reply, by=seat.name, asked=asked, only=seat.handle if private else None, id=name
        )

    def _add_notes(self, call: Call, answer: Answer, seat: Seat, room: str) -> None:
        for place, words in enumerate(answer.notes):
            name = _name(f"{call.id}:{place}", seat)
            if self._hall.rooms.find(name) is None:
                self._hall.rooms.say(room, Reply(words), only=seat.handle, is_note=True, id=name)

    def _open(self, form: OpenForm, number: int, *, again: bool) -> None:
        self.form = form
        self._hear({"about": "form", "n": number, "form": draw_form(form), "again": again})


def _name(of: str, seat: Seat) -> str:
    """Name a message so that a second delivery finds it, and nobody can guess it."""
    return sha256(f"{of}:{seat.handle.user}:{_SALT}".encode()).hexdigest()[:32]
