"""Markdown text: how it is written safely, read into a tree, and shown as plain text."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode


class Markdown(str):
    """Text that may be shown as it is. Made by `md` and `escape`, or from text that an author wrote."""

    __slots__ = ()


# Control characters and the marks that turn the direction of text can make one text look like another;
# halves of characters cannot be sent or kept at all.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_SPECIAL = re.compile(r"([\\`*_\[\]<>&])")
_CHANNEL = re.compile(r"channel:([\w-]{1,64})", re.ASCII)
_AT_START = re.compile(r"^(?:([-+#=~.)])|(\d{1,9})([.)]))")


def clean(text: str) -> str:
    """Drop what nobody can see: control characters, marks that turn text around, halves of characters."""
    return _UNSEEN.sub("", text)


def one_line(text: str) -> str:
    """Put what can be seen of a text on one line."""
    return " ".join(clean(text).split())


def escape(text: str) -> Markdown:
    """Make one line of Markdown that shows exactly this text, whatever a member typed."""
    line = _SPECIAL.sub(r"\\\1", one_line(text))
    return Markdown(_AT_START.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", line))


def quote(text: str) -> Markdown:
    """Make a block quote of what a member typed, line by line."""
    lines = clean(text).strip().splitlines() or [""]
    return Markdown("\\\n".join(f"> {escape(line)}" for line in lines if line.strip()) or "> …")


def code(text: str) -> Markdown:
    """Make a code span that shows exactly this text."""
    line = one_line(text) or " "
    fence = "`" * (max((len(run) for run in re.findall("`+", line)), default=0) + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return Markdown(f"{fence}{pad}{line}{pad}{fence}")


def channel(key: str) -> Markdown:
    """Name a channel by its id; platforms show its name."""
    url = f"channel:{key.lstrip('#')}"
    return Markdown(f"[#]({url})") if _CHANNEL.fullmatch(url) else escape(f"#{key.lstrip('#')}")


class _Filler(string.Formatter):
    """Fills the blanks of a template; whatever is not Markdown yet is escaped, or `{x:code}`, or `{x:channel}`."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec == "code":
            return code(str(value))
        if format_spec == "channel":
            return channel(str(value))
        return value if isinstance(value, Markdown) else escape(format(value, format_spec))


_filler = _Filler()


def md(template: str, /, **values: object) -> Markdown:
    """Write Markdown with blanks: `md("Hello {name}.", name=typed)`. Values are escaped, as SQL parameters are."""
    return Markdown(_filler.vformat(template, (), values))


def join(parts: Iterable[Markdown], between: str = "\n") -> Markdown:
    """Put pieces of Markdown together."""
    return Markdown(between.join(parts))


def lines(items: Iterable[Markdown]) -> Markdown:
    """Put each item on a line of its own, without a sign before it."""
    return join(items, "\\\n")


def bullets(items: Iterable[Markdown]) -> Markdown:
    """Make a bullet list."""
    return join((Markdown(f"- {item}") for item in items), "\n")


@dataclass(frozen=True, slots=True)
class Text:
    """Words as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words with weight."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words with a lean."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A few characters for a machine."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere."""

    children: tuple[Inline, ...]
    url: str


@dataclass(frozen=True, slots=True)
class ChannelName:
    """A channel of the community, by its id: platforms show its name, and lead there."""

    key: str


@dataclass(frozen=True, slots=True)
class Break:
    """A new line inside a paragraph."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One thought."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list; numbered from `start` when that is not None."""

    items: tuple[tuple[Block, ...], ...]
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody else's words."""

    children: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Lines for a machine."""

    text: str
    language: str = ""


Inline = Text | Strong | Emphasis | Code | Link | ChannelName | Break
Block = Paragraph | Items | Quote | CodeBlock

_reader = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_inline", "html_block", "hr", "reference"])


@lru_cache(maxsize=1024)
def parse(text: str) -> tuple[Block, ...]:
    """Read Markdown into a tree of the closed set of elements; anything else is kept as its words."""
    root = SyntaxTreeNode(_reader.parse(text))
    return tuple(_block(node) for node in root.children)


def _block(node: SyntaxTreeNode) -> Block:
    match node.type:
        case "bullet_list":
            return Items(tuple(_blocks(item) for item in node.children))
        case "ordered_list":
            return Items(tuple(_blocks(item) for item in node.children), int(node.attrs.get("start", 1)))
        case "blockquote":
            return Quote(_blocks(node))
        case "fence" | "code_block":
            return CodeBlock(node.content.rstrip("\n"), node.info.strip())
        case "heading":
            return Paragraph((Strong(_inline(node)),))
        case _:
            return Paragraph(_inline(node))


def _blocks(node: SyntaxTreeNode) -> tuple[Block, ...]:
    return tuple(_block(child) for child in node.children)


def _inline(node: SyntaxTreeNode) -> tuple[Inline, ...]:
    if len(node.children) == 1 and node.children[0].type == "inline":
        node = node.children[0]
    return tuple(_span(child) for child in node.children)


def _span(node: SyntaxTreeNode) -> Inline:
    match node.type:
        case "strong":
            return Strong(_inline(node))
        case "em":
            return Emphasis(_inline(node))
        case "link":
            url = str(node.attrs["href"])
            named = _CHANNEL.fullmatch(url)
            return ChannelName(named[1]) if named else Link(_inline(node), url)
        case "code_inline":
            return Code(node.content)
        case "hardbreak":
            return Break()
        case "softbreak":
            return Text(" ")
        case _:
            return Text(node.content)


def plain(text: str) -> str:
    """Show Markdown as plain text: for a screen reader, a notification, a terminal."""
    return _plain_blocks(parse(text))


def _plain_blocks(blocks: Sequence[Block], between: str = "\n\n") -> str:
    return between.join(_plain_block(block) for block in blocks)


def _plain_block(block: Block) -> str:
    match block:
        case Paragraph(children):
            return plain_inline(children)
        case CodeBlock(text):
            return _indent(text, "    ", "    ")
        case Quote(children):
            return _indent(_plain_blocks(children), "> ", "> ")
        case Items(items, start):
            marks = [f"{start + i}. " if start is not None else "- " for i in range(len(items))]
            return "\n".join(
                _indent(_plain_blocks(item, "\n"), mark, " " * len(mark))
                for mark, item in zip(marks, items, strict=True)
            )


def _indent(text: str, first: str, rest: str) -> str:
    return "\n".join((rest if n else first) + line for n, line in enumerate(text.split("\n")))


def plain_inline(spans: Sequence[Inline]) -> str:
    """Show a line's spans as plain text."""
    return "".join(_plain_span(span) for span in spans)


def _plain_span(span: Inline) -> str:
    match span:
        case Text(text) | Code(text):
            return text
        case Break():
            return "\n"
        case ChannelName(key):
            return f"#{key}"
        case Link(children, url):
            words = plain_inline(children)
            return words if words == url else f"{words} ({url})"
        case Strong(children) | Emphasis(children):
            return plain_inline(children)
