"""A process that posts what is due, over the real adapters, until somebody kills it."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import aiohttp
import discord
from slack_sdk.web.async_client import AsyncWebClient

from adapters.discord.breaker import Breaker
from adapters.discord.mentions import Mentions
from adapters.discord.pacer import Pacer, RealTiming
from adapters.discord.posting import DiscordPoster
from adapters.discord.service import Account, point_at
from adapters.discord.tracing import trace_config
from adapters.discord.wire import Wire
from adapters.slack.installation import Installation
from adapters.slack.means import Means
from adapters.slack.naming import naming
from adapters.slack.organisers import Organisers
from adapters.slack.outbox import Outbox
from adapters.slack.posting import SlackPoster
from adapters.slack.reach import Directs
from bot.clock import SystemClock
from bot.core.markup import md
from bot.core.outgoing import Poster, Target
from bot.core.registry import Registry
from bot.core.reply import Reply
from bot.models import Place, Slot
from bot.models.posting import Post
from bot.scheduler.delivering import Delivering
from bot.scheduler.jobs import Letter, Pace, key_of
from bot.scheduler.planning import Planning
from bot.scheduler.runner import Runner
from storage import open_store

JOB = "news"
DISCORD, SLACK = "discord", "slack"
# Days become seconds, so that leases end and posts are looked for while the test runs.
PACE = Pace(
    in_flight=10,
    patience=timedelta(seconds=3),
    lease=timedelta(seconds=5),
    settling=timedelta(seconds=0.5),
)
PER_SECOND = 400.0
BREATH = 0.02


@dataclass(frozen=True, slots=True)
class Address:
    """Where a community is on its platform."""

    place: Place
    channel: str


@dataclass(frozen=True, slots=True)
class Errand:
    """What a process has to know."""

    database: str
    # Each thing that an organiser hears becomes a line of this file.
    told: str
    discord_api: str
    discord_token: str
    slack_api: str
    # The key of each workspace.
    slack_tokens: Mapping[str, str]
    # Where each community is, by its number.
    addresses: Mapping[int, Address]


@dataclass(frozen=True, slots=True)
class News:
    """Posts the same words everywhere."""

    addresses: Mapping[int, Address]
    name: str = field(default=JOB, init=False)

    async def compose(self, slot: Slot, *, late: bool) -> Letter:
        where = self.addresses[slot.community_id]
        return Letter(Target(where.place, where.channel), Reply(md("News for all"), title="News"))


@dataclass(frozen=True, slots=True)
class ManyKeys:
    """The keys of many workspaces."""

    tokens: Mapping[str, str]

    async def current(self, enterprise: str, team: str) -> Installation | None:
        return Installation(team, "", "A1", "U1", self.tokens[team])

    async def known(self, enterprise: str, team: str) -> Installation | None:
        return await self.current(enterprise, team)

    def look_again(self, enterprise: str, team: str) -> None:
        """They stay good."""

    async def place_of(self, realm: str) -> tuple[str, str] | None:
        return ("", realm) if realm in self.tokens else None


class NoShelf:
    """Remembers nothing."""

    async def get(self, key: str) -> str | None:
        return None

    async def put(self, key: str, text: str) -> None:
        """Forget it."""

    async def delete(self, key: str) -> bool:
        return False

    async def keys(self, prefix: str) -> list[str]:
        return []


def live(errand: Errand) -> None:
    """Post until the end."""
    logging.disable(logging.CRITICAL)
    asyncio.run(_live(errand))


async def _live(errand: Errand) -> None:
    clock = SystemClock()
    store = await open_store(errand.database, clock)
    async with _on_discord(errand) as on_discord, _on_slack(errand) as on_slack:
        posters: dict[str, Poster] = {DISCORD: on_discord, SLACK: on_slack}
        jobs = {JOB: News(errand.addresses)}
        delivering = Delivering(store.posts, posters, jobs, clock, PACE)
        told = os.open(errand.told, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

        async def tell(post: Post) -> None:
            os.write(told, f"{key_of(post.slot)} {post.news}\n".encode())

        runner = Runner(Planning(store.posts, clock, PACE), delivering, tell, worker=f"process {os.getpid()}")
        while True:
            await runner.once()
            await asyncio.sleep(BREATH)


@asynccontextmanager
async def _on_discord(errand: Errand) -> AsyncIterator[DiscordPoster]:
    point_at(Account(errand.discord_token, errand.discord_api))
    timing = RealTiming(SystemClock())
    breaker = Breaker(timing)
    pacer = Pacer(timing, breaker, rate=PER_SECOND)
    client = discord.Client(intents=discord.Intents.none(), http_trace=trace_config(pacer, breaker))
    async with client:
        await client.login(errand.discord_token)
        yield DiscordPoster(Wire(client.http, pacer, timing, answer_within=1.0), client.get_guild, Mentions())


@asynccontextmanager
async def _on_slack(errand: Errand) -> AsyncIterator[SlackPoster]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=1.0)) as session:
        means = Means(session, Outbox(SystemClock()), errand.slack_api or AsyncWebClient.BASE_URL)
        keys, organisers = ManyKeys(errand.slack_tokens), Organisers(NoShelf())
        yield SlackPoster(keys, means, naming(Registry([]), "mentor"), Directs(), organisers)
