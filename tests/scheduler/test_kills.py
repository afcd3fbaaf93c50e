"""Real processes post to a thousand communities over loopback platforms, are killed at random, and double nothing."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from random import Random

import pytest

from bot.clock import SystemClock
from bot.models import Place, PostState
from bot.models.posting import News, Post, Rule
from bot.ports import Store
from bot.scheduler.jobs import key_of
from bot.scheduler.planning import arranged
from storage import open_store
from tests.fakes.discord.server import FakeDiscord
from tests.fakes.slack import FakeSlack
from tests.scheduler.mishaps import DiscordMishaps, SlackMishaps
from tests.scheduler.posting_life import DISCORD, JOB, SLACK, Address, Errand, live

SEED = 2026
# How many of the calls that post go wrong.
SHARE = 0.15
LONGEST_RUN = 120.0
# A little longer than one try lasts: all later tries have to look.
NONCE_SECONDS = 4.0

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.scheduler.posting_life"])


@dataclass
class Trial:
    """Two platforms with communities, the database, and the processes that are alive."""

    on_discord: FakeDiscord
    on_slack: FakeSlack
    store: Store
    folder: Path
    random: Random = field(default_factory=lambda: Random(SEED))
    addresses: dict[int, Address] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    alive: list[ForkServerProcess] = field(default_factory=list)
    kills: int = 0

    async def settle(self, number: int) -> None:
        """Let so many communities come, half of them on each platform."""
        for count in range(number):
            address = self._on_slack(count) if count % 2 else self._on_discord(count)
            community = await self.store.communities.enter(address.place, f"Community {count}")
            self.addresses[community.id] = address

    def _on_discord(self, count: int) -> Address:
        guild = self.on_discord.new_guild(f"Guild {count}")
        return Address(Place(DISCORD, guild.id), guild.channel("general").id)

    def _on_slack(self, count: int) -> Address:
        team = self.on_slack.workspace(f"Team {count}")
        assert team.token is not None
        self.tokens[team.id] = team.token.value
        return Address(Place(SLACK, team.id), team.channel("general").id)

    async def are_due(self, communities: list[int]) -> None:
        """Let the weekly post of these be due now."""
        now = datetime.now(UTC)
        rule = Rule(time(now.hour, now.minute), "UTC", now.weekday())
        schedules = [arranged(one, JOB, rule, now - timedelta(hours=1)) for one in communities]
        await asyncio.gather(*(self.store.posts.arrange(one) for one in schedules))

    def start(self) -> None:
        """Start one process more."""
        errand = Errand(
            f"sqlite:///{self.folder / 'stepwise.db'}",
            str(self.folder / "told"),
            self.on_discord.api_url,
            self.on_discord.token,
            self.on_slack.api_url,
            self.tokens,
            self.addresses,
        )
        process = FORKS.Process(target=live, args=(errand,), daemon=True)
        process.start()
        self.alive.append(process)

    async def kill(self) -> None:
        """Kill one of the processes, with no last words."""
        victim = self.alive.pop(self.random.randrange(len(self.alive)))
        assert victim.is_alive(), f"it ended by itself: {victim.exitcode}"
        victim.kill()
        await asyncio.to_thread(victim.join, 10)
        assert victim.exitcode == -9
        self.kills += 1

    async def posts(self) -> list[Post]:
        return [post for one in self.addresses for post in await self.store.posts.log(one, 10)]

    def messages(self, post: Post) -> list[str]:
        """Return the ids of what stands in a community's channel."""
        channel = self.addresses[post.slot.community_id].channel
        if post.platform == DISCORD:
            return [one.id for one in self.on_discord.channel_messages(self.on_discord.channels[channel])]
        return [one.ts for one in self.on_slack.posts if one.channel == channel]

    @property
    def requests(self) -> int:
        """Count what came in, so that one knows when a process is at work."""
        return len(self.on_discord.requests)


