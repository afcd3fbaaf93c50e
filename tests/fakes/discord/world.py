"""All that a Discord knows: people, guilds, messages, commands and what is going on."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from tests.fakes.discord.bell import Bell
from tests.fakes.discord.calls import Request
from tests.fakes.discord.channels import DM, Channel
from tests.fakes.discord.command_book import CommandBook
from tests.fakes.discord.faults import Faults
from tests.fakes.discord.gateway import Gateway
from tests.fakes.discord.guilds import Guild
from tests.fakes.discord.interactions import Interaction
from tests.fakes.discord.messages import Message
from tests.fakes.discord.rates import Limits, Rates
from tests.fakes.discord.shelf import Shelf
from tests.fakes.discord.snowflakes import Snowflakes
from tests.fakes.discord.users import User

TOKEN = "fake.discord.token"
DM_SIZE_LIMIT = 10 * 1024 * 1024


class World:
    """The state, and the names by which a test reaches its parts."""

    def __init__(
        self,
        *,
        now: Callable[[], float] = time.monotonic,
        limits: Limits | None = None,
        judged: bool = True,
        shards: int | None = None,
        heartbeat_seconds: float = 41.25,
        remember: bool = True,
    ) -> None:
        """Begin empty. `judged`: ask the second judge too; `remember`: keep every request."""
        self.now, self.judged, self.remember = now, judged, remember
        self.ids, self.bell, self.faults, self.token = Snowflakes(), Bell(), Faults(), TOKEN
        self.rates = Rates(limits or Limits(), now)
        self.shelf, self.commands = Shelf(self.ids), CommandBook(self)
        self.bot = User(self.ids.new(), "Stepwise", bot=True)
        self.users: dict[str, User] = {self.bot.id: self.bot}
        self._by_name: dict[str, User] = {}
        self.guilds: dict[str, Guild] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: dict[str, Message] = {}
        self.interactions: dict[str, Interaction] = {}
        self.tokens: dict[str, Interaction] = {}
        self.requests: list[Request] = []
        self.nonces: dict[tuple[str, str], tuple[float, str]] = {}
        self.closing = asyncio.Event()
        self.gateway = Gateway(self, shards, heartbeat_seconds)

    def guild(self, name: str, *, owner: str = "olga", present: bool = True) -> Guild:
        """Return the guild of this name; make it if there is none."""
        for one in self.guilds.values():
            if one.name == name:
                return one
        return self.new_guild(name, owner=owner, present=present)

    def new_guild(self, name: str, *, owner: str = "olga", present: bool = True) -> Guild:
        """Make a guild, quickly even when there are many; a bot that is connected joins it."""
        made = Guild(self, self.ids.guild(), name, self.user(owner), present=present, bot_role=self.ids.new())
        self.guilds[made.id] = made
        if self.gateway.sessions and present:
            made.invites_bot()
        return made

    def user(self, name: str) -> User:
        """Return the person of this name; let them come into being if there is none."""
        if name not in self._by_name:
            made = self._by_name[name] = User(self.ids.new(), name)
            self.users[made.id] = made
        return self._by_name[name]

    def knows_guild(self, number: str) -> bool:
        """Say whether the bot is in this guild."""
        return number in self.guilds and self.guilds[number].present

    def direct_channel(self, user: User) -> Channel:
        """Return the channel between the bot and somebody."""
        if not user.dm:
            made = Channel(self.ids.new(), "", DM, person=user)
            user.dm, self.channels[made.id] = made.id, made
        return self.channels[user.dm]

    def size_limit(self, channel: Channel) -> int:
        """Say how large a file may be here."""
        return channel.guild.size_limit if channel.guild else DM_SIZE_LIMIT

    def add_message(self, message: Message) -> None:
        """Let a message stand in its channel."""
        self.messages[message.id] = message
        message.channel.message_ids.append(message.id)
        self.bell.ring()

    def channel_messages(self, channel: Channel) -> list[Message]:
        """Return what everybody in a channel sees, oldest first."""
        there = [self.messages[number] for number in channel.message_ids]
        return [one for one in there if one.only_for is None and not one.loading]

    def dms(self, name: str) -> list[Message]:
        """Return what the bot and somebody wrote to each other."""
        user = self.user(name)
        return self.channel_messages(self.direct_channel(user))

    def asked(self, method: str, path: str = "") -> list[Request]:
        """Return the requests of a method whose path contains this."""
        return [one for one in self.requests if one.method == method and path in one.path]

    @property
    def invalid_requests(self) -> int:
        """Count requests that were answered with 401, 403 or 429."""
        return self.rates.invalid_total

    async def until(self, is_true: Callable[[], object], what: str = "What was expected did not happen.") -> None:
        """Wait until something is true that requests or connections change."""
        await self.bell.until(is_true, what)
