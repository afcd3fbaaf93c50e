"""Draw Markdown as Slack's mrkdwn, so that text shows itself: no pings, no forged links, no stray formatting.

Slack has escapes for & < > and none for * _ ~ ` or :emoji:. Two ways around that change the text: zero-width characters
travel along when somebody copies it, and letters of a similar shape are other letters. The words that a date mark
falls back to are shown as they are, never formatted, and copied as they are; so a character that could start or end
formatting is wrapped into a date mark without a date. Inside words and between spaces it can do no harm, and stays
bare. A line that begins with > would be a quote; escapes are not read inside a date mark, so it gets the wide sign.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.core.markup import (
    Block,
    Break,
    ChannelName,
    Code,
    CodeBlock,
    Emphasis,
    Inline,
    Items,
    Link,
    Paragraph,
    Quote,
    Strong,
    Text,
    clean,
    parse,
    plain,
    plain_inline,
)

_CONTROL = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_WIDE = str.maketrans("&<>", "＆＜＞")
_ADDRESS = r"https?://\w[^\s<>\"'|\\`*]*[^\s<>\"'|\\`*.,;:!?()\[\]{}_~]"
_AWKWARD = re.compile(rf"(?P<url>{_ADDRESS})|[&<>]|[`｀＊＿～]|:(?=[\w+'-]+:)|[*_~]")
_ADDRESS_ALONE = re.compile(r"(?:https?://[^\s/?#<>|\"\\]|mailto:[^\s<>|\"\\])[^\s<>|\"\\]*")
_CHANNEL_ID = re.compile(r"[CG][A-Z0-9]{2,}")
_QUOTING = re.compile(r"^([ \t]*)(?:&gt;|＞)", re.MULTILINE)
_MARGIN = re.compile(r"(?:> ){2,}| {4,}")
_OPENS, _CLOSES = set(" \n\t([{\"'“‘«—–-/…:;,.!?"), set(" \n\t)]}\"'”’».,;:!?…—–-/")
_DEEPEST = 3


def escape(text: str) -> str:
    """Escape the three characters that Slack reads as its own."""
    return text.translate(_CONTROL)


def wide(text: str) -> str:
    """Show these three characters in their wide forms, for where escapes do not fit."""
    return text.translate(_WIDE)


def shielded(character: str) -> str:
    """Make Slack show this character and do nothing with it."""
    return f"<!date^00000000^{{_}}|{character}>"


def safe(text: str, inside: str = "") -> str:
    """Write text so that it shows itself; `inside` names the formatting marks that stand around it."""
    return _AWKWARD.sub(lambda found: _harmless(found, inside), text)


def _harmless(found: re.Match[str], inside: str) -> str:
    one = found[0]
    if found["url"]:
        return f"<{escape(one)}>"
    if one in "&<>":
        return escape(one)
    if one in "*_~" and one not in inside and _cannot_format(found):
        return one
    return shielded(one)


def _cannot_format(found: re.Match[str]) -> bool:
    around = found.string[max(found.start() - 1, 0) : found.start()], found.string[found.end() : found.end() + 1]
    return all(c.isascii() and c.isalnum() for c in around) or all(c == " " for c in around)


def opens(url: str) -> bool:
    """Say whether Slack takes this as an address to open."""
    return bool(_ADDRESS_ALONE.fullmatch(url))


@lru_cache(maxsize=1024)
def paragraphs(text: str) -> tuple[str, ...]:
    """Draw each block of Markdown; nothing of one reaches into the next."""
    return tuple(drawn for block in parse(text) if (drawn := _block(block)).strip())


def mrkdwn(text: str) -> str:
    """Draw Markdown as one text."""
    return "\n\n".join(paragraphs(text))


@lru_cache(maxsize=1024)
def aloud(text: str) -> str:
    """Say Markdown as plain words."""
    said = clean(plain(text)).strip()
    # Deep lists and quotes can be mostly margin.
    return said if len(said) < 2 * len(text) + 200 else _MARGIN.sub("  ", said)


def _block(block: Block, depth: int = 0) -> str:
    match block:
        case Paragraph(children):
            return _QUOTING.sub(rf"\1{shielded('＞')}", _inline(children))
        case CodeBlock(text):
            return _code_block(text)
        case Quote(children):
            mark = "&gt; " if depth else "> "
            return "\n".join(mark + line for line in _quoted(children, depth).split("\n"))
        case Items(items, start):
            marks = [f"{start + n}." if start is not None else "•" for n in range(len(items))]
            return "\n".join(_item(mark, item, depth) for mark, item in zip(marks, items, strict=True))


def _code_block(text: str) -> str:
    if not text.strip():
        return ""
    return _as_words(text) if "```" in text else f"```\n{escape(text)}\n```"


def _as_words(text: str) -> str:
    return _QUOTING.sub(rf"\1{shielded('＞')}", safe(text))


def _quoted(children: Sequence[Block], depth: int) -> str:
    """Draw what stands in a quote; Slack has quotes of one level, without blocks of code."""
    drawn = []
    for child in children:
        match child:
            case Quote(inner):
                drawn.append(_quoted(inner, depth))
            case CodeBlock(text):
                drawn.append(_as_words(text))
            case _:
                drawn.append(_block(child, depth))
    return "\n".join(drawn)


def _item(mark: str, blocks: Sequence[Block], depth: int) -> str:
    pad = "    " * min(depth, _DEEPEST)
    lines = [f"{pad}{mark}"]
    for n, block in enumerate(blocks):
        drawn = _block(block, depth + 1)
        if isinstance(block, Items | CodeBlock):
            lines.append(drawn)
            continue
        drawn = drawn.replace("\n", f"\n{pad}   ")
        if n == 0:
            lines[0] += f" {drawn}"
        else:
            lines.append(f"{pad}   {drawn}")
    return "\n".join(lines)


def _inline(spans: Sequence[Inline], inside: str = "") -> str:
    drawn = ""
    spans = [span for span in spans if span != Text("")]
    for n, span in enumerate(spans):
        after = plain_inline(spans[n + 1 : n + 2])[:1]
        drawn += _span(span, inside, (not drawn or drawn[-1] in _OPENS) and (not after or after in _CLOSES))
    return drawn


def _span(span: Inline, inside: str, free: bool) -> str:
    """Draw a span; formatting works only where it stands `free`, with no letters beside it."""
    match span:
        case Text(text):
            return safe(text, inside)
        case Break():
            return "\n"
        case Code(text):
            whole = text.strip() == text != "" and "`" not in text
            return f"`{escape(text)}`" if free and whole else safe(text, inside)
        case ChannelName(key):
            return f"<#{key}>" if _CHANNEL_ID.fullmatch(key) else safe(f"#{key}", inside)
        case Link(children, url):
            return _link(plain_inline(children), url, inside)
        case Strong(children):
            return _marked("*", children, inside, free)
        case Emphasis(children):
            return _marked("_", children, inside, free)


def _marked(mark: str, children: Sequence[Inline], inside: str, free: bool) -> str:
    if not free or mark in inside:
        return _inline(children, inside)
    lines = _inline(children, inside + mark).split("\n")
    return "\n".join(f"{mark}{line}{mark}" if line.strip() == line != "" else line for line in lines)


def _link(words: str, url: str, inside: str) -> str:
    """Draw a link. Shields do not work inside, so words that need one stand before the address."""
    if not opens(url):
        return safe(words if words == url else f"{words} ({url})", inside)
    words = " ".join(words.split())
    if words in ("", url):
        return f"<{escape(url)}>"
    if "|" in words or safe(words, "*_~") != escape(words):
        return f"{safe(words, inside)} (<{escape(url)}>)"
    return f"<{escape(url)}|{escape(words)}>"
