"""From Slack's payload to our call. Pure: nothing here asks the network, and junk is a `UserError` at most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from adapters.slack.call_ids import call_id, twin_id
from adapters.slack.lines import line_of, without_mention, words_of
from adapters.slack.payloads import first_text, items_at, mapping_at, text_at
from adapters.slack.sent_files import Fetch, uploads_of
from adapters.slack.submissions import field_name, fields_of
from adapters.slack.who import Who, bot_of, form_data, who
from bot.core import tokens
from bot.core.calls import Call, Chosen, Pressed, Source, Speaker, Typed
from bot.core.declare import Command
from bot.core.errors import Outdated, UnknownCommand, Unreadable, UserError
from bot.core.help import usage
from bot.core.markup import Markdown, md
from bot.core.params import Kind, Upload
from bot.core.registry import Registry
from bot.core.values import Raw

__all__ = ["Completing", "Envelope", "Who", "call_of", "completing", "is_link", "is_spoken", "twin_id", "who"]

Happening = Literal["slash", "action", "view", "shortcut", "mention", "message", "suggestion"]
Target = Typed | Chosen | Pressed

# What a question goes to when nobody names a command.
QUESTIONS = "faq"
_LINK = "link:"
_SPOKEN = ("", "file_share", "thread_broadcast")
_SELECTS = ("static_select", "external_select", "overflow", "radio_buttons")
_SOURCES: Mapping[str, Source] = {
    "slash": Source.SLASH,
    "view": Source.FORM,
    "shortcut": Source.SHORTCUT,
    "mention": Source.MENTION,
    "message": Source.MENTION,
}


@dataclass(frozen=True, slots=True)
class Envelope:
    """A payload with what it does not say itself: who the speaker is to us, and how its files are read."""

    kind: Happening
    payload: Mapping[str, Any]
    speaker: Speaker
    fetch: Fetch


@dataclass(frozen=True, slots=True)
class Completing:
    """What somebody is typing into a field with suggestions."""

    route: str
    param: str
    typed: str


def call_of(envelope: Envelope, registry: Registry, *, root: str = "mentor") -> Call:
    """Read what is asked; a payload that asks nothing readable is a `UserError`."""
    kind, payload = envelope.kind, envelope.payload
    target, source = _target(envelope, registry, root), _SOURCES.get(kind)
    if source is None:
        source = Source.SELECT if isinstance(target, Pressed) and target.picked else Source.BUTTON
    return Call(call_id(kind, payload), source, envelope.speaker, target)


def completing(payload: Mapping[str, Any]) -> Completing | None:
    """Read which field of which form somebody is typing into; None when it is none of ours."""
    try:
        route, _ = tokens.take_apart(_form_token(payload))
    except UserError:
        return None
    param = field_name(text_at(payload, "block_id")) or text_at(payload, "action_id")
    return Completing(route, param, text_at(payload, "value")) if param else None


def is_link(payload: Mapping[str, Any]) -> bool:
    """Say whether a button was pressed that only leads to an address; Slack tells of these too."""
    action = mapping_at(payload, "actions", 0)
    return bool(text_at(action, "url")) or text_at(action, "action_id").startswith(_LINK)


def is_spoken(payload: Mapping[str, Any]) -> bool:
    """Say whether a person wrote this message just now: no bot, no edit, nobody who joins."""
    event = mapping_at(payload, "event")
    by_bot = event.get("bot_id") or event.get("bot_profile") or text_at(event, "user") in ("", bot_of(payload))
    return text_at(event, "subtype") in _SPOKEN and not by_bot and not event.get("hidden")


def _target(envelope: Envelope, registry: Registry, root: str) -> Target:
    payload, fetch = envelope.payload, envelope.fetch
    match envelope.kind:
        case "slash":
            return Typed(_slash_line(payload, root))
        case "action":
            return _pressed(mapping_at(payload, "actions", 0))
        case "view":
            return Pressed(_form_token(payload), fields=fields_of(payload, fetch))
        case "shortcut":
            return _shortcut(payload, registry)
        case "mention" | "message":
            files = uploads_of(items_at(payload, "event", "files"), fetch)
            text = without_mention(text_at(payload, "event", "text"), bot_of(payload))
            return _spoken(text, files, registry)
        case _:
            raise Unreadable(
                md("I could not read what Slack sent me. Please try again, or type {help:code}.", help=f"/{root} help")
            )


def _slash_line(payload: Mapping[str, Any], root: str) -> str:
    """Return what was typed; an alias like `/mentor-tip` stands for its first word."""
    command, typed = text_at(payload, "command").removeprefix("/"), line_of(text_at(payload, "text")).strip()
    prefix = f"{root}-"
    alias = command.removeprefix(prefix) if command.startswith(prefix) else ""
    return f"{alias} {typed}".strip() or "help"


def _pressed(action: Mapping[str, Any]) -> Pressed:
    if text_at(action, "type") in _SELECTS:
        picked = text_at(action, "selected_option", "value")
        token, choice = text_at(action, "action_id"), (picked,) if picked else ()
    else:
        token, choice = first_text(text_at(action, "value"), text_at(action, "action_id")), ()
    if not token:
        raise Outdated
    return Pressed(token, picked=choice)


def _form_token(payload: Mapping[str, Any]) -> str:
    token = form_data(payload).get("token")
    if not isinstance(token, str) or not token:
        raise Outdated
    return token


def _shortcut(payload: Mapping[str, Any], registry: Registry) -> Chosen:
    found = registry.behind(text_at(payload, "callback_id"))
    if found is None:
        raise Outdated
    command, shortcut = found
    words = words_of(text_at(payload, "message", "text")).strip()
    args: dict[str, Raw] = dict(shortcut.given)
    return Chosen(command.words, args | ({shortcut.param: words} if words else {}))


def _spoken(text: str, files: tuple[Upload, ...], registry: Registry) -> Target:
    """Take what begins with a command's words for that command, and everything else for a question."""
    line = line_of(text).strip()
    if not line and files:
        raise Unreadable(_what_about(files[0], registry))
    if not line:
        return Typed("help")
    if line.startswith("/") or _is_command(line, registry):
        return Typed(line, files)
    questions = registry.command(QUESTIONS)
    param = next((one.name for one in questions.params if one.arg.rest), "") if questions else ""
    if files or not param:
        return Typed(f"{QUESTIONS} {line}" if questions else line, files)
    return Chosen(QUESTIONS, {param: words_of(text).strip()})  # as it is: quotes and colons mean nothing here


def _is_command(line: str, registry: Registry) -> bool:
    try:
        command, rest = registry.match(line)
    except UnknownCommand:
        return bool(registry.group(line.lower()))  # the first word of some commands, and nothing else
    return not rest or _takes_words(command)


def _takes_words(command: Command) -> bool:
    return any(param.kind is not Kind.FILE for param in command.fields)


def _what_about(file: Upload, registry: Registry) -> Markdown:
    taker = next((one for one in registry.commands if any(p.kind is Kind.FILE for p in one.params)), None)
    if taker is None:
        return md("I got {name:code}, but I have no use for files.", name=file.name)
    return md(
        "I got {name:code}, but not what to do with it. Send it again and write beside it, for example {how:code}",
        name=file.name,
        how=usage(taker).removeprefix("/"),
    )
