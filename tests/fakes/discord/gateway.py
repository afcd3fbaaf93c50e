"""The gateway: who connects, which events they get, and what may happen to a connection."""

from __future__ import annotations

import asyncio
import json
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from tests.fakes.discord.compression import stream
from tests.fakes.discord.sessions import Session, Wire

if TYPE_CHECKING:
    from tests.fakes.discord.guilds import Guild
    from tests.fakes.discord.world import World

HEARTBEAT, IDENTIFY, PRESENCE, RESUME, RECONNECT, MEMBERS, INVALID, HELLO, ACK = 1, 2, 3, 6, 7, 8, 9, 10, 11
WRONG_TOKEN, NOT_IDENTIFIED, TWICE, WRONG_SHARD, SHARDS_NEEDED, PRIVILEGED = 4004, 4003, 4005, 4010, 4011, 4014
GUILDS_INTENT, PRIVILEGED_INTENTS = 1 << 0, 1 << 1 | 1 << 8 | 1 << 15
GUILDS_PER_SHARD, RECOMMENDED_PER_SHARD = 2_500, 1_000
AT_ONCE = 200


@dataclass(slots=True, eq=False)
class Connection:
    """One websocket and the session that it speaks for."""

    wire: Wire
    session: Session | None = None


@dataclass(slots=True)
class Seen:
    """What clients said to the gateway."""

    identifies: list[dict[str, Any]] = field(default_factory=list)
    resumes: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    heartbeats: int = 0
    closes: list[int | None] = field(default_factory=list)


