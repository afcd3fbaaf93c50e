"""What Discord demands of a message."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from tests.fakes.discord import component_rules
from tests.fakes.discord.checks import amount, length, never_fails
from tests.fakes.discord.component_rules import CONTAINER, FILE, GALLERY, ROW, SECTION, SEPARATOR, TEXT, THUMBNAIL
from tests.fakes.discord.messages import media_of, walk

V2_KINDS = (SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER)
ON_TOP = (ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR, CONTAINER)
OLD_STYLE = ("content", "embeds", "poll", "sticker_ids")


@never_fails
def problems(body: dict[str, Any], *, v2: bool, files: Collection[str]) -> Iterator[str]:
    """Return what is wrong with a message as it would stand there, with these files."""
    found = list(walk(body.get("components")))
    yield from (_new_style if v2 else _old_style)(body, found)
    for one in found:
        yield from component_rules.each(one)
        yield from _missing_files(one, files)
    yield from component_rules.custom_ids(found)
    yield from _mentions(body.get("allowed_mentions"))
    if body.get("nonce") is not None:
        yield from length("nonce", str(body["nonce"]), 25)


def says_nothing(body: dict[str, Any], files: Collection[str]) -> bool:
    """Say whether a message is empty."""
    return not files and not any(body.get(part) for part in ("content", "embeds", "components", "sticker_ids", "poll"))


def _new_style(body: dict[str, Any], found: list[dict[str, Any]]) -> Iterator[str]:
    for part in OLD_STYLE:
        if body.get(part):
            yield f"{part} in a message of components v2"
    yield from amount("components", found, 40, 1)
    words = sum(len(one["content"]) for one in found if one["type"] == TEXT)
    if words > 4000:
        yield f"{words} characters in all text displays, not 4000"
    for one in body["components"]:
        if one["type"] not in ON_TOP:
            yield f"component {one['type']} on top"


def _old_style(body: dict[str, Any], found: list[dict[str, Any]]) -> Iterator[str]:
    yield from length("content", body.get("content"), 2000)
    yield from amount("rows", body.get("components"), 5)
    for one in body.get("components") or ():
        if one["type"] != ROW:
            yield f"component {one['type']} on top"
    if any(one["type"] in V2_KINDS for one in found):
        yield "a component that needs the flag of components v2"
    yield from _embeds(body.get("embeds") or [])


def _embeds(embeds: list[dict[str, Any]]) -> Iterator[str]:
    yield from amount("embeds", embeds, 10)
    total = 0
    for one in embeds:
        yield from length("embed title", one.get("title"), 256)
        yield from length("embed description", one.get("description"), 4096)
        yield from amount("embed fields", one.get("fields"), 25)
        for field in one.get("fields", ()):
            yield from length("embed field name", field["name"].strip(), 256, 1)
            yield from length("embed field value", field["value"].strip(), 1024, 1)
            total += len(field["name"]) + len(field["value"])
        footer, author = one.get("footer", {}).get("text", ""), one.get("author", {}).get("name", "")
        total += sum(map(len, (one.get("title") or "", one.get("description") or "", footer, author)))
    if total > 6000:
        yield f"{total} characters in all embeds, not 6000"


def _missing_files(one: dict[str, Any], files: Collection[str]) -> Iterator[str]:
    for media in media_of(one):
        scheme, _, name = str(media["url"]).partition("://")
        if scheme == "attachment" and name not in files:
            yield f"there is no attachment {name!r}"


def _mentions(allowed: dict[str, Any] | None) -> Iterator[str]:
    for kind in ("users", "roles"):
        if allowed and kind in (allowed.get("parse") or ()) and allowed.get(kind):
            yield f"allowed_mentions: all {kind} and some {kind} exclude each other"
        yield from amount(f"mentioned {kind}", (allowed or {}).get(kind), 100)
