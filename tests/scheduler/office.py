"""A store, a clock and a platform that does as it is told, for posts that come by themselves."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from bot.core.markup import md
from bot.core.outgoing import Poster, PostFailed, Target, Trouble
from bot.core.reply import Reply
from bot.models import Handle, Place, Slot
from bot.models.posting import Post, Rule
from bot.ports import Store
from bot.scheduler.delivering import Delivering
from bot.scheduler.jobs import Letter, key_of
from bot.scheduler.planning import Planning, arranged
from bot.scheduler.runner import Runner
from storage import open_store
from tests.clock import ManualClock

JOB, PLATFORM = "challenge", "test"
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@dataclass
class BlindPoster:
    """Posts, or fails as it is told; nobody can look into its channels."""

    failures: deque[Exception] = field(default_factory=deque)
    posted: list[str] = field(default_factory=list)
    # Lets posts appear although they fail.
    appears: bool = False

    @property
    def platform(self) -> str:
        return PLATFORM

    async def tell(self, handle: Handle, reply: Reply) -> bool:
        return True

    async def tell_organiser(self, place: Place, reply: Reply) -> bool:
        return True

    async def post(self, target: Target, reply: Reply, key: str) -> str:
        if self.failures:
            if self.appears:
                self.posted.append(key)
            raise self.failures.popleft()
        self.posted.append(key)
        return f"message {len(self.posted)}"

    def fails(self, *troubles: Trouble | Exception) -> None:
        """Let the next posts fail like this."""
        self.failures.extend(PostFailed(one) if isinstance(one, Trouble) else one for one in troubles)


@dataclass
class LookingPoster(BlindPoster):
    """Lets one look whether a post is there."""

    looks: list[datetime] = field(default_factory=list)
    blocked: Trouble | None = None

    async def find(self, target: Target, key: str, reply: Reply, since: datetime) -> str | None:
        self.looks.append(since)
        if self.blocked is not None:
            raise PostFailed(self.blocked)
        return "found" if key in self.posted else None


@dataclass
class NewsJob:
    """Says the same each week, unless it is told otherwise."""

    name: str = JOB
    compose_it: Callable[[], Reply | None] = lambda: Reply(md("News"))
    late: list[bool] = field(default_factory=list)

    async def compose(self, slot: Slot, *, late: bool) -> Letter | None:
        reply = self.compose_it()
        self.late.append(late)
        place = Place(PLATFORM, str(slot.community_id))
        return Letter(Target(place, "channel"), reply) if reply else None


@dataclass
class Office:
    """One community whose post is due on Monday at nine, and all who see to that."""

    store: Store
    clock: ManualClock
    community: int = 0
    poster: BlindPoster = field(default_factory=LookingPoster)
    job: NewsJob = field(default_factory=NewsJob)
    told: list[Post] = field(default_factory=list)

    def runner(self, worker: str = "w") -> Runner:
        posters: dict[str, Poster] = {PLATFORM: self.poster}
        delivering = Delivering(self.store.posts, posters, {self.job.name: self.job}, self.clock)
        return Runner(Planning(self.store.posts, self.clock), delivering, self.tell, worker)

    async def tell(self, post: Post) -> None:
        self.told.append(post)

    async def arrange(self, rule: Rule | None = None) -> None:
        rule = rule or Rule(time(9), "UTC", 0)
        await self.store.posts.arrange(arranged(self.community, JOB, rule, self.clock.now()))

    async def later(self, by: timedelta = timedelta(0)) -> Post:
        """Let time pass, do what is due, and return the latest post."""
        self.clock.advance(seconds=by.total_seconds())
        await self.runner().once()
        return (await self.store.posts.log(self.community, 1))[0]

    @property
    def key(self) -> str:
        return key_of(Slot(self.community, JOB, MONDAY))


@asynccontextmanager
async def opened_office(folder: Path) -> AsyncIterator[Office]:
    """Open an office on the morning on which its first post is due."""
    clock = ManualClock(MONDAY - timedelta(days=1))
    store = await open_store(f"sqlite:///{folder / 'stepwise.db'}", clock)
    try:
        made = Office(store, clock)
        made.community = (await store.communities.enter(Place(PLATFORM, "1"), "Lab")).id
        await made.arrange()
        clock.advance(days=1)
        yield made
    finally:
        await store.close()
