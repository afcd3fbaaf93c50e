"""Channels of guilds, threads, and direct messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.fakes.discord.permissions import bits, in_channel
from tests.fakes.discord.users import User

if TYPE_CHECKING:
    from tests.fakes.discord.guilds import Guild

TEXT, DM, VOICE, CATEGORY, NEWS, NEWS_THREAD, THREAD, FORUM, MEDIA = 0, 1, 2, 4, 5, 10, 11, 15, 16
THREADS = (NEWS_THREAD, THREAD)
TAKES_MESSAGES = (TEXT, DM, VOICE, NEWS, *THREADS)
TAKES_POSTS = (FORUM, MEDIA)
REQUIRES_TAG = 1 << 4
LONG_AGO = "2026-01-05T10:00:00.000000+00:00"


@dataclass(slots=True, eq=False)
class Channel:
    """Where messages stand. A direct channel has a `person`, all others a `guild`."""

    id: str
    name: str
    kind: int = TEXT
    guild: Guild | None = None
    person: User | None = None
    parent: Channel | None = None
    archived: bool = False
    locked: bool = False
    requires_tag: bool = False
    tags: tuple[str, ...] = ()
    position: int = 0
    denied: int = 0
    allowed: int = 0
    denied_to_all: int = 0
    message_ids: list[str] = field(default_factory=list)

    @property
    def home(self) -> Guild:
        """Return the guild; a direct channel has none."""
        assert self.guild is not None, "A direct channel is in no guild."
        return self.guild

    @property
    def mention(self) -> str:
        """Write the channel's name so that it is a link."""
        return f"<#{self.id}>"

    def bot_permissions(self) -> int:
        """Say what the bot may do here."""
        if self.guild is None:
            return bits(["view_channel", "send_messages", "embed_links", "attach_files", "read_message_history"])
        place = self.parent or self
        return in_channel(self.guild.bot_permissions, place.denied_to_all, place.denied, place.allowed)

    def bot_may(self, name: str) -> bool:
        """Say whether the bot has this permission here."""
        return bool(self.bot_permissions() & bits([name]))

    def denies(self, *names: str) -> None:
        """Take permissions from the bot, in this channel only."""
        self.denied, self.allowed = self.denied | bits(names), self.allowed & ~bits(names)
        self._tell("CHANNEL_UPDATE")

    def allows(self, *names: str) -> None:
        """Give permissions to the bot, in this channel only."""
        self.denied, self.allowed = self.denied & ~bits(names), self.allowed | bits(names)
        self._tell("CHANNEL_UPDATE")

    def becomes(self, *, name: str | None = None, kind: int | None = None) -> None:
        """Give the channel another name or kind."""
        self.name = self.name if name is None else name
        self.kind = self.kind if kind is None else kind
        self._tell("CHANNEL_UPDATE")

    def vanishes(self) -> None:
        """Delete the channel, its messages and its threads."""
        world = self.home.world
        for one in [each for each in self.home.channels.values() if each.parent is self]:
            one.vanishes()
        for message in self.message_ids:
            world.messages.pop(message, None)
        self.home.channels.pop(self.id, None)
        world.channels.pop(self.id, None)
        self._tell("THREAD_DELETE" if self.kind in THREADS else "CHANNEL_DELETE")

    def payload(self) -> dict[str, Any]:
        """Show the channel as Discord does."""
        if self.kind == DM:
            return self._direct()
        if self.kind in THREADS:
            return self._thread()
        return self._in_guild()

    def _direct(self) -> dict[str, Any]:
        recipients = [self.person.payload()] if self.person else []
        return {"id": self.id, "type": DM, "flags": 0, "last_message_id": None, "recipients": recipients}

    def _in_guild(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "type": self.kind,
            "guild_id": self.home.id,
            "name": self.name,
            "position": self.position,
            "parent_id": None,
            "topic": None,
            "nsfw": False,
            "flags": REQUIRES_TAG if self.requires_tag else 0,
            "rate_limit_per_user": 0,
            "last_message_id": self.message_ids[-1] if self.message_ids else None,
            "permission_overwrites": self._overwrites(),
            **({"available_tags": [_tag(one) for one in self.tags]} if self.kind in TAKES_POSTS else {}),
        }

    def _overwrites(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        if self.denied_to_all:
            found.append({"id": self.home.id, "type": 0, "allow": "0", "deny": str(self.denied_to_all)})
        if self.denied or self.allowed:
            bot = self.home.world.bot.id
            found.append({"id": bot, "type": 1, "allow": str(self.allowed), "deny": str(self.denied)})
        return found

    def _thread(self) -> dict[str, Any]:
        assert self.parent is not None
        return {
            "id": self.id,
            "type": self.kind,
            "guild_id": self.home.id,
            "parent_id": self.parent.id,
            "owner_id": self.home.world.bot.id,
            "name": self.name,
            "last_message_id": self.message_ids[-1] if self.message_ids else None,
            "message_count": len(self.message_ids),
            "member_count": 1,
            "total_message_sent": len(self.message_ids),
            "rate_limit_per_user": 0,
            "flags": 0,
            "applied_tags": [],
            "thread_metadata": {
                "archived": self.archived,
                "auto_archive_duration": 1440,
                "archive_timestamp": LONG_AGO,
                "locked": self.locked,
            },
        }

    def _tell(self, event: str) -> None:
        self.home.tell(event, self.payload())


def _tag(name: str) -> dict[str, Any]:
    number = str(sum(map(ord, name)) << 22)
    return {"id": number, "name": name, "moderated": False, "emoji_id": None, "emoji_name": None}
