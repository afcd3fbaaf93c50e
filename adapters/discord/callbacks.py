"""Answer one interaction: its first response, its follow-ups, and what to make of Discord's refusals."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

import aiohttp
import discord
from discord.http import MultipartParameters, Route
from discord.webhook.async_ import async_context

from adapters.discord.prompt import Prompt
from adapters.discord.render import Message
from adapters.discord.setbacks import Unsettled
from adapters.discord.tracing import PROMPT

ANSWER, LATER, LATER_UPDATE, UPDATE, COMPLETE, FORM = 4, 5, 6, 7, 8, 9
EPHEMERAL, COMPONENTS_V2 = 1 << 6, 1 << 15
# Answered already: a second delivery, or a first try whose answer got lost on its way.
ANSWERED = 40060
# Later than three seconds; later than a quarter of an hour; and the same, where the key is forgotten already.
TOO_LATE = frozenset({10062, 50027, 10015})
UNKNOWN_MESSAGE = 10008
# After a fault of Discord or a lost connection; all of them fit into the three seconds of a first answer.
WAITS = (0.1, 0.4, 1.0)
# Told to wait for longer, nobody waits for the answer any more.
LONGEST_WAIT = 2.0
# What it means that something could not be said.
FAILED = (discord.DiscordException, aiohttp.ClientError, TimeoutError, OSError, Unsettled)


class Unwanted(discord.DiscordException):
    """Nobody waits for this answer: it comes too late, or another delivery of the same click was answered."""


class Gone(discord.DiscordException):
    """The message that was to be changed is not there any more."""


@dataclass(frozen=True, slots=True)
class Callbacks:
    """Speaks to Discord about one interaction. These requests stand outside the limit on the bot's own posts."""

    id: int
    token: str
    application: int
    session: aiohttp.ClientSession
    prompt: Prompt | None = None

    async def respond(self, kind: int, data: dict[str, Any] | None = None) -> None:
        """Give a first response that carries no files."""
        body = {"type": kind} if data is None else {"type": kind, "data": data}
        if self.prompt is None:
            await self._send(self._first(), body, ())
        else:
            await _insist(partial(self.prompt.post, self._first_url(), body), again=True)

    async def say(self, kind: int, message: Message) -> None:
        """Give a message as the first response."""
        if message.files:
            await self._send(self._first(), {"type": kind, "data": message.body}, message.files)
        else:
            await self.respond(kind, message.body)

    async def edit(self, message: Message) -> None:
        """Put a message in the place of the first response."""
        body = {**message.body, "flags": COMPONENTS_V2}
        await self._send(self._later("PATCH", "/messages/@original"), {"attachments": [], **body}, message.files)

    async def follow(self, message: Message) -> None:
        """Say something more."""
        await self._send(self._later("POST", ""), message.body, message.files)

    async def delete(self) -> None:
        """Take the first response back."""
        await self._send(self._later("DELETE", "/messages/@original"), None, ())

    def _first(self) -> Route:
        path = "/interactions/{webhook_id}/{webhook_token}/callback"
        return Route("POST", path, webhook_id=self.id, webhook_token=self.token)

    def _first_url(self) -> str:
        return f"{Route.BASE}/interactions/{self.id}/{self.token}/callback"

    def _later(self, method: str, end: str) -> Route:
        path = "/webhooks/{webhook_id}/{webhook_token}" + end
        return Route(method, path, webhook_id=self.application, webhook_token=self.token)

    async def _send(self, route: Route, body: dict[str, Any] | None, files: tuple[tuple[str, bytes], ...]) -> None:
        session = cast(aiohttp.ClientSession, _Prompt(self.session))

        def attempt() -> Coroutine[Any, Any, Any]:
            wire = async_context.get()
            if not files:
                return wire.request(route, session, payload=body)
            with_files = _multipart(body or {}, files)
            return wire.request(route, session, files=with_files.files, multipart=with_files.multipart)

        await _insist(attempt, again=route.method != "POST" or route.path.endswith("/callback"))


async def _insist(attempt: Callable[[], Coroutine[Any, Any, Any]], *, again: bool) -> None:
    """Try again after trouble on the way, where nothing comes twice by that."""
    lost = False
    for wait in (*WAITS, None):
        try:
            await attempt()
        except discord.HTTPException as error:
            if error.code == ANSWERED and lost:
                return  # by ourselves: what got lost was the way back
            if error.code in TOO_LATE or error.code == ANSWERED:
                raise Unwanted(f"Discord took no answer to an interaction: {error.code}.") from None
            if error.code == UNKNOWN_MESSAGE:
                raise Gone("The message was deleted meanwhile.") from None
            raise
        except (Unsettled, aiohttp.ClientError, TimeoutError, OSError) as error:
            # After a fault of its own Discord has hardly ever done it, and a word too many is better than none.
            told = error.wait if isinstance(error, Unsettled) else 0.0
            if wait is None or told > LONGEST_WAIT or not (again or isinstance(error, Unsettled)):
                raise
            lost = True
            await asyncio.sleep(max(wait, told))
        else:
            return


@dataclass(frozen=True, slots=True)
class _Prompt:
    """Marks requests that cannot wait: left to itself, discord.py sleeps for seconds after a fault of Discord."""

    session: aiohttp.ClientSession

    def request(self, method: str, url: str, **options: Any) -> Any:
        return self.session.request(method, url, trace_request_ctx=PROMPT, **options)


def _multipart(body: dict[str, Any], files: tuple[tuple[str, bytes], ...]) -> MultipartParameters:
    attached = [discord.File(io.BytesIO(data), filename=name) for name, data in files]
    parts: list[dict[str, Any]] = [{"name": "payload_json", "value": discord.utils._to_json(body)}]
    parts += [
        {
            "name": f"files[{index}]",
            "value": one.fp,
            "filename": one.filename,
            "content_type": "application/octet-stream",
        }
        for index, one in enumerate(attached)
    ]
    return MultipartParameters(payload=None, multipart=parts, files=attached)
