"""What Discord sends becomes a `Call`, or a question for suggestions. Nothing that it sends can raise an error here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

from adapters.discord.locales import SHOW
from bot.core.calls import Call, Chosen, Pressed, Source, Speaker
from bot.core.declare import Command, On
from bot.core.params import Channel, Kind, Member, Param, Role, Upload
from bot.core.registry import Registry
from bot.core.values import Raw

COMMAND, COMPONENT, AUTOCOMPLETE, SUBMITTED = 2, 3, 4, 5
# Numbers of Discord: kinds of commands and options, and of components.
_MENUS, _NESTING, _ATTACHMENT = (2, 3), (1, 2), 11
_BUTTON, _TEXT_DISPLAY, _FILES = 2, 10, 19
_OPTIONS: Mapping[int, tuple[Kind, type[Member | Channel | Role]]] = {
    6: (Kind.MEMBER, Member),
    7: (Kind.CHANNEL, Channel),
    8: (Kind.ROLE, Role),
}
_SELECTS: Mapping[int, type[Member | Channel | Role]] = {5: Member, 6: Role, 8: Channel}

Fetch = Callable[[str, int], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class Incoming:
    """An interaction: its id, its kind, its data as Discord sent it, who is behind it, and how files are read."""

    id: str
    kind: int
    data: Mapping[str, Any]
    speaker: Speaker
    fetch: Fetch


@dataclass(frozen=True, slots=True)
class Completing:
    """What somebody is typing, and where."""

    command: str
    param: str
    typed: str


def call_of(incoming: Incoming, registry: Registry) -> Call:
    """Say what an interaction asks of the bot. What it does not know any more, the dispatcher answers kindly."""
    data = incoming.data
    target: Chosen | Pressed
    if incoming.kind == COMPONENT:
        source, target = _clicked(data)
    elif incoming.kind == SUBMITTED:
        source, target = Source.FORM, Pressed(_string(data.get("custom_id")), fields=_fields(incoming))
    elif data.get("type") in _MENUS:
        source, target = Source.SHORTCUT, _shortcut(data, registry)
    else:
        source, target = Source.SLASH, _chosen(incoming, registry)
    return Call(f"discord:{incoming.id}", source, incoming.speaker, target)


def completing(data: Mapping[str, Any], registry: Registry) -> Completing | None:
    """Say what is being typed, if it is an option of a command that there is."""
    path, options = _leaf(data)
    command = _command(path, registry)
    focused = next((one for one in options if one.get("focused") is True), None)
    if command is None or focused is None:
        return None
    name, typed = _string(focused.get("name")), focused.get("value")
    if all(param.name != name for param in command.params):
        return None
    return Completing(command.words, name, str(typed) if _is_plain(typed) else "")


def _clicked(data: Mapping[str, Any]) -> tuple[Source, Pressed]:
    token = _string(data.get("custom_id"))
    picked = tuple(one for one in _list(data.get("values")) if isinstance(one, str))
    is_button = data.get("component_type", _BUTTON) == _BUTTON
    return (Source.BUTTON, Pressed(token)) if is_button else (Source.SELECT, Pressed(token, picked))


def _chosen(incoming: Incoming, registry: Registry) -> Chosen:
    path, options = _leaf(incoming.data)
    command = _command(path, registry)
    if command is None:
        return Chosen(" ".join(path))
    params = {param.name: param for param in command.params}
    given = ((params.get(_string(one.get("name"))), one) for one in options)
    values = {param.name: _value(param, one, incoming) for param, one in given if param is not None}
    return Chosen(command.words, {name: value for name, value in values.items() if value is not None})


def _leaf(data: Mapping[str, Any]) -> tuple[list[str], list[Mapping[str, Any]]]:
    """Follow groups down to the command: its words, and what was filled in."""
    path, options = [_string(data.get("name"))], _mappings(data.get("options"))
    while options and options[0].get("type") in _NESTING:
        path.append(_string(options[0].get("name")))
        options = _mappings(options[0].get("options"))
    return path, options


def _command(path: Sequence[str], registry: Registry) -> Command | None:
    """Find a command by its words; one that stands beside its own subcommands came as `show`."""
    found = registry.command(" ".join(path))
    if found is None and path[-1] == SHOW:
        return registry.command(" ".join(path[:-1]))
    return found


def _value(param: Param, option: Mapping[str, Any], incoming: Incoming) -> Raw | None:
    """Read an option. It may be of an older version: an id says nothing where something else is wanted by now."""
    value, kind = option.get("value"), _number(option.get("type"))
    if not _is_plain(value):
        return None
    if kind == _ATTACHMENT or param.kind is Kind.FILE:
        return _upload(str(value), incoming) if kind == _ATTACHMENT and param.kind is Kind.FILE else None
    if kind in _OPTIONS:
        wanted, named = _OPTIONS[kind]
        return named(str(value)) if param.kind is wanted else None
    return value


def _upload(key: str, incoming: Incoming) -> Upload | None:
    found = _mapping(_mapping(_mapping(incoming.data.get("resolved")).get("attachments")).get(key))
    name, size, url = found.get("filename"), found.get("size"), found.get("url")
    if not isinstance(name, str) or not isinstance(url, str) or type(size) is not int:
        return None

    async def read() -> bytes:
        return await incoming.fetch(url, size)

    return Upload(name, size, read)


def _shortcut(data: Mapping[str, Any], registry: Registry) -> Chosen:
    label = _string(data.get("name"))
    behind = registry.behind(label)
    if behind is None:
        return Chosen(label)
    command, shortcut = behind
    target, resolved = _string(data.get("target_id")), _mapping(data.get("resolved"))
    args: dict[str, Raw] = dict(shortcut.given)
    if shortcut.on is On.MESSAGE:
        args[shortcut.param] = _words(_mapping(_mapping(resolved.get("messages")).get(target)))
    elif target:
        args[shortcut.param] = Member(target)
    return Chosen(command.words, args)


def _words(message: Mapping[str, Any]) -> str:
    """Find what a message says: its text, a forwarded one's, that of its embeds, or that of its components."""
    forwarded = [_mapping(one.get("message")) for one in _mappings(message.get("message_snapshots"))]
    for one in (message, *forwarded):
        components = (_string(part.get("content")) for part in _nested(one) if part.get("type") == _TEXT_DISPLAY)
        embeds = (text for embed in _mappings(one.get("embeds")) for text in _embedded(embed))
        for texts in ([_string(one.get("content"))], embeds, components):
            if said := "\n".join(text for text in texts if text.strip()):
                return said
    return ""


