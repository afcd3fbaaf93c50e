"""Workspaces and organisations: who is there, which channels there are, and whether the app is installed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.fakes.slack import payloads
from tests.fakes.slack.channels import Channel
from tests.fakes.slack.delivery import Delivery
from tests.fakes.slack.member import Member
from tests.fakes.slack.tokens import Token

if TYPE_CHECKING:
    from tests.fakes.slack.world import FakeSlack


@dataclass(eq=False)
class Organisation:
    """Workspaces under one roof, into which the app can be installed at once."""

    world: FakeSlack
    id: str
    name: str
    bot: str
    token: Token | None = None

    def workspace(self, name: str) -> Team:
        """Open a workspace in this organisation."""
        return self.world.workspace(name, install=False, org=self)

    def install(self, scopes: Sequence[str] = (), *, rotating: bool = False) -> Token:
        """Put the app into all workspaces."""
        like = Token("", "bot", "", self.id, self.bot, tuple(scopes) or self.world.app.scopes)
        self.token = self.world.vault.bot(like, rotating=rotating)
        return self.token


@dataclass(eq=False)
class Team:
    """A workspace."""

    world: FakeSlack
    id: str
    name: str
    bot: str
    bot_id: str
    org: Organisation | None = None
    token: Token | None = None
    members: dict[str, Member] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)  # name -> id

    @property
    def domain(self) -> str:
        """The name in addresses."""
        return self.name.lower().replace(" ", "-")

    @property
    def by_org(self) -> bool:
        """Whether the organisation installed the app, and not the workspace."""
        return self.token is None and self.org is not None and self.org.token is not None

    def channel(self, name: str, *, private: bool = False, bot: bool = True) -> Channel:
        """Find or open a channel; everybody in the workspace joins, and the bot unless told otherwise."""
        if name in self.channels:
            return self.channels[name]
        channel = Channel(self.world.mint.id("C"), name, self.id, "private" if private else "public")
        channel.members |= {one.id for one in self.members.values()} | ({self.bot} if bot else set())
        self.channels[name] = self.world.channels[channel.id] = channel
        return channel

    def member(self, name: str, *, admin: bool = False) -> Member:
        """Find a member, or let one join the workspace and its channels."""
        if name in self.members:
            return self.members[name]
        member = Member(self.world, self.world.mint.id("W" if self.org else "U"), name, self, admin)
        self.members[name] = self.world.members[member.id] = member
        for channel in self.channels.values():
            channel.members.add(member.id)
        return member

    def group(self, name: str) -> str:
        """Find or make a group of members that can be mentioned, and return its id."""
        return self.groups.setdefault(name, self.world.mint.id("S"))

    def install(self, scopes: Sequence[str] = (), *, rotating: bool = False) -> Token:
        """Put the app into the workspace and return the bot's token."""
        enterprise = self.org.id if self.org else ""
        like = Token("", "bot", self.id, enterprise, self.bot, tuple(scopes) or self.world.app.scopes)
        self.token = self.world.vault.bot(like, rotating=rotating)
        return self.token

    def shares(self, channel: Channel, stranger: Member) -> None:
        """Let somebody from another workspace into a channel."""
        channel.shared_with.add(stranger.team.id)
        channel.members.add(stranger.id)

    async def hears(self, inner: dict[str, Any], channel: Channel | None = None, *, times: int = 1) -> Delivery:
        """Tell the bot of an event, so many times under one id, and wait for the acknowledgements."""
        delivery = Delivery("events_api", payloads.event(self.world, self, inner, channel))
        await asyncio.gather(*(self.world.deliver(delivery) for _ in range(times)))
        return delivery

    async def hears_of_revoked_tokens(self) -> Delivery:
        """Tell the bot that its token is revoked."""
        return await self.hears({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [self.bot]}})

    async def uninstalls(self, order: Sequence[str] = ("tokens_revoked", "app_uninstalled"), *, times: int = 1) -> None:
        """Take the app out and tell the bot, in either order."""
        enterprise = self.org.id if self.org and self.by_org else ""
        for token in self.world.vault.of("" if enterprise else self.id, enterprise):
            token.inactive = True
        for name in order:
            self.world.app.must_hear(name)
            inner: dict[str, Any] = {"type": name}
            if name == "tokens_revoked":
                inner["tokens"] = {"oauth": [], "bot": [self.bot]}
            await self.hears(inner, times=times)
        self.token = None
        if self.org and enterprise:
            self.org.token = None

    def revokes(self) -> None:
        """Let all tokens end without a word."""
        for token in self.world.vault.of(self.id, ""):
            token.revoked = True
