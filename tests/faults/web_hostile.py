"""What hostile browsers send to the page: frames and requests, most of them wrong somewhere."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote
from uuid import UUID

from adapters.web.limits import FRAME, UPLOAD
from adapters.web.people import CHANNELS, DIRECT
from tests.faults.hostile import CANARY, Hostile

# What it hears on the socket may be wrong in any of these places.
KEYS = ("do", "n", "id", "room", "line", "token", "picked", "fields", "files", "entry", "label", "name", "field", "to")
DOINGS = (
    "sit",
    "say",
    "say",
    "say",
    "press",
    "press",
    "fill",
    "menu",
    "home",
    "complete",
    "suggest",
    "preview",
    "jump",
)
BROKEN = (
    b"",
    b"{",
    b"[]",
    b"null",
    b"1",
    b'"do"',
    b"\xff\xfe",
    b'{"do": "say"',
    b"[" * 9_000,
    b'{"n": 1' + b"0" * 5_000,
)
ENDLESS = b'{"do": "say", "line": "' + b"x" * FRAME + b'"}'
PATHS = (
    *("/", "/login", "/page/chat.js", "/page/../door.py", "/page/%2e%2e/door.py", "/upload", "/socket", "/organiser"),
    *("/organiser?community=1", "/organiser/weeks.csv", "/organiser/members.csv?community=99999999999", "/author"),
    *(f"/files/{'0' * 32}/0/0", f"/files/{'0' * 32}/٣/٣", "//", "/%00", "/%ff%fe", "*", "http://evil.example/"),
)
HOSTS = ("evil.example", "[", "[::1", "127.0.0.1:x", "127.0.0.1:99999999", "", "\xff", "localhost\x00", "a" * 5_000)
ORIGINS = ("null", "https://evil.example", "http://[", "http://127.0.0.1:1", "\xff\xfe", "", "file://", "x" * 5_000)
COOKIES = ("stepwise=", "stepwise=x.y", "stepwise=\xff.\xff", "stepwise=a.b.c; stepwise=d", '="', ";;;", "x" * 5_000)
METHODS = ("GET", "GET", "POST", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "FROB")
KINDS = (
    *("application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=none-such", "text/plain"),
    *("multipart/form-data", "multipart/form-data; boundary=x", "application/json", "\xff", ""),
)
RAW = (
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET  /  HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
    b"POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n",
    b"POST /upload HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nzz\r\n",
    b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 4_000 + b"\r\n",
    b"\x00" * 4_000 + b"\r\n\r\n",
)


@dataclass(slots=True)
class Seen:
    """What a browser saw on its page lately: what it could press."""

    entries: list[str] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)

    def take(self, frame: Any) -> None:
        """Remember what a frame shows."""
        match frame:
            case {"about": "message" | "replaced", "entry": {"id": str(name)} as entry}:
                self.entries = [*self.entries[-9:], name]
                self.tokens = [*self.tokens, *_tokens_in(entry)][-30:]
            case {"about": "form", "form": {"token": str(token)}}:
                self.tokens = [*self.tokens[-29:], token]


def _tokens_in(tree: Any) -> list[str]:
    if isinstance(tree, dict):
        own = [tree["token"]] if isinstance(tree.get("token"), str) else []
        return own + [one for each in tree.values() for one in _tokens_in(each)]
    return [one for each in tree for one in _tokens_in(each)] if isinstance(tree, list) else []


class HostilePages:
    """Makes frames and requests."""

    def __init__(self, hostile: Hostile, seed: int) -> None:
        self._hostile, self._chance = hostile, random.Random(seed)

    def name(self) -> str:
        """Return how somebody calls themselves."""
        return self._hostile.text() if self._chance.random() < 0.2 else f"browser {self._chance.randrange(500)}"

    def kind(self) -> str:
        """Choose what comes next."""
        return self._chance.choices(("frame", "request", "junk"), (80, 17, 3))[0]

    def junk(self) -> bytes:
        """Return what is no whole request."""
        return self._chance.choice(RAW)

    def one_of(self, addresses: Sequence[str]) -> str:
        """Choose where a request goes."""
        return self._chance.choice(addresses)

    def frame(self, seen: Seen) -> bytes:
        """Return the next frame."""
        chance = self._chance.random()
        if chance < 0.02:
            return ENDLESS
        if chance < 0.08:
            return self._chance.choice(BROKEN)
        frame = self._sound(seen)
        if chance < 0.3:
            frame[self._chance.choice(KEYS)] = self._hostile.tree(3)
        return json.dumps(frame).encode()

    def _sound(self, seen: Seen) -> dict[str, Any]:
        """Make what the page could send, with hostile contents."""
        chance, hostile = self._chance, self._hostile
        does = chance.choice(DOINGS)
        slash = chance.choice(("/", "/", "@stepwise ", ""))
        token = chance.choice(seen.tokens) if seen.tokens and chance.random() < 0.6 else hostile.token()
        return {
            "do": does,
            "n": chance.randrange(1, 2**40),
            "id": UUID(int=chance.getrandbits(128)).hex,
            "room": chance.choice((*CHANNELS, DIRECT)),
            "line": f"{slash}{hostile.words()} {hostile.text()}",
            "entry": chance.choice((*seen.entries, "form", "")),
            "token": token[:1000],
            "picked": [hostile.text()] if does == "press" and chance.random() < 0.3 else [],
            "fields": {hostile.field(): hostile.text() for _ in range(chance.randrange(4))} if does == "fill" else {},
            "files": {hostile.field(): "0" * 32} if does == "fill" else ["0" * 32],
            "label": chance.choice(("Save as a question", hostile.text()[:100])),
            "name": self.name()[:160],
            "organiser": chance.random() < 0.3,
            "platform": chance.choice(("Discord", "Slack", "Paper")),
            "typed": hostile.text()[:200],
            "field": hostile.field(),
            "to": chance.choice(("2026-11-24", "monday", "never", "9999-12-31", "0001-01-01")),
        }

    def request(self, host: str, cookie: str) -> bytes:
        """Return the next request to this address, by a browser with this cookie."""
        makers: Sequence[Callable[[], tuple[str, bytes]]] = (self._look, self._look, self._log_in, self._send)
        path, body = self._chance.choice(makers)()
        headers = {"Host": host, "Origin": f"http://{host}", "Cookie": cookie, "Content-Length": str(len(body))}
        if path.startswith("/socket"):
            headers |= {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
            headers["Sec-WebSocket-Key"] = self._chance.choice(("AAAAAAAAAAAAAAAAAAAAAA==", "x", ""))
        method = "POST" if body else self._chance.choice(METHODS)
        if self._chance.random() < 0.5:
            self._spoil(headers)
        return _written(method, path, {**headers, "Connection": headers.get("Connection", "close")}, body)

    def _spoil(self, headers: dict[str, str]) -> None:
        name, values = self._chance.choice(
            (
                ("Host", HOSTS),
                ("Origin", ORIGINS),
                ("Cookie", COOKIES),
                ("Content-Type", KINDS),
                ("Sec-Fetch-Site", ("cross-site", "same-site", "\xff")),
                ("If-None-Match", ("*", '"x"', "\xff")),
                ("Range", ("bytes=9-1", "bytes=-999999999999", "x")),
            )
        )
        headers[name] = self._chance.choice(values)

    def _look(self) -> tuple[str, bytes]:
        path = self._chance.choice(PATHS)
        if self._chance.random() < 0.3:
            path += f"?q={quote(self._hostile.text(), errors='replace')}"
        return path, b""

    def _log_in(self) -> tuple[str, bytes]:
        words = quote(self._hostile.text(), errors="replace")
        bodies = (
            b"x",
            f"password={words}".encode(),
            b"password=%ff%fe",
            b"p" * 9_000,
            b"--x\r\nno form\r\n",
            b"\xff\xfe",
        )
        return "/login", self._chance.choice(bodies)

    def _send(self) -> tuple[str, bytes]:
        name = quote(self._hostile.text(), errors="replace")
        size = UPLOAD + 1 if self._chance.random() < 0.002 else self._chance.choice((1, 10, 3_000))
        return f"/upload?name={name}", CANARY.encode() + b"\x00" * size


def _written(method: str, path: str, headers: dict[str, str], body: bytes) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return "\r\n".join(lines).encode("utf-8" if "٣" in path else "latin-1", errors="replace") + body
