"""Values that a member picks or uploads, and how Discord names them in `resolved`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.discord.channels import Channel
from tests.fakes.discord.messages import Message

if TYPE_CHECKING:
    from tests.fakes.discord.guilds import Role
    from tests.fakes.discord.people import Member
    from tests.fakes.discord.world import World

File = tuple[str, bytes]


class NotOffered(AssertionError):
    """What a member tries is not possible in a client."""


class Resolved:
    """Collects what an interaction's ids stand for."""

    def __init__(self, world: World, channel: Channel) -> None:
        self._world, self._channel = world, channel
        self.data: dict[str, dict[str, Any]] = {}

    def member(self, member: Member) -> str:
        """Name somebody."""
        self._put("users", member.user.id, member.user.payload())
        if member.guild is not None:
            without_user = {part: value for part, value in member.payload().items() if part != "user"}
            self._put("members", member.user.id, without_user | {"permissions": str(member.permissions)})
        return member.user.id

    def channel(self, channel: Channel, permissions: int) -> str:
        """Name a channel, with what the member and the bot may do there."""
        may = {"permissions": str(permissions), "app_permissions": str(channel.bot_permissions())}
        self._put("channels", channel.id, channel.payload() | may)
        return channel.id

    def role(self, role: Role) -> str:
        """Name a role."""
        self._put("roles", role.id, role.payload())
        return role.id

    def message(self, message: Message) -> str:
        """Name a message."""
        self._put("messages", message.id, message.payload())
        return message.id

    def file(self, file: File) -> str:
        """Upload a file."""
        name, data = file
        if len(data) > self._world.size_limit(self._channel):
            raise NotOffered(f"{name} is too large to be uploaded.")
        kept = self._world.shelf.put(self._channel.id, name, data)
        self._put("attachments", kept.id, kept.payload(ephemeral=True))
        return kept.id

    def any(self, what: Any, permissions: int) -> str:
        """Name whatever it is."""
        if isinstance(what, Channel):
            return self.channel(what, permissions)
        return self.member(what) if hasattr(what, "user") else self.role(what)

    def around(self, data: dict[str, Any]) -> dict[str, Any]:
        """Return an interaction's data with what its ids stand for."""
        return data | ({"resolved": self.data} if self.data else {})

    def _put(self, kind: str, number: str, what: dict[str, Any]) -> None:
        self.data.setdefault(kind, {})[number] = what
