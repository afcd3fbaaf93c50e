"""A conversation at the terminal: what is typed, pressed and filled in becomes calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from adapters.console.files import open_upload
from adapters.console.person import Seat
from adapters.console.plain import Control
from bot.core.calls import Answer, Call, Pressed, Source, Typed
from bot.core.dispatch import Dispatcher
from bot.core.params import Kind, Param, Upload
from bot.core.reply import FieldErrors, OpenForm
from bot.core.values import Raw


@dataclass(slots=True)
class Conversation:
    """Speaks to the bot for one seat."""

    dispatcher: Dispatcher
    seat: Seat
    # Under a given name, the same conversation can be delivered a second time.
    name: str = field(default_factory=lambda: uuid4().hex)
    # A form cannot carry files back and forth, so they wait here for the form that asks for them.
    _files: dict[str, Upload] = field(default_factory=dict)
    _count: int = 0

    async def says(self, line: str, files: tuple[Upload, ...] = ()) -> Answer:
        """Type a line."""
        answer = await self._call(Source.SLASH, Typed(line, files))
        if isinstance(answer.outcome, OpenForm):
            wanted = [param.name for param in answer.outcome.fields if param.kind is Kind.FILE]
            self._files = dict(zip(wanted, files, strict=False))
        return answer

    async def presses(self, control: Control) -> Answer:
        """Press a button, or choose a line of a select."""
        self._files = {}
        source = Source.SELECT if control.picked else Source.BUTTON
        return await self._call(source, Pressed(control.token, picked=control.picked))

    async def fills(self, form: OpenForm, typed: Mapping[str, str]) -> Answer:
        """Send a form with these fields; what is not typed stays as it was."""
        fields = {**form.values, **typed}
        kinds = {param.name: param for param in form.fields}
        raw: dict[str, Raw] = {name: _raw(kinds[name], text) for name, text in fields.items() if name in kinds}
        raw = {name: upload for name, upload in self._files.items() if name in kinds} | raw
        answer = await self._call(Source.FORM, Pressed(form.token, fields=raw))
        again = isinstance(answer.outcome, FieldErrors)
        self._files = {name: one for name, one in raw.items() if isinstance(one, Upload)} if again else {}
        return answer

    async def _call(self, source: Source, target: Typed | Pressed) -> Answer:
        self._count += 1
        call = Call(f"console:{self.name}:{self._count}", source, self.seat.speaker(), target)
        return await self.dispatcher.handle(call)


def _raw(param: Param, text: str) -> Raw:
    return open_upload(Path(text.strip())) if param.kind is Kind.FILE and text.strip() else text
