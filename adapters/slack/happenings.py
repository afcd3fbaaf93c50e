"""What happened, in our own words: read from any payload, whatever its shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from adapters.slack.parse import is_spoken
from adapters.slack.payloads import at, digest, mapping_at, text_at
from adapters.slack.surface import Origin, Surface
from adapters.slack.who import form_data, who

Json = Mapping[str, Any]


def kind_of(body: Json) -> str:
    """Say what happened; empty for what only wants to be acknowledged."""
    match text_at(body, "type"):
        case "block_actions":
            # A button that leads to an address has done its work already.
            return "" if text_at(body, "actions", 0, "action_id").startswith("link:") else "action"
        case "view_submission":
            return "view"
        case "block_suggestion":
            return "suggestion"
        case "shortcut" | "message_action":
            return "shortcut"
        case "event_callback":
            return _event(body)
        case "":
            return "slash" if text_at(body, "command") else ""
        case _:
            return ""


def settle(surface: Surface, kind: str, body: Json) -> Surface:
    """Let a surface know where it began."""
    shown = text_at(body, "view", "type")
    if kind in ("mention", "message"):
        surface.origin, surface.root = Origin.SPOKEN, text_at(body, "event", "ts")
    elif kind == "view":
        _remember(surface, form_data(body))
    elif shown == "home":
        surface.origin = Origin.HOME
    elif shown:
        surface.stay_in(text_at(body, "view", "id"))
    elif kind == "action":
        surface.clicked = True
    return surface


def click_of(kind: str, body: Json) -> str:
    """Name a press on a control, the same for a second one before the first is answered; empty for anything else."""
    if kind != "action":
        return ""
    asked, action = who(body), mapping_at(body, "actions", 0)
    pressed = [text_at(action, "action_id"), text_at(action, "value"), text_at(action, "selected_option", "value")]
    return digest([asked.team, asked.user, at(body, "container"), *pressed])


def _event(body: Json) -> str:
    match text_at(body, "event", "type"):
        case "app_mention":
            return "mention" if is_spoken(body) else ""
        case "message":
            return "message" if text_at(body, "event", "channel_type") == "im" and is_spoken(body) else ""
        case "app_home_opened":
            return "home" if text_at(body, "event", "tab") == "home" else ""
        case "app_uninstalled" | "tokens_revoked":
            return "left"
        case _:
            return ""


def _remember(surface: Surface, kept: Json) -> None:
    """Take from a form where it was opened."""
    channel, thread = text_at(kept, "channel"), text_at(kept, "thread")
    surface.asked = replace(surface.asked, channel=channel or surface.asked.channel, thread=thread)
    born = at(kept, "born")
    surface.url_born = float(born) if isinstance(born, int | float) else 0.0
    surface.clicked = bool(text_at(kept, "clicked"))
