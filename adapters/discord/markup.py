"""Write the bot's Markdown as Discord reads Markdown, and nothing more than it means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import urlsplit

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
    plain_inline,
)

# Nobody sees it, and it takes marks apart where a backslash cannot: inside code, and in the words that ping everybody.
_NOTHING = "\u200b"
_SPECIAL = re.compile(
    r"(?P<url>https?://[^\s<>]+)"
    r"|(?P<everybody>@(?=everyone|here))"
    r"|^(?P<start>[^\S\n]*(?:(?=[#>+-])|\d+(?=\.)))"
    # Two bars hide, two tildes strike out; `:name:` is an emoji, and `//` after a colon makes an address.
    r"|[\\*_`<\[]|(?<=\])\(|\|(?=\|)|~(?=~)|@(?=[!&]?\d)|:(?=//|[\w+-]+:|[\w+-]*\Z)",
    re.MULTILINE | re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://[a-z0-9][a-z0-9._~:/?#@!$&'()+,;=%-]*", re.IGNORECASE)
_PING = re.compile(r"@(?=everyone|here|[!&]?\d)|<(?=#\d)")
_ESCAPED = re.compile(r"\\.", re.DOTALL)
_LANGUAGE = re.compile(r"[A-Za-z0-9_+.-]+")
_LOOKS_LIKE_ADDRESS = re.compile(r"://|\bwww\.|\w[.。][^\W\d_]{2,}")
_IN_ADDRESS = {one: f"%{ord(one):02X}" for one in "*()[]\\<>|`\"'"}


@lru_cache(maxsize=1024)
def discord(text: str) -> str:
    """Write Markdown as Discord Markdown."""
    return _blocks(parse(text)).strip()


def escape(text: str) -> str:
    """Write text so that Discord shows exactly this, and pings nobody."""
    return _SPECIAL.sub(_shown, clean(text).replace("\r\n", "\n").replace("\r", "\n"))


def _shown(found: re.Match[str]) -> str:
    match found.lastgroup:
        case "url":
            return _address(found[0])
        case "everybody":
            return found[0] + _NOTHING
        case _:
            return f"{found[0]}\\" if found.lastgroup == "start" else f"\\{found[0]}"


def _address(run: str) -> str:
    """Leave an address one, in angle brackets that say where it ends; take any other apart."""
    url = run.rstrip(".,:;!?'\")]")
    while run[len(url) :].startswith(")") and url.count("(") > url.count(")"):
        url += ")"
    if _ADDRESS.fullmatch(url) and not _PING.search(url):
        return f"<{url}>{escape(run[len(url) :])}"
    scheme, rest = run.split(":", 1)
    return f"{scheme}\\:{escape(rest)}"


def _blocks(blocks: Sequence[Block], *, tight: bool = False, quoted: bool = False) -> str:
    written = ""
    for number, block in enumerate(blocks):
        if number:
            # Discord sets code and lists apart by itself.
            written += "\n" if tight or _is_near(blocks[number - 1], block) else "\n\n"
        written += _block(block, quoted)
    return written


def _is_near(before: Block, after: Block) -> bool:
    return isinstance(before, CodeBlock) or (isinstance(before, Paragraph) and isinstance(after, Items | CodeBlock))


def _block(block: Block, quoted: bool) -> str:
    match block:
        case Paragraph(children):
            return _inline(children)
        case CodeBlock(text, language):
            return _code_block(text, language)
        case Quote(children):
            inner = _blocks(children, quoted=True)
            # Discord does not nest quotes: one in another shows its words there.
            return inner if quoted else _indented(inner or _NOTHING, "> ", "> ")
        case Items(items, start):
            marks = (f"{start + n}. " if start is not None else "- " for n in range(len(items)))
            return "\n".join(
                _indented(_blocks(item, tight=True, quoted=quoted) or _NOTHING, mark, " " * len(mark))
                for mark, item in zip(marks, items, strict=True)
            )


def _indented(text: str, first: str, rest: str) -> str:
    return first + text.replace("\n", f"\n{rest}")


def _code_block(text: str, language: str) -> str:
    body = re.sub("``(?=`)", f"``{_NOTHING}", _harmless(text))
    if not body.strip("` \n"):
        body = _NOTHING + body
    return f"```{language if _LANGUAGE.fullmatch(language) else ''}\n{body}\n```"


def _inline(spans: Sequence[Inline]) -> str:
    written = ""
    for span in _joined(spans):
        piece = _span(span)
        written += _NOTHING + piece if written and piece and _runs_into(written[-1], piece[0]) else piece
    return written


def _runs_into(last: str, first: str) -> bool:
    """Say whether marks that touch here would be read as others, or as part of a word."""
    if last in "*_`" and first in "*_`":
        return True
    return (last == "_" and first.isalnum()) or (first == "_" and last.isalnum())


def _joined(spans: Sequence[Inline]) -> list[Inline]:
    joined: list[Inline] = []
    for span in spans:
        if isinstance(span, Text) and joined and isinstance(before := joined[-1], Text):
            joined[-1] = Text(before.text + span.text)
        else:
            joined.append(span)
    return joined


def _span(span: Inline) -> str:
    match span:
        case Text(text):
            return escape(text)
        case Code(text):
            return _code(text)
        case Break():
            return "\n"
        case ChannelName(key):
            return f"<#{key}>" if key.isdecimal() else escape(f"#{key}")
        case Link(children, url):
            return _link(children, url)
        case Strong(children):
            inner = _inline(children)
            return f"**{inner}**" if inner and "**" not in inner else _apart(inner)
        case Emphasis(children):
            return _emphasis(_inline(children))


def _emphasis(inner: str) -> str:
    """Choose a mark that its words do not hold; words that hold both go without."""
    if inner and "_" not in _ESCAPED.sub("", inner):
        return f"_{inner}_"
    # Between stars, some of Discord's clients know no backslash.
    return f"*{inner}*" if inner and "*" not in inner and not inner.endswith("\\") else _apart(inner)


def _apart(words: str) -> str:
    """Keep words that lost their marks from making new ones together with their neighbours."""
    return f"{_NOTHING}{words}{_NOTHING}" if words else ""


def _code(text: str) -> str:
    words = re.sub("`(?=`)", f"`{_NOTHING}", _harmless(text))
    if "`" not in words:
        return f"`{words}`"
    before, after = " " * words.startswith("`"), " " * words.endswith("`")
    return f"``{before}{words}{after}``"


def _harmless(text: str) -> str:
    """Keep code from pinging, and from being read as the end of a link that stands before it."""
    before, bracket, rest = _PING.sub(lambda found: found[0] + _NOTHING, clean(text)).partition("[")
    return before.replace("](", f"]{_NOTHING}(") + bracket + rest


def _link(children: Sequence[Inline], url: str) -> str:
    words, safe = plain_inline(children), _PING.sub("%40", "".join(_IN_ADDRESS.get(one, one) for one in url))
    if not _ADDRESS.fullmatch(safe):
        return _apart(escape(words if words == url else f"{words} ({url})"))
    if words in (url, ""):
        return f"<{safe}>"
    if _can_mask(words, safe):
        return f"[{_inline(children)}]({safe})"
    return _apart(f"{_inline(children)} (<{safe}>)")


def _can_mask(words: str, url: str) -> bool:
    """Say whether these words may stand for the address: never when they look like another one."""
    seen = unicodedata.normalize("NFKC", words).casefold()
    if "[" in seen or "]" in seen or "://" in seen:
        return False
    return not _LOOKS_LIKE_ADDRESS.search(seen) or seen.strip() == urlsplit(url).netloc
