"""What the bot says, as values. Adapters draw them; nothing here knows how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.core.markup import Markdown
from bot.core.params import Param


class Visibility(StrEnum):
    """Who may see an answer."""

    PRIVATE = "private"
    PUBLIC = "public"


class Tone(StrEnum):
    """The colour of an answer; never the only carrier of its meaning."""

    NEUTRAL = "neutral"
    GOOD = "good"
    WARNING = "warning"
    PROBLEM = "problem"


class Style(StrEnum):
    """How much a button asks to be pressed."""

    NORMAL = "normal"
    PRIMARY = "primary"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press: it carries a token back, or leads to an address."""

    label: str
    token: str = ""
    url: str = ""
    style: Style = Style.NORMAL


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a select."""

    label: str
    value: str
    description: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Select:
    """A list to choose one line from."""

    token: str
    options: tuple[Option, ...]
    placeholder: str = "Choose one"


Row = tuple[Button, ...] | Select


@dataclass(frozen=True, slots=True)
class Field:
    """A name and what stands behind it."""

    name: str
    value: Markdown


@dataclass(frozen=True, slots=True)
class Progress:
    """How far something is; every drawing of it says the numbers too."""

    label: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class File:
    """Something to download."""

    name: str
    data: bytes
    media_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Image:
    """A picture, and the words for whoever cannot see it."""

    name: str
    data: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One message of the bot."""

    text: Markdown = Markdown("")
    title: str = ""
    fields: tuple[Field, ...] = ()
    progress: tuple[Progress, ...] = ()
    image: Image | None = None
    files: tuple[File, ...] = ()
    rows: tuple[Row, ...] = ()
    footer: Markdown = Markdown("")
    tone: Tone = Tone.NEUTRAL
    # None: as the command declares it.
    visibility: Visibility | None = None

    @property
    def is_light(self) -> bool:
        """Say whether it is words and controls alone: small enough to be kept in memory."""
        return self.image is None and not self.files


@dataclass(frozen=True, slots=True)
class Update:
    """A message that takes the place of the one that was clicked."""

    reply: Reply


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form to fill in. Its token comes back with the fields."""

    token: str
    title: str
    fields: tuple[Param, ...]
    submit: str = "Save"
    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FieldErrors:
    """A form that came back with something to mend: it carries what was typed and what is wrong."""

    form: OpenForm


Outcome = Reply | Update | OpenForm | FieldErrors
