"""Let members press the commands that we speak of: Discord turns `</tip:123>` into a link to the command."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from adapters.discord.measures import TEXT, TEXTS
from adapters.discord.render import Message, message
from bot.core.memo import Memo
from bot.core.reply import Reply

_COMMAND = re.compile(r"(?<!`)`/([a-z][a-z0-9-]*(?: [a-z][a-z0-9-]*){0,2})`(?!`)")
_SUBCOMMANDS = (1, 2)


@dataclass(slots=True)
class Mentions:
    """Knows how each command is written to be pressed; a command that it does not know stays words."""

    known: Mapping[str, str] = field(default_factory=dict)
    _open: Memo[Message] = field(init=False)
    _ephemeral: Memo[Message] = field(init=False)

    def __post_init__(self) -> None:
        self._open = Memo(lambda reply: self.put_into(message(reply)))
        self._ephemeral = Memo(lambda reply: self.put_into(message(reply, ephemeral=True)))

    def drawn(self, reply: Reply, *, ephemeral: bool = False) -> Message:
        """Draw a reply in which commands can be pressed; what many members get is drawn once."""
        return (self._ephemeral if ephemeral else self._open)(reply)

    def put_into(self, said: Message) -> Message:
        """Make commands that stand alone in a text pressable, where there is room for it."""
        if not self.known:
            return said
        changed = self._changed(said.body)
        return said if changed is None else replace(said, body=changed)

    def _changed(self, body: dict[str, Any]) -> dict[str, Any] | None:
        parts = [self._part(one) for one in body.get("components", ())]
        fits = sum(len(text) for part in parts for text in _texts(part)) <= TEXTS
        return {**body, "components": parts} if fits else None

    def _part(self, part: dict[str, Any]) -> dict[str, Any]:
        if part["type"] == TEXT and "`/" in part["content"]:
            return {**part, "content": _COMMAND.sub(self._mention, part["content"])}
        if "components" in part:
            return {**part, "components": [self._part(one) for one in part["components"]]}
        return part

    def _mention(self, found: re.Match[str]) -> str:
        return self.known.get(found[1], found[0])


def mentions_of(listed: object) -> dict[str, str]:
    """Read from Discord's own list of our commands how each is written to be pressed."""
    there = listed if isinstance(listed, list) else []
    slash = [one for one in there if one.get("type", 1) == 1 and one.get("id")]
    return dict(pair for one in slash for pair in _paths(one["name"], one, str(one["id"])))


def _paths(words: str, command: dict[str, Any], number: str) -> Iterator[tuple[str, str]]:
    deeper = [one for one in command.get("options") or () if one["type"] in _SUBCOMMANDS]
    if not deeper:
        yield words, f"</{words}:{number}>"
    for one in deeper:
        yield from _paths(f"{words} {one['name']}", one, number)
        if one["name"] == "show" and one["type"] == 1:
            # What we call `/streak` stands beside its own subcommands, and is `/streak show` on Discord.
            yield words, f"</{words} show:{number}>"


def _texts(part: dict[str, Any]) -> Iterator[str]:
    if part["type"] == TEXT:
        yield part["content"]
    for one in part.get("components") or ():
        yield from _texts(one)
