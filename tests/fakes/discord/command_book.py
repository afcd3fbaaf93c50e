"""The application commands that the bot registered, for all and for single guilds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.discord import command_rules
from tests.fakes.discord.calls import Call
from tests.fakes.discord.refusals import Refused, invalid_form, missing_access, unknown

if TYPE_CHECKING:
    from tests.fakes.discord.world import World

GLOBAL = ""
CREATES_PER_DAY, DAY_SECONDS = 200, 86_400.0
Command = dict[str, Any]


class CommandBook:
    """Keeps commands by guild; those for all stand under no guild."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._kept: dict[str, list[Command]] = {}
        self._creates: dict[str, list[float]] = {}
        self.syncs = 0

    def offered(self, guild: str) -> list[Command]:
        """Return what members of a guild see; a guild's own commands come first."""
        return [*(self._kept.get(guild, []) if guild else []), *self._kept.get(GLOBAL, [])]

    def of(self, guild: str = GLOBAL) -> list[Command]:
        """Return what is registered for a guild, or for all."""
        return self._kept.get(guild, [])

    def replace(self, guild: str, commands: list[Command]) -> list[Command]:
        """Put commands in the place of all that were there."""
        problems = command_rules.problems(commands, of_guild=bool(guild))
        if problems:
            raise invalid_form(*problems)
        before = {_key(one): one for one in self.of(guild)}
        self._count(guild, sum(_key(one) not in before for one in commands))
        self._kept[guild] = [self._whole(one, guild, before.get(_key(one))) for one in commands]
        self.syncs += 1
        return self._kept[guild]

    def _whole(self, one: Command, guild: str, before: Command | None) -> Command:
        number, version = before["id"] if before else self._world.ids.new(), self._world.ids.new()
        own = {"id": number, "application_id": self._world.bot.id, "version": version, "type": one.get("type", 1)}
        defaults = {"default_member_permissions": None, "nsfw": False, "description": ""}
        return defaults | one | own | ({"guild_id": guild} if guild else {})

    def _count(self, guild: str, created: int) -> None:
        now = self._world.now()
        recent = [at for at in self._creates.get(guild, []) if at > now - DAY_SECONDS]
        if len(recent) + created > CREATES_PER_DAY:
            raise Refused(429, 30034, "Max number of daily application command creates has been reached (200)")
        self._creates[guild] = recent + [now] * created


def show(world: World, call: Call) -> tuple[int, Any]:
    """List what is registered."""
    return 200, world.commands.of(_guild(world, call))


def replace(world: World, call: Call) -> tuple[int, Any]:
    """Register all commands at once."""
    if not isinstance(call.body, list):
        raise invalid_form("commands come as a list")
    return 200, world.commands.replace(_guild(world, call), call.body)


def add(world: World, call: Call) -> tuple[int, Any]:
    """Register one command, in place of one with its name."""
    guild = _guild(world, call)
    others = [one for one in world.commands.of(guild) if _key(one) != _key(call.fields)]
    kept = world.commands.replace(guild, [*map(_bare, others), call.fields])
    return (200 if len(kept) == len(others) else 201), kept[-1]


def remove(world: World, call: Call) -> tuple[int, Any]:
    """Forget one command."""
    guild = _guild(world, call, last=-1)
    left = [one for one in world.commands.of(guild) if one["id"] != call.ids[-1]]
    if len(left) == len(world.commands.of(guild)):
        raise unknown("application command")
    world.commands.replace(guild, [*map(_bare, left)])
    return 204, None


def _guild(world: World, call: Call, last: int | None = None) -> str:
    application, *guild = call.ids[:last]
    if application != world.bot.id or (guild and not world.knows_guild(guild[0])):
        raise missing_access()
    return guild[0] if guild else GLOBAL


def _bare(one: Command) -> Command:
    """Return a kept command as it was sent."""
    added = ("id", "application_id", "version", "guild_id")
    return {part: value for part, value in one.items() if part not in added}


def _key(one: Command) -> tuple[str, int]:
    return str(one.get("name")), int(one.get("type", 1))