def _embedded(embed: Mapping[str, Any]) -> Iterator[str]:
    yield _string(embed.get("title"))
    yield _string(embed.get("description"))
    for one in _mappings(embed.get("fields")):
        yield _string(one.get("name"))
        yield _string(one.get("value"))


def _fields(incoming: Incoming) -> dict[str, Raw]:
    """Read a form: each component's id is the name of its parameter."""
    found = {_string(part.get("custom_id")): _filled(part, incoming) for part in _nested(incoming.data)}
    return {name: value for name, value in found.items() if name and value is not None}


def _filled(part: Mapping[str, Any], incoming: Incoming) -> Raw | None:
    value = part.get("value")
    if value is not None:
        return value if _is_plain(value) else None
    first = next((one for one in _list(part.get("values")) if isinstance(one, str)), None)
    if first is None:
        return None
    kind = _number(part.get("type"))
    if kind == _FILES:
        return _upload(first, incoming)
    return _SELECTS[kind](first) if kind in _SELECTS else first


def _nested(part: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Go through all components of a message or form, whatever they stand in."""
    for inner in (*_mappings(part.get("components")), _mapping(part.get("component"))):
        if inner:
            yield inner
            yield from _nested(inner)


def _is_plain(value: object) -> TypeGuard[str | int | float | bool]:
    return isinstance(value, str | int | float | bool)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _mappings(value: object) -> list[Mapping[str, Any]]:
    return [one for one in _list(value) if isinstance(one, dict)]


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
