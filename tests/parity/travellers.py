"""Somebody who walks through the bot on some platform, and what they get to see; the same words for all platforms."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from adapters.console.conversation import Conversation
from adapters.console.plain import controls, form_of, reply_of, text_of
from bot.core.calls import Answer
from bot.core.registry import Registry
from bot.core.reply import Update, Visibility
from bot.models import Handle, Place
from tests.adapters.discord.typing_in import slash_of
from tests.fakes.discord import heard as on_discord
from tests.fakes.discord.channels import Channel as DiscordChannel
from tests.fakes.discord.people import Member as DiscordMember
from tests.fakes.slack import Heard as SlackHeard
from tests.fakes.slack import Member as SlackMember
from tests.fakes.slack.channels import Channel as SlackChannel

Upload = tuple[str, bytes]


class Seen(Protocol):
    """What somebody got to see."""

    @property
    def words(self) -> str:
        """All that it says, without what platforms add to show it."""

    @property
    def private(self) -> bool:
        """Whether nobody else sees it."""

    @property
    def in_place(self) -> bool:
        """Whether it took the place of what was clicked."""

    async def files(self) -> dict[str, bytes]:
        """What came along, pictures included."""

    async def press(self, label: str) -> Seen:
        """Press a button, or choose a line."""

    async def fills(self, **fields: Any) -> Seen:
        """Fill in the form that this is."""

    def labels(self) -> list[str]:
        """The words on all that can be pressed."""

    @property
    def is_form(self) -> bool:
        """Whether it is a form."""


class Traveller(Protocol):
    """Somebody on a platform."""

    platform: str

    @property
    def handle(self) -> Handle:
        """Who they are to the bot."""

    @property
    def place(self) -> Place:
        """Where they are."""

    async def types(self, command: str, **options: Any) -> Seen:
        """Type a command with its options."""


def bare(text: str) -> str:
    """Leave only letters and digits: marks, escapes and line breaks are the platform's."""
    return "".join(one for one in text.casefold() if one.isalnum())


def says(seen: Seen, words: str) -> None:
    """Check that these words stand there, however the platform draws them."""
    assert bare(words) in bare(seen.words), f"“{words}” does not stand in: {seen.words}"


def _line(command: str, options: dict[str, Any]) -> str:
    return " ".join([command, *(f'{name}:"{value}"' for name, value in options.items())])


@dataclass(slots=True)
class OnConsole:
    """Somebody at the terminal."""

    conversation: Conversation
    folder: Path
    platform: str = "console"

    @property
    def handle(self) -> Handle:
        return self.conversation.seat.speaker().handle

    @property
    def place(self) -> Place:
        place = self.conversation.seat.speaker().place
        assert place is not None
        return place

    async def types(self, command: str, **options: Any) -> Seen:
        return ConsoleSeen(self, await self.conversation.says(f"/{_line(command, options)}"))


@dataclass(slots=True)
class ConsoleSeen:
    """An answer at the terminal."""

    who: OnConsole
    answer: Answer

    @property
    def words(self) -> str:
        return "\n".join([text_of(self.answer, {}), *self.answer.notes])

    @property
    def private(self) -> bool:
        return self.answer.visibility is Visibility.PRIVATE

    @property
    def in_place(self) -> bool:
        return isinstance(self.answer.outcome, Update)

    @property
    def is_form(self) -> bool:
        return form_of(self.answer) is not None

    async def files(self) -> dict[str, bytes]:
        reply = reply_of(self.answer)
        assert reply is not None
        picture = {reply.image.name: reply.image.data} if reply.image else {}
        return {one.name: one.data for one in reply.files} | picture

    def labels(self) -> list[str]:
        reply = reply_of(self.answer)
        return [one.label for one in controls(reply.rows)] if reply else []

    async def press(self, label: str) -> Seen:
        reply = reply_of(self.answer)
        assert reply is not None
        (control,) = [one for one in controls(reply.rows) if one.label == label][:1]
        return ConsoleSeen(self.who, await self.who.conversation.presses(control))

    async def fills(self, **fields: Any) -> Seen:
        form = form_of(self.answer)
        assert form is not None
        typed = {name: self._typed(value) for name, value in fields.items()}
        return ConsoleSeen(self.who, await self.who.conversation.fills(form, typed))

    def _typed(self, value: Any) -> str:
        """At the terminal a file is the name of one."""
        if not isinstance(value, tuple):
            return str(value)
        path = self.who.folder / value[0]
        path.write_bytes(value[1])
        return str(path)


