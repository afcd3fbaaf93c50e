"""Write one of our example lines as somebody on Discord would: a command with its options."""

from __future__ import annotations

from typing import Any, Protocol

from bot.core.cmdline import assign
from bot.core.declare import Command
from bot.core.params import Kind, Param
from bot.core.registry import Registry
from tests.fakes.discord import delivering
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.heard import Heard, hear
from tests.fakes.discord.people import Member


class Around(Protocol):
    """A server, where members and channels are known by name."""

    def member(self, name: str, /) -> Any:
        """Return somebody."""

    def channel(self, name: str, /) -> Any:
        """Return a channel."""


def slash_of(command: Command, registry: Registry) -> str:
    """Say a command as Discord lists it; beside its own subcommands it is called `show`."""
    has_others = any(one.words.startswith(f"{command.words} ") for one in registry.commands)
    return f"/{command.words}{' show' if has_others else ''}"


def options_of(command: Command, example: str, guild: Around) -> dict[str, Any]:
    """Give the words behind a command their options."""
    given = assign(example[len(command.words) :], command.params, command.words)
    kinds = {param.name: param for param in command.params}
    return {name: _value(kinds[name], str(value), guild) for name, value in given.items()}


def _value(param: Param, typed: str, guild: Around) -> Any:
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


async def sends(member: Member, channel: Channel, kind: int, data: dict[str, Any], on: Heard | None = None) -> Heard:
    """Do something that no client would offer, as an old message or an old client does."""
    source = on.message if on else None
    return await hear(member, delivering.deliver(member, channel, kind, data, source))
