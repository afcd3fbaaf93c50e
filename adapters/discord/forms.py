"""Draw a form as a Discord modal. What a member typed before stands in it again, and what is to be mended first."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from adapters.discord import measures as m
from adapters.discord.markup import escape
from bot.core.limits import FORM_VALUE
from bot.core.markup import one_line
from bot.core.params import Choice, Kind, Param
from bot.core.reply import OpenForm
from bot.core.values import NO, YES, write

Json = dict[str, Any]

ONE_LINE, LINES = 1, 2
# Dates, numbers and lengths of time: no way of writing one is longer.
SHORT = 100
# Where the bot can write: text and announcement channels.
WRITABLE = [0, 5]
YES_OR_NO = (Choice("Yes", YES[0]), Choice("No", NO[0]))
_SNOWFLAKE = re.compile(r"\d{15,20}")
_PICKERS: Mapping[Kind, tuple[int, str]] = {
    Kind.MEMBER: (m.USER_SELECT, "user"),
    Kind.CHANNEL: (m.CHANNEL_SELECT, "channel"),
    Kind.ROLE: (m.ROLE_SELECT, "role"),
}
_HINTS: Mapping[Kind, str] = {
    Kind.DATE: "Like 2026-11-21, today or friday",
    Kind.DURATION: "Like 45m, 2h 30m or 3 days",
}

Choices = Callable[[Param], Sequence[Choice]]


def modal(form: OpenForm, choices: Choices | None = None) -> Json:
    """Draw a form; `choices` may give a choice other words than it was declared with."""
    errors = {name: one_line(error) for name, error in form.errors.items() if one_line(error)}
    labels = [
        _label(param, form.values.get(param.name, ""), errors.get(param.name, ""), choices) for param in form.fields
    ]
    lead = [_to_mend(form, errors)] if errors and len(labels) < m.FIELDS else []
    return {"custom_id": form.token, "title": _short(form.title, m.TITLE), "components": [*lead, *labels]}


def _to_mend(form: OpenForm, errors: Mapping[str, str]) -> Json:
    """Say all that is wrong above the fields, in full: there is little room at a field."""
    names = {param.name: _name(param) for param in form.fields}
    # Escaping doubles a text at most; only texts that nobody would read have to be cut.
    room = m.TEXTS // len(errors) // 2 - 2 * m.LABEL
    lines = [f"- **{escape(names.get(name, name))}**: {escape(_short(error, room))}" for name, error in errors.items()]
    return {"type": m.TEXT, "content": "\n".join(["Please mend this:", *lines])}


def _label(param: Param, value: str, error: str, choices: Choices | None) -> Json:
    label: Json = {"type": m.IN_LABEL, "label": _name(param)}
    if description := _description(error, one_line(param.arg.description)):
        label["description"] = description
    return label | {"component": _field(param, value, choices)}


def _name(param: Param) -> str:
    return _short(param.label, m.LABEL) or param.name


def _description(error: str, description: str) -> str:
    both = f"{error} {description}".strip()
    return both if len(both) <= m.HINT else _short(error or description, m.HINT)


def _field(param: Param, value: str, choices: Choices | None) -> Json:
    match param.kind:
        case Kind.CHOICE if options := _options((choices and choices(param)) or param.choices):
            return _select(param, options, value)
        case Kind.FLAG:
            return _select(param, _options(YES_OR_NO), _yes_or_no(value))
        case Kind.MEMBER | Kind.CHANNEL | Kind.ROLE:
            return _picker(param, value)
        case Kind.FILE:
            return {"type": m.UPLOAD, **_named(param), **_how_many(param)}
        case _:
            return _text(param, value)


def _named(param: Param) -> Json:
    return {"custom_id": param.name, "required": param.required}


def _how_many(param: Param) -> Json:
    return {"min_values": int(param.required), "max_values": 1}


def _options(choices: Sequence[Choice]) -> list[Json]:
    """Write the options that Discord can take; none when it cannot take all, so that the answer can be typed."""
    values = {one.value for one in choices}
    if len(choices) > m.OPTIONS or len(values) < len(choices) or not all(1 <= len(one) <= m.OPTION for one in values):
        return []
    return [{"label": _short(one.label, m.OPTION), "value": one.value} for one in choices]


def _select(param: Param, options: list[Json], value: str) -> Json:
    wanted = (value or _default(param)).casefold()
    chosen = next((one for one in options if wanted in (one["value"].casefold(), one["label"].casefold())), None)
    shown = [one | {"default": True} if one is chosen else one for one in options]
    return {
        "type": m.STRING_SELECT,
        **_named(param),
        **_how_many(param),
        **_placeholder(param, m.PLACEHOLDER),
        "options": shown,
    }


def _yes_or_no(value: str) -> str:
    word = value.strip().lower()
    return YES[0] if word in YES else NO[0] if word in NO else word


def _picker(param: Param, value: str) -> Json:
    kind, name = _PICKERS[param.kind]
    drawn = {"type": kind, **_named(param), **_how_many(param), **_placeholder(param, m.PLACEHOLDER)}
    if kind == m.CHANNEL_SELECT:
        drawn["channel_types"] = WRITABLE
    if _SNOWFLAKE.fullmatch(value):
        drawn["default_values"] = [{"id": value, "type": name}]
    return drawn


def _text(param: Param, value: str) -> Json:
    most = (param.arg.max_length or FORM_VALUE) if param.kind is Kind.TEXT else SHORT
    drawn: Json = {
        "type": m.TEXT_INPUT,
        **_named(param),
        "style": LINES if param.arg.multiline or "\n" in value else ONE_LINE,
        "min_length": int(param.required),
        # What was too long comes back whole, so that it can be shortened.
        "max_length": min(m.VALUE, max(most, len(value))),
        **_placeholder(param, m.INPUT_PLACEHOLDER),
    }
    return drawn | {"value": value[: m.VALUE]} if value else drawn


def _placeholder(param: Param, most: int) -> Json:
    default = _default(param)
    words = param.arg.placeholder or (f"{default} if left out" if default else _HINTS.get(param.kind) or _range(param))
    return {"placeholder": _short(words, most)} if one_line(words) else {}


def _default(param: Param) -> str:
    return "" if param.required or param.default is None else write(param, param.default)


def _range(param: Param) -> str:
    low, high = param.arg.minimum, param.arg.maximum
    if param.kind not in (Kind.INTEGER, Kind.NUMBER) or (low is None and high is None):
        return ""
    if low is None or high is None:
        return f"{high:g} or less" if low is None else f"{low:g} or more"
    return f"From {low:g} to {high:g}"


def _short(text: str, most: int) -> str:
    """Cut a line that has no room, and show that it was cut."""
    line = one_line(text)
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
