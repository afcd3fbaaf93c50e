"""What hostile members, broken platforms and bad luck send, by the thousand: from a seed, so that it can come again."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from adapters.discord.parse import Incoming
from adapters.discord.parse import call_of as from_discord
from adapters.slack.parse import Envelope, Happening
from adapters.slack.parse import call_of as from_slack
from bot.core import tokens
from bot.core.calls import Call, Chosen, Pressed, Source, Speaker, Typed
from bot.core.errors import UserError
from bot.core.params import Channel, Member, Role, Upload
from bot.core.registry import Registry
from bot.models import Handle, Place

# In every text, so that a log in which it turns up has somebody's words.
CANARY = "zqxjkvbw"
NASTY = (
    "@everyone @here <@1> <!channel> <#C1|x> <@&9>",
    "'; DROP TABLE people; -- \" OR 1=1",
    "{name} {0} %s %n ${jndi:ldap://x} {{7*7}}",
    "\x00\x01\x1b[31m\x7f\u202e\u200b\ufeff\u2028",
    "\ud800 half a pair",
    "**_~`|>#[](javascript:alert(1))",
    "=cmd|' /C calc'!A0",
    "../../../../etc/passwd",
    "9" * 400,
    "-1 1e400 nan inf 0x10 ١٢٣",
    "2026-02-30 24:61 31.13.2026 -9999-01-01",
    "a" * 6000,
    "👩‍👩‍👧‍👦" * 200,
    "key:value topic: level:: :x rest:",
    "",
    " ",
    "\n\n\n",
    "a1:tip.next:x,y,z",
    "a1:" + "x" * 200,
)
KINDS: tuple[Happening, ...] = ("slash", "action", "view", "shortcut", "mention", "message", "suggestion")


class Hostile:
    """Makes calls of all kinds, most of them wrong somewhere."""

    def __init__(self, registry: Registry, seed: int, members: int = 4_000) -> None:
        self._registry, self._chance, self._members = registry, random.Random(seed), members
        self._routes, self._number = tuple(registry.routes.values()), 0

    def call(self) -> Call | None:
        """Return the next call; None where a parser had a word for its sender."""
        self._number += 1
        makers: Sequence[Callable[[], Call]] = (self._typed, self._chosen, self._pressed, self._discord, self._slack)
        try:
            return self._chance.choice(makers)()
        except UserError:
            return None

    def _typed(self) -> Call:
        line = f"{self.words()} {self.text()}"
        files = (self._file(),) if self._chance.random() < 0.1 else ()
        return self._of(self._chance.choice((Source.SLASH, Source.MENTION)), Typed(line, files))

    def _chosen(self) -> Call:
        route = self._chance.choice(self._routes)
        args = {one.name: self._raw() for one in route.params if self._chance.random() < 0.7}
        if self._chance.random() < 0.2:
            args[self.text()[:40]] = self._raw()
        return self._of(self._chance.choice(list(Source)), Chosen(self.words(), args))

    def _pressed(self) -> Call:
        route = self._chance.choice(self._routes)
        fields = {one.name: self._raw() for one in route.params if self._chance.random() < 0.6}
        picked = tuple(self.text() for _ in range(self._chance.randrange(3)))
        return self._of(self._chance.choice((Source.BUTTON, Source.SELECT, Source.FORM)), self._target(picked, fields))

    def _target(self, picked: tuple[str, ...], fields: Mapping[str, Any]) -> Pressed:
        route = self._chance.choice(self._routes)
        args = ",".join(self._chance.choice(("1", "0", "-5", "x", "", "99999999999", "true", CANARY)) for _ in range(3))
        token = f"{tokens.VERSION}:{route.name}:{args}"
        if self._chance.random() < 0.2:
            cut = self._chance.randrange(len(token))
            token = token[:cut] + self.text()[:20] + token[cut + 1 :]
        return Pressed(token, picked, fields)

    def _discord(self) -> Call:
        data: dict[str, Any] = {"name": self.words(), "custom_id": self.token(), "type": self._int()}
        data |= {"options": self.tree(3), "values": self.tree(1), "components": self.tree(3)}
        data |= {self._chance.choice(("resolved", "target_id", "name", "component_type")): self.tree(2)}
        incoming = Incoming(self._id(), self._chance.choice((2, 3, 5, 9)), data, self._speaker("discord"), _fetch)
        return from_discord(incoming, self._registry)

    def _slack(self) -> Call:
        payload: dict[str, Any] = {
            "text": f"{self.words()} {self.text()}",
            "actions": [{"action_id": self.token(), "value": self.text(), "type": "button"}],
            "view": {
                "callback_id": self.text(),
                "private_metadata": self.token(),
                "state": self.tree(3),
            },
            "event": {"text": self.text(), "ts": self.text(), "files": self.tree(2), "type": "app_mention"},
            "trigger_id": self._id(),
        }
        for key in self._chance.sample(list(payload), self._chance.randrange(3)):
            payload[key] = self.tree(3)
        envelope = Envelope(self._chance.choice(KINDS), payload, self._speaker("slack"), _fetch)
        return from_slack(envelope, self._registry)

    def _of(self, source: Source, target: Typed | Chosen | Pressed) -> Call:
        return Call(self._id(), source, self._speaker("console"), target)

    def _speaker(self, platform: str) -> Speaker:
        who = str(self._chance.randrange(self._members))
        place = Place(platform, str(self._chance.randrange(20))) if self._chance.random() < 0.8 else None
        name = self.text()[:80] if self._chance.random() < 0.3 else f"member {who}"
        return Speaker(Handle(platform, "", who), name, place, "Lab", is_admin=self._chance.random() < 0.3)

    def _id(self) -> str:
        """Return an id; now and then one that was there before."""
        return f"hostile:{self._chance.randrange(self._number) if self._chance.random() < 0.05 else self._number}"

    def token(self) -> str:
        """Return the token of a button that nobody has drawn like this."""
        return self._target((), {}).token

    def field(self) -> str:
        """Return the name of a field, or what is none."""
        params = self._chance.choice(self._routes).params
        return self._chance.choice(params).name if params and self._chance.random() < 0.8 else self.text()[:40]

    def words(self) -> str:
        """Return the words of a command, or others."""
        command = self._chance.choice(self._registry.commands).words
        return command if self._chance.random() < 0.9 else self.text()[:30]

    def text(self) -> str:
        """Return what somebody could write to make trouble."""
        chance = self._chance.random()
        if chance < 0.5:
            return f"{self._chance.choice(NASTY)} {CANARY}"
        if chance < 0.8:
            return f"{CANARY} {self._chance.choice(('docker', 'soil', '1', 'yes', 'Rome', 'tomorrow', '3d', 'ada'))}"
        return "".join(chr(self._chance.randrange(1, 0x3000)) for _ in range(self._chance.randrange(60)))

    def _int(self) -> int:
        return self._chance.choice((-1, 0, 1, 2, 3, 5, 11, 2**31, 2**63, 10**30))

    def _raw(self) -> Any:
        text = self.text()
        kinds: tuple[Any, ...] = (
            text,
            text,
            text,
            self._int(),
            1.5,
            float("nan"),
            True,
            Member(text),
            Channel("1"),
            Role("2"),
        )
        return self._file() if self._chance.random() < 0.05 else self._chance.choice(kinds)

    def _file(self) -> Upload:
        async def read() -> bytes:
            return random.Random(self._number).randbytes(300)

        return Upload(self.text()[:50], self._chance.choice((0, 10, 300, 10**9)), read)

    def tree(self, depth: int) -> Any:
        """Return some JSON."""
        if depth == 0 or self._chance.random() < 0.3:
            return self._chance.choice((None, True, self._int(), 0.5, self.text(), [], {}))
        if self._chance.random() < 0.5:
            return [self.tree(depth - 1) for _ in range(self._chance.randrange(4))]
        keys = (
            "type",
            "name",
            "value",
            "options",
            "custom_id",
            "components",
            "values",
            "id",
            "files",
            "block",
            "state",
        )
        return {self._chance.choice(keys): self.tree(depth - 1) for _ in range(self._chance.randrange(5))}


async def _fetch(url: str, size: int) -> bytes:
    return b"a,b\n1,2\n"
