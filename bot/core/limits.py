"""The smallest limit of all platforms, and what happens to a reply that is over one of them.

Nothing is cut silently. In tests a reply over a limit fails; in production it is logged and said in plain text,
with the whole of a text that is too long as a file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from bot.core import tokens
from bot.core.markup import Markdown, join, md, plain
from bot.core.memo import Memo
from bot.core.reply import File, Image, OpenForm, Outcome, Reply, Row, Select, Update

TOKEN = 100
LABEL = 34
BUTTONS_IN_ROW = 5
ROWS = 5
OPTIONS = 25
OPTION_LABEL = 75
OPTION_VALUE = 100
PLACEHOLDER = 100
TITLE = 150
TEXT = 2800
FIELDS = 10
FIELD_NAME = 100
FIELD_VALUE = 1000
FOOTER = 300
WHOLE = 3800
FILES = 5
ALT = 1000
FORM_TITLE = 24
FORM_SUBMIT = 24
FORM_FIELDS = 5
FORM_LABEL = 45
FORM_VALUE = 3000


Problems = tuple[str, ...]


class OverLimit(Exception):
    """A reply that some platform would refuse."""


def problems(outcome: Outcome) -> list[str]:
    """List everything that some platform would refuse."""
    match outcome:
        case Update(reply) | (Reply() as reply):
            return list(_known(reply))
        case OpenForm():
            return list(_form(outcome))
        case _:
            return list(_form(outcome.form))


def _reply(reply: Reply) -> Iterator[str]:
    yield from _over("title", reply.title, TITLE)
    yield from _over("text", reply.text, TEXT)
    yield from _over("footer", reply.footer, FOOTER)
    everything = whole(reply)
    if not everything.strip():
        yield "the reply says nothing"
    yield from _over("all texts together", everything, WHOLE)
    yield from _count("fields", len(reply.fields), FIELDS)
    yield from _count("files", len(reply.files), FILES)
    yield from _count("rows", len(reply.rows), ROWS)
    for field in reply.fields:
        yield from _over("a field's name", field.name, FIELD_NAME)
        yield from _over(f"field {field.name}", field.value, FIELD_VALUE)
        if not field.name or not field.value:
            yield "a field with an empty name or value"
    for row in reply.rows:
        yield from _row(row)
    yield from (f"two controls carry the token {token}" for token in _twice(reply))
    if reply.image is not None:
        yield from _over("the picture's alternative text", reply.image.alt, ALT)
        if not reply.image.alt:
            yield "a picture without alternative text"


_known = Memo(lambda reply: tuple(_reply(reply)))


def _row(row: Row) -> Iterator[str]:
    if isinstance(row, Select):
        yield from _token(row.token)
        yield from _over("placeholder", row.placeholder, PLACEHOLDER)
        yield from _count("options", len(row.options), OPTIONS, least=1)
        yield from (f"two options have the value {value}" for value in _repeated(one.value for one in row.options))
        for option in row.options:
            yield from _over("an option's label", option.label, OPTION_LABEL, least=1)
            yield from _over("an option's value", option.value, OPTION_VALUE, least=1)
            yield from _over("an option's description", option.description, OPTION_LABEL)
        return
    yield from _count("buttons in a row", len(row), BUTTONS_IN_ROW, least=1)
    for button in row:
        yield from _over(f"label of button {button.label!r}", button.label, LABEL, least=1)
        if bool(button.token) == bool(button.url):
            yield f"button {button.label!r} needs a token or an address, one of them"
        if button.token:
            yield from _token(button.token)
        elif not button.url.startswith("https://"):
            yield f"button {button.label!r} leads to an address that is not https"


def _form(form: OpenForm) -> Iterator[str]:
    yield from _token(form.token)
    yield from _over("form title", form.title, FORM_TITLE, least=1)
    yield from _over("form submit", form.submit, FORM_SUBMIT, least=1)
    yield from _count("form fields", len(form.fields), FORM_FIELDS, least=1)
    for name, value in form.values.items():
        yield from _over(f"value of field {name}", value, FORM_VALUE)


# Asked some twenty times about each reply, and nearly always there is nothing: that makes no generator.
def _token(token: str) -> Problems:
    if tokens.size(token) <= TOKEN:
        return ()
    return (f"token of {tokens.size(token)} characters, {TOKEN} at most: {token[:40]}…",)


def _over(what: str, text: str, most: int, least: int = 0) -> Problems:
    if least <= len(text) <= most:
        return ()
    return (f"{what} has {len(text)} characters, allowed are {least} to {most}",)


def _count(what: str, count: int, most: int, least: int = 0) -> Problems:
    if least <= count <= most:
        return ()
    return (f"{count} {what}, allowed are {least} to {most}",)


def _twice(reply: Reply) -> list[str]:
    rows = reply.rows
    return _repeated(
        token
        for row in rows
        for token in ([row.token] if isinstance(row, Select) else [b.token for b in row if b.token])
    )


def _repeated(values: Iterator[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]


def whole(reply: Reply) -> str:
    """Join every text that a reply shows; platforms count them together."""
    fields = [f"{field.name}\n{field.value}" for field in reply.fields]
    return "\n".join(filter(None, [reply.title, reply.text, *fields, *_bars(reply), reply.footer]))


def degrade(reply: Reply) -> Reply:
    """Say in plain text what does not fit: controls as words, a long text as a file with its beginning above."""
    rows = tuple(row for row in reply.rows if not list(_row(row)))[:ROWS]
    if _twice(replace(reply, rows=rows)):
        rows = ()
    lost = [_words(row) for row in reply.rows if row not in rows] + [file.name for file in reply.files[FILES:]]
    note = md("Some things did not fit here: {lost}.", lost=", ".join(lost)) if lost else Markdown("")
    short = replace(
        reply,
        rows=rows,
        files=reply.files[:FILES],
        image=_described(reply.image),
        text=join(filter(None, [reply.text, note]), "\n\n"),
    )
    return short if not list(_reply(short)) else _as_file(short)


def _words(row: Row) -> str:
    if isinstance(row, Select):
        options = [f"{one.label} ({one.description})" if one.description else one.label for one in row.options]
        return f"{row.placeholder}: {', '.join(options)}"
    return ", ".join(f"{one.label} ({one.url})" if one.url else one.label for one in row)


def _described(image: Image | None) -> Image | None:
    if image is None or 1 <= len(image.alt) <= ALT:
        return image
    return replace(image, alt=f"{image.alt[: ALT - 1]}…" if image.alt else f"A picture, {image.name}."[:ALT])


def _as_file(reply: Reply) -> Reply:
    text = _plain_of(reply)
    if not text:
        return replace(reply, text=md("There is nothing to show here."), title="", fields=(), footer=Markdown(""))
    kept = reply.files[: FILES - 1]
    left_out = [f"This file did not fit: {one.name}" for one in reply.files[FILES - 1 :]]
    everything = File("answer.txt", "\n\n".join([text, *left_out]).encode(), "text/plain; charset=utf-8")
    lead = md("This answer does not fit into one message. All of it is in the attached file.")
    first = plain(reply.text).strip()[:300]
    return Reply(
        text=join([lead, md("{first}…", first=first)], "\n\n") if first else lead,
        title=reply.title if len(reply.title) <= TITLE else "",
        image=reply.image,
        files=(everything, *kept),
        rows=reply.rows,
        tone=reply.tone,
        visibility=reply.visibility,
    )


def _plain_of(reply: Reply) -> str:
    fields = [f"{field.name}\n{plain(field.value)}".strip() for field in reply.fields]
    return "\n\n".join(filter(None, [reply.title, plain(reply.text), *fields, *_bars(reply), plain(reply.footer)]))


def _bars(reply: Reply) -> list[str]:
    return [f"{bar.label} {bar.done}/{bar.total}" for bar in reply.progress]
