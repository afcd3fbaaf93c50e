"""The id of a call: the same at every delivery, another for everything that somebody does anew."""

from __future__ import annotations

from adapters.slack.payloads import at, digest, first_text, mapping_at, text_at
from adapters.slack.who import who

_LONGEST = 200


def call_id(kind: str, payload: object) -> str:
    """Name what happened, by Slack's own ids where it sends some."""
    match kind:
        case "mention" | "message":
            return _id("event", text_at(payload, "event_id") or _of_message(payload), payload)
        case "view":
            return _id("view", _of_view(payload), payload)
        case "action":
            return _id("action", text_at(payload, "trigger_id") or _of_action(payload), payload)
        case _:
            return _id(kind, text_at(payload, "trigger_id"), payload)


def twin_id(payload: object) -> str:
    """Name the message behind an event; one message has been seen under several event ids. Empty if it is none."""
    found = _of_message(payload)
    return f"slack:message:{found}" if found else ""


def _of_message(payload: object) -> str:
    event, speaker = mapping_at(payload, "event"), who(payload)
    moment = first_text(text_at(event, "event_ts"), text_at(event, "ts"))
    return f"{speaker.realm}:{speaker.team}:{speaker.channel}:{moment}" if moment else ""


def _of_view(payload: object) -> str:
    """Name a form with what is in it: one that came back with mistakes keeps its id and hash when it is sent again."""
    view = text_at(payload, "view", "id")
    filled = digest(at(payload, "view", "state", "values"))
    return f"{view}:{text_at(payload, 'view', 'hash')}:{filled}" if view else ""


def _of_action(payload: object) -> str:
    action = mapping_at(payload, "actions", 0)
    container = first_text(text_at(payload, "container", "message_ts"), text_at(payload, "container", "view_id"))
    moment = text_at(action, "action_ts")
    return f"{who(payload).channel}:{container}:{text_at(action, 'action_id')}:{moment}" if moment else ""


def _id(kind: str, found: str, payload: object) -> str:
    if not found or len(found) > _LONGEST or not found.isprintable():
        found = digest(payload)
    return f"slack:{kind}:{found}"
