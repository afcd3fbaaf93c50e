"""Declared commands as Discord's application commands: what goes out in one PUT, as plain dicts."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from adapters.discord.locales import SHOW, Words, dotted
from bot.core.declare import Command, On, Shortcut
from bot.core.guards import AdminOnly, CommunityOnly
from bot.core.params import Kind, Param
from bot.core.registry import Registry

Json = dict[str, Any]

SLASH, USER_MENU, MESSAGE_MENU = 1, 2, 3
SUBCOMMAND, GROUP, TEXT, INTEGER, FLAG, USER, CHANNEL, ROLE, NUMBER, ATTACHMENT = 1, 2, 3, 4, 5, 6, 7, 8, 10, 11
# As a number: Discord's description of its interface takes no text here, and answers with one.
MANAGE_SERVER = 1 << 5
IN_SERVERS, IN_PRIVATE = 0, 1
INSTALLED_IN_SERVERS = 0
# Where the bot can write: text and announcement channels.
WRITABLE = [0, 5]
DESCRIPTION = 100
# Discord counts with doubles.
BIGGEST = 2**53

_TYPES: Mapping[Kind, int] = {
    Kind.TEXT: TEXT,
    Kind.INTEGER: INTEGER,
    Kind.NUMBER: NUMBER,
    Kind.FLAG: FLAG,
    Kind.CHOICE: TEXT,
    Kind.MEMBER: USER,
    Kind.CHANNEL: CHANNEL,
    Kind.ROLE: ROLE,
    Kind.DATE: TEXT,
    Kind.DURATION: TEXT,
    Kind.FILE: ATTACHMENT,
}


def commands(registry: Registry, words: Mapping[str, Words] = {}) -> list[Json]:
    """Write all commands for `PUT /applications/{id}/commands`; `words` are the translations by locale."""
    tops: dict[str, list[Command]] = {}
    for one in registry.commands:
        tops.setdefault(one.words.split()[0], []).append(one)
    slash = [_slash(top, members, words) for top, members in tops.items()]
    behind = [registry.behind(one.label) for one in registry.shortcuts]
    return slash + [_menu(*found, words) for found in behind if found]


def fingerprint(payload: object) -> str:
    """Name a payload by what is in it: the same in every process and for every order of keys."""
    text = json.dumps(payload, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _slash(top: str, members: Sequence[Command], words: Mapping[str, Words]) -> Json:
    return {"type": SLASH, **_node((top,), members, words), **_audience(members)}


def _menu(command: Command, shortcut: Shortcut, words: Mapping[str, Words]) -> Json:
    kind = MESSAGE_MENU if shortcut.on is On.MESSAGE else USER_MENU
    return {"type": kind, **_text("name", shortcut.label, words), **_audience([command])}


def _audience(members: Sequence[Command]) -> Json:
    """Say where commands are offered, and to whom before a server's organisers decide otherwise."""
    in_servers_only = all(_guarded(one, CommunityOnly) for one in members)
    about: Json = {
        "contexts": [IN_SERVERS] if in_servers_only else [IN_SERVERS, IN_PRIVATE],
        "integration_types": [INSTALLED_IN_SERVERS],
    }
    if all(_guarded(one, AdminOnly) for one in members):
        about["default_member_permissions"] = MANAGE_SERVER
    return about


def _guarded(command: Command, guard: type[AdminOnly | CommunityOnly]) -> bool:
    return any(isinstance(one, guard) for one in command.guards)


def _node(path: tuple[str, ...], members: Sequence[Command], words: Mapping[str, Words]) -> Json:
    """Write a command, or a group of those that begin with these words."""
    own = next((one for one in members if one.name == dotted(path)), None)
    if own is not None and len(members) == 1:
        return _leaf(path, own, words)
    inner: dict[str, list[Command]] = {}
    for one in members:
        if one is not own:
            inner.setdefault(one.words.split()[len(path)], []).append(one)
    # Discord cannot call a group itself, so what stands beside its own subcommands becomes one of them.
    shown = [{"type": SUBCOMMAND, **_leaf((*path, SHOW), own, words)}] if own else []
    nested = [_nested((*path, word), below, words) for word, below in inner.items()]
    return {**_name(path, words), **_about_group(own, inner, words), "options": shown + nested}


def _nested(path: tuple[str, ...], members: Sequence[Command], words: Mapping[str, Words]) -> Json:
    is_group = any(one.name != dotted(path) for one in members)
    return {"type": GROUP if is_group else SUBCOMMAND, **_node(path, members, words)}


def _about_group(own: Command | None, inner: Iterable[str], words: Mapping[str, Words]) -> Json:
    """Describe a group. Discord demands it and shows it to nobody, so it is not translated by itself."""
    if own is not None:
        return _text("description", own.summary, words)
    return {"description": ", ".join(inner)[:DESCRIPTION]}


def _leaf(path: tuple[str, ...], command: Command, words: Mapping[str, Words]) -> Json:
    ordered = sorted(command.params, key=lambda param: not _required(param))
    options = [_option(param, words) for param in ordered]
    about = {**_name(path, words), **_text("description", command.summary, words)}
    return {**about, "options": options} if options else about


def _required(param: Param) -> bool:
    """Several lines do not fit into an option: leaving it out opens the form, which has room for them."""
    return param.required and not param.arg.multiline


def _option(param: Param, words: Mapping[str, Words]) -> Json:
    option: Json = {
        "type": _type(param),
        "name": param.name,
        **_translated("name", words, lambda one: one.options.get(param.name)),
        **_text("description", param.arg.description, words),
        **_bounds(param),
    }
    if _required(param):
        option["required"] = True
    if param.arg.suggest is not None:
        option["autocomplete"] = True
    if param.choices:
        option["choices"] = [{**_text("name", one.label, words), "value": one.value} for one in param.choices]
    if param.kind is Kind.CHANNEL:
        option["channel_types"] = WRITABLE
    return option


def _type(param: Param) -> int:
    """Suggestions are texts, and Discord takes texts for a text option only."""
    return TEXT if param.arg.suggest is not None else _TYPES[param.kind]


def _bounds(param: Param) -> Json:
    if _type(param) == TEXT:
        most = param.arg.max_length
        return {} if most is None or param.kind is not Kind.TEXT else {"max_length": most}
    limits = {"min_value": param.arg.minimum, "max_value": param.arg.maximum}
    known = {key: value for key, value in limits.items() if value is not None and abs(value) <= BIGGEST}
    if param.kind is not Kind.INTEGER:
        return known
    return {key: math.ceil(value) if key == "min_value" else math.floor(value) for key, value in known.items()}


def _name(path: tuple[str, ...], words: Mapping[str, Words]) -> Json:
    return {"name": path[-1], **_translated("name", words, lambda one: one.names.get(dotted(path)))}


def _text(key: str, text: str, words: Mapping[str, Words]) -> Json:
    return {key: text, **_translated(key, words, lambda one: one.texts.get(text))}


def _translated(key: str, words: Mapping[str, Words], find: Callable[[Words], str | None]) -> Json:
    found = {locale: text for locale, one in sorted(words.items()) if (text := find(one))}
    return {f"{key}_localizations": found} if found else {}
