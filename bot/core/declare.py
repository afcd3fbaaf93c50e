"""Declare a command, an action, a form or a piece of the home page: once, as one typed async function."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

from bot.core import tokens
from bot.core.params import BadDeclaration, Param, read_params
from bot.core.reply import Button, OpenForm, Option, Outcome, Reply, Select, Style, Visibility
from bot.core.values import write

if TYPE_CHECKING:
    from bot.core.guards import Guard

Handler = Callable[..., Awaitable[Outcome]]
PRIVATE, PUBLIC = Visibility.PRIVATE, Visibility.PUBLIC


@dataclass(frozen=True, slots=True, eq=False)
class Route:
    """Something that a call can reach, by its name or by a token."""

    name: str
    handler: Handler
    params: tuple[Param, ...]
    visibility: Visibility = PRIVATE
    guards: tuple[Guard, ...] = ()
    opens_form: bool = False

    kind: ClassVar[str] = "route"

    @property
    def where(self) -> str:
        """Name the function behind it, for whoever has to mend it."""
        return f"{self.handler.__module__}.{self.handler.__qualname__}"

    @property
    def fields(self) -> tuple[Param, ...]:
        """List the parameters that people fill in."""
        return tuple(param for param in self.params if param.asked)

    def at(self, **state: Any) -> str:
        """Make the token that leads here with this state."""
        return tokens.make(self.name, self.params, state)

    def button(self, label: str, *, style: Style = Style.NORMAL, **state: Any) -> Button:
        """Make a button that leads here; what it opens a form for may be left out, nothing else."""
        needed = [param for param in self.params if param.required and not self._asks_for(param)]
        missing = [param.name for param in needed if param.name not in state]
        if missing:
            raise TypeError(f"A button to {self.name} has to carry {', '.join(missing)}.")
        return Button(label, self.at(**state), style=style)

    def _asks_for(self, param: Param) -> bool:
        return param.asked and not isinstance(self, Action)

    def select(self, options: tuple[Option, ...], *, placeholder: str = "Choose one", **state: Any) -> Select:
        """Make a select that leads here; the one required parameter that the state leaves out takes the choice."""
        open_ones = [param.name for param in self.params if param.required and param.name not in state]
        if len(open_ones) != 1:
            raise TypeError(f"A select to {self.name} leaves exactly one required parameter open, not {open_ones}.")
        return Select(self.at(**state), options, placeholder)


class On(StrEnum):
    """What a shortcut hangs on."""

    MESSAGE = "message"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A way to a command from a message or a member, where platforms have menus for that.

    `param` takes the text of the message, or the member.
    """

    label: str
    on: On
    param: str
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Command(Route):
    """What members type."""

    summary: str = ""
    section: str = ""
    examples: tuple[str, ...] = ()
    about: str = ""
    shortcuts: tuple[Shortcut, ...] = ()

    kind: ClassVar[str] = "command"

    @property
    def words(self) -> str:
        """Say the command as members type it."""
        return self.name.replace(".", " ")


@dataclass(frozen=True, slots=True, eq=False)
class Action(Route):
    """What a button or a select does."""

    kind: ClassVar[str] = "action"


@dataclass(frozen=True, slots=True, eq=False)
class Form(Route):
    """Fields to fill in; parameters without an `Arg` travel in its token."""

    title: str = ""
    submit: str = "Save"

    kind: ClassVar[str] = "form"

    def open(self, values: Mapping[str, Any] | None = None, **state: Any) -> OpenForm:
        """Open this form, with what is known already filled in: values of the fields' own types."""
        given, known = values or {}, {param.name: param for param in self.fields}
        if given.keys() - known.keys():
            raise TypeError(f"{self.name} has no field {', '.join(sorted(given.keys() - known.keys()))}.")
        filled = {name: write(known[name], value) for name, value in given.items() if value is not None}
        return OpenForm(self.at(**state), self.title, self.fields, self.submit, filled)


@dataclass(frozen=True, slots=True, eq=False)
class HomePart:
    """One piece of a member's home page; lower orders stand higher."""

    handler: Callable[..., Awaitable[Reply]]
    order: int


def command(
    words: str,
    *,
    summary: str,
    section: str,
    visibility: Visibility = PRIVATE,
    examples: tuple[str, ...] = (),
    guards: tuple[Guard, ...] = (),
    opens_form: bool = False,
    shortcuts: tuple[Shortcut, ...] = (),
) -> Callable[[Handler], Command]:
    """Declare what members type as `/words`."""

    def declare(handler: Handler) -> Command:
        return Command(
            name=".".join(words.split()),
            handler=handler,
            params=read_params(handler),
            visibility=visibility,
            guards=guards,
            opens_form=opens_form,
            summary=summary,
            section=section,
            examples=examples,
            about=_about(handler),
            shortcuts=shortcuts,
        )

    return declare


def action(
    name: str, *, visibility: Visibility = PRIVATE, guards: tuple[Guard, ...] = (), opens_form: bool = False
) -> Callable[[Handler], Action]:
    """Declare what a button or select does."""

    def declare(handler: Handler) -> Action:
        return Action(name, handler, read_params(handler), visibility, guards, opens_form)

    return declare


def form(
    name: str,
    *,
    title: str,
    submit: str = "Save",
    visibility: Visibility = PRIVATE,
    guards: tuple[Guard, ...] = (),
) -> Callable[[Handler], Form]:
    """Declare a form; its function receives the fields."""

    def declare(handler: Handler) -> Form:
        params = read_params(handler, fields_are_marked=True)
        return Form(name, handler, params, visibility, guards, False, title, submit)

    return declare


def home(*, order: int) -> Callable[[Callable[..., Awaitable[Reply]]], HomePart]:
    """Declare a piece of the home page."""

    def declare(handler: Callable[..., Awaitable[Reply]]) -> HomePart:
        if read_params(handler):
            raise BadDeclaration(f"{handler.__module__}.{handler.__qualname__}: a home part takes the context alone.")
        return HomePart(handler, order)

    return declare


def _about(handler: Handler) -> str:
    """Take what the docstring says beyond its first sentence; help shows it."""
    first, _, rest = (handler.__doc__ or "").partition("\n")
    del first
    return " ".join(rest.split())
