"""A reply as JSON: what `say --json` prints, and how an answer is kept for a second delivery."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from functools import lru_cache
from typing import Any

from bot.core.calls import Answer, Status
from bot.core.markup import Markdown, plain
from bot.core.memo import Memo
from bot.core.params import Param
from bot.core.reply import (
    Button,
    Field,
    FieldErrors,
    File,
    Image,
    OpenForm,
    Option,
    Outcome,
    Progress,
    Reply,
    Row,
    Select,
    Style,
    Tone,
    Update,
    Visibility,
)

Json = dict[str, Any]


def show(answer: Answer) -> Json:
    """Describe an answer neutrally: everything a platform would draw, and nothing about how."""
    about: Json = {
        "kind": _kind(answer.outcome),
        "status": answer.status.value,
        "visibility": answer.visibility.value,
    }
    if answer.incident:
        about["incident"] = answer.incident
    if answer.notes:
        about["notes"] = list(answer.notes)
    match answer.outcome:
        case OpenForm() as form:
            return about | _show_form(form)
        case FieldErrors(form):
            return about | _show_form(form)
        case Update(reply) | (Reply() as reply):
            return about | _show_reply(reply) | {"plain": plain(reply.text)}


def _kind(outcome: Outcome) -> str:
    names: dict[type, str] = {Reply: "reply", Update: "update", OpenForm: "form", FieldErrors: "field-errors"}
    return names[type(outcome)]


def _show_reply(reply: Reply) -> Json:
    return {
        "title": reply.title,
        "text": reply.text,
        "fields": [{"name": one.name, "value": one.value} for one in reply.fields],
        "progress": [{"label": one.label, "done": one.done, "total": one.total} for one in reply.progress],
        "image": {"name": reply.image.name, "alt": reply.image.alt} if reply.image else None,
        "files": [{"name": one.name, "media_type": one.media_type, "size": len(one.data)} for one in reply.files],
        "rows": [_show_row(row) for row in reply.rows],
        "footer": reply.footer,
        "tone": reply.tone.value,
    }


def _show_row(row: Row) -> Json:
    if isinstance(row, Select):
        return {
            "select": {
                "placeholder": row.placeholder,
                "token": row.token,
                "options": [_option(o) for o in row.options],
            }
        }
    return {"buttons": [_button(button) for button in row]}


def _button(button: Button) -> Json:
    target = {"url": button.url} if button.url else {"token": button.token}
    return {"label": button.label, **target, "style": button.style.value}


def _option(option: Option) -> Json:
    return {
        "label": option.label,
        "value": option.value,
        "description": option.description,
        "chosen": option.chosen,
    }


def _show_form(form: OpenForm) -> Json:
    return {
        "title": form.title,
        "submit": form.submit,
        "token": form.token,
        "form": [_show_field(param, form) for param in form.fields],
        "errors": dict(form.errors),
    }


def _show_field(param: Param, form: OpenForm) -> Json:
    return {
        "name": param.name,
        "label": param.label,
        "description": param.arg.description,
        "kind": param.kind.value,
        "required": param.required,
        "multiline": param.arg.multiline,
        "choices": [{"label": one.label, "value": one.value} for one in param.choices],
        "value": form.values.get(param.name, ""),
    }


def keep(answer: Answer) -> str | None:
    """Write an answer down for a second delivery. A form is not kept: nothing was done yet, so it opens anew."""
    match answer.outcome:
        case Update(reply) | (Reply() as reply):
            return _written(answer, reply)
        case _:
            return None


def _written(answer: Answer, reply: Reply) -> str:
    update = isinstance(answer.outcome, Update)
    head = _head(update, answer.visibility.value, answer.status.value, answer.incident)
    return f'{head[:-1]},"notes":{_compact(answer.notes)},"reply":{_known(reply)}}}'


@lru_cache(maxsize=64)
def _head(update: bool, visibility: str, status: str, incident: str) -> str:
    """Write what goes before anybody's words; it is the same for most answers."""
    return _compact({"update": update, "visibility": visibility, "status": status, "incident": incident})


# In ASCII, because half a character (some platform may send one) cannot be stored as it is.
_compact = json.JSONEncoder(separators=(",", ":")).encode


def _contents(reply: Reply) -> Json:
    return {
        "image": reply.image and [reply.image.name, _b64(reply.image.data), reply.image.alt],
        "files": [[one.name, _b64(one.data), one.media_type] for one in reply.files],
        "visibility": reply.visibility,
    }


_known = Memo(lambda reply: _compact(_show_reply(reply) | _contents(reply)))


def _b64(data: bytes) -> str:
    return b64encode(data).decode()


def restore(text: str) -> Answer:
    """Read an answer that was kept."""
    kept = json.loads(text)
    reply = _reply(kept["reply"])
    outcome = Update(reply) if kept["update"] else reply
    notes = tuple(map(Markdown, kept["notes"]))
    return Answer(outcome, Visibility(kept["visibility"]), Status(kept["status"]), kept["incident"], notes)


def _reply(data: Json) -> Reply:
    image = data["image"]
    return Reply(
        text=Markdown(data["text"]),
        title=data["title"],
        fields=tuple(Field(one["name"], Markdown(one["value"])) for one in data["fields"]),
        progress=tuple(Progress(**one) for one in data["progress"]),
        image=Image(image[0], b64decode(image[1]), image[2]) if image else None,
        files=tuple(File(name, b64decode(body), media) for name, body, media in data["files"]),
        rows=tuple(_row(row) for row in data["rows"]),
        footer=Markdown(data["footer"]),
        tone=Tone(data["tone"]),
        visibility=data["visibility"] and Visibility(data["visibility"]),
    )


def _row(data: Json) -> Row:
    if "select" in data:
        one = data["select"]
        return Select(one["token"], tuple(Option(**option) for option in one["options"]), one["placeholder"])
    return tuple(
        Button(one["label"], one.get("token", ""), one.get("url", ""), Style(one["style"])) for one in data["buttons"]
    )
