"""Somebody in a workspace: types, presses, mentions, writes, opens the home."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.fakes.slack import payloads
from tests.fakes.slack.acting import begin, carry_out
from tests.fakes.slack.channels import Channel, Message
from tests.fakes.slack.delivery import Delivery
from tests.fakes.slack.heard import Heard
from tests.fakes.slack.log import Happening
from tests.fakes.slack.oauth import Landing, browse
from tests.fakes.slack.typing_in import escaped

if TYPE_CHECKING:
    from tests.fakes.slack.team import Team
    from tests.fakes.slack.world import FakeSlack

Sent = Sequence[tuple[str, bytes]]


@dataclass(eq=False)
class Member:
    """Somebody who talks to the bot."""

    world: FakeSlack
    id: str
    name: str
    team: Team
    admin: bool = False

    def profile(self) -> dict[str, Any]:
        """Describe the member as the platform does."""
        names = {"real_name": self.name.title(), "display_name": self.name}
        shown = {"id": self.id, "team_id": self.team.id, "name": self.name, "deleted": False, "is_bot": False}
        shown |= {"is_admin": self.admin, "is_owner": False, "is_app_user": False, "tz": "Europe/London"}
        return {**shown, "real_name": self.name.title(), "profile": dict(names)}

    @property
    def direct(self) -> Channel:
        """The direct messages with the bot."""
        return self.world.direct(self, self.team.bot)

    @property
    def mention(self) -> str:
        """The reference that calls this member."""
        return f"<@{self.id}>"

    async def in_dm(self) -> Channel:
        """Return the direct messages with the bot."""
        return self.direct

    def sees(self, message: Message) -> Heard:
        """Look at a message that stands in a channel, to use its controls."""
        self._must_be_in(self.world.channels[message.channel])
        if message.deleted or message.seen_by not in ("", self.id):
            raise AssertionError(f"{self.name} does not see this message.")
        happening = Happening("message", message.payload(), message.channel, message.seen_by, message.ts)
        return Heard(self, begin(self, channel=message.channel), happening, len(self.world.log.items) - 1)

    async def types(self, channel: Channel, line: str, *, answered: bool = True) -> Heard:
        """Type a slash command."""
        self._must_be_in(channel)
        command, _, rest = line.partition(" ")
        if not command.startswith("/") or (self.world.app.commands and command not in self.world.app.commands):
            raise AssertionError(f"{command} is not a valid command here: {sorted(self.world.app.commands)}")
        act = begin(self, channel=channel.id)
        text = escaped(self.team, rest.strip()) if self.world.app.escape else rest.strip()
        delivery = Delivery("slash_commands", payloads.slash(self.world, act, command, text))
        return await carry_out(act, delivery, answered=answered)

    def says(self, channel: Channel, text: str, *, thread: Heard | Message | None = None, files: Sent = ()) -> Message:
        """Write something that the bot is not told of."""
        self._must_be_in(channel)
        sent = [self.world.files.of_member(name, data, self.team.id, self.id) for name, data in files]
        words = escaped(self.team, text, labels=False)
        message = Message(self.world.mint.ts(), channel.id, self.id, words, thread_ts=_root(thread), team=self.team.id)
        message.files = sent
        channel.messages[message.ts] = message
        return message

    async def mentions(
        self,
        channel: Channel,
        text: str,
        thread: Heard | Message | None = None,
        *,
        files: Sent = (),
        times: int = 1,
        names: int = 1,
        answered: bool = True,
    ) -> Heard:
        """Call the bot by its name: delivered `times` over, and under so many event ids."""
        message = self.says(channel, f"@{self.world.app.name.lower()} {text}", thread=thread, files=files)
        return await self._tell("app_mention", channel, message, times, names, answered)

    async def writes_to_bot(
        self,
        text: str,
        thread: Heard | Message | None = None,
        *,
        files: Sent = (),
        times: int = 1,
        names: int = 1,
        answered: bool = True,
    ) -> Heard:
        """Write a direct message to the bot."""
        message = self.says(self.direct, text, thread=thread, files=files)
        return await self._tell("message.im", self.direct, message, times, names, answered)

    async def opens_home(self, tab: str = "home", *, answered: bool = True) -> Heard:
        """Look at the app's home, or at its messages."""
        self.world.app.must_hear("app_home_opened")
        act = begin(self)
        act.home = True
        inner = {"type": "app_home_opened", "user": self.id, "channel": self.direct.id, "tab": tab}
        inner["event_ts"] = self.world.mint.ts()
        current = self.world.views.homes.get(self.id)
        shown: dict[str, Any] = {**inner, "view": self.world.views.payload(current)} if current else {**inner}
        delivery = Delivery("events_api", payloads.event(self.world, self.team, shown))
        return await carry_out(act, delivery, answered=answered and tab == "home")

    @property
    def home(self) -> Heard:
        """The home as it stands now."""
        view = self.world.views.homes[self.id]
        act = begin(self, view=view)
        happening = Happening("home", self.world.views.payload(view), user=self.id, view=view.id)
        return Heard(self, act, happening, len(self.world.log.items) - 1)

    async def uses_shortcut(self, name: str, message: Heard | Message | None = None, *, answered: bool = True) -> Heard:
        """Use a shortcut, on a message or from anywhere."""
        wanted = "message" if message else "global"
        kind, callback = self.world.app.shortcuts.get(name, ("", ""))
        if kind != wanted:
            raise AssertionError(f"There is no {wanted} shortcut {name!r}, only {self.world.app.shortcuts}")
        found = message.message if isinstance(message, Heard) else message
        act = begin(self, channel=found.channel if found else "")
        act.message = found
        delivery = Delivery("interactive", payloads.shortcut(self.world, act, callback))
        return await carry_out(act, delivery, answered=answered)

    async def suggests(self, heard: Heard, param: str, typed: str) -> list[str]:
        """Type into a field that suggests, and read the suggestions."""
        return [one["text"]["text"] for one in await heard.offered(param, typed)]

    async def joins(self, channel: Channel) -> Delivery:
        """Walk into a channel, of which the bot is told."""
        self.world.app.must_hear("member_joined_channel")
        channel.members.add(self.id)
        inner = {"type": "member_joined_channel", "user": self.id, "channel": channel.id, "team": self.team.id}
        inner |= {"channel_type": "C", "event_ts": self.world.mint.ts()}
        return await self.world.teams[channel.team].hears(inner, channel)

    async def installs(self, address: str, *, denies: bool = False, org: bool = False, cookies: bool = True) -> Landing:
        """Walk through an installation in the browser, from the bot's page to its last word."""
        return await browse(self.world, self, address, denies=denies, org=org, cookies=cookies)

    async def _tell(
        self, kind: str, channel: Channel, message: Message, times: int, names: int, answered: bool
    ) -> Heard:
        team = self.world.teams[channel.team]
        self.world.app.must_hear(kind)
        if team.bot not in channel.members:
            raise AssertionError(f"The bot is not in {channel.name}.")
        inner = payloads.message_event(self, message, channel, mention=kind == "app_mention")
        act = begin(self, channel=channel.id, thread=message.thread_ts or message.ts)
        made = [Delivery("events_api", payloads.event(self.world, team, inner, channel)) for _ in range(names)]
        return await carry_out(act, *[one for one in made for _ in range(times)], answered=answered)

    def _must_be_in(self, channel: Channel) -> None:
        if self.id not in channel.members:
            raise AssertionError(f"{self.name} is not in {channel.name}.")


def _root(thread: Heard | Message | None) -> str:
    found = thread.message if isinstance(thread, Heard) else thread
    return (found.thread_ts or found.ts) if found else ""


async def together(*answers: Any) -> list[Heard]:
    """Let several members act at the same time."""
    return list(await asyncio.gather(*answers))
