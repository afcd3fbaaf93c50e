"""Guilds with their roles and channels, and what happens to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.fakes.discord.channels import TEXT, THREADS, Channel
from tests.fakes.discord.people import Member
from tests.fakes.discord.permissions import EVERYBODY, bits
from tests.fakes.discord.users import JOINED, User, member_payload

if TYPE_CHECKING:
    from tests.fakes.discord.world import World

BOT_ADDED = 28


@dataclass(slots=True, eq=False)
class Role:
    """A role that can be mentioned and given."""

    id: str
    name: str
    permissions: int = 0
    managed: bool = False
    mentionable: bool = False
    position: int = 1

    @property
    def mention(self) -> str:
        """Write the role's name so that it pings."""
        return f"<@&{self.id}>"

    def payload(self) -> dict[str, Any]:
        """Show the role as Discord does."""
        return {
            "id": self.id,
            "name": self.name,
            "permissions": str(self.permissions),
            "position": self.position,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "managed": self.managed,
            "mentionable": self.mentionable,
            "flags": 0,
            "icon": None,
            "unicode_emoji": None,
        }


@dataclass(slots=True, eq=False)
class Guild:
    """A server. `present`: the bot is a member; `available`: Discord has no outage here."""

    world: World
    id: str
    name: str
    owner: User
    locale: str = "en-US"
    bot_permissions: int = EVERYBODY
    present: bool = True
    available: bool = True
    system_channel: str | None = None
    size_limit: int = 10 * 1024 * 1024
    bot_role: str = ""
    channels: dict[str, Channel] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    audit_log: list[dict[str, Any]] = field(default_factory=list)

    def channel(
        self, name: str, kind: int = TEXT, *, tags: tuple[str, ...] = (), requires_tag: bool = False
    ) -> Channel:
        """Return the channel of this name; make it if there is none."""
        for one in self.channels.values():
            if one.name == name:
                return one
        made = Channel(self.world.ids.new(), name, kind, self, tags=tags, requires_tag=requires_tag)
        self.add(made)
        self.tell("CHANNEL_CREATE", made.payload)
        return made

    def add(self, channel: Channel) -> None:
        """Put a channel or a thread in its place."""
        channel.position = len(self.channels)
        self.channels[channel.id] = self.world.channels[channel.id] = channel

    def role(self, name: str, *permissions: str, mentionable: bool = True) -> Role:
        """Return the role of this name; make it if there is none."""
        for one in self.roles.values():
            if one.name == name:
                return one
        made = Role(self.world.ids.new(), name, bits(permissions), mentionable=mentionable)
        self.roles[made.id] = made
        self.tell("GUILD_ROLE_CREATE", {"guild_id": self.id, "role": made.payload()})
        return made

    def member(self, name: str, *, admin: bool = False) -> Member:
        """Let somebody be a member; the same name is the same person in every guild."""
        user = self.world.user(name)
        if user.id not in self.members:
            self.members[user.id] = Member(self.world, user, self)
        found = self.members[user.id]
        found.admin = found.admin or admin
        return found

    def lets_bot(self, *names: str) -> None:
        """Give the bot permissions everywhere in the guild."""
        self._set_bot_permissions(self.bot_permissions | bits(names))

    def denies_bot(self, *names: str) -> None:
        """Take permissions from the bot everywhere in the guild."""
        self._set_bot_permissions(self.bot_permissions & ~bits(names))

    def removes_bot(self) -> None:
        """Throw the bot out."""
        self.tell("GUILD_DELETE", {"id": self.id})
        self.present = False

    def invites_bot(self, by: Member | None = None) -> None:
        """Take the bot in (again); the audit log knows who did it."""
        self.present = self.available = True
        who = by.user if by else self.owner
        self.note(BOT_ADDED, who, self.world.bot.id)
        self.tell("GUILD_CREATE", self.payload)

    def goes_away(self) -> None:
        """Let the guild have an outage."""
        self.available = False
        self.tell("GUILD_DELETE", {"id": self.id, "unavailable": True})

    def comes_back(self) -> None:
        """End the outage."""
        self.available = True
        self.tell("GUILD_CREATE", lambda: self.payload() | {"unavailable": False})

    def becomes(self, *, name: str | None = None, locale: str | None = None) -> None:
        """Give the guild another name or language."""
        self.name, self.locale = name or self.name, locale or self.locale
        self.tell("GUILD_UPDATE", self.payload)

    def note(self, action: int, who: User, target: str) -> None:
        """Write something into the audit log."""
        entry = {"id": self.world.ids.new(), "user_id": who.id, "target_id": target, "action_type": action}
        self.audit_log.insert(0, entry)

    def tell(self, event: str, data: Any) -> None:
        """Let the bot know, if it is here. A function is only called when there is somebody to tell."""
        if self.present:
            self.world.gateway.tell(self.id, event, data)

    def payload(self) -> dict[str, Any]:
        """Show all of the guild, as it is told at the beginning."""
        channels = [one.payload() for one in self.channels.values() if one.kind not in THREADS]
        threads = [one.payload() for one in self.channels.values() if one.kind in THREADS and not one.archived]
        return self.partial() | {
            "channels": channels,
            "threads": threads,
            "members": [member_payload(self.world.bot, [self.bot_role])],
            "roles": [one.payload() for one in self.all_roles()],
            "joined_at": JOINED,
            "large": False,
            "member_count": len(self.members) + 1,
            "voice_states": [],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }

    def partial(self) -> dict[str, Any]:
        """Show what a question by REST tells."""
        return PLAIN | {
            "id": self.id,
            "name": self.name,
            "owner_id": self.owner.id,
            "preferred_locale": self.locale,
            "system_channel_id": self.system_channel,
        }

    def all_roles(self) -> list[Role]:
        """Return the roles, those of everyone and of the bot first."""
        everyone = Role(self.id, "@everyone", EVERYBODY & self.bot_permissions, position=0)
        own = Role(self.bot_role, self.world.bot.name, self.bot_permissions, managed=True)
        return [everyone, own, *self.roles.values()]

    def _set_bot_permissions(self, permissions: int) -> None:
        self.bot_permissions = permissions
        for role in self.all_roles()[:2]:
            self.tell("GUILD_ROLE_UPDATE", {"guild_id": self.id, "role": role.payload()})


PLAIN: dict[str, Any] = {
    "icon": None,
    "splash": None,
    "discovery_splash": None,
    "description": None,
    "banner": None,
    "features": [],
    "emojis": [],
    "stickers": [],
    "region": "deprecated",
    "afk_channel_id": None,
    "afk_timeout": 300,
    "verification_level": 1,
    "default_message_notifications": 1,
    "explicit_content_filter": 0,
    "mfa_level": 0,
    "nsfw_level": 0,
    "application_id": None,
    "system_channel_flags": 0,
    "rules_channel_id": None,
    "public_updates_channel_id": None,
    "vanity_url_code": None,
    "premium_tier": 0,
    "premium_progress_bar_enabled": False,
    "max_members": 500000,
}
