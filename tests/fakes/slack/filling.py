"""Fills a modal as a member does: words into inputs, choices into selects, files into file inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.slack.blocks import elements
from tests.fakes.slack.channels import Channel
from tests.fakes.slack.controls import SELECTS, options

if TYPE_CHECKING:
    from tests.fakes.slack.heard import Heard
    from tests.fakes.slack.views import ShownView

TEXTS = {"plain_text_input", "url_text_input", "email_text_input", "number_input"}
INITIAL = {"selected_option": "initial_option", "selected_options": "initial_options", "selected_user": "initial_user"}
INITIAL |= {"selected_conversation": "initial_conversation", "selected_channel": "initial_channel"}
INITIAL |= {"selected_date": "initial_date", "selected_time": "initial_time"}


class CannotSend(AssertionError):
    """The platform would not let the member send the form."""


async def fill(heard: Heard, view: ShownView, typed: dict[str, Any]) -> None:
    """Put into a view what was typed, on top of what stands there already."""
    left = dict(typed)
    for block, element in elements(view.blocks):
        if block["type"] != "input" and element["type"] not in SELECTS:
            continue
        name = _named(block, element, left)
        held = view.state.get(block["block_id"], {}).get(element["action_id"])
        value = await _value(heard, element, left.pop(name)) if name else held or _initial(element)
        if block["type"] == "input":
            _checked(block, element, value)
        view.state.setdefault(block["block_id"], {})[element["action_id"]] = value
    if left:
        known = [f"{element['action_id']} ({element['type']})" for _, element in elements(view.blocks)]
        raise AssertionError(f"There is no field {list(left)}, only {known}")


def _named(block: dict[str, Any], element: dict[str, Any], typed: dict[str, Any]) -> str:
    label = str(block.get("label", {}).get("text", "")).lower().replace(" ", "_")
    names = {element["action_id"], block["block_id"], block["block_id"].rpartition(":")[2], label}
    return next((one for one in typed if one in names), "")


def _initial(element: dict[str, Any]) -> dict[str, Any]:
    kind = element["type"]
    if kind in TEXTS:
        return {"type": kind, "value": element.get("initial_value")}
    if kind == "file_input":
        return {"type": kind, "files": []}
    slot = SELECTS.get(kind, "value")
    return {"type": kind, slot: element.get(INITIAL.get(slot, "initial_value"), [] if slot.endswith("s") else None)}


async def _value(heard: Heard, element: dict[str, Any], typed: Any) -> dict[str, Any]:
    kind = element["type"]
    if kind in TEXTS:
        return {"type": kind, "value": str(typed) if typed not in (None, "") else None}
    if kind == "file_input":
        return {"type": kind, "files": _files(heard, element, typed if isinstance(typed, list) else [typed])}
    slot = SELECTS[kind]
    if typed in (None, ""):
        return {"type": kind, slot: None}
    if slot == "selected_options":
        many = typed if isinstance(typed, list | tuple) else [typed]
        return {"type": kind, slot: [_option(options(element), one) for one in many]}
    if slot != "selected_option":
        return {"type": kind, slot: reference(heard, typed)}
    found = await heard.found(element["action_id"], str(typed)) if kind == "external_select" else options(element)
    return {"type": kind, slot: _option(found, typed)}


def reference(heard: Heard, typed: Any) -> str:
    """Return the id of a member or a channel, or a date as it is."""
    if isinstance(typed, Channel):
        return typed.id
    return str(getattr(typed, "id", typed))


def _option(found: list[dict[str, Any]], typed: Any) -> dict[str, Any]:
    for one in found:
        if str(typed) in (one["text"]["text"], one["value"]):
            return one
    raise CannotSend(f"There is no {typed!r}, only {[one['text']['text'] for one in found]}")


def _files(heard: Heard, element: dict[str, Any], given: list[tuple[str, bytes]]) -> list[dict[str, Any]]:
    if len(given) > element.get("max_files", 10):
        raise CannotSend(f"{len(given)} files where {element.get('max_files', 10)} are allowed")
    allowed, member = element.get("filetypes"), heard.member
    for name, _ in given:
        if allowed and name.rpartition(".")[2].lower() not in allowed:
            raise CannotSend(f"{name} is not one of {allowed}")
    files = member.world.files
    return [files.of_member(name, content, member.team.id, member.id).payload() for name, content in given]


def _checked(block: dict[str, Any], element: dict[str, Any], value: dict[str, Any]) -> None:
    content = next((held for key, held in value.items() if key != "type"), None)
    label = block.get("label", {}).get("text")
    if not content and not block.get("optional"):
        raise CannotSend(f"{label!r} is required")
    if not content or element["type"] not in TEXTS:
        return
    if len(content) > element.get("max_length", 3000) or len(content) < element.get("min_length", 0):
        raise CannotSend(f"{label!r} is too long or too short")
    if element["type"] == "number_input":
        _number(element, content, str(label))


def _number(element: dict[str, Any], content: str, label: str) -> None:
    try:
        number = float(content)
    except ValueError:
        raise CannotSend(f"{label!r} is no number") from None
    if not element.get("is_decimal_allowed") and number != int(number):
        raise CannotSend(f"{label!r} takes whole numbers")
    if number < float(element.get("min_value", "-inf")) or number > float(element.get("max_value", "inf")):
        raise CannotSend(f"{label!r} is out of bounds")
