"""What somebody does on the page becomes a call."""

from __future__ import annotations

import re
from collections.abc import Mapping

from adapters.web.entries import Entry, label_of
from adapters.web.frames import BadFrame, Json, string, strings, texts_by_name
from adapters.web.limits import FILES
from adapters.web.uploads import Uploads
from bot.core.calls import Call, Chosen, Pressed, Source, Speaker, Typed
from bot.core.markup import one_line
from bot.core.params import Upload
from bot.core.registry import Registry
from bot.core.values import Raw

_ID = re.compile(r"[0-9a-f]{32}")
_CALLING = re.compile(r"@stepwise\b[:,]?\s*", re.IGNORECASE)


def call_id(visitor: str, frame: Json) -> str:
    """Return the id that the browser gave; sent again after a broken line, it is the same call."""
    given = string(frame, "id", 32)
    if not _ID.fullmatch(given):
        raise BadFrame("a call without an id")
    return f"web:{visitor}:{given}"


def typed(line: str, files: tuple[Upload, ...], id: str, speaker: Speaker, registry: Registry) -> Call | None:
    """Make a call of a line; None when it is not meant for the bot."""
    if line.startswith("/"):
        return Call(id, Source.SLASH, speaker, Typed(line, files))
    called = _CALLING.search(line)
    if called is None and speaker.place is not None:
        return None
    words = _CALLING.sub(" ", line, count=1).strip()
    if not words:
        return Call(id, Source.MENTION, speaker, Typed("help"))
    # A sentence that is no command is a question.
    is_command = any(registry.command(" ".join(words.split()[:count])) for count in (1, 2, 3))
    return Call(id, Source.MENTION, speaker, Typed(words if is_command else f"faq {words}", files))


def pressed(frame: Json, id: str, speaker: Speaker) -> Call:
    """Make a call of a click."""
    picked = strings(frame, "picked", 1)
    target = Pressed(string(frame, "token", 1000), picked)
    return Call(id, Source.SELECT if picked else Source.BUTTON, speaker, target)


def filled(frame: Json, id: str, speaker: Speaker, uploads: Uploads, visitor: str) -> Call:
    """Make a call of a form that was sent."""
    fields: dict[str, Raw] = dict(texts_by_name(frame, "fields"))
    for name, key in list(texts_by_name(frame, "files").items())[:FILES]:
        found = uploads.find(visitor, key)
        if found is not None:
            fields[name] = found
    return Call(id, Source.FORM, speaker, Pressed(string(frame, "token", 1000), fields=fields))


def chosen(frame: Json, entry: Entry, id: str, speaker: Speaker, registry: Registry) -> Call:
    """Make a call of what the menu of a message offers."""
    behind = registry.behind(string(frame, "label", 100))
    if behind is None:
        raise BadFrame("no such menu")
    command, shortcut = behind
    args: Mapping[str, Raw] = {**shortcut.given, shortcut.param: entry.asked}
    return Call(id, Source.SHORTCUT, speaker, Chosen(command.words, args))


def said(call: Call, entry: Entry | None) -> str:
    """Say in words what somebody did, as others would see it."""
    match call.target:
        case Typed(line):
            return line if call.source is Source.SLASH else ""
        case Pressed(token, picked):
            return one_line(label_of(entry.reply, token, picked)) if entry else ""
        case Chosen(command):
            return f"/{command}"
