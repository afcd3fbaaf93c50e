"""What Discord refuses in a text, a button or a select, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adapters.discord import measures as m
from adapters.discord.measures import Body, size, twice

_SNOWFLAKE = re.compile(r"\d{1,20}")


def custom_id(one: Body) -> Iterator[str]:
    """Check the name by which Discord gives a control back."""
    yield from size("characters of a custom_id", len(one.get("custom_id", "")), m.CUSTOM_ID)


def text(one: Body) -> Iterator[str]:
    """Check a text."""
    yield from size("characters of a text", len(one.get("content", "").strip()), m.TEXTS)


def button(one: Body) -> Iterator[str]:
    """Check a button."""
    yield from size("characters of a button", len(one.get("label", "").strip()), m.BUTTON)
    if one.get("style") == 5:
        if not re.match(r"(https?|discord)://[^\s/]", one.get("url", "")) or "custom_id" in one:
            yield "a button to an address has a web address and no custom_id"
        yield from size("characters of an address", len(one.get("url", "")), m.URL)
    elif one.get("style") not in (1, 2, 3, 4) or "url" in one:
        yield "a button has a style from 1 to 4, or an address"
    else:
        yield from custom_id(one)


def select(one: Body) -> Iterator[str]:
    """Check what all selects have."""
    yield from custom_id(one)
    yield from size("characters of a placeholder", len(one.get("placeholder", "")), m.PLACEHOLDER, least=0)
    least, most = one.get("min_values", 1), one.get("max_values", 1)
    yield from size("values at least", least, 25, least=0)
    yield from size("values at most", most, 25, least=max(1, least))
    if least == 0 and one.get("required", True):
        yield "a select with min_values 0 that is required"
    if len(one.get("default_values", ())) > most:
        yield "more default values than may be chosen"
    for value in one.get("default_values", ()):
        if not _SNOWFLAKE.fullmatch(str(value.get("id", ""))) or value.get("type") not in ("user", "role", "channel"):
            yield f"no default value: {value}"


def string_select(one: Body) -> Iterator[str]:
    """Check a select with options of our own."""
    yield from select(one)
    options = one.get("options", ())
    yield from size("options", len(options), m.OPTIONS)
    yield from twice("option's value", [option.get("value") for option in options])
    for option in options:
        yield from size("characters of an option's label", len(option.get("label", "").strip()), m.OPTION)
        yield from size("characters of an option's value", len(option.get("value", "")), m.OPTION)
        yield from size("characters of an option's description", len(option.get("description", "")), m.OPTION, least=0)
    if max(one.get("max_values", 1), one.get("min_values", 1)) > len(options):
        yield "more values asked for than there are options"
    if sum(bool(option.get("default")) for option in options) > one.get("max_values", 1):
        yield "more options chosen than may be"
