"""The bot on Discord: it hears interactions and answers every one of them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, cast

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

from adapters.discord.callbacks import COMPLETE, FAILED, Callbacks, Unwanted
from adapters.discord.fetching import fetch
from adapters.discord.guilds import Guilds
from adapters.discord.mentions import Mentions
from adapters.discord.parse import AUTOCOMPLETE, COMMAND, COMPONENT, SUBMITTED, Incoming, call_of, completing
from adapters.discord.people import place_in, speaker_of
from adapters.discord.prompt import Prompt
from adapters.discord.roster import Roster
from adapters.discord.surface import InteractionSurface
from adapters.discord.told import listen
from bot.core.answering import answer_in_time
from bot.core.calls import Answer
from bot.core.dispatch import Dispatcher
from bot.core.markup import md
from bot.core.reply import Reply, Tone, Visibility

log = logging.getLogger(__name__)

# Told to wait for longer, discord.py gives up instead of sleeping, and we say so.
LONGEST_SLEEP = 30.0
DISCORD = "https://discord.com/api/v10"
HEARD = (COMMAND, COMPONENT, SUBMITTED)
UNHEARD_OF = Answer(
    Reply(md("I do not know what that was. Type {help:code} to see what I can do.", help="/help"), tone=Tone.WARNING),
    Visibility.PRIVATE,
)


@dataclass(frozen=True, slots=True)
class Shards:
    """Which part of all servers this process looks after."""

    ids: tuple[int, ...]
    count: int

    @property
    def share(self) -> float:
        """Say which share of everything that is."""
        return len(self.ids) / self.count


def _servers(count: int) -> str:
    return "1 server" if count == 1 else f"{count} servers"


def _given(**options: Any) -> Any:
    """Leave out what was not given: the library takes its own defaults for those, and no None."""
    return {name: value for name, value in options.items() if value is not None}


class DiscordBot(discord.AutoShardedClient):
    """Hears what happens on Discord. All state is in the store and in the tokens of buttons."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        *,
        shards: Shards | None = None,
        gateway: str = "",
        trace: aiohttp.TraceConfig | None = None,
        on_start: Callable[[DiscordBot], Awaitable[None]] | None = None,
        mentions: Mentions | None = None,
        tell: Callable[[str], None] = log.info,
    ) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True),
            chunk_guilds_at_startup=False,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=LONGEST_SLEEP,
            **_given(http_trace=trace, shard_ids=shards and list(shards.ids), shard_count=shards and shards.count),
        )
        self.dispatcher, self._gateway, self._on_start, self._tell = dispatcher, gateway, on_start, tell
        # How long an answer may take before more time is asked for; None: as the core thinks right.
        self.patience: float | None = None
        self._mentions, self._greeted = mentions or Mentions(), False
        self._trace = trace
        self._untraced: Prompt | None = None
        self._running: set[asyncio.Task[Any]] = set()
        self.guild_watch: Guilds | None = None

    def _get_state(self, **options: Any) -> Roster:
        return Roster(dispatch=self.dispatch, handlers=self._handlers, hooks=self._hooks, http=self.http, **options)

    async def setup_hook(self) -> None:
        """Do what is done once, before anything is heard; `on_ready` may come again and again."""
        if self._gateway:
            # Left to itself, discord.py would go to the address that comes with the number of shards.
            self.shard_count = self.shard_count or await self._count_shards()
        elif Route.BASE != DISCORD:
            await self._find_gateway()
        if self._on_start is not None:
            await self._on_start(self)

    async def _count_shards(self) -> int:
        try:
            count, _, _ = await self.http.get_bot_gateway()
        except discord.GatewayNotFound as error:
            refusal = error.__cause__
            if isinstance(refusal, discord.HTTPException) and refusal.status >= 429:
                raise refusal from None  # a trouble that passes; with too few shards a large bot could not start
            log.warning("Whoever answers for Discord does not know how many shards there should be; taking one.")
            return 1
        return count

    async def _find_gateway(self) -> None:
        """Take the gateway that a stand-in for Discord names: to begin anew, discord.py goes to Discord's own."""
        with suppress(discord.GatewayNotFound):  # asked again when it connects
            _, url, _ = await self.http.get_bot_gateway()
            DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)

    def serves(self, guild_id: int) -> bool:
        """Say whether a server belongs to the shards of this process."""
        count = self.shard_count or 1
        return (guild_id >> 22) % count in (self.shard_ids or range(count))

    async def on_ready(self) -> None:
        """Compare notes after every new beginning; it may come again and again."""
        if not self._greeted:
            self._greeted = True
            self._tell(f"Stepwise is on Discord as {self.user}, in {_servers(len(self.guilds))}.")
        if self.guild_watch is not None:
            await self._see_through(self.guild_watch.compare())

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Welcome a server; at the start `on_ready` looks at all of them at once."""
        if self.guild_watch is not None and self.is_ready():
            await self._see_through(self.guild_watch.came(guild))

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Greet a server that was not available when it was new."""
        if self.guild_watch is not None and self.is_ready():
            await self._see_through(self.guild_watch.back(guild))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Take note that a server sent the bot away."""
        if self.guild_watch is not None:
            await self._see_through(self.guild_watch.went(guild))

    async def on_interaction(self, interaction: Mapping[str, Any]) -> None:
        """Answer whatever somebody does; the roster hands on what Discord sent as it is."""
        await self._see_through(self._hear(interaction))

    async def _see_through(self, work: Coroutine[Any, Any, None]) -> None:
        running = cast(asyncio.Task[Any], asyncio.current_task())
        self._running.add(running)
        try:
            await work
        finally:
            self._running.discard(running)

    async def drain(self, seconds: float) -> None:
        """Wait until everything that was begun is done, and what comes in meanwhile as well."""
        clock = asyncio.get_running_loop()
        end = clock.time() + seconds
        while self._running and (left := end - clock.time()) > 0:
            await asyncio.wait(set(self._running), timeout=left)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """Log what no handler caught; discord.py would print it past the log."""
        log.exception("Something went wrong in %s.", event_method)

    async def _hear(self, interaction: Mapping[str, Any]) -> None:
        kind = interaction["type"]
        callbacks = Callbacks(
            int(interaction["id"]),
            interaction["token"],
            int(interaction["application_id"]),
            self._session,
            self._prompt(),
        )
        if kind == AUTOCOMPLETE:
            await self._complete(interaction, callbacks)
        else:
            await self._answer(interaction, callbacks)

    async def _answer(self, interaction: Mapping[str, Any], callbacks: Callbacks) -> None:
        on_message = interaction.get("message") is not None
        surface = InteractionSurface(callbacks, interaction["type"], on_message, self._mentions)
        try:
            if interaction["type"] not in HEARD or not interaction.get("data"):
                return await surface.respond(UNHEARD_OF)
            listen(interaction["data"])
            call = call_of(self._incoming(interaction), self.dispatcher.registry)
            await answer_in_time(self.dispatcher, call, surface, self.patience)
        except Unwanted as error:
            log.warning("%s", error)
        except Exception as error:  # nobody stays without an answer
            apology = self.dispatcher.apologise(error)
            try:
                await surface.apologise(apology)
            except FAILED as lost:
                log.error("Incident %s could not be told: %s", apology.incident, type(lost).__name__)

    async def _complete(self, interaction: Mapping[str, Any], callbacks: Callbacks) -> None:
        choices: list[dict[str, Any]] = []
        try:
            asked = completing(interaction.get("data") or {}, self.dispatcher.registry)
            if asked is not None:
                found = self.dispatcher.suggest(asked.command, asked.param, asked.typed, place_in(interaction))
                choices = [{"name": one.label, "value": one.value} for one in found]
        except Exception:
            log.exception("A value could not be completed.")
        try:
            await callbacks.respond(COMPLETE, {"choices": choices})
        except FAILED as error:
            log.warning("Discord did not take suggestions: %s", type(error).__name__)

    def _incoming(self, interaction: Mapping[str, Any]) -> Incoming:
        guild = self.get_guild(int(interaction.get("guild_id") or 0))
        speaker = speaker_of(interaction, getattr(guild, "name", "") or "")
        return Incoming(str(interaction["id"]), interaction["type"], interaction["data"], speaker, self._fetch)

    def _prompt(self) -> Prompt | None:
        """Return the shortest way; None where something else stands in for discord.py's way to Discord."""
        if type(async_context.get()) is not AsyncWebhookAdapter:
            return None
        if self._untraced is None:
            session = aiohttp.ClientSession(
                connector=self.http.connector, connector_owner=False, cookie_jar=aiohttp.DummyCookieJar()
            )
            self._untraced = Prompt(session, self._trace)
        return self._untraced

    async def close(self) -> None:
        """Leave, and close what was opened."""
        if self._untraced is not None:
            await self._untraced.session.close()
        await super().close()

    @property
    def _session(self) -> aiohttp.ClientSession:
        session: aiohttp.ClientSession = self.http._HTTPClient__session  # type: ignore[attr-defined]
        return session

    async def _fetch(self, url: str, size: int) -> bytes:
        """Read a file that a member sent."""
        return await fetch(self.http, url)
