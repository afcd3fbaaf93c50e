"""Show an answer as plain text: for `say`, for a pipe, for a screen reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.calls import Answer
from bot.core.markup import clean, plain
from bot.core.params import Kind, Param
from bot.core.reply import Button, Field, FieldErrors, OpenForm, Progress, Reply, Row, Select, Update, Visibility
from bot.core.values import write

BAR = 20


@dataclass(frozen=True, slots=True)
class Control:
    """Something that can be pressed here: a button, or one line of a select."""

    label: str
    token: str = ""
    picked: tuple[str, ...] = ()
    url: str = ""


def shown(text: str) -> str:
    """Drop what a terminal would obey instead of show; names and titles may hold what a member typed."""
    return clean(text).replace("\r", "")


def controls(rows: Sequence[Row]) -> list[Control]:
    """List everything that can be pressed, in the order in which it is numbered."""
    found: list[Control] = []
    for row in rows:
        if isinstance(row, Select):
            found += [Control(option.label, row.token, (option.value,)) for option in row.options]
        else:
            found += [Control(button.label, button.token, url=button.url) for button in row]
    return found


def reply_of(answer: Answer) -> Reply | None:
    """Return the message of an answer, if it is one."""
    match answer.outcome:
        case Update(reply) | (Reply() as reply):
            return reply
        case _:
            return None


def form_of(answer: Answer) -> OpenForm | None:
    """Return the form of an answer, if it is one."""
    match answer.outcome:
        case FieldErrors(form) | (OpenForm() as form):
            return form
        case _:
            return None


def mark(visibility: Visibility) -> str:
    """Say who sees an answer."""
    return "only you see this" if visibility is Visibility.PRIVATE else "everybody here sees this"


def text_of(answer: Answer, saved: Mapping[str, str]) -> str:
    """Write an answer as plain text."""
    match answer.outcome:
        case Update(reply) | (Reply() as reply):
            notes = [f"A word for you: {plain(note)}" for note in answer.notes]
            return shown("\n\n".join([_reply_text(reply, answer.visibility, saved), *notes]))
        case FieldErrors(form) | (OpenForm() as form):
            return shown(form_text(form))


def _reply_text(reply: Reply, visibility: Visibility, saved: Mapping[str, str]) -> str:
    parts = [f"{reply.title} ({mark(visibility)})" if reply.title else f"({mark(visibility)})"]
    parts.append(plain(reply.text))
    parts += [_field_text(field) for field in reply.fields]
    parts.append("\n".join(progress_text(bar) for bar in reply.progress))
    if reply.image is not None:
        parts.append(f"Picture: {saved.get(reply.image.name, reply.image.name)}\n{reply.image.alt}")
    parts += [f"File: {saved.get(one.name, one.name)}" for one in reply.files]
    parts += rows_text(reply.rows)
    parts.append(plain(reply.footer))
    return "\n\n".join(filter(None, parts))


def _field_text(field: Field) -> str:
    value = plain(field.value)
    return f"{field.name}:\n{value}" if value.startswith("- ") else f"{field.name}: {value}"


def progress_text(bar: Progress) -> str:
    """Draw a bar in letters, with its numbers."""
    share = bar.done / bar.total if bar.total else 0.0
    filled = round(BAR * min(1.0, max(0.0, share)))
    return f"{bar.label}: [{'#' * filled}{'.' * (BAR - filled)}] {bar.done} of {bar.total}"


def rows_text(rows: Sequence[Row]) -> list[str]:
    """Write buttons and selects as numbers to type."""
    lines, number = [], 1
    for row in rows:
        if isinstance(row, Select):
            options = [
                f"  {number + n}  {option.label}{' (chosen)' * option.chosen}" for n, option in enumerate(row.options)
            ]
            lines.append("\n".join([f"{row.placeholder}:", *options]))
            number += len(row.options)
        else:
            lines.append("   ".join(_button(number + n, button) for n, button in enumerate(row)))
            number += len(row)
    return lines


def _button(number: int, button: Button) -> str:
    return f"[{number}] {button.label}{f': {button.url}' if button.url else ''}"


def form_text(form: OpenForm) -> str:
    """Write a form: what it asks, and what is wrong so far."""
    lines = [f"{form.title} (a form)"]
    for param in form.fields:
        lines.append(field_text(param, form))
    return "\n".join(lines)


def field_text(param: Param, form: OpenForm) -> str:
    """Write one field of a form."""
    hints = [param.arg.description]
    if param.kind is Kind.CHOICE:
        hints.append("one of " + ", ".join(choice.value for choice in param.choices))
    if not param.required:
        hints.append(f"{write(param, param.default)} if left out" if param.default not in (None, "") else "optional")
    typed = f" = {form.values[param.name]}" if form.values.get(param.name) else ""
    error = f"\n      {form.errors[param.name]}" if param.name in form.errors else ""
    return f"  {param.name}{typed}: {'; '.join(hints)}{error}"
