"""An answer as JSON for the browser. Text goes out as a tree of words, so that nothing in it can become markup."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from adapters.web.entries import Entry
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
    parse,
)
from bot.core.params import Param
from bot.core.reply import Button, OpenForm, Reply, Row, Select
from bot.core.values import write

Json = dict[str, Any]
OPENS = ("https://", "http://", "mailto:")


def draw_entry(entry: Entry) -> Json:
    """Describe a message of a room."""
    return {
        "id": entry.id,
        "room": entry.room,
        "at": entry.at.isoformat(),
        "by": entry.by,
        "asked": entry.asked,
        "private": entry.is_private,
        "organisers": entry.for_organisers,
        "note": entry.is_note,
        "version": entry.version,
        "reply": draw_reply(entry.reply, f"/files/{entry.id}/{entry.version}") if entry.reply else None,
    }


def draw_reply(reply: Reply, address: str) -> Json:
    """Describe a reply; its picture and files lie under the address, numbered."""
    image, first = reply.image, 1 if reply.image else 0
    return {
        "title": reply.title,
        "text": words(reply.text),
        "fields": [{"name": one.name, "value": words(one.value)} for one in reply.fields],
        "progress": [{"label": one.label, "done": one.done, "total": one.total} for one in reply.progress],
        "image": {"url": f"{address}/0", "alt": image.alt, "name": image.name} if image else None,
        "files": [
            {"name": one.name, "url": f"{address}/{number}", "size": len(one.data)}
            for number, one in enumerate(reply.files, start=first)
        ],
        "rows": [_row(row) for row in reply.rows],
        "footer": words(reply.footer),
        "tone": reply.tone.value,
    }


def draw_form(form: OpenForm) -> Json:
    """Describe a form with what is filled in and what is to be mended."""
    return {
        "token": form.token,
        "title": form.title,
        "submit": form.submit,
        "fields": [_field(param, form) for param in form.fields],
        # What belongs to no field stands above them.
        "trouble": [text for name, text in form.errors.items() if name not in {one.name for one in form.fields}],
    }


def _field(param: Param, form: OpenForm) -> Json:
    default = "" if param.required or param.default in (None, "") else write(param, param.default)
    return {
        "name": param.name,
        "label": param.label,
        "kind": param.kind.value,
        "hint": param.arg.description,
        "placeholder": param.arg.placeholder,
        "default": default,
        "required": param.required,
        "multiline": param.arg.multiline,
        "most": param.arg.max_length,
        "suggests": param.arg.suggest is not None,
        "choices": [{"label": one.label, "value": one.value} for one in param.choices],
        "value": form.values.get(param.name, ""),
        "error": form.errors.get(param.name, ""),
    }


def _row(row: Row) -> Json:
    if isinstance(row, Select):
        options = [
            {"label": one.label, "value": one.value, "description": one.description, "chosen": one.chosen}
            for one in row.options
        ]
        return {"select": {"token": row.token, "placeholder": row.placeholder, "options": options}}
    return {"buttons": [_button(one) for one in row]}


def _button(button: Button) -> Json:
    target = {"url": button.url} if button.url.startswith("https://") else {"token": button.token}
    return {"label": button.label, "style": button.style.value, **target}


def words(markdown: str) -> list[Json]:
    """Read Markdown into a tree that the browser builds from text nodes alone."""
    return [_block(one) for one in parse(markdown)]


def _block(block: Block) -> Json:
    match block:
        case Paragraph(children):
            return {"is": "p", "of": _spans(children)}
        case CodeBlock(text):
            return {"is": "pre", "text": text}
        case Quote(children):
            return {"is": "blockquote", "of": [_block(one) for one in children]}
        case Items(items, start):
            listed = [{"is": "li", "of": [_block(one) for one in item]} for item in items]
            return {"is": "ul", "of": listed} if start is None else {"is": "ol", "start": start, "of": listed}


def _spans(spans: Sequence[Inline]) -> list[Json]:
    return [_span(one) for one in spans]


def _span(span: Inline) -> Json:
    match span:
        case Text(text):
            return {"is": "text", "text": text}
        case Code(text):
            return {"is": "code", "text": text}
        case Break():
            return {"is": "br"}
        case Strong(children):
            return {"is": "strong", "of": _spans(children)}
        case Emphasis(children):
            return {"is": "em", "of": _spans(children)}
        case ChannelName(key):
            return {"is": "text", "text": f"#{key}"}
        case Link(children, url):
            return {"is": "a", "url": url if url.lower().startswith(OPENS) else "", "of": _spans(children)}
