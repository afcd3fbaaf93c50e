"""Slack's own numbers and shapes, and a check of what goes out: closed to everything that the bot does not send."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

Surface = Literal["message", "modal", "home"]
Json = Mapping[str, Any]

BLOCKS: Mapping[Surface, int] = {"message": 50, "modal": 100, "home": 100}
TEXT = 3000
HEADER = 150
BUTTON = 75
OPTION = 75
OPTION_VALUE = 150
OPTIONS = 100
RADIOS = 10
BUTTONS = 25
CONTEXT = 10
PLACEHOLDER = 150
URL = 3000
VALUE = 2000
ALT = 2000
LABEL = 2000
HINT = 2000
ID = 255
TITLE = 24
METADATA = 3000
INPUT = 3000
# Longer ones are cut by Slack.
MESSAGE = 40_000
# All texts of a message's blocks together. Slack does not write this limit down; it refuses from about 13,000 on.
WEIGHT = 12_000

_SHAPES: Mapping[str, tuple[set[str], set[str]]] = {
    "header": ({"text"}, set()),
    "section": ({"text"}, {"expand"}),
    "context": ({"elements"}, set()),
    "actions": ({"elements"}, set()),
    "image": ({"alt_text", "slack_file"}, {"title"}),
    "input": ({"label", "element"}, {"hint", "optional"}),
    "button": ({"text"}, {"action_id", "value", "url", "style"}),
    "static_select": ({"options", "action_id"}, {"initial_option", "placeholder"}),
    "radio_buttons": ({"options", "action_id"}, {"initial_option"}),
    "external_select": ({"action_id", "min_query_length"}, {"initial_option", "placeholder"}),
    "users_select": ({"action_id"}, {"initial_user", "placeholder"}),
    "conversations_select": ({"action_id"}, {"initial_conversation", "filter", "placeholder"}),
    "plain_text_input": (
        {"action_id"},
        {"multiline", "min_length", "max_length", "initial_value", "placeholder"},
    ),
    "number_input": (
        {"action_id", "is_decimal_allowed"},
        {"min_value", "max_value", "initial_value", "placeholder"},
    ),
    "file_input": ({"action_id"}, {"max_files"}),
    "plain_text": ({"text"}, {"emoji"}),
    "mrkdwn": ({"text"}, {"verbatim"}),
    "modal": ({"title", "blocks"}, {"submit", "close", "callback_id", "private_metadata"}),
    "home": ({"blocks"}, {"callback_id", "private_metadata"}),
}
_PARTS = {"header", "section", "context", "actions", "image"}
_FIELDS = {
    "static_select",
    "radio_buttons",
    "external_select",
    "users_select",
    "conversations_select",
    "plain_text_input",
    "number_input",
    "file_input",
}
_PRESSED = {"button", "static_select", "radio_buttons", "external_select", "users_select", "conversations_select"}
# What may stand where, how long its text may be, and whether it may be mrkdwn.
_TEXTS: Mapping[tuple[str, str], tuple[int, bool]] = {
    ("header", "text"): (HEADER, False),
    ("section", "text"): (TEXT, True),
    ("image", "title"): (2000, False),
    ("input", "label"): (LABEL, False),
    ("input", "hint"): (HINT, False),
    ("button", "text"): (BUTTON, False),
    ("option", "text"): (OPTION, False),
    ("option", "description"): (OPTION, False),
    ("modal", "title"): (TITLE, False),
    ("modal", "submit"): (TITLE, False),
    ("modal", "close"): (TITLE, False),
    **{(kind, "placeholder"): (PLACEHOLDER, False) for kind in _FIELDS},
}
_STRINGS: Mapping[str, int] = {
    "block_id": ID,
    "action_id": ID,
    "callback_id": ID,
    "private_metadata": METADATA,
    "url": URL,
    "alt_text": ALT,
    "initial_value": INPUT,
}
_TRUTHS = {"emoji", "verbatim", "expand", "optional", "multiline", "is_decimal_allowed"}


def problems(surface: Surface, payload: Json) -> list[str]:
    """List what Slack would refuse in the body of a message or in a view."""
    if surface == "message":
        found = list(_message(payload))
    else:
        found = list(_shape(surface, payload)) if payload.get("type") == surface else [f"this is no {surface}"]
    blocks = payload.get("blocks", [])
    if not isinstance(blocks, Sequence) or not all(isinstance(block, Mapping) for block in blocks):
        return [*found, "blocks are no list of blocks"]
    found += _counted("blocks", blocks, BLOCKS[surface], least=0 if surface == "message" else 1)
    found += [problem for block in blocks for problem in _block(block, surface)]
    found += _twice("block_id", [block["block_id"] for block in blocks if "block_id" in block])
    found += _twice("action_id", [one["action_id"] for one in _elements(blocks) if "action_id" in one])
    if surface == "modal" and any(block.get("type") == "input" for block in blocks) and "submit" not in payload:
        found.append("a modal with inputs needs a submit")
    return found


def weight(blocks: Sequence[Json]) -> int:
    """Count the characters of the texts that blocks show."""
    texts = [block["text"] for block in blocks if "text" in block]
    texts += [one for block in blocks if block["type"] == "context" for one in block["elements"]]
    return sum(len(text["text"]) for text in texts)


def _message(payload: Json) -> Iterator[str]:
    text = payload.get("text")
    if not isinstance(text, str) or not text.strip():
        yield "no text: notifications and screen readers read it"
    elif len(text) > MESSAGE:
        yield f"the text has {len(text)} characters, {MESSAGE} at most"


def _block(block: Json, surface: Surface) -> Iterator[str]:
    kind = block.get("type")
    if kind not in _PARTS and not (kind == "input" and surface != "message"):
        yield f"a block {kind!r} on a {surface}"
        return
    yield from _shape(kind, block)
    if kind == "input" and isinstance(element := block.get("element"), Mapping):
        yield from _element(element, _FIELDS)
    if kind in ("context", "actions"):
        elements = block.get("elements")
        if not isinstance(elements, Sequence) or not all(isinstance(one, Mapping) for one in elements):
            yield f"elements of {kind} are no list"
            return
        yield from _counted(f"elements of {kind}", elements, CONTEXT if kind == "context" else BUTTONS)
        for one in elements:
            yield from _element(one, _PRESSED) if kind == "actions" else _text(one, TEXT, True)


def _element(element: Json, allowed: set[str]) -> Iterator[str]:
    kind = element.get("type")
    if kind not in allowed:
        yield f"an element {kind!r} where it cannot stand"
        return
    yield from _shape(kind, element)
    if kind == "button":
        yield from _button(element)
    if kind == "number_input":
        yield from _numbers(element)
    if kind == "plain_text_input":
        yield from _lengths(element)
    if kind == "file_input" and not 1 <= element.get("max_files", 10) <= 10:
        yield f"{element['max_files']} files"
    if kind in ("static_select", "radio_buttons"):
        yield from _options(element, RADIOS if kind == "radio_buttons" else OPTIONS)
    elif "initial_option" in element:
        yield from _option(element["initial_option"])
    if kind == "conversations_select" and "filter" in element:
        yield from _filter(element["filter"])


def _shape(kind: str, node: Json) -> Iterator[str]:
    needed, allowed = _SHAPES[kind]
    keys = node.keys() - {"type", "block_id"}
    yield from (f"{kind} without {key}" for key in sorted(needed - keys))
    yield from (f"{kind} with an unknown {key}" for key in sorted(keys - needed - allowed))
    for key, value in node.items():
        if (kind, key) in _TEXTS:
            most, markup = _TEXTS[kind, key]
            yield from _text(value, most, markup)
        elif key in _STRINGS and kind not in ("plain_text", "mrkdwn"):
            yield from _string(f"{kind}.{key}", value, _STRINGS[key])
        elif key in _TRUTHS and not isinstance(value, bool):
            yield f"{kind}.{key} is no truth value"
        elif key == "slack_file" and not (isinstance(value, Mapping) and value.keys() == {"id"} and value["id"]):
            yield "a slack_file without an id"


def _text(text: Any, most: int, markup: bool) -> Iterator[str]:
    kind = text.get("type") if isinstance(text, Mapping) else None
    if kind != "plain_text" and not (markup and kind == "mrkdwn"):
        yield f"{kind!r} where a text has to stand"
        return
    yield from _shape(kind, text)
    yield from _string(kind, text.get("text"), most, blank=False)


def _string(what: str, value: Any, most: int, blank: bool = True) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"{what} is no string"
    elif len(value) > most:
        yield f"{what} has {len(value)} characters, {most} at most"
    elif not blank and not value.strip():
        yield f"{what} is empty"


def _button(button: Json) -> Iterator[str]:
    yield from _string("a button's value", button.get("value", ""), VALUE)
    if button.get("style", "primary") not in ("primary", "danger"):
        yield f"a button of style {button['style']!r}"


def _options(element: Json, most: int) -> Iterator[str]:
    options = element.get("options", [])
    if not isinstance(options, Sequence) or not all(isinstance(one, Mapping) for one in options):
        yield "options are no list"
        return
    yield from _counted("options", options, most)
    for one in options:
        yield from _option(one)
    yield from _twice("option", [one.get("value") for one in options])
    if "initial_option" in element and element["initial_option"] not in options:
        yield "the initial option is none of the options"


def _option(option: Json) -> Iterator[str]:
    for key in option.keys() - {"text", "value", "description"}:
        yield f"an option with an unknown {key}"
    for key in {"text", "description"} & (option.keys() | {"text"}):
        yield from _text(option.get(key), *_TEXTS["option", key])
    yield from _string("an option's value", option.get("value"), OPTION_VALUE, blank=False)


def _numbers(element: Json) -> Iterator[str]:
    given = {key: element[key] for key in ("min_value", "max_value", "initial_value") if key in element}
    try:
        read = {key: float(value) for key, value in given.items()}
    except (TypeError, ValueError):
        yield f"no numbers: {given}"
        return
    if not all(isinstance(value, str) for value in given.values()):
        yield "numbers travel as strings"
    low, high = read.get("min_value", float("-inf")), read.get("max_value", float("inf"))
    if low > high or not low <= read.get("initial_value", max(low, min(high, 0.0))) <= high:
        yield f"numbers out of bounds: {given}"


def _lengths(element: Json) -> Iterator[str]:
    low, high = element.get("min_length", 0), element.get("max_length", INPUT)
    if not 0 <= low <= high or not 1 <= high <= INPUT:
        yield f"a length of {low} to {high}"
    elif len(element.get("initial_value", "")) > high:
        yield "the initial value is longer than may be written"


def _filter(chosen: Json) -> Iterator[str]:
    include = chosen.get("include", ["public"])
    if not chosen or not include or not set(include) <= {"im", "mpim", "private", "public"}:
        yield f"a filter of {dict(chosen)}"


def _elements(blocks: Sequence[Json]) -> Iterator[Json]:
    for block in blocks:
        elements = block.get("elements") if block.get("type") == "actions" else [block.get("element")]
        yield from (one for one in elements or () if isinstance(one, Mapping))


def _counted(what: str, items: Sequence[object], most: int, least: int = 1) -> Iterator[str]:
    if not least <= len(items) <= most:
        yield f"{len(items)} {what}, allowed are {least} to {most}"


def _twice(what: str, values: Sequence[object]) -> Iterator[str]:
    if len(values) > len(set(map(str, values))):
        yield f"one {what} stands twice"
