"""Run the bot on Discord: log in, stay, and leave in good order."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.discord.breaker import Breaker
from adapters.discord.client import DISCORD, LONGEST_SLEEP, DiscordBot, Shards
from adapters.discord.guilds import Guilds
from adapters.discord.locales import Words
from adapters.discord.mentions import Mentions
from adapters.discord.pacer import Pacer, RealTiming
from adapters.discord.posting import DiscordPoster
from adapters.discord.setbacks import from_discord
from adapters.discord.starting import NOT_DISCORD, NOT_IN_SERVER, REFUSED, cleaned, spoken
from adapters.discord.syncing import Memory, known_mentions, sync
from adapters.discord.tracing import trace_config
from adapters.discord.wire import Wire
from bot.clock import SystemClock
from bot.core.dispatch import Dispatcher
from bot.core.outgoing import CannotStart, Doorkeeper
from bot.core.registry import Registry

log = logging.getLogger(__name__)

RATE = 40.0
# Together with what rounds may take, less than the ten seconds that whoever stops a process usually gives it.
FINISHING_SECONDS, GOODBYE_SECONDS = 4.0, 1.0
FIRST_WAIT, LONGEST_WAIT = 2.0, 120.0
UNREACHABLE = (aiohttp.ClientError, OSError, TimeoutError)
# The gateway closes with these when it will never let us in like this.
FATAL = {
    4004: REFUSED,
    4010: "Discord does not know these shards. Check STEPWISE_DISCORD_SHARDS.",
    4011: "This bot is in so many servers that it needs more shards. Raise the count in STEPWISE_DISCORD_SHARDS.",
    4013: "Discord refuses what the bot asks to hear. Please report this.",
    4014: "Discord refuses what the bot asks to hear. Please report this.",
}


@dataclass(frozen=True, slots=True)
class Account:
    """How to reach Discord, and as whom."""

    token: str = field(repr=False)
    api: str = DISCORD
    gateway: str = ""
    shards: Shards | None = None
    words: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Presence:
    """The bot on Discord, while it is there."""

    account: Account
    bot: DiscordBot
    poster: DiscordPoster
    pacer: Pacer

    @property
    def connected(self) -> bool:
        """Say whether every shard hears Discord right now."""
        shards = self.bot.shards.values()
        return bool(shards) and not any(shard.is_closed() for shard in shards)

    async def stay(self) -> None:
        """Listen until told to leave; wait for Discord where it does not even say where to listen."""
        wait = FIRST_WAIT
        while True:
            try:
                return await self._listen()
            except discord.PrivilegedIntentsRequired:
                raise CannotStart(FATAL[4014]) from None
            except discord.ConnectionClosed as error:
                raise CannotStart(FATAL.get(error.code, f"Discord closed the connection ({error.code}).")) from None
            except (discord.GatewayNotFound, *UNREACHABLE) as error:
                if self.bot.is_closed():
                    raise
                if getattr(error.__cause__, "status", 0) == 401:
                    raise CannotStart(REFUSED) from None
                log.warning("Discord does not let us listen (%s); trying again in %.0f s.", type(error).__name__, wait)
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)

    async def _listen(self) -> None:
        """Connect in a task of its own: one that comes back to Discord just now lets no cancellation through."""
        connecting = asyncio.ensure_future(self.bot.connect(reconnect=True))
        try:
            await asyncio.wait({connecting})
        finally:
            connecting.cancel()
        await connecting

    async def leave(self) -> None:
        """Finish what is running, and say good-bye."""
        await self.bot.drain(FINISHING_SECONDS)
        self.pacer.close()
        _, silent = await asyncio.wait({asyncio.ensure_future(self.bot.close())}, timeout=GOODBYE_SECONDS)
        if silent:
            log.warning("Discord did not answer our good-bye.")
            await self.bot.http.close()


def point_at(account: Account) -> None:
    """Send discord.py where the settings say. Both places are settings of the library's classes."""
    Route.BASE = api_base(account.api)
    if account.gateway:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(account.gateway)


def api_base(url: str) -> str:
    """Return the REST base; a bare host, as proxies name themselves, gets Discord's own path."""
    return url if urlsplit(url).path.strip("/") else f"{url.rstrip('/')}/api/v10"


