"""A slash command as a member types it: found among those offered, with values of the right kinds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from tests.fakes.discord.channels import DM, Channel
from tests.fakes.discord.command_rules import (
    BOOLEAN,
    CHANNEL,
    FILE,
    GROUP,
    INTEGER,
    MENTIONABLE,
    NUMBER,
    ROLE,
    SLASH,
    STRING,
    SUBCOMMAND,
    USER,
)
from tests.fakes.discord.permissions import NAMED
from tests.fakes.discord.resolved import NotOffered, Resolved

if TYPE_CHECKING:
    from tests.fakes.discord.people import Member

IN_GUILD, IN_DM = 0, 1
LONGEST_TEXT = 6000
Command = dict[str, Any]
Option = dict[str, Any]


def offered(member: Member, channel: Channel, name: str, kind: int = SLASH) -> Command:
    """Return the command of this name, if the member sees it here."""
    everything = member.world.commands.offered(channel.guild.id if channel.guild else "")
    for one in everything:
        if one["name"] == name and one["type"] == kind:
            _check_offered(one, member, channel)
            return one
    raise NotOffered(f"There is no {name!r}, only {sorted(one['name'] for one in everything if one['type'] == kind)}.")


def typed(member: Member, channel: Channel, line: str, values: Mapping[str, Any], *, typing: str = "") -> Command:
    """Return the data of an interaction. `typing`: the option that is being completed."""
    name, *deeper = line.removeprefix("/").split()
    command, resolved = offered(member, channel, name), Resolved(member.world, channel)
    chain, options = _descend(command, deeper)
    inner = _Typist(member, resolved, typing).options(options, values, line)
    for one in reversed(chain):
        inner = [{"name": one["name"], "type": one["type"], "options": inner}]
    data = {"id": command["id"], "name": command["name"], "type": SLASH, "options": inner}
    if command.get("guild_id"):
        data["guild_id"] = command["guild_id"]
    return resolved.around(data)


def _check_offered(command: Command, member: Member, channel: Channel) -> None:
    place = IN_DM if channel.kind == DM else IN_GUILD
    contexts = command.get("contexts")
    if (contexts is not None and place not in contexts) or (place == IN_DM and command.get("guild_id")):
        raise NotOffered(f"{command['name']} is not offered here.")
    needed = command["default_member_permissions"]
    if place == IN_GUILD and needed is not None:
        allowed = bool(member.permissions & NAMED["administrator"])
        if not allowed and (int(needed) == 0 or int(needed) & ~member.permissions):
            raise NotOffered(f"{command['name']} is not offered to {member.user.name}.")


def _descend(command: Command, words: list[str]) -> tuple[list[Option], list[Option]]:
    """Follow the words after the first one down to the options of a subcommand."""
    chain: list[Option] = []
    options: list[Option] = command.get("options") or []
    for word in words:
        found = [one for one in options if one["name"] == word and one["type"] in (SUBCOMMAND, GROUP)]
        if not found:
            raise NotOffered(f"{command['name']} has no {word!r}, only {[one['name'] for one in options]}.")
        chain.append(found[0])
        options = found[0].get("options") or []
    if any(one["type"] in (SUBCOMMAND, GROUP) for one in options):
        raise NotOffered(f"Say which: {[one['name'] for one in options]}.")
    return chain, options


class _Typist:
    """Fills options in, as a client lets a member do it."""

    def __init__(self, member: Member, resolved: Resolved, typing: str) -> None:
        self._member, self._resolved, self._typing = member, resolved, typing

    def options(self, options: list[Option], values: Mapping[str, Any], line: str) -> list[Option]:
        """Return what was typed, in the order in which it was typed."""
        known = {one["name"]: one for one in options}
        strangers = [name for name in values if name not in known]
        if strangers:
            raise NotOffered(f"{line} has no options {strangers}, only {list(known)}.")
        missing = [name for name, one in known.items() if one.get("required") and values.get(name) is None]
        if missing and not self._typing:
            raise NotOffered(f"{line} needs {missing}.")
        return [self._one(known[name], value) for name, value in values.items() if value is not None]

    def _one(self, option: Option, value: Any) -> Option:
        said = {"name": option["name"], "type": option["type"]}
        if self._typing == option["name"]:
            if not option.get("autocomplete"):
                raise NotOffered(f"{option['name']} is not completed.")
            return said | {"value": str(value), "focused": True}
        if option.get("choices"):
            return said | {"value": _chosen(option, value)}
        return said | {"value": KINDS[option["type"]](self, option, value)}

    def _text(self, option: Option, value: Any) -> str:
        if not isinstance(value, str) or "\n" in value:
            raise NotOffered(f"{option['name']} takes one line of text, not {value!r}.")
        if not option.get("min_length", 1) <= len(value) <= option.get("max_length", LONGEST_TEXT):
            raise NotOffered(f"{option['name']} does not take {len(value)} characters.")
        return value

    def _number(self, option: Option, value: Any) -> float:
        whole = option["type"] == INTEGER
        if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
            raise NotOffered(f"{option['name']} takes a number, not {value!r}.")
        if not option.get("min_value", float("-inf")) <= value <= option.get("max_value", float("inf")):
            raise NotOffered(f"{option['name']} does not go to {value}.")
        return value

    def _flag(self, option: Option, value: Any) -> bool:
        if not isinstance(value, bool):
            raise NotOffered(f"{option['name']} is true or false, not {value!r}.")
        return value

    def _person(self, option: Option, value: Any) -> str:
        return self._resolved.member(value)

    def _channel(self, option: Option, value: Any) -> str:
        kinds = option.get("channel_types")
        if kinds and value.kind not in kinds:
            raise NotOffered(f"{option['name']} takes channels of kinds {kinds}, not {value.kind}.")
        return self._resolved.channel(value, self._member.permissions)

    def _role(self, option: Option, value: Any) -> str:
        return self._resolved.role(value)

    def _someone(self, option: Option, value: Any) -> str:
        return self._resolved.member(value) if hasattr(value, "user") else self._resolved.role(value)

    def _file(self, option: Option, value: Any) -> str:
        return self._resolved.file(value)


def _chosen(option: Option, value: Any) -> Any:
    for one in option["choices"]:
        if value in (one["name"], one["value"]):
            return one["value"]
    raise NotOffered(f"{option['name']} has no choice {value!r}, only {[one['name'] for one in option['choices']]}.")


KINDS: dict[int, Callable[[_Typist, Option, Any], Any]] = {
    STRING: _Typist._text,
    INTEGER: _Typist._number,
    NUMBER: _Typist._number,
    BOOLEAN: _Typist._flag,
    USER: _Typist._person,
    CHANNEL: _Typist._channel,
    ROLE: _Typist._role,
    MENTIONABLE: _Typist._someone,
    FILE: _Typist._file,
}
