"""Put together how a community fares, for its organisers. Of members it names those alone who want to be seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.clock import Clock
from bot.models.reports import (
    CommunityName,
    GapLine,
    JobLine,
    MemberLine,
    PathCount,
    PostLine,
    Report,
    RoundCount,
    WeekCount,
)
from bot.ports import Store
from bot.services.answers import Answers
from bot.services.challenges.rounds import read_pinned
from bot.services.days import monday_of
from content.catalog import Catalog

WEEKS, ROUNDS, MEMBERS, GAPS, POSTS = 26, 26, 200, 100, 100


@dataclass(frozen=True, slots=True)
class Reporting:
    """Makes reports."""

    store: Store
    answers: Answers
    clock: Clock

    async def report(self, community_id: int | None = None) -> Report | None:
        """Report on a community, or on the first one; None where there is none."""
        known = await self.store.reports.communities()
        here = next((one for one in known if community_id in (None, one.id)), None)
        if here is None:
            return None
        return Report(
            here,
            self.clock.now(),
            await self._weeks(here),
            await self._paths(here),
            await self._rounds(here),
            await self._members(here),
            tuple(
                GapLine(one.question, one.asked, one.last) for one in await self.store.gaps.open(here.id, limit=GAPS)
            ),
            tuple(
                JobLine(one.job, one.next, one.paused, one.trouble) for one in await self.store.posts.arranged(here.id)
            ),
            tuple(
                PostLine(one.slot.job, one.slot.due, one.state.value, one.why.value if one.why else one.trouble)
                for one in await self.store.posts.log(here.id, POSTS)
            ),
            tuple(known),
        )

    async def _weeks(self, here: CommunityName) -> tuple[WeekCount, ...]:
        """Count week by week; one in which nothing happened is there too."""
        today = self.clock.now().astimezone(UTC).date()
        first = monday_of(today) - timedelta(weeks=WEEKS - 1)
        since = datetime(first.year, first.month, first.day, tzinfo=UTC)
        found = {one.monday: one for one in await self.store.reports.weeks(here.id, since)}
        begun = min(found, default=monday_of(today))
        return tuple(
            found.get(monday, WeekCount(monday, 0, {}))
            for back in reversed(range(WEEKS))
            if (monday := monday_of(today) - timedelta(weeks=back)) >= begun
        )

    async def _paths(self, here: CommunityName) -> tuple[PathCount, ...]:
        members, steps = await self.store.reports.on_paths(here.id), await self.store.reports.steps(here.id)
        counted = _path_counts(self.answers.base.catalog, members, steps)
        return tuple(sorted(counted, key=lambda one: (-one.members, one.title)))

    async def _rounds(self, here: CommunityName) -> tuple[RoundCount, ...]:
        counted = []
        for found in await self.store.rounds.of(here.id, limit=ROUNDS):
            numbers = await self.store.efforts.numbers(found.id, 0)
            title = read_pinned(found.content).title
            counted.append(RoundCount(found.opens, title, numbers.opened, numbers.tried, numbers.solved))
        return tuple(counted[::-1])

    async def _members(self, here: CommunityName) -> tuple[MemberLine, ...]:
        week = f"week {monday_of(self.clock.now().astimezone(UTC).date())}"
        boards = self.store.boards
        lately = await boards.show(here.id, week, None, top=MEMBERS, near=0)
        points = {one.person_id: one.points for one in lately.top}
        ever = await boards.show(here.id, "all", None, top=MEMBERS, near=0)
        return tuple(MemberLine(one.name, one.points, points.get(one.person_id, 0)) for one in ever.top)


def _path_counts(catalog: Catalog, members: Mapping[str, int], steps: Mapping[str, int]) -> Iterator[PathCount]:
    for path in catalog.paths:
        there = sum(count for name, count in members.items() if (found := catalog.path(name)) and found.id == path.id)
        done = sum(count for name, count in steps.items() if (step := catalog.step(name)) and step in path.steps)
        if there or done:
            yield PathCount(path.id, path.title, there, done)
