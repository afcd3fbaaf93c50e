"""What Discord refuses in a modal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from adapters.discord import measures as m
from adapters.discord.control_rules import custom_id, select, string_select, text
from adapters.discord.measures import Body, size, twice, walk

_IN_MODAL = frozenset({m.TEXT, m.IN_LABEL})


def modal_problems(data: Body) -> Iterator[str]:
    """List what is wrong with a modal."""
    top = data.get("components", ())
    parts = list(walk(top))
    yield from custom_id(data)
    yield from size("characters of the title", len(data.get("title", "").strip()), m.TITLE)
    yield from size("components", len(top), m.FIELDS)
    yield from size("characters in all texts", sum(len(one.get("content", "")) for one in parts), m.TEXTS, least=0)
    yield from (f"a component of type {one.get('type')} in a modal" for one in top if one.get("type") not in _IN_MODAL)
    if not any(one.get("type") == m.IN_LABEL for one in top):
        yield "a modal that asks for nothing"
    yield from ("a component that is disabled" for one in parts if one.get("disabled"))
    yield from twice("custom_id", [one["custom_id"] for one in parts if "custom_id" in one])
    for one in parts:
        check = _CHECKS.get(one.get("type", 0))
        yield from check(one) if check else [f"a component of type {one.get('type')} in a modal"]


def _label(label: Body) -> Iterator[str]:
    yield from size("characters of a label", len(label.get("label", "").strip()), m.LABEL)
    yield from size("characters of a label's description", len(label.get("description", "x").strip()), m.HINT)
    inner = label.get("component", {}).get("type")
    if inner not in m.SELECTS | {m.TEXT_INPUT, m.UPLOAD}:
        yield f"a component of type {inner} in a label"


def _text_input(one: Body) -> Iterator[str]:
    yield from custom_id(one)
    if one.get("style") not in (1, 2):
        yield "a text input without a style"
    least, most, value = one.get("min_length", 0), one.get("max_length", m.VALUE), one.get("value", "")
    yield from size("characters at least", least, m.VALUE, least=0)
    yield from size("characters at most", most, m.VALUE, least=max(1, least))
    yield from size("characters of a value", len(value), min(most, m.VALUE), least=least if value else 0)
    yield from size("characters of a placeholder", len(one.get("placeholder", "")), m.INPUT_PLACEHOLDER, least=0)


def _upload(upload: Body) -> Iterator[str]:
    yield from custom_id(upload)
    least, most = upload.get("min_values", 1), upload.get("max_values", 1)
    yield from size("files at least", least, m.UPLOADS, least=0)
    yield from size("files at most", most, m.UPLOADS, least=max(1, least))
    if least == 0 and upload.get("required", True):
        yield "an upload with min_values 0 that is required"


_CHECKS: Mapping[int, Callable[[Body], Iterator[str]]] = {
    m.STRING_SELECT: string_select,
    m.TEXT_INPUT: _text_input,
    m.USER_SELECT: select,
    m.ROLE_SELECT: select,
    m.CHANNEL_SELECT: select,
    m.TEXT: text,
    m.IN_LABEL: _label,
    m.UPLOAD: _upload,
}
