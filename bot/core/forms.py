"""Forms: opened by a button, made from a command that lacks arguments, and offered again after a mistake."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.clock import Clock
from bot.core import limits, tokens
from bot.core.bind import missing
from bot.core.calls import Answer
from bot.core.context import Ctx
from bot.core.declare import Command, Form, Route, action
from bot.core.errors import Outdated, UserError
from bot.core.markup import Markdown, bullets, join, md
from bot.core.params import Param, Upload
from bot.core.registry import Registry
from bot.core.reply import Button, FieldErrors, OpenForm, Reply, Row, Tone, Visibility
from bot.core.values import Raw, write
from bot.ports import Store, StoreError

log = logging.getLogger(__name__)

KEPT = timedelta(hours=12)


def open_with(route: Route, raw: Mapping[str, Raw]) -> OpenForm:
    """Open a route's form with what is known: fields filled in, the rest in its token."""
    title, submit = (route.title, route.submit) if isinstance(route, Form) else (_title(route), "Send")
    fields = _fields(route)
    names = {param.name for param in fields}
    state = {param.name: raw[param.name] for param in route.params if param.name in raw and param.name not in names}
    token = tokens.make(route.name, route.params, state)
    if len(token) > limits.TOKEN:  # of a button it would be forged; of a typed line it is what the form cannot show
        raise _too_much(route.words) if isinstance(route, Command) else Outdated
    return OpenForm(token, title, fields, submit, _filled(fields, raw))


def ask_for_missing(command: Command, raw: Mapping[str, Raw]) -> OpenForm:
    """Ask in a form for what a command needs, with what was typed filled in."""
    form = open_with(command, raw)
    lacking = {param.name for param in missing(command.params, raw)}
    if not lacking <= {param.name for param in form.fields}:
        raise _too_much(command.words)
    return form


def _too_much(words: str) -> UserError:
    return UserError(
        md(
            "This command asks for more than fits into one form. Type it in one line; {help:code} shows how.",
            help=f"/help {words}",
        )
    )


def _title(route: Route) -> str:
    words = f"/{route.name.replace('.', ' ')}"
    return words if len(words) <= limits.FORM_TITLE else "A few questions"


def _fields(route: Route) -> tuple[Param, ...]:
    """Choose the fields that fit, the required ones first."""
    ordered = sorted(route.fields, key=lambda param: not param.required)
    return tuple(ordered[: limits.FORM_FIELDS])


def _filled(fields: tuple[Param, ...], raw: Mapping[str, Raw]) -> dict[str, str]:
    values = {param.name: raw[param.name] for param in fields if param.name in raw}
    return {
        name: write(_named(fields, name), value)[: limits.FORM_VALUE]
        for name, value in values.items()
        if _is_text(value)
    }


def _named(fields: tuple[Param, ...], name: str) -> Param:
    return next(param for param in fields if param.name == name)


def _is_text(value: Raw) -> bool:
    return not isinstance(value, Upload)


@action("form.again", opens_form=True)
async def again(ctx: Ctx, key: str) -> OpenForm:
    """Open a form again, with everything that was typed."""
    text = await ctx.store.stash.get(key)
    if text is None:
        raise UserError(md("I kept what you typed for twelve hours, and that time is over. Please start again."))
    kept = json.loads(text)
    name, parts = tokens.take_apart(kept["token"])
    route = ctx.services.get(Registry).route(name)
    form = open_with(route, {**tokens.state_of(route.params, parts), **kept["values"]})
    return replace(form, errors=kept["errors"])


async def as_message(answer: Answer, store: Store, clock: Clock) -> Answer:
    """Turn a form into a message with a button that opens it, for where a form cannot come now."""
    match answer.outcome:
        case FieldErrors(form):
            label, lead, tone = "Try again", _what_to_mend(form), Tone.WARNING
        case OpenForm() as form:
            label, lead, tone = "Open the form", md("There is one more thing to fill in."), Tone.NEUTRAL
        case _:
            return answer
    rows: tuple[Row, ...] = ()
    try:
        rows = ((await _button_back(label, form, store, clock),),)
    except StoreError:
        log.exception("A form could not be kept.")
        lead = join([lead, md("I could not keep the form for you, so please start again.")], "\n\n")
    return replace(answer, outcome=Reply(lead, rows=rows, tone=tone), visibility=Visibility.PRIVATE)


async def _button_back(label: str, form: OpenForm, store: Store, clock: Clock) -> Button:
    kept = json.dumps({"token": form.token, "values": dict(form.values), "errors": dict(form.errors)})
    return again.button(label, key=await store.stash.put(kept, until=clock.now() + KEPT))


def _what_to_mend(form: OpenForm) -> Markdown:
    labels = {param.name: param.label for param in form.fields}
    found = [
        md("**{label}**: {problem}", label=labels.get(name, name), problem=text) for name, text in form.errors.items()
    ]
    return join([md("Almost there. Please mend this:"), bullets(found)], "\n\n")
