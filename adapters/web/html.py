"""Write HTML so that nothing but what we name as an element can become one."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

VOID = frozenset(("meta", "link", "input", "br", "hr", "img"))


class Html(str):
    """Text that is markup already, made by `tag`."""

    __slots__ = ()


Child = str | Html | Iterable["Child"] | None


def tag(name: str, /, *children: Child, **attributes: str | int | float | bool | None) -> Html:
    """Make an element; `class_` and `for_` lose their underscore, `aria_label` becomes `aria-label`."""
    written = "".join(map(_attribute, attributes.items()))
    if name in VOID:
        return Html(f"<{name}{written}>")
    return Html(f"<{name}{written}>{''.join(map(_child, children))}</{name}>")


def _attribute(pair: tuple[str, str | int | float | bool | None]) -> str:
    name, value = pair[0].rstrip("_").replace("_", "-"), pair[1]
    if value is None or value is False:
        return ""
    return f' {name}="{"" if value is True else escape(str(value))}"'


def _child(child: Child) -> str:
    if child is None:
        return ""
    if isinstance(child, Html):
        return child
    if isinstance(child, str):
        return escape(child, quote=False)
    return "".join(map(_child, child))


def page(title: str, *body: Child, styles: Iterable[str] = ("style.css",)) -> str:
    """Make a whole page."""
    links = [tag("link", rel="stylesheet", href=f"/page/{name}") for name in styles]
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", title),
        tag("link", rel="icon", href="/page/icon.svg"),
        links,
    )
    return f"<!doctype html>\n{tag('html', head, tag('body', *body), lang='en')}\n"
