"""Channels and the messages in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from tests.fakes.slack.files import File

Kind = Literal["public", "private", "im"]
PING = re.compile(r"<(?:@[UW]\w+|!(?:channel|here|everyone|subteam\^S\w+))(?:\|[^>]*)?>")


@dataclass(slots=True)
class Message:
    """What stands in a channel, or before one member's eyes alone."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: list[dict[str, Any]] = field(default_factory=list)
    thread_ts: str = ""
    seen_by: str = ""  # ephemeral: whoever alone sees it
    team: str = ""
    bot_id: str = ""
    app_id: str = ""
    files: list[File] = field(default_factory=list)
    asked: dict[str, Any] = field(default_factory=dict)  # the arguments that it was posted with
    edits: int = 0
    deleted: bool = False
    cause: str = ""

    @property
    def pings(self) -> list[str]:
        """Everybody whom this message calls."""
        return PING.findall(f"{self.text}\n{self.blocks}")

    def payload(self) -> dict[str, Any]:
        """Describe the message as the platform does."""
        shown: dict[str, Any] = {"type": "message", "user": self.user, "text": self.text, "ts": self.ts}
        shown |= {"team": self.team, "blocks": self.blocks} if self.blocks else {"team": self.team}
        if self.bot_id:
            shown |= {"bot_id": self.bot_id, "app_id": self.app_id}
        if self.thread_ts:
            shown["thread_ts"] = self.thread_ts
        if self.edits:
            shown["edited"] = {"user": self.user, "ts": f"{self.ts.split('.')[0]}.000000"}
        if self.files:
            shown["files"] = [one.payload() for one in self.files]
        return shown


@dataclass(eq=False, slots=True)
class Channel:
    """Where people talk."""

    id: str
    name: str
    team: str
    kind: Kind = "public"
    members: set[str] = field(default_factory=set)
    archived: bool = False
    restricted: bool = False
    gone: bool = False
    shared_with: set[str] = field(default_factory=set)  # teams elsewhere
    messages: dict[str, Message] = field(default_factory=dict)

    @property
    def posts(self) -> list[Message]:
        """What everybody in the channel can read now."""
        return [one for one in self.messages.values() if not one.seen_by and not one.deleted]

    def payload(self, bot: str) -> dict[str, Any]:
        """Describe the channel as the platform does."""
        shown: dict[str, Any] = {"id": self.id, "is_archived": self.archived, "context_team_id": self.team}
        if self.kind == "im":
            other = next((one for one in self.members if one != bot), "")
            return {**shown, "is_im": True, "is_channel": False, "user": other}
        private = self.kind == "private"
        shown |= {"name": self.name, "name_normalized": self.name, "is_channel": not private, "is_group": private}
        shown |= {"is_im": False, "is_private": private, "is_member": bot in self.members}
        shown |= {"is_shared": bool(self.shared_with), "is_ext_shared": bool(self.shared_with)}
        return {**shown, "num_members": len(self.members)}