@dataclass(slots=True)
class OnDiscord:
    """Somebody in a server."""

    member: DiscordMember
    channel: DiscordChannel
    registry: Registry
    platform: str = "discord"

    @property
    def handle(self) -> Handle:
        return Handle("discord", "", self.member.id)

    @property
    def place(self) -> Place:
        return Place("discord", self.channel.home.id)

    async def types(self, command: str, **options: Any) -> Seen:
        found = self.registry.command(command)
        assert found is not None
        return DiscordSeen(await self.member.types(self.channel, slash_of(found, self.registry), **options))


@dataclass(slots=True)
class DiscordSeen:
    """A message or a form on Discord."""

    heard: on_discord.Heard

    @property
    def words(self) -> str:
        if self.heard.is_modal:
            return self.heard.modal.title
        return "\n".join([self.heard.text, *(one.text for one in self.heard.also)])

    @property
    def private(self) -> bool:
        return self.heard.is_modal or self.heard.ephemeral

    @property
    def in_place(self) -> bool:
        return self.heard.updated

    @property
    def is_form(self) -> bool:
        return self.heard.is_modal

    async def files(self) -> dict[str, bytes]:
        return self.heard.files

    def labels(self) -> list[str]:
        return self.heard.labels()

    async def press(self, label: str) -> Seen:
        try:
            return DiscordSeen(await self.heard.press(label))
        except LookupError:
            return DiscordSeen(await self.heard.choose(label))

    async def fills(self, **fields: Any) -> Seen:
        return DiscordSeen(await self.heard.fills(**fields))


@dataclass(slots=True)
class OnSlack:
    """Somebody in a workspace."""

    member: SlackMember
    channel: SlackChannel
    team: str
    files: dict[str, bytes] = field(default_factory=dict)
    platform: str = "slack"

    @property
    def handle(self) -> Handle:
        return Handle("slack", self.team, self.member.id)

    @property
    def place(self) -> Place:
        return Place("slack", self.team)

    async def types(self, command: str, **options: Any) -> Seen:
        heard = await self.member.types(self.channel, f"/mentor {_line(command, options)}")
        await self.member.world.quiet()  # a welcome may come beside the first answer
        return SlackSeen(heard)


@dataclass(slots=True)
class SlackSeen:
    """A message or a form on Slack."""

    heard: SlackHeard

    @property
    def words(self) -> str:
        return "\n".join([self.heard.text, *self.heard.errors.values(), *(one.text for one in self.heard.also)])

    @property
    def private(self) -> bool:
        return self.heard.is_modal or self.heard.ephemeral

    @property
    def in_place(self) -> bool:
        return self.heard.updated

    @property
    def is_form(self) -> bool:
        return self.heard.is_modal

    async def files(self) -> dict[str, bytes]:
        """Pictures are in the message; other files come in the direct messages."""
        found = dict(self.heard.files)
        for one in self.heard.member.world.files.all.values():
            found.setdefault(one.name, one.content or b"")
        return found

    def labels(self) -> list[str]:
        return self.heard.labels()

    async def press(self, label: str) -> Seen:
        return SlackSeen(await self.heard.press(label))

    async def fills(self, **fields: Any) -> Seen:
        return SlackSeen(await self.heard.fills(**fields))
