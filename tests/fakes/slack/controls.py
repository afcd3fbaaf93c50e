"""What can be pressed or chosen in blocks, and how a press is described."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.fakes.slack.blocks import elements

SELECTS = {"static_select": "selected_option", "external_select": "selected_option", "radio_buttons": "selected_option"}
SELECTS |= {"overflow": "selected_option", "users_select": "selected_user", "datepicker": "selected_date"}
SELECTS |= {"conversations_select": "selected_conversation", "channels_select": "selected_channel"}
SELECTS |= {"timepicker": "selected_time", "checkboxes": "selected_options", "multi_static_select": "selected_options"}


@dataclass(frozen=True, slots=True)
class Control:
    """A button, or one line of a select."""

    block: dict[str, Any]
    element: dict[str, Any]
    label: str
    option: dict[str, Any] | None = None

    def action(self, ts: str) -> dict[str, Any]:
        """Describe that it was used."""
        kind = self.element["type"]
        chosen = [self.option] if SELECTS.get(kind) == "selected_options" else self.option
        return action(self.block, self.element, ts, {} if kind == "button" else {SELECTS[kind]: chosen})


def action(block: dict[str, Any], element: dict[str, Any], ts: str, chosen: dict[str, Any]) -> dict[str, Any]:
    """Describe that an element was used."""
    shown = {"type": element["type"], "action_id": element["action_id"], "block_id": block["block_id"], "action_ts": ts}
    kept = ("text", "value", "style", "url") if element["type"] == "button" else ("placeholder",)
    return {**shown, **{name: element[name] for name in kept if name in element}, **chosen}


def controls(blocks: list[dict[str, Any]]) -> Iterator[Control]:
    """Go through everything that can be used, inputs of forms aside."""
    for block, element in elements(blocks):
        if block["type"] == "input" and not block.get("dispatch_action"):
            continue
        if element["type"] == "button":
            yield Control(block, element, element["text"]["text"])
        for option in options(element):
            yield Control(block, element, option["text"]["text"], option)


def options(element: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the lines of a select, in groups or not."""
    groups = [one.get("options", []) for one in element.get("option_groups", [])]
    return [*element.get("options", []), *(one for group in groups for one in group)]


def texts(node: Any) -> Iterator[str]:
    """Go through everything that blocks say, as eyes go: controls aside."""
    if isinstance(node, list):
        for one in node:
            yield from texts(one)
    elif isinstance(node, dict):
        kind = node.get("type")
        if kind in ("plain_text", "mrkdwn", "text", "markdown") and isinstance(node.get("text"), str):
            yield node["text"].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
            return
        if kind == "image":
            yield str(node.get("alt_text", ""))
        skipped = {"actions": {"elements"}, "section": {"accessory"}, "input": {"element"}}.get(str(kind), set())
        for key in ("title", "label", "text", "fields", "elements", "hint", "blocks"):
            if key not in skipped:
                yield from texts(node.get(key))
