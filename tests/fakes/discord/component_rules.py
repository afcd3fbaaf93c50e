"""What Discord demands of components, in messages and in modals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.fakes.discord.checks import amount, length, number, unique

ROW, BUTTON, STRING, INPUT, USERS, ROLES, MENTIONABLES, CHANNELS = range(1, 9)
SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER, LABEL, UPLOAD = 9, 10, 11, 12, 13, 14, 17, 18, 19
SELECTS = (STRING, USERS, ROLES, MENTIONABLES, CHANNELS)
LINK, PREMIUM = 5, 6
IN_CONTAINER = (ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR)
Component = dict[str, Any]


def each(one: Component) -> Iterator[str]:
    """Check one component for itself; what stands in it is checked by whoever walks."""
    kind = one["type"]
    if "custom_id" in one:
        yield from length("custom_id", one["custom_id"], 100, 1)
    if kind == ROW:
        yield from _row(one)
    elif kind == BUTTON:
        yield from _button(one)
    elif kind in SELECTS:
        yield from _select(one)
    elif kind == INPUT:
        yield from _text_input(one)
    elif kind == UPLOAD:
        yield from _upload(one)
    else:
        yield from _layout(one)


def custom_ids(components: list[Component]) -> Iterator[str]:
    """Every control has a name of its own."""
    yield from unique("custom_id", [one["custom_id"] for one in components if one.get("custom_id")])


def _row(one: Component) -> Iterator[str]:
    kinds = [inner["type"] for inner in one["components"]]
    yield from amount("things in a row", kinds, 5, 1)
    if any(kind not in (BUTTON, *SELECTS, INPUT) for kind in kinds):
        yield f"a row with {kinds}"
    if len(kinds) > 1 and set(kinds) != {BUTTON}:
        yield "a row holds buttons, or one other thing"


def _button(one: Component) -> Iterator[str]:
    style = one.get("style")
    yield from number("button style", style or 0, 1, 6)
    yield from length("button label", one.get("label"), 80)
    if style == LINK:
        yield from length("button url", one.get("url"), 512, 1)
        if "custom_id" in one:
            yield "a link button has no custom_id"
    elif style != PREMIUM:
        yield from length("custom_id", one.get("custom_id"), 100, 1)
        if "url" in one:
            yield "only link buttons have a url"
    if style != PREMIUM and not one.get("label") and not one.get("emoji"):
        yield "a button without label and emoji"


def _select(one: Component) -> Iterator[str]:
    yield from length("custom_id", one.get("custom_id"), 100, 1)
    yield from length("placeholder", one.get("placeholder"), 150)
    least, most = one.get("min_values", 1), one.get("max_values", 1)
    yield from number("min_values", least, 0, 25)
    yield from number("max_values", most, max(1, least), 25)
    if one["type"] == STRING:
        yield from _options(one["options"], most)


def _options(options: list[Component], most: int) -> Iterator[str]:
    yield from amount("options", options, 25, 1)
    yield from unique("option value", [option["value"] for option in options])
    for option in options:
        yield from length("option label", option.get("label"), 100, 1)
        yield from length("option value", option.get("value"), 100, 1)
        yield from length("option description", option.get("description"), 100)
    if most > len(options):
        yield "max_values above the number of options"
    if sum(bool(option.get("default")) for option in options) > most:
        yield "more defaults than may be chosen"


def _text_input(one: Component) -> Iterator[str]:
    yield from length("custom_id", one.get("custom_id"), 100, 1)
    yield from number("text input style", one.get("style", 0), 1, 2)
    yield from length("text input value", one.get("value"), min(4000, one.get("max_length") or 4000))
    yield from length("text input placeholder", one.get("placeholder"), 100)
    yield from number("min_length", one.get("min_length"), 0, 4000)
    yield from number("max_length", one.get("max_length"), max(1, one.get("min_length") or 0), 4000)


def _upload(one: Component) -> Iterator[str]:
    yield from length("custom_id", one.get("custom_id"), 100, 1)
    yield from number("min_values", one.get("min_values"), 0, 10)
    yield from number("max_values", one.get("max_values"), 1, 10)


def _layout(one: Component) -> Iterator[str]:
    kind = one["type"]
    if kind == TEXT:
        yield from length("text display", one.get("content"), 4000, 1)
    elif kind == SECTION:
        yield from amount("texts in a section", one["components"], 3, 1)
        if (one.get("accessory") or {}).get("type") not in (BUTTON, THUMBNAIL):
            yield "a section needs a button or a thumbnail"
    elif kind == GALLERY:
        yield from _gallery(one)
    elif kind == FILE and not str(one["file"]["url"]).startswith("attachment://"):
        yield "a file component only shows attachments"
    elif kind == CONTAINER:
        yield from _container(one)
    elif kind not in (FILE, SEPARATOR, THUMBNAIL, LABEL):
        yield f"there is no component {kind}"


def _gallery(one: Component) -> Iterator[str]:
    yield from amount("pictures in a gallery", one["items"], 10, 1)
    for item in one["items"]:
        yield from length("picture description", item.get("description"), 1024)
        if not str(item["media"]["url"]).startswith(("attachment://", "https://", "http://")):
            yield "a picture without an address"


def _container(one: Component) -> Iterator[str]:
    yield from amount("things in a container", one["components"], 40, 1)
    yield from number("accent_color", one.get("accent_color"), 0, 0xFFFFFF)
    for inner in one["components"]:
        if inner["type"] not in IN_CONTAINER:
            yield f"component {inner['type']} in a container"
