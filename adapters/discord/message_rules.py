"""What Discord refuses in a message, and what we never send."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from adapters.discord import measures as m
from adapters.discord.control_rules import button, select, string_select, text
from adapters.discord.measures import Body, size, twice, walk

_IN_CONTAINER = frozenset({m.ROW, m.SECTION, m.TEXT, m.MEDIA, m.FILE, m.SEPARATOR})
_INSIDE: Mapping[int, frozenset[int]] = {
    m.ROW: m.SELECTS | {m.BUTTON_TYPE},
    m.SECTION: frozenset({m.TEXT}),
    m.CONTAINER: _IN_CONTAINER,
}
_FLAGS = m.EPHEMERAL | m.COMPONENTS_V2 | 1 << 2 | 1 << 12
_SNOWFLAKE = re.compile(r"\d{1,20}")
# Discord takes everything else out of the name of a file, and then does not find what refers to it.
FILE_NAME = re.compile(r"[A-Za-z0-9-](?:[A-Za-z0-9_.-]*[A-Za-z0-9-])?")


def message_problems(body: Body) -> Iterator[str]:
    """List what is wrong with a message."""
    flags, parts = body.get("flags", 0), list(walk(body.get("components", ())))
    if not flags & m.COMPONENTS_V2:
        yield "the flag for components v2 is missing"
    if flags & ~_FLAGS:
        yield f"flags that a message may not be given: {flags & ~_FLAGS}"
    yield from (
        f"{name} beside components v2" for name in ("content", "embeds", "poll", "sticker_ids") if body.get(name)
    )
    yield from size("components in all", len(parts), m.COMPONENTS)
    yield from size("characters in all texts", sum(len(one.get("content", "")) for one in parts), m.TEXTS)
    yield from size("characters of the nonce", len(str(body.get("nonce", "x"))), m.NONCE)
    for one in body.get("components", ()):
        if one.get("type") not in _IN_CONTAINER | {m.CONTAINER}:
            yield f"a component of type {one.get('type')} at the top"
    yield from _components(parts)
    yield from _mentions(body.get("allowed_mentions"))
    yield from _attachments(body.get("attachments", ()), parts)


def _components(parts: list[Body]) -> Iterator[str]:
    for name in ("custom_id", "id"):
        yield from twice(name, [one[name] for one in parts if one.get(name)])
    for one in parts:
        kind = one.get("type", 0)
        check = _CHECKS.get(kind)
        yield from check(one) if check else [f"an unknown type of component: {kind}"]
        for inner in one.get("components", ()):
            if inner.get("type") not in _INSIDE.get(kind, frozenset()):
                yield f"a component of type {inner.get('type')} in one of type {kind}"


def _row(row: Body) -> Iterator[str]:
    inner = row.get("components", ())
    yield from size("components in a row", len(inner), m.BUTTONS)
    if len(inner) > 1 and any(one.get("type") in m.SELECTS for one in inner):
        yield "a select that shares its row"


def _section(section: Body) -> Iterator[str]:
    yield from size("texts in a section", len(section.get("components", ())), 3)
    if section.get("accessory", {}).get("type") not in (m.BUTTON_TYPE, m.THUMBNAIL):
        yield "a section without a button or a thumbnail"


def _picture(item: Body) -> Iterator[str]:
    if not re.match(r"(https?|attachment)://.", item.get("media", {}).get("url", "")):
        yield "a picture without an address"
    yield from size("characters of a picture's description", len(item.get("description", "x")), m.DESCRIPTION)


def _gallery(gallery: Body) -> Iterator[str]:
    yield from size("pictures", len(gallery.get("items", ())), m.GALLERY)
    for item in gallery.get("items", ()):
        yield from _picture(item)


def _file(file: Body) -> Iterator[str]:
    if not file.get("file", {}).get("url", "").startswith("attachment://"):
        yield "a file that is no attachment"


def _separator(separator: Body) -> Iterator[str]:
    yield from size("spacing", separator.get("spacing", 1), 2)


def _container(container: Body) -> Iterator[str]:
    yield from size("components in a container", len(container.get("components", ())), m.COMPONENTS)
    yield from size("accent colour", container.get("accent_color", 0), 0xFFFFFF, least=0)


def _mentions(allowed: Body | None) -> Iterator[str]:
    if allowed is None or "parse" not in allowed:
        yield "allowed_mentions does not say what may ping"
        return
    if allowed["parse"]:
        yield "allowed_mentions lets words ping"
    for name in ("users", "roles"):
        yield from size(f"{name} that may be pinged", len(allowed.get(name, ())), 100, least=0)
        yield from (f"no id: {one}" for one in allowed.get(name, ()) if not _SNOWFLAKE.fullmatch(str(one)))


def _attachments(attachments: Iterable[Body], parts: list[Body]) -> Iterator[str]:
    listed = list(attachments)
    # One without a name is there already and stays.
    names = [one["filename"] for one in listed if "filename" in one]
    yield from size("attachments", len(listed), m.ATTACHMENTS, least=0)
    yield from twice("attachment id", [str(one.get("id")) for one in listed])
    yield from twice("file name", names)
    yield from (f"a file name that Discord changes: {name!r}" for name in names if not FILE_NAME.fullmatch(name))
    for one in listed:
        yield from size("characters of a description", len(one.get("description", "")), m.DESCRIPTION, least=0)
    shown = set(_shown(parts))
    yield from (f"nothing is attached as {name!r}" for name in sorted(shown.difference(names)))
    yield from (f"no component shows the attachment {name!r}" for name in names if name not in shown)


def _shown(parts: list[Body]) -> Iterator[str]:
    media = [one["file"] for one in parts if "file" in one] + [one["media"] for one in parts if "media" in one]
    media += [item.get("media", {}) for one in parts for item in one.get("items", ())]
    urls = [one.get("url", "") for one in media]
    return (url.removeprefix("attachment://") for url in urls if url.startswith("attachment://"))


_CHECKS: Mapping[int, Callable[[Body], Iterator[str]]] = {
    m.ROW: _row,
    m.BUTTON_TYPE: button,
    m.STRING_SELECT: string_select,
    m.USER_SELECT: select,
    m.ROLE_SELECT: select,
    m.CHANNEL_SELECT: select,
    m.SECTION: _section,
    m.TEXT: text,
    m.THUMBNAIL: _picture,
    m.MEDIA: _gallery,
    m.FILE: _file,
    m.SEPARATOR: _separator,
    m.CONTAINER: _container,
}
