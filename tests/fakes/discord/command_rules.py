"""What Discord demands of application commands."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from tests.fakes.discord.checks import amount, length, never_fails, unique

SLASH, ON_USER, ON_MESSAGE = 1, 2, 3
SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, FILE = range(1, 12)
MOST = {SLASH: 100, ON_USER: 15, ON_MESSAGE: 15}
LOCALE_NAMES = (
    "id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja "
    "zh-TW ko"
)
LOCALES = frozenset(LOCALE_NAMES.split())
ALL_CHARACTERS = 8000


@never_fails
def problems(commands: list[dict[str, Any]], *, of_guild: bool) -> Iterator[str]:
    """Return what is wrong with all commands of an application."""
    for kind, most in MOST.items():
        yield from amount(f"commands of type {kind}", [one for one in commands if one.get("type", SLASH) == kind], most)
    yield from unique("command", [f"{one.get('type', SLASH)} {one['name']}" for one in commands])
    for one in commands:
        yield from _command(one)
        if of_guild and ("contexts" in one or "integration_types" in one):
            yield f"{one['name']}: contexts are for global commands only"


def _command(one: dict[str, Any]) -> Iterator[str]:
    name, kind = one["name"], one.get("type", SLASH)
    permissions = one.get("default_member_permissions")
    if permissions is not None and not str(permissions).isdecimal():
        yield f"{name}: permissions {permissions!r}"
    if kind == SLASH:
        yield from _named(one, name)
        yield from _options(one.get("options") or [], name, depth=0)
        if _size(one) > ALL_CHARACTERS:
            yield f"{name}: {_size(one)} characters together, not {ALL_CHARACTERS}"
    else:
        yield from length(f"{name}: name", name, 32, 1)
        if one.get("description") or one.get("options"):
            yield f"{name}: a menu entry has no description and no options"


def _named(one: dict[str, Any], where: str) -> Iterator[str]:
    for name in (one["name"], *(one.get("name_localizations") or {}).values()):
        if not _is_name(name):
            yield f"{where}: {name!r} is no name"
    for words in (one.get("description"), *(one.get("description_localizations") or {}).values()):
        yield from length(f"{where}: description", words, 100, 1)
    for part in ("name_localizations", "description_localizations"):
        for locale in one.get(part) or {}:
            if locale not in LOCALES:
                yield f"{where}: there is no locale {locale}"


def _is_name(name: str) -> bool:
    fits = 1 <= len(name) <= 32 and name == name.lower()
    return fits and all(char in "-_'" or unicodedata.category(char)[0] in "LNM" for char in name)


def _options(options: list[dict[str, Any]], where: str, depth: int) -> Iterator[str]:
    yield from amount(f"options of {where}", options, 25)
    yield from unique(f"{where}: option", [one["name"] for one in options])
    groups = [one["type"] in (SUBCOMMAND, GROUP) for one in options]
    if any(groups) and not all(groups):
        yield f"{where}: options beside subcommands"
    required = [bool(one.get("required")) for one in options]
    if required != sorted(required, reverse=True):
        yield f"{where}: a required option after an optional one"
    for one in options:
        yield from _option(one, f"{where}.{one['name']}", depth)


def _option(one: dict[str, Any], where: str, depth: int) -> Iterator[str]:
    kind = one["type"]
    yield from _named(one, where)
    if kind not in range(SUBCOMMAND, FILE + 1):
        yield f"{where}: there is no option type {kind}"
    if (kind == GROUP and depth > 0) or (kind == SUBCOMMAND and depth > 1):
        yield f"{where}: too deep"
    if kind in (SUBCOMMAND, GROUP):
        yield from _options(one.get("options") or [], where, depth + 1)
    elif one.get("options"):
        yield f"{where}: options of a value"
    yield from _bounds(one, where, kind)
    yield from _choices(one, where, kind)


def _bounds(one: dict[str, Any], where: str, kind: int) -> Iterator[str]:
    allowed = {"min_value": (INTEGER, NUMBER), "max_value": (INTEGER, NUMBER), "channel_types": (CHANNEL,)}
    allowed |= {"min_length": (STRING,), "max_length": (STRING,), "autocomplete": (STRING, INTEGER, NUMBER)}
    for part, kinds in allowed.items():
        if one.get(part) and kind not in kinds:
            yield f"{where}: {part} does not go with type {kind}"
    if one.get("autocomplete") and one.get("choices"):
        yield f"{where}: autocomplete beside choices"
    if not 0 <= one.get("min_length", 0) <= 6000 or not 1 <= one.get("max_length", 6000) <= 6000:
        yield f"{where}: lengths go to 6000"


def _choices(one: dict[str, Any], where: str, kind: int) -> Iterator[str]:
    choices = one.get("choices") or []
    yield from amount(f"choices of {where}", choices, 25)
    yield from unique(f"{where}: choice", [each["name"] for each in choices])
    for each in choices:
        yield from length(f"{where}: choice name", each["name"], 100, 1)
        if kind == STRING:
            yield from length(f"{where}: choice value", each["value"], 100, 1)
        elif kind not in (INTEGER, NUMBER):
            yield f"{where}: choices do not go with type {kind}"


def _size(one: dict[str, Any]) -> int:
    inner = [*(one.get("options") or ()), *(one.get("choices") or ())]
    value = one.get("value")
    own = _longest(one, "name") + _longest(one, "description") + (len(value) if isinstance(value, str) else 0)
    return own + sum(map(_size, inner))


def _longest(one: dict[str, Any], part: str) -> int:
    return max(len(words) for words in (one.get(part) or "", *(one.get(f"{part}_localizations") or {}).values()))
