"""Draw forms as modals: one input for each field, with what is known already filled in."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from adapters.slack import limits
from adapters.slack.render import Json, label, option, plain, plain_sections, section, view_blocks
from bot.core.markup import clean, one_line
from bot.core.params import Kind, Param
from bot.core.reply import OpenForm, Option, Reply
from bot.core.values import YES, write

FORM, SHOWN, LOADING = "form", "shown", "loading"
FIELD = "f:"
_RADIOS = 5
_SHORT = 60
_EXACT = 2**53
_USER, _CHANNEL = re.compile(r"[UW][A-Z0-9]{2,}"), re.compile(r"[CG][A-Z0-9]{2,}")
_DIGITS = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_NOT_GIVEN: Mapping[str, str] = MappingProxyType({})
_YES_NO = (Option("Yes", "yes"), Option("No", "no"))
_PLACEHOLDERS: Mapping[Kind, str] = {
    Kind.DATE: "friday, tomorrow or 2026-11-21",
    Kind.DURATION: "45m or 2h 30m",
    Kind.ROLE: "S0614TZR7, the id of a user group",
}


def modal(form: OpenForm, *, url: str = "", born: float = 0, extra: Mapping[str, str] = _NOT_GIVEN) -> dict[str, Any]:
    """Draw a form; its token and where to answer travel along."""
    metadata = json.dumps({**extra, "token": form.token, "url": url, "born": born}, ensure_ascii=False)
    if len(metadata) > limits.METADATA:
        raise ValueError(f"A form carries {len(metadata)} characters, {limits.METADATA} at most.")
    known = {param.name for param in form.fields}
    lost = [section for name, words in form.errors.items() if name not in known for section in _mistake(words)]
    fields = [block for param in form.fields for block in _field(param, form)]
    return {
        "type": "modal",
        "callback_id": FORM,
        "title": label(form.title, limits.TITLE),
        "submit": label(form.submit, limits.TITLE),
        "close": plain("Cancel"),
        "private_metadata": metadata,
        "blocks": [*lost, *fields],
    }


def loading(title: str) -> dict[str, Any]:
    """Draw a modal that holds the place for what comes in a moment."""
    return _shell(LOADING, title, [section(plain("One moment, please."))])


def shown(reply: Reply, *, picture: str = "") -> dict[str, Any]:
    """Draw a reply as a modal, for where there is no message to answer in."""
    return _shell(SHOWN, "Your answer", view_blocks(reply, picture=picture))


def errors(form: OpenForm) -> dict[str, str]:
    """Say what to mend, by the block of its field; what belongs to no field stands at the first."""
    labels = {param.name: param.label for param in form.fields}
    found: dict[str, list[str]] = {}
    for name, words in form.errors.items():
        at = name if name in labels else next(iter(labels), name)
        found.setdefault(f"{FIELD}{at}", []).append(one_line(words) or "Please look at this again.")
    return {block: " ".join(words) for block, words in found.items()}


def _shell(name: str, title: str, drawn: list[Json]) -> Json:
    return {
        "type": "modal",
        "callback_id": name,
        "title": label(title, limits.TITLE),
        "close": plain("Close"),
        "blocks": drawn,
    }


def _mistake(words: str) -> list[Json]:
    return plain_sections(f"⚠️ {clean(words)}")


def _field(param: Param, form: OpenForm) -> list[Json]:
    given = form.values.get(param.name, "")
    element, kept = _ELEMENTS[param.kind](param, given)
    block: Json = {
        "type": "input",
        "block_id": f"{FIELD}{param.name}",
        "label": label(param.label, limits.LABEL),
        "element": {**element, "action_id": param.name},
        "optional": not param.required,
    }
    hint = _hint(param, "" if kept else given)
    if hint:
        block["hint"] = label(hint, limits.HINT)
    wrong = form.errors.get(param.name)
    return [*(_mistake(wrong) if wrong else ()), block]


def _hint(param: Param, lost: str) -> str:
    """Describe a field: what it is for, what counts when it is left out, and what was typed that it cannot hold."""
    hints = [param.arg.description.rstrip(".")]
    if len(param.arg.placeholder) > limits.PLACEHOLDER:
        hints.append(param.arg.placeholder.rstrip("."))
    if param.default not in (None, "") and param.kind not in (Kind.FLAG, Kind.FILE):
        hints.append(f"{write(param, param.default)} if left out")
    typed = one_line(lost)
    if typed:
        hints.append(f"You wrote “{typed if len(typed) <= _SHORT else f'{typed[: _SHORT - 1]}…'}”")
    said = [hint for hint in hints if hint]
    return ". ".join(said) + "." * (len(said) > 1)


# Each draws the element of one kind, and says whether it holds what was given.
Drawn = tuple[Json, bool]


def _text(param: Param, given: str) -> Drawn:
    given = clean(given)
    if param.arg.suggest and not (param.arg.rest or param.arg.multiline) and len(given) <= limits.OPTION:
        return _suggested(param, given)
    most = param.arg.max_length or limits.INPUT
    # What was typed stays whole, also where it is too long; the answer says so.
    most = most if len(given) <= most else limits.INPUT
    drawn = {"type": "plain_text_input", "multiline": param.arg.multiline or "\n" in given, "max_length": most}
    return drawn | _placeholder(param) | ({"initial_value": given[:most]} if given else {}), len(given) <= most


def _suggested(param: Param, given: str) -> Drawn:
    drawn: Json = {"type": "external_select", "min_query_length": 0, **_placeholder(param)}
    return drawn | ({"initial_option": option(Option(given, given))} if given.strip() else {}), True


def _number(param: Param, given: str) -> Drawn:
    if param.arg.suggest:
        return _text(param, given)
    whole = param.kind is Kind.INTEGER
    low, high = param.arg.minimum, param.arg.maximum
    drawn: Json = {"type": "number_input", "is_decimal_allowed": not whole, **_placeholder(param)}
    drawn |= {
        name: _digits(Decimal(str(bound)), whole)
        for name, bound in (("min_value", low), ("max_value", high))
        if bound is not None and abs(bound) <= _EXACT
    }
    if not given:
        return drawn, True
    number = _read_number(given, whole)
    if number is None or (low is not None and number < low) or (high is not None and number > high):
        return drawn, False
    return drawn | {"initial_value": _digits(number, whole)}, True


def _read_number(given: str, whole: bool) -> Decimal | None:
    if not _DIGITS.fullmatch(given.strip()):
        return None
    number = Decimal(given.strip())
    return number if not whole or number == number.to_integral_value() else None


def _digits(number: Decimal, whole: bool) -> str:
    return f"{number.to_integral_value() if whole else number:f}"


def _flag(param: Param, given: str) -> Drawn:
    word = given or (write(param, param.default) if isinstance(param.default, bool) else "")
    value = "yes" if word.lower() in YES else "no" if word else ""
    return _one_of("radio_buttons", _YES_NO, value), True


def _choice(param: Param, given: str) -> Drawn:
    options = tuple(Option(choice.label, choice.value) for choice in param.choices)
    if not options or any(len(one.value) > limits.OPTION_VALUE for one in options):
        return _text(param, given)
    wanted = given.strip().casefold()
    fitting = [one.value for one in options if wanted in (one.value.casefold(), one.label.casefold())]
    # A pressed radio button cannot be taken back, so what may be left out is a select.
    few = param.required and len(options) <= _RADIOS
    drawn = _one_of("radio_buttons" if few else "static_select", options, fitting[0] if fitting else "")
    return (drawn if few else drawn | _placeholder(param)), bool(fitting or not wanted)


def _one_of(kind: str, options: tuple[Option, ...], value: str) -> Json:
    drawn = [option(one) for one in options]
    chosen = next((one for one in drawn if value and one["value"] == value), None)
    return {"type": kind, "options": drawn} | ({"initial_option": chosen} if chosen else {})


def _member(param: Param, given: str) -> Drawn:
    user = given.strip().removeprefix("@")
    known = bool(_USER.fullmatch(user))
    return {"type": "users_select", **_placeholder(param)} | ({"initial_user": user} if known else {}), known


def _channel(param: Param, given: str) -> Drawn:
    key = given.strip().removeprefix("#")
    known = bool(_CHANNEL.fullmatch(key))
    wanted = {"include": ["public", "private"], "exclude_bot_users": True, "exclude_external_shared_channels": True}
    drawn: Json = {"type": "conversations_select", "filter": wanted, **_placeholder(param)}
    return drawn | ({"initial_conversation": key} if known else {}), known


def _file(param: Param, given: str) -> Drawn:
    return {"type": "file_input", "max_files": 1}, not given


def _placeholder(param: Param) -> Json:
    words = one_line(param.arg.placeholder or _PLACEHOLDERS.get(param.kind, ""))
    return {"placeholder": plain(words, limits.PLACEHOLDER)} if 0 < len(words) <= limits.PLACEHOLDER else {}


_ELEMENTS: Mapping[Kind, Callable[[Param, str], Drawn]] = {
    Kind.TEXT: _text,
    Kind.INTEGER: _number,
    Kind.NUMBER: _number,
    Kind.FLAG: _flag,
    Kind.CHOICE: _choice,
    Kind.MEMBER: _member,
    Kind.CHANNEL: _channel,
    Kind.ROLE: _text,
    Kind.DATE: _text,
    Kind.DURATION: _text,
    Kind.FILE: _file,
}