@pytest.fixture
def _soon_forgotten_nonces(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("tests.fakes.discord.routes_messages.NONCE_SECONDS", NONCE_SECONDS)
    yield


@pytest.fixture
async def trial(tmp_path: Path, _soon_forgotten_nonces: None) -> AsyncIterator[Trial]:
    async with FakeDiscord(judged=False) as on_discord, FakeSlack() as on_slack:
        on_slack.judging = False
        store = await open_store(f"sqlite:///{tmp_path / 'stepwise.db'}", SystemClock())
        made = Trial(on_discord, on_slack, store, tmp_path)
        on_discord.faults = DiscordMishaps(made.random, SHARE)
        on_slack.faults = SlackMishaps(made.random, SHARE)
        try:
            yield made
        finally:
            for process in made.alive:
                process.kill()
                process.join(10)
            await store.close()


@asynccontextmanager
async def no_longer_than(seconds: float, trial: Trial) -> AsyncIterator[None]:
    """Say what was left when the time is over."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError:
        left = [post for post in await trial.posts() if post.state in (PostState.PENDING, PostState.SENDING)]
        pytest.fail(f"{len(left)} posts never ended, {left[:2]} among them (seed {SEED})")


async def lives_and_deaths(trial: Trial, communities: int, kills: int, processes: int) -> None:
    """Let posts become due, a batch before each death, and kill at random moments."""
    await trial.settle(communities)
    waiting = list(trial.addresses)
    trial.random.shuffle(waiting)
    batch = -(-communities // kills)
    while waiting:
        await trial.are_due(waiting[:batch])
        del waiting[:batch]
        before = trial.requests
        while len(trial.alive) < processes:
            trial.start()
        await trial.on_discord.until(lambda before=before: trial.requests > before)  # type: ignore[misc]
        await asyncio.sleep(trial.random.uniform(0, 0.25))
        await trial.kill()


async def to_the_end(trial: Trial) -> list[Post]:
    """Let nothing go wrong any more, and wait until every post is sent, missed or unknown."""
    trial.on_discord.faults.heal()
    trial.on_slack.faults.clear()
    trial.start()
    async with no_longer_than(LONGEST_RUN, trial):
        while True:
            posts = await trial.posts()
            over = [post for post in posts if post.ended and post.news is None]
            if len(over) == len(trial.addresses):
                return posts
            await asyncio.sleep(0.2)


def check(trial: Trial, posts: list[Post]) -> None:
    """Compare what is kept with what stands in the channels."""
    told = (trial.folder / "told").read_text().splitlines() if (trial.folder / "told").exists() else []
    for post in posts:
        there = trial.messages(post)
        if post.state is PostState.UNKNOWN:
            assert post.platform == SLACK, "on Discord one can look"
            assert len(there) <= 1
            assert f"{key_of(post.slot)} {News.UNSURE}" in told
        else:
            assert (post.state, there) == (PostState.SENT, [post.message]), post


async def answer(trial: Trial, posts: list[Post]) -> None:
    """Do what an organiser does who reads of a post of which nobody knows: look, and press a button."""
    for post in posts:
        if post.state is PostState.UNKNOWN and trial.messages(post):
            assert await trial.store.posts.is_there(post.id)
        elif post.state is PostState.UNKNOWN:
            assert await trial.store.posts.again(post.id, datetime.now(UTC) + timedelta(days=2))


@pytest.mark.slow
@pytest.mark.parametrize(("communities", "kills", "processes"), [(1000, 26, 1), (400, 14, 2)])
async def test_killed_at_any_moment_it_doubles_nothing_and_loses_nothing(
    trial: Trial, communities: int, kills: int, processes: int
) -> None:
    await lives_and_deaths(trial, communities, kills, processes)
    assert trial.kills >= kills
    posts = await to_the_end(trial)
    check(trial, posts)
    states = Counter(post.state for post in posts)
    # It was no easy time, and it was looked for posts that had arrived and for posts that had not.
    assert states[PostState.UNKNOWN] > 5
    assert len(trial.on_discord.asked("GET", "/messages")) > 5

    await answer(trial, posts)
    for post in await to_the_end(trial):
        assert post.state is PostState.SENT
        assert len(trial.messages(post)) == 1
