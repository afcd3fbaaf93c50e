"""What a member sees and can do next, the same for our own loopback and for SimCord."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import simcord
from simcord.builders import ChannelHandle

from bot.core.declare import Command
from bot.core.registry import Registry
from tests.adapters.discord.typing_in import options_of, slash_of
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.heard import Heard
from tests.fakes.discord.messages import walk
from tests.fakes.discord.people import Member
from tests.fakes.discord.resolved import NotOffered

BUTTON, STRING_SELECT, CHANNEL_SELECT, LINK = 2, 3, 8, 5
Json = dict[str, Any]


class Gone(Exception):
    """The platform does not offer this (any more)."""


class Page(Protocol):
    """A message or a form, as somebody sees it."""

    @property
    def components(self) -> list[Json]:
        """All parts as they were sent."""

    @property
    def form(self) -> Json | None:
        """The form that this is."""

    @property
    def private(self) -> bool:
        """Whether nobody else sees it."""

    async def use(self, control: Json, value: str) -> Page:
        """Press a button, or choose a line; raise `Gone` where it is not there any more."""

    async def fill(self, values: Json) -> Page:
        """Send the form."""


class Guest(Protocol):
    """Somebody in a server."""

    async def types(self, command: Command, example: str = "") -> Page:
        """Type a command with what an example says; raise `Gone` where it is not offered."""


def words_of(page: Page) -> str:
    """Return everything that stands in a message."""
    return "\n".join(one["content"] for one in walk(page.components) if "content" in one)


def controls_of(page: Page) -> list[tuple[Json, str, str]]:
    """Return what can be done: the control, the words on it, and the value of a line."""
    found: list[tuple[Json, str, str]] = []
    for one in walk(page.components):
        if one["type"] == BUTTON and one.get("style") != LINK and not one.get("disabled"):
            found.append((one, one["label"], ""))
        elif one["type"] == STRING_SELECT:
            found += [(one, line["label"], line["value"]) for line in one["options"]]
    return found


def fields_of(form: Json) -> list[Json]:
    """Return the fields of a form."""
    return [one for one in walk(form.get("components")) if "custom_id" in one]


def channels_in(form: Json | None) -> list[str]:
    """Return the fields of a form in which a channel has to be chosen."""
    fields = fields_of(form or {})
    return [one["custom_id"] for one in fields if one["type"] == CHANNEL_SELECT and one.get("required", True)]


@dataclass(frozen=True, slots=True)
class LoopbackPage:
    """What our own loopback shows."""

    heard: Heard

    @property
    def components(self) -> list[Json]:
        return [] if self.heard.is_modal else self.heard.body["components"]

    @property
    def form(self) -> Json | None:
        return self.heard.modal.body if self.heard.is_modal else None

    @property
    def private(self) -> bool:
        return self.heard.is_modal or self.heard.ephemeral

    async def use(self, control: Json, value: str) -> Page:
        try:
            return LoopbackPage(await self.heard.use(control, *([value] if value else [])))
        except NotOffered:
            raise Gone from None

    async def fill(self, values: Json) -> Page:
        here = dict.fromkeys(channels_in(self.form), self.heard.interaction.channel)
        return LoopbackPage(await self.heard.fills(**here, **values))


@dataclass(frozen=True, slots=True)
class LoopbackGuest:
    """Somebody on our own loopback."""

    member: Member
    channel: Channel
    registry: Registry

    async def types(self, command: Command, example: str = "") -> Page:
        options = options_of(command, example, self.channel.home) if example else {}
        try:
            return LoopbackPage(await self.member.types(self.channel, slash_of(command, self.registry), **options))
        except NotOffered:
            raise Gone from None


@dataclass(frozen=True, slots=True)
class SimPage:
    """What SimCord shows."""

    actor: simcord.MemberActor
    result: simcord.InteractionResult
    room: ChannelHandle

    @property
    def _message(self) -> simcord.ResponseMessage:
        found = self.result.response or next(iter(self.result.followups), None)
        assert found is not None, f"There came no answer: {self.result}."
        return found

    @property
    def components(self) -> list[Json]:
        return [] if self.result.modal else self._message.components

    @property
    def form(self) -> Json | None:
        return self.result.modal

    @property
    def private(self) -> bool:
        return self.result.modal is not None or self._message.ephemeral

    async def use(self, control: Json, value: str) -> Page:
        on, token = self._message, control["custom_id"]
        try:
            if value:
                return SimPage(self.actor, await self.actor.select(on, [value], custom_id=token), self.room)
            return SimPage(self.actor, await self.actor.click(on, custom_id=token), self.room)
        except simcord.SetupError:
            raise Gone from None

    async def fill(self, values: Json) -> Page:
        selects = {one["custom_id"] for one in fields_of(self.form or {}) if one["type"] == STRING_SELECT}
        sent = {name: [value] if name in selects else value for name, value in values.items()}
        sent |= {name: [self.room] for name in channels_in(self.form)}
        return SimPage(self.actor, await self.actor.submit_modal(self.result, sent), self.room)


@dataclass(frozen=True, slots=True)
class SimGuest:
    """Somebody in SimCord."""

    actor: simcord.MemberActor
    room: ChannelHandle
    registry: Registry

    async def types(self, command: Command, example: str = "") -> Page:
        options = options_of(command, example, self) if example else {}
        name = slash_of(command, self.registry).removeprefix("/")
        try:
            return SimPage(self.actor, await self.actor.slash(self.room, name, **options), self.room)
        except simcord.SetupError as error:
            if example and name in self.actor.available_commands(self.room):
                raise AssertionError(f"SimCord does not take {example!r}: {error}") from error
            raise Gone from None

    def member(self, name: str, /) -> simcord.MemberActor:
        """Return somebody, whoever it is."""
        return self.actor

    def channel(self, name: str, /) -> ChannelHandle:
        """Return a channel, whichever it is."""
        return self.room