class Gateway:
    """Holds sessions, and lets a test do to them what happens in real life."""

    def __init__(self, world: World, shards: int | None, heartbeat_seconds: float) -> None:
        self._world, self._shards, self._heartbeat_ms = world, shards, int(heartbeat_seconds * 1000)
        self.sessions: dict[str, Session] = {}
        self._connections: set[Connection] = set()
        self.seen, self.acknowledges = Seen(), True
        self.allowed_intents = ~PRIVILEGED_INTENTS
        self.base = ""

    @property
    def recommended_shards(self) -> int:
        """Say how many shards there should be."""
        here = sum(one.present for one in self._world.guilds.values())
        return self._shards or max(1, math.ceil(here / RECOMMENDED_PER_SHARD))

    @property
    def online(self) -> list[Session]:
        """Return the sessions with a connection."""
        return [one for one in self.sessions.values() if one.wire is not None]

    def tell(self, guild: str, event: str, data: Any) -> None:
        """Tell the shard of a guild, if it wants to hear of guilds."""
        session = self.session_of(guild)
        if session is not None and session.intents & GUILDS_INTENT:
            session.emit(event, data() if callable(data) else data)

    def session_of(self, guild: str | None) -> Session | None:
        """Return the latest session that looks after a guild; direct messages go to the first shard."""
        for one in reversed(self.sessions.values()):
            if one.looks_after(guild) if guild else one.shard == 0:
                return one
        return None

    def drops(self) -> None:
        """Break every connection without a word; sessions can be resumed."""
        for one in self._connections:
            one.wire.cut()

    def closes(self, code: int = 1001) -> None:
        """Close every connection with a code."""
        for one in self._connections:
            one.wire.close(code)

    def asks_to_reconnect(self) -> None:
        """Tell clients to come back (opcode 7)."""
        self._say_all(RECONNECT, None)

    def invalidates(self, *, resumable: bool = False) -> None:
        """Tell clients that their sessions are over (opcode 9)."""
        if not resumable:
            self.forgets()
        self._say_all(INVALID, resumable)

    def forgets(self) -> None:
        """Lose all sessions, so that nobody can resume."""
        self.sessions.clear()

    async def connect(self, request: web.BaseRequest) -> web.WebSocketResponse:
        """Serve one websocket."""
        socket = web.WebSocketResponse(compress=False, autoping=True)
        await socket.prepare(request)
        self.seen.paths.append(request.path)
        connection = Connection(Wire(socket, stream(request.query.get("compress", ""))))
        self._connections.add(connection)
        _say(connection.wire, HELLO, {"heartbeat_interval": self._heartbeat_ms})
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await self._hear(connection, json.loads(message.data))
        finally:
            await self._end(connection, socket.close_code)
        return socket

    async def _end(self, connection: Connection, code: int | None) -> None:
        self._connections.discard(connection)
        self.seen.closes.append(code)
        session = connection.session
        if session is not None and session.wire is connection.wire:
            session.wire = None
            # Whoever says good-bye cannot resume.
            if code in (1000, 1001):
                self.sessions.pop(session.id, None)
        self._world.bell.ring()
        await connection.wire.stop()

    async def _hear(self, connection: Connection, said: dict[str, Any]) -> None:
        code, data = said["op"], said.get("d")
        if code == HEARTBEAT:
            self.seen.heartbeats += 1
            if self.acknowledges:
                _say(connection.wire, ACK, None)
        elif code == IDENTIFY:
            await self._identify(connection, data or {})
        elif code == RESUME:
            self._resume(connection, data or {})
        elif connection.session is None:
            connection.wire.close(NOT_IDENTIFIED)
        self._world.bell.ring()

    async def _identify(self, connection: Connection, data: dict[str, Any]) -> None:
        self.seen.identifies.append(data)
        shard, shards = data.get("shard") or (0, 1)
        refusal = self._refusal(connection, data, shard, shards)
        if refusal:
            connection.wire.close(refusal)
            return
        self._forget_silent(shard, shards)
        session = Session(self._world.ids.new(), shard, shards, data["intents"], connection.wire)
        connection.session, self.sessions[session.id] = session, session
        guilds = [one for one in self._world.guilds.values() if one.present and session.looks_after(one.id)]
        session.emit("READY", self._ready(session, guilds))
        if session.intents & GUILDS_INTENT:
            await self._introduce(session, guilds)

    def _forget_silent(self, shard: int, shards: int) -> None:
        """Let sessions go that nobody can want back, as the same shard begins anew."""
        for old in list(self.sessions.values()):
            if (old.shard, old.shards) == (shard, shards) and old.wire is None:
                self.sessions.pop(old.id)

    def _refusal(self, connection: Connection, data: dict[str, Any], shard: int, shards: int) -> int:
        if data.get("token") != self._world.token:
            return WRONG_TOKEN
        if connection.session is not None:
            return TWICE
        if not 0 <= shard < shards:
            return WRONG_SHARD
        here = sum(one.present for one in self._world.guilds.values())
        if here > shards * GUILDS_PER_SHARD:
            return SHARDS_NEEDED
        return PRIVILEGED if data.get("intents", 0) & ~self.allowed_intents else 0

    def _resume(self, connection: Connection, data: dict[str, Any]) -> None:
        self.seen.resumes.append(data)
        session = self.sessions.get(str(data.get("session_id")))
        if data.get("token") != self._world.token:
            connection.wire.close(WRONG_TOKEN)
        elif session is None or not session.can_replay(int(data["seq"])):
            _say(connection.wire, INVALID, False)
        else:
            connection.session, session.wire = session, connection.wire
            session.replay(int(data["seq"]))
            session.resumes += 1
            session.emit("RESUMED", {})

    def _ready(self, session: Session, guilds: list[Guild]) -> dict[str, Any]:
        return {
            "v": 10,
            "user": self._world.bot.payload(),
            "guilds": [{"id": one.id, "unavailable": True} for one in guilds],
            "session_id": session.id,
            "session_type": "normal",
            "resume_gateway_url": f"{self.base}/resume",
            "shard": [session.shard, session.shards],
            "application": {"id": self._world.bot.id, "flags": 0},
            "private_channels": [],
        }

    async def _introduce(self, session: Session, guilds: list[Guild]) -> None:
        """Tell all guilds, with breath between, as there may be thousands."""
        for number, one in enumerate(guilds, 1):
            if one.available and one.present:
                session.emit("GUILD_CREATE", one.payload() | {"unavailable": False})
            if number % AT_ONCE == 0:
                await asyncio.sleep(0)

    def _say_all(self, code: int, data: Any) -> None:
        for one in self._connections:
            _say(one.wire, code, data)


def _say(wire: Wire, code: int, data: Any) -> None:
    wire.say(json.dumps({"op": code, "d": data, "s": None, "t": None}))
