"""The shortest way to Discord for first answers, which members wait for: discord.py's own costs half as much again."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import yarl
from discord.http import json_or_text

from adapters.discord.setbacks import Unsettled
from adapters.discord.tracing import PROMPT, told_to_wait

_HEADERS = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class Prompt:
    """Posts over a session that nobody looks over; what is refused is shown to whoever looks over all others."""

    session: aiohttp.ClientSession
    trace: aiohttp.TraceConfig | None = None

    async def post(self, url: str, body: dict[str, Any]) -> None:
        """Post, or raise what discord.py would raise; `Unsettled` where another try makes sense."""
        data = discord.utils._to_json(body).encode()
        async with self.session.post(yarl.URL(url, encoded=True), data=data, headers=_HEADERS) as response:
            if response.status >= 300:
                await self._refused(response)
            await response.read()  # or the connection could not be used again

    async def _refused(self, response: aiohttp.ClientResponse) -> None:
        said = await json_or_text(response)
        end = aiohttp.TraceRequestEndParams(response.method, response.url, response.headers.copy(), response)
        for look in self.trace.on_request_end if self.trace else ():
            await look(self.session, SimpleNamespace(trace_request_ctx=PROMPT), end)
        if response.status == 429:
            raise Unsettled(429, told_to_wait(said, response.headers))
        if response.status >= 500:
            raise Unsettled(response.status)
        raise discord.HTTPException(response, said)
