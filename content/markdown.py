"""The closed set of Markdown: what a text may hold, and what it holds instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_NEEDS_PARSING = re.compile(r"[<\[#~|@\\]|:[A-Za-z]|^ {0,3}[-=_*][-=_* \t]*$", re.MULTILINE)
_CODE = frozenset(("code_inline", "fence", "code_block"))
_HTML = frozenset(("html_block", "html_inline"))
_REFUSED = {
    "heading_open": "a heading",
    "hr": "a line across",
    "image": "an image",
    "table_open": "a table",
    "s_open": "struck-out text",
}
PLATFORM = re.compile(
    r"<[@#][^>\n]{1,80}>|<![a-zA-Z][^>\n]{0,80}>|<a?:\w+:\d+>|<t:\d+(:\w)?>|\|\|[^|\n]+\|\||(?<![\w.])@(everyone|here|channel)\b"
    r"|(?<![\w:/]):[a-z][a-z0-9_+-]*:(?![\w:/])"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Name something in a text that may not stand there, and its line from zero."""

    code: str
    line: int
    what: str


@dataclass(frozen=True, slots=True)
class _Look:
    findings: tuple[Finding, ...] = ()
    links: tuple[tuple[str, int], ...] = ()


_NOTHING = _Look()


def findings(text: str) -> tuple[Finding, ...]:
    """Return what a Markdown text holds beyond the closed set."""
    return _look(text).findings


def links(text: str) -> tuple[tuple[str, int], ...]:
    """Return the addresses that a Markdown text links to, with their lines."""
    return _look(text).links


def _look(text: str) -> _Look:
    return _parse(text) if _NEEDS_PARSING.search(text) else _NOTHING


@lru_cache(maxsize=20_000)
def _parse(text: str) -> _Look:
    tokens = list(_tokens(text))
    found = tuple(finding for token, line in tokens for finding in _judge(token, line))
    return _Look(found, tuple((str(token.attrs["href"]), line) for token, line in tokens if token.type == "link_open"))


def _tokens(text: str) -> Iterator[tuple[Token, int]]:
    for token in _PARSER.parse(text):
        line = token.map[0] if token.map else 0
        yield token, line
        for child in token.children or ():
            yield child, line
            if child.type in ("softbreak", "hardbreak"):
                line += 1


def _judge(token: Token, line: int) -> Iterator[Finding]:
    if token.type in _CODE or token.type == "inline":
        return
    platform = PLATFORM.search(token.content)
    if platform:
        yield Finding("TXT005", line, platform[0])
    elif token.type in _HTML and not token.content.startswith("</"):
        yield Finding("TXT004", line, token.content.strip().splitlines()[0][:40])
    elif token.type in _REFUSED:
        yield Finding("TXT006", line, _REFUSED[token.type])
