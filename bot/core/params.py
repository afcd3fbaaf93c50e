"""The closed list of parameter kinds, and how a parameter is read off a function's signature."""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, StrEnum
from typing import Annotated, Any, Literal, Protocol

from bot.models import Place

T = typing.TypeVar("T")


class Kind(StrEnum):
    """What a parameter holds."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    FLAG = "flag"
    CHOICE = "choice"
    MEMBER = "member"
    CHANNEL = "channel"
    ROLE = "role"
    DATE = "date"
    DURATION = "duration"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who was named in an argument: their id, or their name where that is all there is."""

    user: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel that was named in an argument: its id, or its name where that is all there is."""

    key: str


@dataclass(frozen=True, slots=True)
class Role:
    """A group of members that was named in an argument: its id, or its name where that is all there is."""

    key: str


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a member sent. It is read when somebody needs it, not before."""

    name: str
    size: int
    read: Callable[[], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several answers: what is shown, and what it stands for."""

    label: str
    value: str


class Services(Protocol):
    """Where a command finds the rules of the domain."""

    def get(self, kind: type[T]) -> T:
        """Return the service of this type."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who completes a value: the services at hand, and the place where somebody types."""

    services: Services
    place: Place | None = None

    def get(self, kind: type[T]) -> T:
        """Return the service of this type."""
        return self.services.get(kind)


Suggest = Callable[[Asking, str], Iterable[Choice]]


@dataclass(frozen=True, slots=True)
class Arg:
    """What a signature cannot say about a parameter. In a form it makes the parameter a field."""

    description: str
    label: str = ""
    minimum: float | None = None
    maximum: float | None = None
    max_length: int | None = None
    suggest: Suggest | None = None
    rest: bool = False
    multiline: bool = False
    placeholder: str = ""


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter of a command, an action or a form."""

    name: str
    kind: Kind
    required: bool
    python: type
    arg: Arg = Arg("")
    default: Any = None
    choices: tuple[Choice, ...] = ()
    # Whether people fill it in; otherwise it travels in the token.
    asked: bool = True

    @property
    def label(self) -> str:
        """Say the parameter's name as people would."""
        return self.arg.label or self.name.replace("_", " ").capitalize()


class BadDeclaration(Exception):
    """A command, action or form that some platform would refuse. Names the function, the parameter and the cure."""


_KINDS: Mapping[type, Kind] = {
    str: Kind.TEXT,
    int: Kind.INTEGER,
    float: Kind.NUMBER,
    bool: Kind.FLAG,
    Member: Kind.MEMBER,
    Channel: Kind.CHANNEL,
    Role: Kind.ROLE,
    date: Kind.DATE,
    timedelta: Kind.DURATION,
    Upload: Kind.FILE,
}


def read_params(function: Callable[..., Any], *, fields_are_marked: bool = False) -> tuple[Param, ...]:
    """Read a function's parameters, all but the first (the context)."""
    where = f"{function.__module__}.{function.__qualname__}"
    try:
        hints = typing.get_type_hints(function, include_extras=True)
    except (NameError, TypeError) as error:
        raise BadDeclaration(f"{where}: its annotations cannot be read ({error}); import what they name.") from error
    signature = list(inspect.signature(function).parameters.values())
    if not signature:
        raise BadDeclaration(f"{where}: it takes no context; add `ctx: Ctx` as its first parameter.")
    return tuple(_param(where, one, hints.get(one.name), fields_are_marked) for one in signature[1:])


def _param(where: str, one: inspect.Parameter, hint: Any, fields_are_marked: bool) -> Param:
    if hint is None or one.kind in (one.VAR_POSITIONAL, one.VAR_KEYWORD):
        raise BadDeclaration(
            f"{where}, parameter {one.name}: it has no type; write `{one.name}: Annotated[str, Arg(...)]`."
        )
    marked, hint = _unwrap(hint)
    hint, optional = _without_none(hint)
    required = one.default is one.empty
    if required and optional:
        raise BadDeclaration(f"{where}, parameter {one.name}: it may be None but has no default; add `= None`.")
    kind, choices = _kind(where, one.name, hint)
    return Param(
        name=one.name,
        kind=kind,
        required=required,
        python=hint if isinstance(hint, type) else str,
        arg=marked or Arg(""),
        default=None if required else one.default,
        choices=choices,
        asked=marked is not None or not fields_are_marked,
    )


def _unwrap(hint: Any) -> tuple[Arg | None, Any]:
    if typing.get_origin(hint) is not Annotated:
        return None, hint
    inner, *notes = typing.get_args(hint)
    return next((note for note in notes if isinstance(note, Arg)), None), inner


def _without_none(hint: Any) -> tuple[Any, bool]:
    if typing.get_origin(hint) not in (types.UnionType, typing.Union):
        return hint, False
    rest = [one for one in typing.get_args(hint) if one is not types.NoneType]
    return (rest[0] if len(rest) == 1 else hint), len(rest) == 1


def _kind(where: str, name: str, hint: Any) -> tuple[Kind, tuple[Choice, ...]]:
    if typing.get_origin(hint) is Literal:
        return Kind.CHOICE, _literal(where, name, typing.get_args(hint))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return Kind.CHOICE, tuple(Choice(str(one.value), str(one.value)) for one in hint)
    if hint in _KINDS:
        return _KINDS[hint], ()
    allowed = "str, int, float, bool, an Enum, Literal, Member, Channel, Role, date, timedelta or Upload"
    raise BadDeclaration(f"{where}, parameter {name}: {hint!r} is no parameter kind; use {allowed}.")


def _literal(where: str, name: str, values: tuple[Any, ...]) -> tuple[Choice, ...]:
    if not all(isinstance(one, str) for one in values):
        raise BadDeclaration(f"{where}, parameter {name}: a Literal is read as text; use texts in it, or an Enum.")
    return tuple(Choice(one, one) for one in values)
