"""Find what a call is meant for, and the raw arguments that came with it."""

from __future__ import annotations

from bot.core import tokens
from bot.core.calls import Call, Chosen, Pressed, Typed
from bot.core.cmdline import assign
from bot.core.declare import Command, Form, Route
from bot.core.errors import Outdated, UnknownCommand, Unreadable
from bot.core.help import usage
from bot.core.markup import Markdown, md
from bot.core.params import Kind, Param
from bot.core.registry import Registry
from bot.core.values import Raw

Found = tuple[Route, dict[str, Raw]]


def resolve(call: Call, registry: Registry) -> Found:
    """Return the route and its raw arguments, or raise a `UserError` that says what to do."""
    match call.target:
        case Typed():
            return _typed(call.target, registry)
        case Chosen():
            return _chosen(call.target, registry)
        case Pressed():
            return _pressed(call.target, registry)


def _typed(typed: Typed, registry: Registry) -> Found:
    line = typed.line.strip()
    command, rest = registry.match(line.removeprefix("/").strip())
    given: dict[str, Raw] = {}
    given.update(assign(rest, command.params, usage(command)))
    wanted = _file_params(command)
    for param, upload in zip(wanted, typed.files, strict=False):
        given.setdefault(param.name, upload)
    if len(typed.files) > len(wanted):
        raise Unreadable(_too_many_files(command, typed.files[len(wanted)].name))
    return command, given


def _too_many_files(command: Command, name: str) -> Markdown:
    what = usage(command)
    return md(
        "I don't know what to do with the file {name:code} here. Write it like this: {usage:code}",
        name=name[:60],
        usage=what,
    )


def _file_params(command: Command) -> list[Param]:
    return [param for param in command.params if param.kind is Kind.FILE]


def _chosen(chosen: Chosen, registry: Registry) -> Found:
    command = registry.command(chosen.command)
    if command is None:
        name = f"/{chosen.command[:60]}"
        raise UnknownCommand(
            md(
                "{name:code} is not a command of mine any more. Type {help:code} to see what I can do.",
                name=name,
                help="/help",
            )
        )
    known = {param.name for param in command.params}
    return command, {name: value for name, value in chosen.args.items() if name in known}


def _pressed(pressed: Pressed, registry: Registry) -> Found:
    name, parts = tokens.take_apart(pressed.token)
    route = registry.route(name)
    raw: dict[str, Raw] = {}
    raw.update(tokens.state_of(route.params, parts))
    if pressed.picked:
        raw[_open_param(route, raw).name] = pressed.picked[0]
    fields = {param.name for param in route.fields} if isinstance(route, Form | Command) else set()
    raw.update({field: value for field, value in pressed.fields.items() if field in fields})
    return route, raw


def _open_param(route: Route, raw: dict[str, Raw]) -> Param:
    """A select fills the one required parameter that its token leaves open."""
    for param in route.params:
        if param.required and param.name not in raw:
            return param
    raise Outdated
