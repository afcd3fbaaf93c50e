"""Members, and what they do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.fakes.discord import delivering, posting, slash
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.command_rules import ON_MESSAGE, ON_USER
from tests.fakes.discord.heard import Heard, hear
from tests.fakes.discord.interactions import AUTOCOMPLETE, COMMAND, Outcome, Shown
from tests.fakes.discord.messages import Message
from tests.fakes.discord.permissions import EVERYBODY, EVERYTHING
from tests.fakes.discord.resolved import NotOffered, Resolved
from tests.fakes.discord.users import User, member_payload

if TYPE_CHECKING:
    from tests.fakes.discord.guilds import Guild, Role
    from tests.fakes.discord.world import World


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that the bot suggests."""

    name: str
    value: Any


@dataclass(slots=True, eq=False)
class Member:
    """Somebody in a guild."""

    world: World
    user: User
    guild: Guild | None
    admin: bool = False
    roles: list[Role] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Return the account's id."""
        return self.user.id

    @property
    def mention(self) -> str:
        """Write the name so that it pings."""
        return f"<@{self.user.id}>"

    @property
    def permissions(self) -> int:
        """Say what the member may do."""
        if self.admin:
            return EVERYTHING
        total = EVERYBODY
        for role in self.roles:
            total |= role.permissions
        return total

    def payload(self) -> dict[str, Any]:
        """Show the member as Discord does."""
        return member_payload(self.user, [role.id for role in self.roles])

    def takes_dms(self, takes: bool = True) -> None:
        """Open or close the door for direct messages."""
        self.user.takes_dms = takes

    async def in_dm(self) -> Channel:
        """Return the channel with the bot."""
        return self.world.direct_channel(self.user)

    async def types(self, channel: Channel, line: str, /, **values: Any) -> Heard:
        """Send a slash command: its words, and its options by name."""
        data = slash.typed(self, channel, line, values)
        return await hear(self, delivering.deliver(self, channel, COMMAND, data))

    async def completes(self, line: str, /, *, at: Channel | None = None, **values: Any) -> list[Choice]:
        """Type into the last of these options and return what the bot suggests."""
        channel = at or self._anywhere()
        data = slash.typed(self, channel, line, values, typing=list(values)[-1])
        heard = await hear(self, delivering.deliver(self, channel, AUTOCOMPLETE, data))
        return [Choice(one["name"], one["value"]) for one in heard.outcome.choices]

    async def uses_menu(self, name: str, target: Message | Member, *, at: Channel | None = None) -> Heard:
        """Use an entry of the menu on a message or on somebody."""
        channel = target.channel if isinstance(target, Message) else at or self._anywhere()
        resolved = Resolved(self.world, channel)
        if isinstance(target, Message):
            kind, number = ON_MESSAGE, resolved.message(target)
        else:
            kind, number = ON_USER, resolved.member(target)
        command = slash.offered(self, channel, name, kind)
        data = {"id": command["id"], "name": name, "type": kind, "target_id": number}
        return await hear(self, delivering.deliver(self, channel, COMMAND, resolved.around(data)))

    def sees(self, message: Message) -> Heard:
        """Look at a message that stands in a channel, to use its controls."""
        if not message.seen_by(self.user):
            raise NotOffered(f"{self.user.name} does not see this message.")
        return Heard(self, Outcome(Shown.MESSAGE, message))

    def says(self, channel: Channel, text: str) -> Message:
        """Write a message, without the bot."""
        return posting.create(self.world, channel, {"content": text}, author=self.user)

    def _anywhere(self) -> Channel:
        if self.guild is None:
            return self.world.direct_channel(self.user)
        for one in self.guild.channels.values():
            return one
        return self.guild.channel("general")