@asynccontextmanager
async def on_discord(
    account: Account,
    dispatcher: Dispatcher,
    door: Doorkeeper,
    memory: Memory,
    tell: Callable[[str], None] = log.info,
) -> AsyncIterator[Presence]:
    """Log in, tell Discord the commands if they changed, and be ready to listen."""
    point_at(account)
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nobody speaks here
    timing = RealTiming(SystemClock())  # Discord lives in real time, whatever a test does with ours
    breaker = Breaker(timing)
    share = account.shards.share if account.shards else 1.0
    pacer = Pacer(timing, breaker, rate=RATE * share)

    mentions = Mentions()

    async def on_start(bot: DiscordBot) -> None:
        application = bot.application_id or 0
        try:
            await sync(bot.http, application, dispatcher.registry, memory, account.words)
        except discord.RateLimited as error:
            log.error(
                "Discord takes no commands for another %.0f s; until the next start, it has the old ones.",
                error.retry_after,
            )
        mentions.known = await known_mentions(application, memory)

    bot = DiscordBot(
        dispatcher,
        shards=account.shards,
        gateway=account.gateway,
        trace=trace_config(pacer, breaker),
        on_start=on_start,
        mentions=mentions,
        tell=tell,
    )
    poster = DiscordPoster(Wire(bot.http, pacer, timing), bot.get_guild, mentions)
    bot.guild_watch = Guilds(door, poster, dispatcher.clock, bot)
    presence = Presence(account, bot, poster, pacer)
    try:
        await log_in(bot, account.token)
        yield presence
    finally:
        await presence.leave()


async def log_in(bot: DiscordBot, token: str) -> None:
    """Log in; wait for Discord as long as it takes, but not for a token that is wrong."""
    wait = FIRST_WAIT
    while True:
        try:
            return await bot.login(cleaned(token))
        except discord.LoginFailure:
            raise CannotStart(REFUSED) from None
        except discord.HTTPException as error:
            if error.status < 500 and error.status != 429:
                raise CannotStart(spoken(error)) from None
            log.warning("Discord cannot take us now (%s); trying again in %.0f s.", error.status, wait)
        except discord.RateLimited as error:
            wait = max(wait, error.retry_after)
            log.warning("Discord asks us to wait; trying again in %.0f s.", wait)
        except UNREACHABLE as error:
            log.warning("Discord cannot be reached (%s); trying again in %.0f s.", type(error).__name__, wait)
        except (TypeError, KeyError, ValueError):
            if bot.application_id is not None:
                raise  # it was not what Discord answered
            raise CannotStart(NOT_DISCORD) from None
        await _begin_anew(bot)
        await asyncio.sleep(wait)
        wait = min(wait * 2, LONGEST_WAIT)


async def _begin_anew(bot: DiscordBot) -> None:
    """Close what the last try opened: discord.py opens a new session at each login and forgets the old one."""
    await bot.http.close()
    bot.http.connector = discord.utils.MISSING


@asynccontextmanager
async def _logged_in(token: str, api: str) -> AsyncIterator[discord.Client]:
    """Log in for a moment, without listening."""
    point_at(Account(token, api))
    client = discord.Client(intents=discord.Intents.none(), max_ratelimit_timeout=LONGEST_SLEEP)
    async with client:
        try:
            await client.login(cleaned(token))
            yield client
        except discord.LoginFailure:
            raise CannotStart(REFUSED) from None
        except discord.RateLimited as error:
            raise CannotStart(f"Discord asks to wait. Try again in {error.retry_after / 60:.0f} minutes.") from None
        except discord.HTTPException as error:
            raise CannotStart(spoken(error)) from None
        except (TypeError, KeyError, ValueError):
            if client.application_id is not None:
                raise  # it was not what Discord answered
            raise CannotStart(NOT_DISCORD) from None
        except UNREACHABLE as error:
            raise CannotStart(f"Discord cannot be reached ({type(error).__name__}). Try again later.") from None


async def ask_application(token: str, api: str) -> int:
    """Return the application's id."""
    async with _logged_in(token, api) as client:
        return client.application_id or 0


async def sync_by_hand(account: Account, registry: Registry, memory: Memory, guild: int | None) -> int:
    """Send the commands, changed or not; return how many there are."""
    async with _logged_in(account.token, account.api) as client:
        application = client.application_id or 0
        try:
            sent = await sync(client.http, application, registry, memory, account.words, guild=guild, force=True)
        except (discord.Forbidden, discord.NotFound) as error:
            if guild is None or not from_discord(error):
                raise
            raise CannotStart(NOT_IN_SERVER.format(guild=guild)) from None
        return sent or 0
