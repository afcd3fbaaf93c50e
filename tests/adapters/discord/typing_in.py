"""Write one of our example lines as somebody on Discord would: a command with its options."""

from __future__ import annotations

from typing import Any

from bot.core.cmdline import assign
from bot.core.declare import Command
from bot.core.params import Kind, Param
from bot.core.registry import Registry
from tests.fakes.discord.guilds import Guild


def slash_of(command: Command, registry: Registry) -> str:
    """Say a command as Discord lists it; beside its own subcommands it is called `show`."""
    has_others = any(one.words.startswith(f"{command.words} ") for one in registry.commands)
    return f"/{command.words}{' show' if has_others else ''}"


def options_of(command: Command, example: str, guild: Guild) -> dict[str, Any]:
    """Give the words behind a command their options."""
    given = assign(example[len(command.words) :], command.params, command.words)
    kinds = {param.name: param for param in command.params}
    return {name: _value(kinds[name], str(value), guild) for name, value in given.items()}


def _value(param: Param, typed: str, guild: Guild) -> Any:
    match param.kind:
        case Kind.INTEGER if param.arg.suggest is None:
            return int(typed)
        case Kind.NUMBER if param.arg.suggest is None:
            return float(typed)
        case Kind.FLAG:
            return typed == "yes"
        case Kind.MEMBER:
            return guild.member(typed.removeprefix("@"))
        case Kind.CHANNEL:
            return guild.channel(typed.removeprefix("#"))
        case _:
            return typed
