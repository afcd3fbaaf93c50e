"""What Discord refuses in the list of a bot's commands."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from adapters.discord import measures as m
from adapters.discord.locales import LOCALES
from adapters.discord.measures import Body, size, twice

_SLASH = 1
_SUBCOMMAND, _GROUP, _TEXT, _INTEGER, _CHANNEL, _NUMBER = 1, 2, 3, 4, 7, 10
_OPTION_TYPES = frozenset(range(1, 12))
_CAN_COMPLETE = frozenset({_TEXT, _INTEGER, _NUMBER})
_CAN_RANGE = frozenset({_INTEGER, _NUMBER})
_ONLY_FOR: Mapping[str, frozenset[int]] = {
    "options": frozenset({_SUBCOMMAND, _GROUP}),
    "choices": _CAN_COMPLETE,
    "autocomplete": _CAN_COMPLETE,
    "min_value": _CAN_RANGE,
    "max_value": _CAN_RANGE,
    "min_length": frozenset({_TEXT}),
    "max_length": frozenset({_TEXT}),
    "channel_types": frozenset({_CHANNEL}),
}
# The largest whole number that Discord's doubles tell from its neighbours.
_BIGGEST = 2**53

_Check = Callable[[str], Iterator[str]]


def command_problems(payload: Sequence[Body]) -> Iterator[str]:
    """List what is wrong with the commands that are to replace all others."""
    most = {1: m.COMMANDS, 2: m.SHORTCUTS, 3: m.SHORTCUTS}
    for kind, count in Counter(one.get("type", _SLASH) for one in payload).items():
        yield from size(f"commands of type {kind}", count, most.get(kind, 0))
    yield from twice("command", [(one.get("type", _SLASH), one.get("name")) for one in payload])
    for one in payload:
        yield from (f"{one.get('name')}: {problem}" for problem in _command(one))


def _command(one: Body) -> Iterator[str]:
    yield from _where(one)
    if one.get("type", _SLASH) == _SLASH:
        yield from _named(one, _slash_name)
        yield from _described(one)
        yield from _options(one, depth=0)
        yield from size("characters together", _weight(one), m.COMMAND_SIZE)
        return
    yield from _named(one, _menu_name)
    if one.get("description") or one.get("options"):
        yield "an entry of a menu has neither a description nor options"


def _where(one: Body) -> Iterator[str]:
    for name, allowed in (("contexts", {0, 1, 2}), ("integration_types", {0, 1})):
        given = one.get(name, [0])
        if not given or not set(given) <= allowed or len(set(given)) < len(given):
            yield f"{name} {given}"
    if not str(one.get("default_member_permissions", 0)).isdecimal():
        yield f"default_member_permissions {one['default_member_permissions']!r}"


def _named(one: Body, check: _Check) -> Iterator[str]:
    yield from check(one.get("name", ""))
    yield from _in_languages(one.get("name_localizations", {}), check)


def _described(one: Body) -> Iterator[str]:
    yield from _description(one.get("description", ""))
    yield from _in_languages(one.get("description_localizations", {}), _description)


def _in_languages(texts: Mapping[str, str], check: _Check) -> Iterator[str]:
    for locale, text in texts.items():
        if locale not in LOCALES:
            yield f"a language that Discord does not know: {locale}"
        yield from (f"{locale}: {problem}" for problem in check(text))


def _slash_name(name: str) -> Iterator[str]:
    known = all(one in "-_'" or unicodedata.category(one)[0] in "LN" or _is_mark(one) for one in name)
    if not 1 <= len(name) <= m.NAME or not known or name != name.lower():
        yield f"no name: {name!r}"


def _is_mark(character: str) -> bool:
    """Marks belong to letters in the two scripts that Discord names."""
    return (
        unicodedata.category(character) in ("Mn", "Mc")
        and re.match(r"[\u0900-\u097f\u0e00-\u0e7f]", character) is not None
    )


def _menu_name(name: str) -> Iterator[str]:
    yield from size("characters of a name", len(name.strip()), m.NAME)


def _description(text: str) -> Iterator[str]:
    yield from size("characters of a description", len(text.strip()), m.COMMAND_DESCRIPTION)


def _options(one: Body, depth: int) -> Iterator[str]:
    options = one.get("options", ())
    yield from size("options", len(options), m.OPTIONS, least=0)
    yield from twice("option", [option.get("name") for option in options])
    kinds = [option.get("type") for option in options]
    if any(kind in (_SUBCOMMAND, _GROUP) for kind in kinds) and any(
        kind not in (_SUBCOMMAND, _GROUP) for kind in kinds
    ):
        yield "subcommands beside options"
    needed = [bool(option.get("required")) for option in options]
    if needed != sorted(needed, reverse=True):
        yield "a required option after one that may be left out"
    for option in options:
        yield from (f"{option.get('name')}: {problem}" for problem in _option(option, depth))


def _option(option: Body, depth: int) -> Iterator[str]:
    kind = option.get("type", 0)
    if kind not in _OPTION_TYPES:
        yield f"an option of type {kind}"
    yield from _named(option, _slash_name)
    yield from _described(option)
    yield from (
        f"{name} for an option of type {kind}" for name, kinds in _ONLY_FOR.items() if _wrong(option, name, kinds)
    )
    yield from _bounds(option)
    yield from _choices(option)
    if kind in (_SUBCOMMAND, _GROUP):
        yield from _nesting(option, depth)


def _wrong(option: Body, name: str, kinds: frozenset[int]) -> bool:
    return name in option and option.get("type") not in kinds


def _nesting(option: Body, depth: int) -> Iterator[str]:
    inner = [one.get("type") for one in option.get("options", ())]
    if option["type"] == _GROUP:
        if depth or not inner or set(inner) != {_SUBCOMMAND}:
            yield "a group stands at the top and holds subcommands"
    elif set(inner) & {_SUBCOMMAND, _GROUP}:
        yield "a subcommand in a subcommand"
    yield from _options(option, depth + 1)


def _bounds(option: Body) -> Iterator[str]:
    low, high = option.get("min_value", -_BIGGEST), option.get("max_value", _BIGGEST)
    yield from size("as the smallest value", low, _BIGGEST, least=-_BIGGEST)
    yield from size("as the largest value", high, _BIGGEST, least=low)
    least, most = option.get("min_length", 0), option.get("max_length", m.OPTION_TEXT)
    yield from size("characters at least", least, m.OPTION_TEXT, least=0)
    yield from size("characters at most", most, m.OPTION_TEXT, least=max(1, least))
    if option.get("type") == _INTEGER and not all(isinstance(one, int) for one in (low, high)):
        yield "a bound of whole numbers that is none"


def _choices(option: Body) -> Iterator[str]:
    choices = option.get("choices", ())
    yield from size("choices", len(choices), m.OPTIONS, least=0)
    yield from twice("choice", [one.get("name") for one in choices])
    if choices and option.get("autocomplete"):
        yield "choices beside suggestions"
    for one in choices:
        yield from size("characters of a choice", len(one.get("name", "").strip()), m.OPTION)
        yield from _in_languages(one.get("name_localizations", {}), _description)
        yield from _value(one.get("value"), option.get("type", 0))


def _value(value: object, kind: int) -> Iterator[str]:
    fits = isinstance(value, str) and len(value) <= m.OPTION_TEXT if kind == _TEXT else isinstance(value, int | float)
    if not fits:
        yield f"a choice's value {value!r} for an option of type {kind}"


def _weight(one: Body) -> int:
    """Count as Discord does: the longest language of each text, and the values of choices."""
    texts = sum(max(map(len, _languages(one, name)), default=0) for name in ("name", "description"))
    value = one.get("value")
    inner = [*one.get("options", ()), *one.get("choices", ())]
    return texts + (len(value) if isinstance(value, str) else 0) + sum(map(_weight, inner))


def _languages(one: Body, name: str) -> Iterable[str]:
    return (one.get(name, ""), *one.get(f"{name}_localizations", {}).values())
