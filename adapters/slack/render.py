"""Draw a reply as a message of Slack: blocks to see, and a text that says all of it aloud."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from adapters.slack import limits
from adapters.slack.markup import aloud, escape, opens, paragraphs, safe, wide
from bot.core.markup import Markdown, clean, one_line
from bot.core.memo import Memo
from bot.core.reply import Button, Field, File, Image, Option, Progress, Reply, Row, Select, Style, Tone

Json = dict[str, Any]
Escaping = Callable[[str], str]

SIGNS = {Tone.NEUTRAL: "", Tone.GOOD: "✅ ", Tone.WARNING: "⚠️ ", Tone.PROBLEM: "❌ "}
NOTHING = "There is nothing to show here."
_BAR, _BARS = 10, 10
GROUP = re.compile(r"S[A-Z0-9]{2,}")
_FILE_NAME = 200


@dataclass(frozen=True, slots=True)
class Message:
    """What goes out: the words for screen readers and notifications, and the blocks."""

    text: str
    blocks: list[Json]


def message(reply: Reply, *, picture: str = "") -> Message:
    """Draw a reply, once for all members who get the same; `picture` is the id of its uploaded image."""
    return _drawn(reply, picture) if picture else _known(reply)


def _drawn(reply: Reply, picture: str = "") -> Message:
    drawn = blocks(reply, picture=picture)
    # Shields and escapes make a text longer. One that grows too heavy is shown without formatting, which needs none.
    for escaping in (escape, wide):
        if limits.weight(drawn) <= limits.WEIGHT:
            break
        drawn = blocks(reply, picture=picture, bare=escaping)
    return Message(text_of(reply), drawn)


_known = Memo(_drawn)


def calling(group: str, said: Message) -> Message:
    """Call a group of members above a message, if there is one to call."""
    if not GROUP.fullmatch(group):
        return said
    mark = f"<!subteam^{group}>"
    return Message(f"{mark} {said.text}", [{"type": "section", "text": {"type": "mrkdwn", "text": mark}}, *said.blocks])


def note(words: Markdown) -> Message:
    """Draw a few words that stand alone."""
    return message(Reply(words))


def text_of(reply: Reply) -> str:
    """Say a whole reply in plain words; what its buttons offer is read from the buttons."""
    parts = [f"{SIGNS[reply.tone]}{clean(reply.title).strip()}", aloud(reply.text)]
    parts += [_field_words(field) for field in reply.fields]
    parts += [progress_words(bar) for bar in reply.progress]
    if reply.image is not None:
        parts.append(_picture_words(reply.image))
    parts += [_file_words(reply.files), aloud(reply.footer)]
    said = "\n\n".join(part for part in parts if part.strip()) or NOTHING
    escaped = escape(said)
    return escaped if len(escaped) <= limits.MESSAGE else wide(said)


def blocks(reply: Reply, *, picture: str = "", bare: Escaping | None = None) -> list[Json]:
    """Draw a reply as blocks; `bare` shows its texts without formatting, escaped in this way."""
    drawn = [*_head(reply, bare), *(block for field in reply.fields for block in _field(field, bare))]
    drawn += _lines([_progress(bar, len(reply.progress) <= _BARS) for bar in reply.progress], bare)
    if reply.image is not None:
        drawn += _image(reply.image, picture, bare)
    drawn += _lines([_file_words(reply.files)], bare)
    drawn += [block for number, row in enumerate(reply.rows) for block in _row(row, number)]
    drawn += _footer(reply.footer, bare)
    return drawn or [section(plain(NOTHING))]


def view_blocks(reply: Reply, *, picture: str = "") -> list[Json]:
    """Draw a reply as the blocks of a view, which holds no files and says so."""
    drawn = blocks(replace(reply, files=()), picture=picture)
    return [*drawn, *(plain_sections(f"Files do not fit here. {_file_words(reply.files)}") if reply.files else ())]


def section(text: Json) -> Json:
    """Make a section of a text object."""
    return {"type": "section", "text": text}


def plain(text: str, most: int = limits.TEXT) -> Json:
    """Make a text that is shown as it is; signs that do not fit when they are escaped are shown wide."""
    escaped = escape(text)
    return {"type": "plain_text", "text": escaped if len(escaped) <= most else wide(text), "emoji": False}


def label(text: str, most: int) -> Json:
    """Make the words of one line; what is too long ends in dots."""
    words = one_line(text) or "…"
    return plain(words if len(words) <= most else f"{words[: most - 1]}…", most)


def plain_sections(text: str, escaping: Escaping = escape) -> list[Json]:
    """Show a text without formatting, in as many sections as it needs."""
    pieces = _pieces(escaping(text))
    return [section({"type": "plain_text", "text": piece, "emoji": False}) for piece in pieces]


def sections(text: str, bare: Escaping | None = None, lead: str = "") -> list[Json]:
    """Show Markdown in as many sections as it needs, parted between its blocks."""
    drawn = paragraphs(text)
    if bare or any(len(one) + len(lead) > limits.TEXT for one in drawn):
        return plain_sections(lead + aloud(text), bare or escape)
    texts: list[str] = []
    for one in drawn:
        if texts and len(texts[-1]) + 2 + len(one) <= limits.TEXT:
            texts[-1] += f"\n\n{one}"
        else:
            texts.append(one if texts else lead + one)
    return [section(_mrkdwn(one)) for one in texts]


def progress_words(bar: Progress) -> str:
    """Say how far something is."""
    name = one_line(bar.label)
    return f"{name}: {bar.done} of {bar.total}" if name else f"{bar.done} of {bar.total}"


def _mrkdwn(text: str) -> Json:
    # Verbatim: Slack reads the marks that are written here, and looks for no names or channels in the words.
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _pieces(escaped: str) -> Iterator[str]:
    """Part a long text between words, never inside an escaped sign."""
    rest = escaped.strip()
    while len(rest) > limits.TEXT:
        end = max(rest.rfind(" ", 0, limits.TEXT), rest.rfind("\n", 0, limits.TEXT))
        if end < limits.TEXT // 2:
            end = limits.TEXT
            amp = rest.rfind("&", end - 4, end)
            end = amp if amp >= 0 and ";" not in rest[amp:end] else end
        yield rest[:end]
        rest = rest[end:].strip()
    if rest:
        yield rest


def _head(reply: Reply, bare: Escaping | None) -> list[Json]:
    sign, title = SIGNS[reply.tone], one_line(reply.title)
    if not title:
        opener = paragraphs(reply.text)[:1]
        shaped = bool(opener) and opener[0].startswith(("```", "> ", "•"))
        return [*(_lines([sign.strip()], None) if shaped else ()), *sections(reply.text, bare, "" if shaped else sign)]
    words = escape(title)
    fitting = next((words for words in (f"{sign}{words}", words) if len(words) <= limits.HEADER), "")
    if not fitting:
        return [*plain_sections(f"{sign}{title}", bare or escape), *sections(reply.text, bare)]
    header = {"type": "header", "text": {"type": "plain_text", "text": fitting, "emoji": False}}
    return [header, *sections(reply.text, bare)]


def _field(field: Field, bare: Escaping | None) -> list[Json]:
    name = one_line(field.name)
    drawn = "\n\n".join(paragraphs(field.value))
    text = f"*{safe(name, '*')}*\n{drawn}" if name else drawn
    if bare or len(text) > limits.TEXT:
        return plain_sections(f"{name}\n{aloud(field.value)}", bare or escape)
    return [section(_mrkdwn(text))] if text.strip() else []


def _field_words(field: Field) -> str:
    name, value = one_line(field.name), aloud(field.value)
    return f"{name}:{chr(10) if value.startswith('- ') else ' '}{value}" if name and value else name or value


def _lines(lines: Sequence[str], bare: Escaping | None) -> list[Json]:
    text = "\n".join(line for line in lines if line)
    return plain_sections(text, bare or escape)


def _progress(bar: Progress, drawn: bool) -> str:
    if not drawn:
        return progress_words(bar)
    share = min(1.0, max(0.0, bar.done / bar.total)) if bar.total else 0.0
    filled = round(_BAR * share)
    return f"{'▰' * filled}{'▱' * (_BAR - filled)}  {progress_words(bar)}"


def _image(image: Image, picture: str, bare: Escaping | None) -> list[Json]:
    if not picture:
        return _lines([_picture_words(image)], bare)
    alt = one_line(image.alt) or "A picture."
    alt = alt if len(alt) <= limits.ALT else f"{alt[: limits.ALT - 1]}…"
    return [{"type": "image", "slack_file": {"id": picture}, "alt_text": alt}]


def _picture_words(image: Image) -> str:
    return f"Picture: {one_line(image.alt)}"


def _file_words(files: Sequence[File]) -> str:
    names = [one_line(file.name) for file in files]
    # The file itself keeps its whole name.
    short = [name if len(name) <= _FILE_NAME else f"{name[:_FILE_NAME]}…" for name in names]
    return f"{'Files' if len(short) > 1 else 'File'}: {', '.join(short)}" if short else ""


def _footer(footer: Markdown, bare: Escaping | None) -> list[Json]:
    drawn = "\n".join(paragraphs(footer))
    if not drawn:
        return []
    if bare or len(drawn) > limits.TEXT:
        words = [one["text"] for one in plain_sections(aloud(footer), bare or escape)]
        return [{"type": "context", "elements": words}] if words else []
    return [{"type": "context", "elements": [_mrkdwn(drawn)]}]


def _row(row: Row, number: int) -> list[Json]:
    if isinstance(row, Select):
        return [{"type": "actions", "elements": [_select(row)]}]
    usable = [one for one in row if not one.url or (opens(one.url) and len(one.url) <= limits.URL)]
    lost = [f"The link of “{one_line(one.label)}” cannot be opened from Slack." for one in row if one not in usable]
    buttons = [_button(one, f"link:{number}.{place}") for place, one in enumerate(usable)]
    return [*([{"type": "actions", "elements": buttons}] if buttons else ()), *_lines(lost, None)]


def _button(button: Button, name: str) -> Json:
    drawn: Json = {"type": "button", "text": label(button.label, limits.BUTTON), "action_id": button.token or name}
    drawn |= {"url": button.url} if button.url else {"value": button.token}
    if button.style is not Style.NORMAL:
        drawn["style"] = button.style.value
    return drawn


def _select(select: Select) -> Json:
    options = [option(one) for one in select.options]
    drawn: Json = {"type": "static_select", "action_id": select.token, "options": options}
    if one_line(select.placeholder):
        drawn["placeholder"] = label(select.placeholder, limits.PLACEHOLDER)
    chosen = next((drawn for drawn, one in zip(options, select.options, strict=True) if one.chosen), None)
    return drawn | ({"initial_option": chosen} if chosen else {})


def option(one: Option) -> Json:
    """Draw one line of a select."""
    drawn: Json = {"text": label(one.label, limits.OPTION), "value": one.value}
    return drawn | ({"description": label(one.description, limits.OPTION)} if one_line(one.description) else {})
