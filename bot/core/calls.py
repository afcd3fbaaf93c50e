"""One door: a slash command, a click, a form, a mention and a shortcut all arrive as a `Call`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.core.markup import Markdown
from bot.core.params import Upload
from bot.core.reply import Outcome, Visibility
from bot.core.values import Raw
from bot.models import Handle, Place


class Source(StrEnum):
    """How somebody spoke to the bot."""

    SLASH = "slash"
    BUTTON = "button"
    SELECT = "select"
    FORM = "form"
    MENTION = "mention"
    SHORTCUT = "shortcut"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, where, and whether they look after the community there."""

    handle: Handle
    name: str
    place: Place | None = None
    place_name: str = ""
    is_admin: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """A line of text: `faq how much math`."""

    line: str
    files: tuple[Upload, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """A command with its arguments told apart by the platform."""

    command: str
    args: Mapping[str, Raw] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pressed:
    """A token that came back, with what was chosen or filled in."""

    token: str
    picked: tuple[str, ...] = ()
    fields: Mapping[str, Raw] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    """Something that somebody asks of the bot. The id is the platform's own, the same at every delivery."""

    id: str
    source: Source
    speaker: Speaker
    target: Typed | Chosen | Pressed


class Status(StrEnum):
    """How a call ended."""

    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call is answered with, and who may see it."""

    outcome: Outcome
    visibility: Visibility
    status: Status = Status.DONE
    incident: str = ""
    # Words that waited for the member; each is a private message of its own beside the answer.
    notes: tuple[Markdown, ...] = ()
