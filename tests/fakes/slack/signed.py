"""HTTP mode: requests to the bot's address, signed as the platform signs them, and requests that are not."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import io
import json
import time
from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import aiohttp
from yarl import URL

from tests.fakes.slack.delivery import Ack, Delivery
from tests.fakes.slack.trouble import NoAck

if TYPE_CHECKING:
    from tests.fakes.slack.world import FakeSlack

FORM, JSON = "application/x-www-form-urlencoded", "application/json"


class Signed:
    """Sends to the bot's address."""

    def __init__(self, world: FakeSlack, address: str) -> None:
        self._world, self.address = world, address
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))

    async def close(self) -> None:
        """Hang up."""
        await self._session.close()

    async def carry(self, delivery: Delivery, retry: int, reason: str) -> Ack:
        """Send a delivery and read the acknowledgement."""
        body, kind = _body(delivery)
        extra = {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": reason} if retry else {}
        began = time.monotonic()
        delivery.attempts += 1
        try:
            async with asyncio.timeout(self._world.ack_seconds):
                status, text, shown = await self._post(body, {**self.headers(body, kind), **extra})
        except TimeoutError:
            raise NoAck(f"{delivery.name}: operation_timeout") from None
        except aiohttp.ClientError as error:
            raise NoAck(f"{delivery.name}: dispatch_failed, {error!r}") from error
        if status != 200:
            raise NoAck(f"{delivery.name}: dispatch_failed, status {status}: {text[:200]}")
        seconds = time.monotonic() - began
        return Ack(json.loads(text) if text and shown.startswith(JSON) else text, seconds)

    def headers(self, body: bytes, kind: str = JSON, *, at: float | None = None, secret: str = "") -> dict[str, str]:
        """Sign a body, with another time or another secret where a test wants them."""
        stamp = str(int(self._world.wall() if at is None else at))
        key = (secret or self._world.app.signing_secret).encode()
        signature = hmac.new(key, b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
        return {
            "Content-Type": kind,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={signature}",
        }

    async def send(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
        """Send anything and return status and text."""
        status, text, _ = await self._post(body, headers)
        return status, text

    async def verifies(self) -> bool:
        """Ask whether the address answers the platform's question when it is entered."""
        body = json.dumps({"type": "url_verification", "token": "verification", "challenge": "3eZbrw1aB"}).encode()
        status, text = await self.send(body, self.headers(body))
        return status == 200 and "3eZbrw1aB" in text

    async def _post(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, str, str]:
        async with self._session.post(self.address, data=io.BytesIO(body), headers=dict(headers)) as answer:
            return answer.status, await answer.text(), answer.headers.get("Content-Type", "")


class Hostile:
    """Sends what no platform would; every method returns the status that came back, 0 for a closed door."""

    def __init__(self, signed: Signed, wall: Any) -> None:
        self._signed, self._wall = signed, wall

    async def unsigned(self) -> int:
        """Send a good body without a signature."""
        return await self._send(_harmless(), {"Content-Type": JSON})

    async def bad_signature(self) -> int:
        """Sign with another secret."""
        return await self._send(_harmless(), self._signed.headers(_harmless(), secret="guessed"))

    async def changed_body(self) -> int:
        """Change the body after it was signed."""
        return await self._send(_harmless() + b" ", self._signed.headers(_harmless()))

    async def replayed(self, seconds: float = 301) -> int:
        """Send what was rightly signed some time ago."""
        return await self._send(_harmless(), self._signed.headers(_harmless(), at=self._wall() - seconds))

    async def odd_timestamp(self, stamp: str = "yesterday") -> int:
        """Send a time that is none."""
        return await self._send(_harmless(), {**self._signed.headers(_harmless()), "X-Slack-Request-Timestamp": stamp})

    async def huge(self, size: int = 10 * 2**20, *, signed: bool = True) -> int:
        """Send a very large body, rightly signed or not."""
        body = b'{"type":"event_callback","junk":"' + b"x" * size + b'"}'
        return await self._send(body, self._signed.headers(body) if signed else {"Content-Type": JSON})

    async def broken_json(self) -> int:
        """Sign something that cannot be read."""
        body = b'{"type": "event_callback", '
        return await self._send(body, self._signed.headers(body))

    async def broken_form(self) -> int:
        """Sign a form whose payload cannot be read."""
        body = b"payload=%7B%22type%22%3A"
        return await self._send(body, self._signed.headers(body, FORM))

    @contextlib.asynccontextmanager
    async def slow(self, number: int = 1000) -> AsyncIterator[list[asyncio.StreamWriter]]:
        """Hold connections open that never finish their request."""
        url, held = URL(self._signed.address), []
        start = f"POST {url.path} HTTP/1.1\r\nHost: {url.host}\r\nContent-Type: {JSON}\r\nContent-Length: 100\r\n"
        try:
            for _ in range(number):
                _, writer = await asyncio.open_connection(url.host, url.port)
                writer.write(start.encode())
                held.append(writer)
            yield held
        finally:
            for writer in held:
                writer.transport.abort()

    async def _send(self, body: bytes, headers: Mapping[str, str]) -> int:
        try:
            status, _ = await self._signed.send(body, headers)
        except aiohttp.ClientError:
            return 0
        return status


def _harmless() -> bytes:
    return b'{"type":"event_callback","event":{"type":"app_mention","user":"U1","text":"help"},"event_id":"EvHostile"}'


def _body(delivery: Delivery) -> tuple[bytes, str]:
    if delivery.kind == "slash_commands":
        return urlencode(delivery.payload).encode(), FORM
    if delivery.kind == "interactive":
        return urlencode({"payload": json.dumps(delivery.payload)}).encode(), FORM
    return json.dumps(delivery.payload).encode(), JSON
