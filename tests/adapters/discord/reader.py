"""Reads Discord Markdown as Discord's clients do, as far as is known. Written from what they do, not from our code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

# What no reader sees.
UNSEEN = "\u200b"

# What Discord's servers look for in the raw text; a backslash before it does not help.
PINGS = re.compile(r"@everyone|@here|<@[!&]?\d+>")

_ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
_CODE_BLOCK = re.compile(r"```(?:([\w+\-.]+?)?(\s*\n))?([^\n].*?)\n*```", re.DOTALL)
_CODE = re.compile(r"(`+)(.*?[^`])\1(?!`)", re.DOTALL)
_LINK = re.compile(r"\[((?:\[[^\]]*\]|[^\[\]]|\](?=[^\[]*\]))*)\]\(\s*<?((?:\([^)]*\)|[^\s\\()<>])*)>?\s*\)")
_URL = re.compile(r"(?:https?|steam)://[^\s<]+[^<.,:;\"'\]\s]")
_ANGLE_URL = re.compile(r"<([^: >]+:/[^ >]+)>")
_BOLD = re.compile(r"\*\*(.+?)\*\*(?!\*)", re.DOTALL)
_STAR = re.compile(r"\*(?=\S)((?:\*\*|\s+(?:[^*\s]|\*\*)|[^\s*])+?)\*(?!\*)")
_LOW_LINE = re.compile(r"_((?:__|\\.|[^\\_])+?)_(?![0-9A-Za-z_])", re.DOTALL)
_TEXT = re.compile(r"\n|.+?(?=[^0-9A-Za-z\s\u00c0-\uffff]|\n| {2,}\n|\w+:\S|\Z)", re.DOTALL)
_LISTED = re.compile(r"( *)([+*-]|(\d+)\.) +([^\n]+(?:\n\1 {2}[^\n]+)*\n?)")
_QUOTE = re.compile(r"(?: *>>> (.+)| *>(?!>>) [^\n]*(?:\n *> [^\n]*)*\n?)", re.DOTALL)
_SIMPLE = (
    ("underline", re.compile(r"__(.+?)__(?!_)", re.DOTALL)),
    ("strike", re.compile(r"~~(.+?)~~", re.DOTALL)),
    ("spoiler", re.compile(r"\|\|(.+?)\|\|", re.DOTALL)),
)
_AT_LINE_START = (
    ("heading", re.compile(r"#{1,3} (?!#) *([^\n]+\n?)")),
    ("subtext", re.compile(r"-# (?!-#) *([^\n]+\n?)")),
)
_ATOMS = (
    ("mention", re.compile(r"<(?:@[!&]?|#)\d+>")),
    ("everyone", re.compile(r"@(?:everyone|here)")),
    ("time", re.compile(r"<t:-?\d+(?::[tTdDfFsSR])?>")),
    ("emoji", re.compile(r"<a?:\w+:\d+>|:[\w+-]+:")),
    ("command", re.compile(r"</[^>]+:\d+>")),
    ("navigation", re.compile(r"<id:\w+(?::\d+)?>")),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of what is shown: its kind (`words` for plain ones), its words, its parts, its address."""

    kind: str
    words: str = ""
    parts: tuple[Shown, ...] = ()
    url: str = ""


@dataclass(slots=True)
class _Line:
    fresh: bool = True
    quoted: bool = False


def read(text: str, *, on_phone: bool = False) -> tuple[Shown, ...]:
    """Read a text. Phones take the first mark that fits, desktops the longest one."""
    return _Reader(on_phone).read(text, _Line())


def words(pieces: tuple[Shown, ...]) -> str:
    """Say what a reader sees, without the marks of lists."""
    return "".join(one.words + words(one.parts) for one in pieces).replace(UNSEEN, "")


def with_addresses(pieces: tuple[Shown, ...]) -> str:
    """Say what a reader sees, with the address behind each link."""
    said = (one.words + with_addresses(one.parts) + (f" ({one.url})" if one.kind == "link" else "") for one in pieces)
    return "".join(said).replace(UNSEEN, "")


def every(pieces: tuple[Shown, ...]) -> Iterator[Shown]:
    """Walk through everything that is shown."""
    for one in pieces:
        yield one
        yield from every(one.parts)


def kinds(pieces: tuple[Shown, ...]) -> set[str]:
    """Name the kinds of what is shown, plain words left out."""
    return {one.kind for one in every(pieces)} - {"words"}


