"""The conversation at a prompt: type commands, numbers for buttons, and answers to forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from rich.console import Console
from rich.text import Text

from adapters.console.conversation import Conversation
from adapters.console.draw import draw
from adapters.console.files import NoFile, save
from adapters.console.lines import Lines, kept_terminal
from adapters.console.person import PLATFORM, Seat
from adapters.console.plain import Control, controls, form_of, reply_of, shown
from bot.core.calls import Answer, Status
from bot.core.dispatch import Dispatcher
from bot.core.outgoing import PostFailed, Target, Trouble
from bot.core.params import Param
from bot.core.reply import FieldErrors, OpenForm, Reply, Visibility
from bot.models import Handle, Place

LEAVE = ("quit", "exit", "bye", ":quit", ":q")
ABOUT_PROMPT = (
    "A line that begins with [bold]/[/] is a command. A number presses the button with that number. "
    "[bold]:as NAME[/] speaks as somebody else, [bold]:organiser[/] takes or leaves that role, "
    "[bold]:direct[/] goes to a direct message, [bold]:community NAME[/] to a community, [bold]quit[/] leaves."
)


@dataclass(slots=True)
class Talk:
    """One sitting at the terminal."""

    dispatcher: Dispatcher
    seat: Seat
    folder: Path
    console: Console = field(default_factory=lambda: Console(highlight=False))
    lines: Lines = field(default_factory=Lines)
    pressable: Sequence[Control] = ()
    conversation: Conversation = field(init=False)
    _posted: set[str] = field(default_factory=set, init=False)

    def __post_init__(self) -> None:
        self.conversation = Conversation(self.dispatcher, self.seat)

    @property
    def platform(self) -> str:
        """Name the platform."""
        return PLATFORM

    async def tell(self, handle: Handle, reply: Reply) -> bool:
        """Say something without being asked, to whoever sits here."""
        if handle != self.seat.speaker().handle:
            return False
        self.console.print()
        await self._show(Answer(reply, Visibility.PRIVATE))
        return True

    async def tell_organiser(self, place: Place, reply: Reply) -> bool:
        """Say something to whoever sits here, if they look after this community."""
        speaker = self.seat.speaker()
        return speaker.is_admin and speaker.place == place and await self.tell(speaker.handle, reply)

    async def post(self, target: Target, reply: Reply, key: str) -> str:
        """Show what appears in a channel, to whoever sits in its community."""
        if self.seat.speaker().place != target.place:
            raise PostFailed(Trouble.LATER, "nobody sits in this community")
        if key not in self._posted:
            self._posted.add(key)
            self.console.print()
            self._tell(" ".join(filter(None, [f"In #{target.channel}:", target.role and f"(for @{target.role})"])))
            await self._show(Answer(reply, Visibility.PUBLIC))
        return key

    async def run(self) -> None:
        """Talk until somebody leaves."""
        self.console.print(
            "[bold]Stepwise[/] is listening. Try [bold]/start[/] or [bold]/help[/]; [bold]?[/] explains this prompt."
        )
        while (line := await self.lines.ask(shown(f"{self.seat.name}> "))) is not None:
            if line.strip().lower() in LEAVE:
                break
            if line.strip():
                await self._line(line.strip())
        self.console.print("Good-bye. See you tomorrow.")

    async def _line(self, line: str) -> None:
        if line == "?":
            self.console.print(ABOUT_PROMPT)
        elif line.startswith(":"):
            self._move(line[1:].split(maxsplit=1))
        elif line.isdecimal():
            await self._press(line)
        else:
            await self._show(await self.conversation.says(line))

    def _move(self, words: list[str]) -> None:
        match words:
            case ["as", name]:
                self.seat = replace(self.seat, name=name.strip()[:40])
            case ["organiser"] | ["admin"]:
                self.seat = replace(self.seat, admin=not self.seat.admin)
            case ["direct"]:
                self.seat = replace(self.seat, community=None)
            case ["community", name]:
                self.seat = replace(self.seat, community=name.strip()[:60])
            case _:
                self.console.print(ABOUT_PROMPT)
                return
        self.conversation = Conversation(self.dispatcher, self.seat)
        self.pressable = ()
        where = f"in {self.seat.community}" if self.seat.community else "in a direct message"
        role = ", an organiser" if self.seat.admin else ""
        self._tell(f"You are {self.seat.name}{role}, {where}.")

    def _tell(self, words: str) -> None:
        self.console.print(Text(shown(words)))

    async def _press(self, number: str) -> None:
        control = dict(enumerate(self.pressable, start=1)).get(int(number[:9]))
        if control is None:
            self._tell(f"There is no button {number[:9]} here. Type a command, for example /help.")
            return
        if control.url:
            self._tell(f"Open this address in your browser: {control.url}")
            return
        await self._show(await self.conversation.presses(control))

    async def _show(self, answer: Answer) -> None:
        reply = reply_of(answer)
        draw(self.console, answer, save(reply, self.folder) if reply else {})
        if reply:
            self.pressable = controls(reply.rows) or (self.pressable if answer.status is Status.REFUSED else ())
        form = form_of(answer)
        if form is not None:
            await self._fill(form)

    async def _fill(self, form: OpenForm) -> None:
        """Ask for the fields one by one until the form fits, or until somebody gives up."""
        self.console.print("[dim]An empty line keeps what is there; :cancel leaves the form.[/]")
        while True:
            typed = await self._ask_fields(form)
            if typed is None:
                self.console.print("Left the form. Nothing was changed.")
                return
            try:
                answer = await self.conversation.fills(form, typed)
            except NoFile as error:
                self._tell(str(error))
                continue
            if not isinstance(answer.outcome, FieldErrors):
                await self._show(answer)
                return
            form = answer.outcome.form
            draw(self.console, answer, {})

    async def _ask_fields(self, form: OpenForm) -> dict[str, str] | None:
        typed: dict[str, str] = {}
        for param in form.fields:
            if form.errors and param.name not in form.errors:
                continue
            value = await self.lines.ask(f"  {param.label}: ")
            if value is None or value.strip() == ":cancel":
                return None
            if value.strip():
                typed[param.name] = self._completed(param, value.strip())
        return typed

    def _completed(self, param: Param, value: str) -> str:
        """Take the one suggestion that fits what was typed, if there is just one."""
        found = self.dispatcher.complete(param, value, self.seat.speaker().place)
        return found[0].value if len(found) == 1 else value


async def talk(sitting: Talk) -> None:
    """Sit down at the terminal."""
    with kept_terminal():
        await sitting.run()
