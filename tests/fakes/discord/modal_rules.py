"""What Discord demands of a modal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.fakes.discord import component_rules
from tests.fakes.discord.checks import amount, length, never_fails
from tests.fakes.discord.component_rules import INPUT, LABEL, ROW, SELECTS, TEXT, UPLOAD
from tests.fakes.discord.messages import walk


@never_fails
def problems(data: dict[str, Any]) -> Iterator[str]:
    """Return what is wrong with a modal."""
    found = list(walk(data["components"]))
    yield from length("modal title", data.get("title"), 45, 1)
    yield from length("modal custom_id", data.get("custom_id"), 100, 1)
    yield from amount("components in a modal", data["components"], 5, 1)
    for one in data["components"]:
        yield from _on_top(one)
    for one in found:
        yield from component_rules.each(one)
        yield from _inside(one)
    yield from component_rules.custom_ids(found)


def _on_top(one: dict[str, Any]) -> Iterator[str]:
    if one["type"] == LABEL:
        yield from length("label", one.get("label"), 45, 1)
        yield from length("label description", one.get("description"), 100)
        if one["component"]["type"] not in (INPUT, UPLOAD, *SELECTS):
            yield f"component {one['component']['type']} in a label"
        if "label" in one["component"]:
            yield "a label inside a label"
    elif one["type"] == ROW:
        if [inner["type"] for inner in one["components"]] != [INPUT]:
            yield "a row of a modal holds one text input"
    elif one["type"] != TEXT:
        yield f"component {one['type']} in a modal"


def _inside(one: dict[str, Any]) -> Iterator[str]:
    if one.get("disabled"):
        yield "a disabled component in a modal"
    if one["type"] in (*SELECTS, UPLOAD) and one.get("min_values") == 0 and one.get("required", True):
        yield "min_values 0 needs required false"
