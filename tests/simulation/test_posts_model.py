"""The model that the simulation plays with keeps the same contract as the store."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Coroutine, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.models import Place, PostState, Slot
from bot.models.posting import Ending, News, Planned, Post, Rule, Schedule, Why
from bot.ports import Store
from storage.opening import open_sqlite
from tests.simulation.posts_model import ModelPosts, Tables
from tests.storage.conftest import SetClock

T = TypeVar("T")
BEGIN = datetime(2026, 3, 1, 9, tzinfo=UTC)
PLATFORMS = ("one", "two")
minutes = st.integers(-5, 60 * 24 * 12).map(lambda number: BEGIN + timedelta(minutes=number))
nearby = st.sampled_from([0, 1, 2, 5, 7, 10, 16, 60, 700, 800]).map(lambda number: timedelta(minutes=number))
jobs = st.sampled_from(["challenge", "tip"])
numbers = st.integers(0, 50)
endings = st.builds(
    lambda open_, wait, why, trouble, news: (open_, wait, why, trouble, news),
    st.booleans(),
    nearby,
    st.sampled_from([Why.LATE, Why.REFUSED, Why.NOTHING]),
    st.sampled_from(["", "", "gone", "forbidden"]),
    st.sampled_from([None, News.MISSED, News.UNSURE]),
)


class SamePosts(RuleBasedStateMachine):
    """Does the same with both, and compares all that they answer and keep."""

    def __init__(self) -> None:
        super().__init__()
        self.clock, self.runner = SetClock(BEGIN), asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.held: list[tuple[Post, Post]] = []

    @initialize()
    def open(self) -> None:
        self.store: Store = self.run(open_sqlite(Path(self.folder.name) / "posts.db", self.clock))
        places = [Place(platform, str(number)) for platform in PLATFORMS for number in range(2)]
        found = [self.run(self.store.communities.enter(place, place.key)) for place in places]
        self.communities = [one.id for one in found]
        self.model = ModelPosts(Tables({one.id: one.place.platform for one in found}), self.clock)

    def teardown(self) -> None:
        self.run(self.store.close())
        self.runner.close()
        self.folder.cleanup()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    def same(self, real: Coroutine[Any, Any, T], model: Coroutine[Any, Any, T]) -> T:
        """Do the same with both, and return what the store said; the number of a row is its own affair."""
        answer, modelled = self.run(real), self.run(model)
        assert _nameless(answer) == _nameless(modelled)
        return answer

    def same_posts(
        self, real: Coroutine[Any, Any, Sequence[Post]], model: Coroutine[Any, Any, Sequence[Post]]
    ) -> list[tuple[Post, Post]]:
        found, modelled = self.run(real), self.run(model)
        assert _nameless(found) == _nameless(modelled)
        return list(zip(found, modelled, strict=True))

    @rule(by=nearby, back=st.integers(0, 9), far=st.integers(0, 19))
    def let_time_pass(self, by: timedelta, back: int, far: int) -> None:
        step = by * (600 if far == 0 else 1)
        self.clock.forward(-step if back == 0 else step)

    @rule(number=numbers, job=jobs, due=minutes)
    def plan(self, number: int, job: str, due: datetime) -> None:
        slot = Slot(self.communities[number % 4], job, due)
        self.same(self.store.posts.plan(slot), self.model.plan(slot))

    @rule(number=numbers, job=jobs, next_at=minutes, paused=st.booleans())
    def arrange(self, number: int, job: str, next_at: datetime, paused: bool) -> None:
        rule_ = Rule(time(9), "UTC", 0)
        schedule = Schedule(self.communities[number % 4], job, rule_, self.clock.now(), next_at, paused)
        self.same(self.store.posts.arrange(schedule), self.model.arrange(schedule))

    @rule(limit=st.integers(1, 9), due=minutes, next_at=minutes, why=st.sampled_from([None, *Why]), stale=st.booleans())
    def lay_out_what_is_ripe(self, limit: int, due: datetime, next_at: datetime, why: Why | None, stale: bool) -> None:
        ripe = self.same(self.store.posts.ripe(9), self.model.ripe(9))
        for schedule in ripe[:limit]:
            seen = replace(schedule, revision=schedule.revision - stale)
            planned = [Planned(Slot(seen.community_id, seen.job, due), due + timedelta(hours=48), why)]
            self.same(self.store.posts.lay_out(seen, planned, next_at), self.model.lay_out(seen, planned, next_at))

    @rule(number=numbers, job=jobs, paused=st.booleans(), forget=st.booleans())
    def pause_or_cancel(self, number: int, job: str, paused: bool, forget: bool) -> None:
        where = self.communities[number % 4], job
        if forget:
            self.same(self.store.posts.cancel(*where), self.model.cancel(*where))
        else:
            self.same(self.store.posts.pause(*where, paused=paused), self.model.pause(*where, paused=paused))

    @rule(platform=st.sampled_from(PLATFORMS), lease=nearby, limit=st.integers(0, 3))
    def claim(self, platform: str, lease: timedelta, limit: int) -> None:
        real, model = self.store.posts, self.model
        self.held += self.same_posts(
            real.claim("w", platform, lease=lease, limit=limit), model.claim("w", platform, lease=lease, limit=limit)
        )

    @precondition(lambda self: self.held)
    @rule(number=numbers, lease=nearby)
    def begin(self, number: int, lease: timedelta) -> None:
        post, twin = self.held[number % len(self.held)]
        self.same(self.store.posts.begin(post, lease=lease), self.model.begin(twin, lease=lease))

    @precondition(lambda self: self.held)
    @rule(number=numbers, message=st.sampled_from([None, "m1", "m2"]))
    def confirm(self, number: int, message: str | None) -> None:
        post, twin = self.held[number % len(self.held)]
        self.same(self.store.posts.confirm(post, message), self.model.confirm(twin, message))

    @precondition(lambda self: self.held)
    @rule(number=numbers, how=endings)
    def end(self, number: int, how: tuple[bool, timedelta, Why, str, News | None]) -> None:
        post, twin = self.held[number % len(self.held)]
        stays_open, wait, why, trouble, news = how
        state = PostState.PENDING if wait < timedelta(minutes=6) else PostState.SENDING
        ending = Ending(state, turn=self.clock.now() + wait, trouble=trouble, news=news)
        if not stays_open:
            over = PostState.UNKNOWN if news is News.UNSURE else PostState.MISSED
            ending = Ending(over, why=why if over is PostState.MISSED else None, trouble=trouble, news=news)
        self.same(self.store.posts.end(post, ending), self.model.end(twin, ending))

    @rule(platform=st.sampled_from(PLATFORMS), doubt=nearby)
    def recover(self, platform: str, doubt: timedelta) -> None:
        self.same(self.store.posts.recover(platform, doubt=doubt), self.model.recover(platform, doubt=doubt))

    @precondition(lambda self: self.held)
    @rule(number=numbers, until=minutes, there=st.booleans())
    def hear_from_an_organiser(self, number: int, until: datetime, there: bool) -> None:
        post, twin = self.held[number % len(self.held)]
        if there:
            self.same(self.store.posts.is_there(post.id), self.model.is_there(twin.id))
        else:
            self.same(self.store.posts.again(post.id, until), self.model.again(twin.id, until))

    @rule(limit=st.integers(0, 3), lease=nearby, told=st.booleans())
    def tell(self, limit: int, lease: timedelta, told: bool) -> None:
        real, model = self.store.posts, self.model
        news = self.same_posts(real.take_news(limit, lease=lease), model.take_news(limit, lease=lease))
        for post, twin in news if told else ():
            self.same(real.told(post), model.told(twin))

    @invariant()
    def they_keep_the_same(self) -> None:
        for community in getattr(self, "communities", ()):
            self.same(self.store.posts.log(community, 99), self.model.log(community, 99))
            self.same(self.store.posts.arranged(community), self.model.arranged(community))


def _nameless(answer: object) -> object:
    if isinstance(answer, list):
        return [_nameless(one) for one in answer]
    return replace(answer, id=0) if isinstance(answer, Post) else answer


SamePosts.TestCase.settings = settings(max_examples=25, stateful_step_count=40, deadline=None)
test_the_model_is_as_good_as_the_store = SamePosts.TestCase
