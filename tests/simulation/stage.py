"""Who plays: communities with their rules, processes that come and go, and organisers who answer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random

from bot.core.outgoing import Poster, Target
from bot.core.reply import Reply
from bot.models import Place, PostState, Slot
from bot.models.posting import News, Post, Rule
from bot.scheduler.jobs import Letter, key_of
from bot.scheduler.planning import Planning, arranged
from bot.scheduler.runner import Runner
from tests.simulation.design import Design
from tests.simulation.life import Life, follow_lives, live
from tests.simulation.platforms import BLIND, LATE, LOOKER, BlindPoster, LookingPoster
from tests.simulation.posts_model import ModelPosts, Tables
from tests.simulation.weather import Sky
from tests.simulation.world import BEGIN, Weather, World

DAY = timedelta(days=1)
JOB = "post"
# Community, platform, rule.
SCENES = (
    (1, LOOKER, Rule(time(9), "Europe/Berlin", 0)),
    (2, BLIND, Rule(time(2, 15), "Australia/Lord_Howe", 6)),
    (3, LOOKER, Rule(time(0), "America/Santiago", 6)),
    (4, BLIND, Rule(time(0, 30), "Africa/Cairo", 4)),
    (5, LOOKER, Rule(time(3, 0), "Pacific/Chatham", 6)),
    (6, BLIND, Rule(time(18, 45), "Pacific/Kiritimati", 2)),
)
DAILY = (7, LOOKER, Rule(time(1, 30), "Antarctica/Troll"))
ZONES = ("Asia/Tokyo", "America/New_York", "Europe/Dublin", "Asia/Gaza", "Pacific/Auckland", "America/St_Johns")


@dataclass(frozen=True)
class SimJob:
    """Says little, but says it when it is late."""

    life: Life
    platforms: dict[int, str]
    name: str = JOB

    async def compose(self, slot: Slot, *, late: bool) -> Letter:
        await self.life.touch()
        place = Place(self.platforms[slot.community_id], str(slot.community_id))
        return Letter(Target(place, "channel"), Reply(title=LATE if late else ""))


@dataclass
class Stage:
    """One world with all who are in it."""

    design: Design
    weather: Weather
    seed: int
    processes: int = 2
    daily: bool = False
    # Which rule a community had since when.
    rules: dict[int, list[tuple[datetime, Rule]]] = field(default_factory=dict)

    async def play(self, years: float) -> None:
        """Let time pass."""
        loop = asyncio.get_running_loop()
        follow_lives(loop)
        scenes = (*SCENES, DAILY) if self.daily else SCENES
        self.world = World(Random(self.seed), self.weather, loop)
        self.platforms = {number: platform for number, platform, _ in scenes}
        self.tables = Tables(self.platforms, self.design.longest_lease)
        self.lives: dict[str, Life] = {}
        self.sky = Sky(self.world, [str(number) for number in self.platforms], self.lives)
        self.down_since: datetime | None = BEGIN
        for number, _, rule in scenes:
            await self._arrange(number, rule)
        parts = [self.sky.clocks(), self.sky.outages(), *map(self.sky.troubles, self.sky.places)]
        parts += [self._supervise(f"p{number}") for number in range(self.processes)]
        parts += [self._change_rules(number) for number, _, rule in SCENES] if self.weather.rule_changes_a_year else []
        tasks = [loop.create_task(part) for part in parts]
        while self.world.true_now() < BEGIN + years * 365 * DAY and not self.world.violations:
            await asyncio.sleep(DAY.total_seconds())
            for task in tasks:
                if task.done():
                    task.result()
        for task in [*tasks, *(task for life in self.lives.values() for task in life.tasks)]:
            task.cancel()
        for life in self.lives.values():
            life.kill()
        await asyncio.wait(tasks)

    async def _supervise(self, name: str) -> None:
        """Start a process again whenever it has died."""
        random = self.world.random
        while True:
            await self.sky.power.wait()
            life = Life(
                name,
                random,
                self.weather.mortality,
                self.weather.drowsiness,
                before_trouble=lambda: self._doubt(name),
            )
            self.lives[name] = life
            self._note_power()
            await live(life, self._process(life))
            self.world.deaths.append(self.world.true_now())
            self._note_power()
            await asyncio.sleep(random.choice((1, 1, 60, 900, 7200)) * random.random())

    async def _process(self, life: Life) -> None:
        posts = ModelPosts(self.tables, self.world, life.touch)
        posters: dict[str, Poster] = {
            LOOKER: LookingPoster(self.world, life),
            BLIND: BlindPoster(self.world, life),
        }
        job = SimJob(life, self.platforms)
        delivering = self.design.delivering(posts, posters, {JOB: job}, self.world, self.design.pace)
        planning = Planning(posts, self.world, self.design.pace, self.design.arithmetic)
        runner = Runner(planning, delivering, self._tell, life.name)
        while True:
            await runner.once()
            await self._nap()

    async def _nap(self) -> None:
        """Sleep until there may be something to do."""
        now, tables = self.world.now(), self.tables
        rows = [tables.rows[number] for number in (*tables.open, *tables.news)]
        moments = [schedule.next for schedule in tables.schedules.values()]
        moments += [
            row.lease_until or row.post.turn for row in rows if row.post.state in (PostState.PENDING, PostState.SENDING)
        ]
        moments += [row.news_until for row in rows if row.news_until]
        soonest = min(moments, default=now + DAY)
        seconds = min(max((soonest - now).total_seconds(), 1.0), 86_400.0) + self.world.random.choice((0, 3, 200))
        try:
            async with asyncio.timeout(seconds):
                await self.world.wake.wait()
        except TimeoutError:
            return

    async def _tell(self, post: Post) -> None:
        """Hear what an organiser hears; of what nobody knows, look and answer some time later."""
        news = str(post.news)
        self.world.told.append((self.world.true_now(), key_of(post.slot), news, post.trouble))
        if post.news is News.UNSURE:
            delay = self.world.random.uniform(1200, 200_000)
            self.world.loop.call_later(delay, self._answer, post)

    def _answer(self, post: Post) -> None:
        row = self.tables.rows.get(post.id)
        if row is None or row.post.state is not PostState.UNKNOWN:
            return
        posts = ModelPosts(self.tables, self.world)
        until = self.world.now() + 2 * DAY
        answer = posts.is_there(post.id) if self.world.by_key.get(key_of(post.slot)) else posts.again(post.id, until)
        self.world.loop.create_task(answer)

    async def _change_rules(self, number: int) -> None:
        random, posts = self.world.random, ModelPosts(self.tables, self.world)
        while True:
            await asyncio.sleep(random.expovariate(self.weather.rule_changes_a_year / (365 * 86_400)))
            (schedule,) = await posts.arranged(number)
            zone = random.choice((schedule.rule.zone, *ZONES))
            rule = Rule(time(random.randrange(24), random.choice((0, 30, 45))), zone, random.randrange(7))
            await self._arrange(number, rule, schedule.last)

    async def _arrange(self, number: int, rule: Rule, last: datetime | None = None) -> None:
        self.rules.setdefault(number, []).append((self.world.now(), rule))
        schedule = arranged(number, JOB, rule, self.world.now(), last=last)
        await ModelPosts(self.tables, self.world).arrange(schedule)

    def _doubt(self, name: str) -> None:
        """Note what this process is sending, for nobody can be sure of it."""
        for number in self.tables.open:
            row = self.tables.rows[number]
            if row.worker == name and row.post.state is PostState.SENDING:
                self.world.doubted.add(key_of(row.post.slot))

    def _note_power(self) -> None:
        """Keep when nobody was at work."""
        working, now = any(life.alive for life in self.lives.values()), self.world.true_now()
        if working and self.down_since is not None:
            self.world.bad.append((self.down_since, now, None))
            self.down_since = None
        elif not working and self.down_since is None:
            self.down_since = now