@dataclass(frozen=True, slots=True)
class _Reader:
    on_phone: bool

    def read(self, text: str, line: _Line) -> tuple[Shown, ...]:
        pieces: list[Shown] = []
        at = 0
        while at < len(text):
            piece, size = self._next(text[at:], line)
            at += size
            if piece.kind == "words" and pieces and pieces[-1].kind == "words":
                piece = Shown("words", pieces.pop().words + piece.words)
            pieces.append(piece)
        return tuple(pieces)

    def _next(self, rest: str, line: _Line) -> tuple[Shown, int]:
        steps = (self._escape, self._at_start, self._atom, self._address, self._formatted, self._coded, self._link)
        for step in steps:
            found = step(rest, line)
            if found is not None:
                return found
        text = _TEXT.match(rest)
        assert text is not None
        for one in text[0]:
            line.fresh = one == "\n" or (line.fresh and one.isspace())
        return Shown("words", text[0]), text.end()

    def _escape(self, rest: str, line: _Line) -> tuple[Shown, int] | None:
        if found := _ESCAPE.match(rest):
            line.fresh = False
            return Shown("words", found[1]), found.end()
        return None

    def _at_start(self, rest: str, line: _Line) -> tuple[Shown, int] | None:
        if not line.fresh:
            return None
        if not line.quoted and (found := _QUOTE.match(rest)):
            inner = found[1] or re.sub(r"^ *> ?", "", found[0], flags=re.MULTILINE)
            return Shown("quote", parts=self.read(inner, _Line(quoted=True))), found.end()
        for kind, pattern in _AT_LINE_START:
            if found := pattern.match(rest):
                return Shown(kind, parts=self.read(found[1], line)), found.end()
        if found := _LISTED.match(rest):
            inner = re.sub(rf"^ {{1,{len(found[1]) + len(found[2]) + 1}}}", "", found[4], flags=re.MULTILINE)
            parts = self.read(inner, _Line(quoted=line.quoted))
            line.fresh = True
            return Shown("item", url=found[3] or "", parts=parts), found.end()
        return None

    def _atom(self, rest: str, line: _Line) -> tuple[Shown, int] | None:
        return self._first(_ATOMS, rest, lambda kind, found: Shown(kind, found[0]), line)

    def _address(self, rest: str, line: _Line) -> tuple[Shown, int] | None:
        patterns = (("url", _ANGLE_URL), ("url", _URL))
        return self._first(
            patterns, rest, lambda kind, m: Shown(kind, m[m.lastindex or 0], url=m[m.lastindex or 0]), line
        )

    def _formatted(self, rest: str, line: _Line) -> tuple[Shown, int] | None:
        bold, star = _BOLD.match(rest), _STAR.match(rest)
        if bold and star and not self.on_phone and star.end() > bold.end():
            bold = None
        heavy = (("bold", _BOLD),) if bold else ()
        patterns = (*heavy, _SIMPLE[0], ("italics", _STAR), ("italics", _LOW_LINE), *_SIMPLE[1:])
        return self._first(patterns, rest, lambda kind, m: Shown(kind, parts=self.read(m[1], line)), line)

    def _coded(self, rest: str, line: _Line) -> tuple[Shown, int] | None:
        if (found := _CODE_BLOCK.match(rest)) and found[3].strip("`"):
            line.fresh = False
            return Shown("block", found[3], url=found[1] or ""), found.end()
        if found := _CODE.match(rest):
            line.fresh = False
            return Shown("code", re.sub(r"^ (?= *`)|(?<=`) $", "", found[2])), found.end()
        return None

    def _link(self, rest: str, line: _Line) -> tuple[Shown, int] | None:
        found = _LINK.match(rest)
        if not found or "://" in found[1] or not found[2].startswith(("http://", "https://")):
            return None
        parts = self.read(found[1], line)
        line.fresh = False
        return Shown("link", parts=parts, url=found[2]), found.end()

    def _first(
        self,
        patterns: tuple[tuple[str, re.Pattern[str]], ...],
        rest: str,
        make: Callable[[str, re.Match[str]], Shown],
        line: _Line,
    ) -> tuple[Shown, int] | None:
        for kind, pattern in patterns:
            if found := pattern.match(rest):
                piece = make(kind, found)
                line.fresh = False
                return piece, found.end()
        return None
