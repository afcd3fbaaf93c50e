"""What a declaration has to keep, so that no platform refuses it later. Each finding names the place and the cure."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from bot.core import limits
from bot.core.cmdline import assign
from bot.core.declare import Command, Form, Route
from bot.core.errors import UserError
from bot.core.params import Kind, Param
from bot.core.values import BadValue, Today, read, write

WORD = re.compile(r"[a-z][a-z0-9-]{0,31}")
NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")
ROUTE = re.compile(r"[a-z][a-z0-9-]*(\.[a-z0-9-]+)*")
DESCRIPTION, ROUTE_SIZE, PARAMS, GROUP, TOP = 100, 40, 25, 25, 100
SHORTCUT, SHORTCUTS = 24, 5
GROUP_SIZE = 8000
_ANY_DAY = Today(date(2024, 2, 29))
_NUMERIC = (Kind.INTEGER, Kind.NUMBER)


def review(routes: Sequence[Route]) -> list[str]:
    """List everything that is wrong with these declarations."""
    found = [f"{route.where}: {problem}" for route in routes for problem in _route(route)]
    found += _twice(routes)
    commands = [route for route in routes if isinstance(route, Command)]
    found += _groups(commands)
    found += _shortcuts(commands)
    return found


def _shortcuts(commands: list[Command]) -> Iterator[str]:
    declared = [(command, one) for command in commands for one in command.shortcuts]
    for command, one in declared:
        unknown = {one.param, *one.given} - {param.name for param in command.params}
        if unknown:
            names = ", ".join(sorted(unknown))
            yield f"{command.where}: the shortcut {one.label!r} fills {names}, which is no parameter of it."
        if not 1 <= len(one.label) <= SHORTCUT:
            yield f"{command.where}: the shortcut {one.label!r} has to have 1 to {SHORTCUT} characters."
    for label, times in Counter(one.label for _, one in declared).items():
        if times > 1:
            yield f"{times} shortcuts are called {label!r}; rename all but one."
    for on, times in Counter(one.on for _, one in declared).items():
        if times > SHORTCUTS:
            yield f"{times} shortcuts on a {on}, {SHORTCUTS} at most; drop some."


def _twice(routes: Sequence[Route]) -> Iterator[str]:
    for name, times in Counter(route.name for route in routes).items():
        if times > 1:
            places = " and ".join(route.where for route in routes if route.name == name)
            yield f"{places}: both are called {name!r}; rename one."


def _groups(commands: list[Command]) -> Iterator[str]:
    names = {command.words for command in commands}
    for base in sorted(name for name in names if f"{name} show" in names):
        yield f"/{base}: beside its subcommands it appears as '/{base} show' on some platforms; rename '/{base} show'."
    tops = Counter(command.words.split()[0] for command in commands)
    if len(tops) > TOP:
        yield f"{len(tops)} first words of commands, {TOP} at most; put some into groups."
    for top in tops:
        members = [command for command in commands if command.words.split()[0] == top]
        if len(members) > GROUP:
            yield f"/{top}: {len(members)} commands in one group, {GROUP} at most; split the group."
        size = sum(_size(command) for command in members)
        if size > GROUP_SIZE:
            yield f"/{top}: names and descriptions have {size} characters together, {GROUP_SIZE} at most; shorten some."


def _size(command: Command) -> int:
    texts = [command.name, command.summary]
    for param in command.params:
        texts += [
            param.name,
            param.arg.description,
            *(choice.label + choice.value for choice in param.choices),
        ]
    return sum(map(len, texts))


def _route(route: Route) -> Iterator[str]:
    if not inspect.iscoroutinefunction(route.handler):
        yield "it is not async; write `async def`."
    if not ROUTE.fullmatch(route.name) or len(route.name) > ROUTE_SIZE:
        yield f"its name {route.name!r} does not fit; use small letters and '-' joined by '.', {ROUTE_SIZE} at most."
    if len(route.params) > PARAMS:
        yield f"{len(route.params)} parameters, {PARAMS} at most; make a form or a second command."
    yield from _order(route)
    for param in route.params:
        yield from (f"parameter {param.name}: {problem}" for problem in _param(route, param))
    match route:
        case Command():
            yield from _command(route)
        case Form():
            yield from _form(route)
        case _:
            pass


def _order(route: Route) -> Iterator[str]:
    optional = ""
    for param in route.params:
        if not param.required:
            optional = optional or param.name
        elif optional and isinstance(route, Command):
            yield f"parameter {param.name}: it is required but stands after the optional {optional}; move it forward."
    if sum(param.arg.rest for param in route.params) > 1:
        yield "two parameters take the rest of the line; only one can."


def _param(route: Route, param: Param) -> Iterator[str]:
    if not NAME.fullmatch(param.name):
        yield "its name does not fit; use small letters, digits and '_', 32 characters at most."
    if isinstance(route, Command) or (isinstance(route, Form) and param.asked):
        if not 1 <= len(param.arg.description) <= DESCRIPTION:
            yield f"describe it in 1 to {DESCRIPTION} characters: Annotated[..., Arg('...')]."
        if len(param.label) > limits.FORM_LABEL:
            yield f"its label has more than {limits.FORM_LABEL} characters; shorten it."
    elif param.kind is Kind.FILE:
        yield "a file cannot travel in a button; ask for it in a form."
    yield from _shape(param)
    if not param.required and param.default is not None:
        yield from _default(param)


def _shape(param: Param) -> Iterator[str]:
    arg = param.arg
    if len(param.choices) > limits.OPTIONS:
        yield f"{len(param.choices)} choices, {limits.OPTIONS} at most; use suggestions instead."
    if any(not 1 <= len(choice.label) <= limits.OPTION_LABEL for choice in param.choices):
        yield f"a choice has no words or more than {limits.OPTION_LABEL} characters; reword it."
    if arg.suggest and param.kind not in (Kind.TEXT, *_NUMERIC):
        yield f"suggestions are for text and numbers, not for a {param.kind}; drop them."
    if (arg.rest or arg.multiline or arg.max_length is not None) and param.kind is not Kind.TEXT:
        yield f"rest, multiline and max_length are for text, not for a {param.kind}; drop them."
    if (arg.minimum is not None or arg.maximum is not None) and param.kind not in _NUMERIC:
        yield f"minimum and maximum are for numbers, not for a {param.kind}; drop them."
    if arg.minimum is not None and arg.maximum is not None and arg.minimum > arg.maximum:
        yield f"its minimum {arg.minimum:g} is above its maximum {arg.maximum:g}; swap them."
    if arg.max_length is not None and not 1 <= arg.max_length <= limits.FORM_VALUE:
        yield f"max_length is to lie between 1 and {limits.FORM_VALUE}."


def _default(param: Param) -> Iterator[str]:
    try:
        read(param, write(param, param.default), _ANY_DAY)
    except (BadValue, TypeError):
        yield f"its default {param.default!r} is no value that it would accept; change one of them."


def _command(command: Command) -> Iterator[str]:
    words = command.words.split()
    if not 1 <= len(words) <= 3 or not all(WORD.fullmatch(word) for word in words):
        yield f"its name '/{command.words}' does not fit; use one to three words of small letters, digits and '-'."
    if not 1 <= len(command.summary) <= DESCRIPTION:
        yield f"its summary has {len(command.summary)} characters; write 1 to {DESCRIPTION}."
    if not command.section:
        yield "it has no section; say under which heading help lists it."
    for example in command.examples:
        yield from _example(command, example)


def _example(command: Command, example: str) -> Iterator[str]:
    if not f"{example} ".startswith(f"{command.words} "):
        yield f"example {example!r} does not begin with {command.words!r}."
        return
    try:
        given = assign(example[len(command.words) :], command.params, command.words)
        for param in command.params:
            if param.name in given:
                read(param, given[param.name], _ANY_DAY)
    except (UserError, BadValue) as error:
        yield f"example {example!r} does not work: {error}"


def _form(form: Form) -> Iterator[str]:
    if not 1 <= len(form.title) <= limits.FORM_TITLE:
        yield f"its title has {len(form.title)} characters; write 1 to {limits.FORM_TITLE}."
    if not 1 <= len(form.submit) <= limits.FORM_SUBMIT:
        yield f"its submit has {len(form.submit)} characters; write 1 to {limits.FORM_SUBMIT}."
    if not 1 <= len(form.fields) <= limits.FORM_FIELDS:
        yield f"{len(form.fields)} fields, allowed are 1 to {limits.FORM_FIELDS}; mark them with Arg or split it."
