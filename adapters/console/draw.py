"""Draw an answer in colour. Colour is never the only carrier of a meaning."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from adapters.console.plain import field_text, mark, progress_text, rows_text, shown
from bot.core.calls import Answer
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
    parse,
    plain,
)
from bot.core.markup import Text as Words
from bot.core.reply import FieldErrors, OpenForm, Reply, Tone, Update, Visibility

_TONES = {Tone.NEUTRAL: "blue", Tone.GOOD: "green", Tone.WARNING: "yellow", Tone.PROBLEM: "red"}
WIDTH = 88


def draw(console: Console, answer: Answer, saved: Mapping[str, str]) -> None:
    """Draw an answer on the terminal."""
    match answer.outcome:
        case Update(reply) | (Reply() as reply):
            width = min(WIDTH, console.width)
            console.print(_reply(reply, answer.visibility, saved, width), width=width)
            for note in answer.notes:
                panel = Panel(_lines(note), title="A word for you", title_align="left", border_style="green")
                console.print(panel, width=width)
        case FieldErrors(form) | (OpenForm() as form):
            console.print(_form(form), width=min(WIDTH, console.width))


def _reply(reply: Reply, visibility: Visibility, saved: Mapping[str, str], width: int) -> Panel:
    title = _text(reply.title, "bold")
    fits = title.cell_len <= width - 6
    parts: list[RenderableType] = [*([] if fits else [title]), *_blocks(parse(reply.text))]
    for field in reply.fields:
        parts.append(Text.assemble(_text(f"{field.name}\n", "bold"), _lines(field.value)))
    parts += [_text(progress_text(bar)) for bar in reply.progress]
    if reply.image is not None:
        parts.append(_text(f"Picture: {saved.get(reply.image.name, reply.image.name)}\n{reply.image.alt}"))
    parts += [_text(f"File: {saved.get(one.name, one.name)}") for one in reply.files]
    parts += [_text(line, "cyan") for line in rows_text(reply.rows)]
    if reply.footer:
        parts.append(_dim(_lines(reply.footer)))
    return Panel(
        Group(*_spaced(parts)),
        title=title if fits and reply.title else None,
        title_align="left",
        subtitle=Text(mark(visibility), style="dim"),
        subtitle_align="right",
        border_style=_TONES[reply.tone],
        padding=(0, 1),
    )


def _form(form: OpenForm) -> Panel:
    fields: list[RenderableType] = [_text(field_text(param, form)) for param in form.fields]
    title = _text(f"{form.title} (a form)", "bold")
    return Panel(Group(*fields), title=title, title_align="left", border_style="magenta")


def _text(words: str, style: str = "") -> Text:
    return Text(shown(words), style=style)


def _dim(text: Text) -> Text:
    text.stylize("dim")
    return text


def _spaced(parts: list[RenderableType]) -> list[RenderableType]:
    return [item for part in parts for item in (part, Text(""))][:-1]


def _lines(markdown: str) -> Text:
    """Draw Markdown as one text, for where there is no room for blocks."""
    blocks = parse(markdown)
    if all(isinstance(block, Paragraph) for block in blocks):
        return Text("\n").join(_inline(block.children) for block in blocks if isinstance(block, Paragraph))
    return _text(plain(markdown))


def _blocks(blocks: tuple[Block, ...]) -> list[RenderableType]:
    return [_block(block) for block in blocks]


def _block(block: Block) -> RenderableType:
    match block:
        case Paragraph(children):
            return _inline(children)
        case CodeBlock(text):
            return Padding(_text(text, "green"), (0, 2))
        case Quote(children):
            return Padding(Group(*_blocks(children)), (0, 0, 0, 2), style="italic")
        case Items(items, start):
            marks = [f"{start + n}." if start is not None else "•" for n in range(len(items))]
            return Group(*(_item(mark, item) for mark, item in zip(marks, items, strict=True)))


def _item(mark: str, blocks: tuple[Block, ...]) -> RenderableType:
    first, *rest = _blocks(blocks) or [Text("")]
    if not isinstance(first, Text):
        first, rest = Text(""), [first, *rest]
    first = Text.assemble((f"{mark} ", "bold"), first)
    return Group(first, *(Padding(one, (0, 0, 0, 2)) for one in rest))


def _inline(spans: tuple[Inline, ...]) -> Text:
    return Text.assemble(*(_span(span) for span in spans))


def _span(span: Inline) -> Text:
    match span:
        case Words(text):
            return _text(text)
        case Code(text):
            return _text(text, "bold cyan")
        case Break():
            return Text("\n")
        case ChannelName(key):
            return _text(f"#{key}")
        case Link(children, url):
            words = _inline(children)
            return words if words.plain == url else Text.assemble(words, _text(f" ({url})", "dim"))
        case Strong(children):
            strong = _inline(children)
            strong.stylize("bold")
            return strong
        case Emphasis(children):
            lean = _inline(children)
            lean.stylize("italic")
            return lean
