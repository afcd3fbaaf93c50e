"""Messages as they are kept and shown, with their files."""

from __future__ import annotations

import copy
import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from tests.fakes.discord.channels import Channel
from tests.fakes.discord.users import User

EPHEMERAL, LOADING, V2 = 1 << 6, 1 << 7, 1 << 15
ROW, BUTTON, STRING_SELECT, TEXT_DISPLAY = 1, 2, 3, 10
SELECTS = (3, 5, 6, 7, 8)
LINK = 5
SENT = "2026-11-21T09:00:00.000000+00:00"
# A backslash before a sign is not seen by who reads.
ESCAPED = re.compile(r"\\([^\w\s])")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that stands on the shelf of the content network."""

    id: str
    name: str
    data: bytes
    url: str
    description: str | None = None

    def payload(self, *, ephemeral: bool = False) -> dict[str, Any]:
        """Show the file as Discord does."""
        kind = mimetypes.guess_type(self.name)[0] or "application/octet-stream"
        said: dict[str, Any] = {"id": self.id, "filename": self.name, "size": len(self.data), "url": self.url}
        said |= {"proxy_url": self.url, "content_type": kind, "ephemeral": ephemeral}
        return said | ({"description": self.description} if self.description else {})


@dataclass(slots=True, eq=False)
class Message:
    """One message. `only_for`: the only person who sees it. `body`: as it was sent, edits merged in."""

    id: str
    channel: Channel
    author: User
    body: dict[str, Any] = field(default_factory=dict)
    attachments: list[Attachment] = field(default_factory=list)
    only_for: User | None = None
    loading: bool = False
    deleted: bool = False
    edits: int = 0
    nonce: str | None = None
    application_id: str | None = None
    interaction_id: str | None = None

    @property
    def ephemeral(self) -> bool:
        """Say whether only one person sees it."""
        return self.only_for is not None

    @property
    def flags(self) -> int:
        """Add up what is special about it."""
        own = int(self.body.get("flags") or 0) & V2
        return own | (EPHEMERAL if self.only_for else 0) | (LOADING if self.loading else 0)

    @property
    def text(self) -> str:
        """Return all its words, as a person sees them."""
        return ESCAPED.sub(r"\1", self.raw_text)

    @property
    def raw_text(self) -> str:
        """Return all its words, as they were sent."""
        return "\n".join(_words(self.body))

    @property
    def files(self) -> dict[str, bytes]:
        """Return the files by name."""
        return {one.name: one.data for one in self.attachments}

    def labels(self) -> list[str]:
        """Return the words on everything that can be pressed or chosen."""
        found: list[str] = []
        for one in self.controls():
            found += [option["label"] for option in one.get("options", ())] or [label_of(one)]
        return found

    def controls(self) -> list[dict[str, Any]]:
        """Return buttons and selects that can be used."""
        usable = (BUTTON, *SELECTS)
        return [one for one in walk(self.body.get("components")) if one["type"] in usable and not one.get("disabled")]

    def seen_by(self, user: User) -> bool:
        """Say whether this person sees it."""
        return not self.deleted and self.only_for in (None, user)

    def snapshot(self) -> Message:
        """Keep it as it is now."""
        return replace(self, body=copy.deepcopy(self.body), attachments=list(self.attachments))

    def payload(self) -> dict[str, Any]:
        """Show the message as Discord does."""
        said: dict[str, Any] = {
            "id": self.id,
            "channel_id": self.channel.id,
            "type": 0,
            "content": self.body.get("content") or "",
            "embeds": self.body.get("embeds") or [],
            "components": self._shown_components(),
            "attachments": [one.payload(ephemeral=self.ephemeral) for one in self.attachments],
            "author": self.author.payload(),
            "flags": self.flags,
            "timestamp": SENT,
            "edited_timestamp": SENT if self.edits else None,
            "mentions": [],
            "mention_roles": [],
            "mention_everyone": False,
            "pinned": False,
            "tts": False,
        }
        if self.nonce is not None:
            said["nonce"] = self.nonce
        if self.application_id:
            said["application_id"] = self.application_id
        return said | ({"webhook_id": self.application_id} if self.interaction_id else {})

    def _shown_components(self) -> list[dict[str, Any]]:
        shown: list[dict[str, Any]] = copy.deepcopy(self.body.get("components") or [])
        urls = {f"attachment://{one.name}": one for one in self.attachments}
        for number, one in enumerate(walk(shown), 1):
            one.setdefault("id", number)
            for media in media_of(one):
                if media.get("url") in urls:
                    file = urls[media["url"]]
                    media |= {"url": file.url, "proxy_url": file.url, "attachment_id": file.id}
        return shown


def walk(components: list[dict[str, Any]] | None) -> Iterator[dict[str, Any]]:
    """Go through components, and what stands in them."""
    for one in components or ():
        yield one
        yield from walk(one.get("components"))
        for inner in ("accessory", "component"):
            if isinstance(one.get(inner), dict):
                yield from walk([one[inner]])


def media_of(component: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the pictures and files that a component shows."""
    items = [item.get("media") for item in component.get("items", ())]
    return [one for one in (*items, component.get("media"), component.get("file")) if isinstance(one, dict)]


def label_of(control: dict[str, Any]) -> str:
    """Return what stands on a button, or in an empty select."""
    emoji = control.get("emoji") or {}
    return str(control.get("label") or control.get("placeholder") or emoji.get("name") or "")


def _words(body: dict[str, Any]) -> Iterator[str]:
    if body.get("content"):
        yield body["content"]
    for embed in body.get("embeds") or ():
        yield from (embed[part] for part in ("title", "description") if embed.get(part))
        for each in embed.get("fields", ()):
            yield f"{each['name']}: {each['value']}"
        if embed.get("footer"):
            yield embed["footer"]["text"]
    for one in walk(body.get("components")):
        if one["type"] == TEXT_DISPLAY:
            yield one["content"]
