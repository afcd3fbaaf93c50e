"""What was filled into a form."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.slack.payloads import at, items_at, mapping_at, text_at
from adapters.slack.sent_files import Fetch, uploads_of
from bot.core.params import Channel, Member
from bot.core.values import Raw

FIELD = "f:"

_TEXTS = {
    "datepicker": "selected_date",
    "timepicker": "selected_time",
}
_OPTIONS = ("static_select", "external_select", "radio_buttons")


def field_name(block_id: str) -> str:
    """Return the parameter that a block asks for; empty for a block that asks for none."""
    return block_id.removeprefix(FIELD) if block_id.startswith(FIELD) else ""


def fields_of(payload: object, fetch: Fetch) -> dict[str, Raw]:
    """Read every field that was filled in; what was left empty is left out."""
    return dict(_fields(payload, fetch))


def _fields(payload: object, fetch: Fetch) -> Iterator[tuple[str, Raw]]:
    for block_id, elements in mapping_at(payload, "view", "state", "values").items():
        name = field_name(str(block_id))
        for element in mapping_at(elements).values():
            value = _value(element, fetch)
            if name and value is not None:
                yield name, value


def _value(element: object, fetch: Fetch) -> Raw | None:
    match text_at(element, "type"):
        case "checkboxes":
            return bool(items_at(element, "selected_options"))
        case "users_select":
            user = text_at(element, "selected_user")
            return Member(user) if user else None
        case "conversations_select" | "channels_select" as kind:
            channel = text_at(element, f"selected_{kind.partition('s_')[0]}")
            return Channel(channel) if channel else None
        case "file_input":
            return next(iter(uploads_of(items_at(element, "files"), fetch)), None)
        case kind if kind in _OPTIONS:
            return text_at(element, "selected_option", "value") or None
        case kind:
            found = at(element, _TEXTS.get(kind, "value"))
            return str(found) if isinstance(found, str | int | float) and str(found) else None
