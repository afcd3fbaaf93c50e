"""Let the demo's community live, day after day, as a real one might have."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from bot.core.dispatch import Dispatcher
from bot.demo.acts import Actor
from bot.demo.cast import CAST, LEARNED, MISSED, ORGANISER, PLACE_NAME, QUESTIONS, TOPICS, Part
from bot.demo.shifted_clock import ShiftedClock
from bot.models import Place
from bot.services.challenges.weeks import usual_rule, week_around

WEEKS = 6
SETUP = "/setup channel:#weekly weekday:monday time:09:00 zone:UTC tips:#general"
NEVER_DOWN = timedelta(days=4000)
# Challenges that ask for answers, so that members can solve them; this week's is left to whoever looks.
PAST = (
    "the-alarm-goes-off",
    "the-join-that-made-money",
    "version-b-looks-better",
    "be-the-search-engine",
    "how-many-chats-fit",
    "seven-rows-are-not-seven-days",
)
THIS_WEEK = "orders-that-came-twice"
Kind = Literal["come", "check-in", "step", "tip", "faq", "resource", "try", "solve", "board"]


@dataclass(frozen=True, slots=True, order=True)
class Act:
    """Something that somebody will do."""

    at: datetime
    who: int
    kind: Kind


@dataclass(slots=True)
class Living:
    """The life of the demo's community."""

    dispatcher: Dispatcher
    clock: ShiftedClock
    place: Place
    # When it began; fixed, so that members stay who they are.
    begun: date
    parts: Sequence[Part] = CAST
    _dice: random.Random = field(default_factory=lambda: random.Random(20))  # noqa: S311 - nothing depends on it but a story
    _actors: list[Actor] = field(init=False)

    def __post_init__(self) -> None:
        self._actors = [
            Actor(self.dispatcher, part.name, self.place, PLACE_NAME, part.name == ORGANISER) for part in self.parts
        ]

    async def begin(self) -> None:
        """Let the community come into being."""
        store = self.dispatcher.store
        self.clock.hold(_at(self.begun, 8))
        community = await store.communities.enter(self.place, PLACE_NAME)
        await self._actors[0].says("/community zone:UTC")
        for week in range(WEEKS + 1):
            opens, _ = week_around(_at(self.begun + timedelta(weeks=week), 12), usual_rule(community))
            await store.rounds.plan(community.id, opens, THIS_WEEK if week == WEEKS else PAST[week % len(PAST)])

    async def ask_for_posts(self) -> None:
        """Let the organiser set up the weekly posts, and post this week's challenge at once."""
        organiser = next(actor for actor, part in zip(self._actors, self.parts, strict=True) if part.name == ORGANISER)
        await organiser.says(SETUP)
        await organiser.says("/schedule post-now")

    async def live(self, since: date, until: datetime) -> None:
        """Live through these days, up to a moment."""
        day = since
        while day <= until.date():
            for act in sorted(self._plans(day)):
                if self.clock.now() <= act.at < until:
                    self.clock.hold(act.at)
                    # The bot's own pulse may be felt in between; no time in the demo is one in which it was down.
                    await self.dispatcher.store.streaks.beat(NEVER_DOWN)
                    await self._do(act)
            day += timedelta(days=1)

    def _plans(self, day: date) -> Iterator[Act]:
        """Plan a day; dice are thrown for everybody in turn, so that one day is like it was the last time."""
        for who, part in enumerate(self.parts):
            first = self.begun + timedelta(weeks=WEEKS - part.since, days=who % 4)
            gone = self.begun + timedelta(weeks=WEEKS - part.left) if part.left else None
            hour, minute = 7 + self._dice.randrange(14), self._dice.randrange(60)
            moment = _at(day, hour, minute)
            keen = part.keen * (0.55 if day.weekday() > 4 else 1)
            dice = [self._dice.random() for _ in range(5)]
            if day < first or (gone is not None and day >= gone):
                continue
            if day == first:
                yield Act(moment, who, "come")
            if dice[0] < keen:
                yield from self._good_day(moment, who, day, dice)

    def _good_day(self, moment: datetime, who: int, day: date, dice: list[float]) -> Iterator[Act]:
        yield Act(moment + timedelta(minutes=3), who, "check-in")
        if dice[1] < 0.22:
            yield Act(moment + timedelta(minutes=9), who, "step")
        if dice[2] < 0.2:
            yield Act(moment + timedelta(minutes=5), who, "tip")
        if dice[3] < 0.16:
            yield Act(moment + timedelta(minutes=6), who, "faq")
        if dice[4] < 0.3 and day.weekday() in (1, 3, 5):
            yield Act(moment + timedelta(minutes=20), who, "try")
            if dice[4] < 0.3 * self.parts[who].solves:
                yield Act(moment + timedelta(minutes=45), who, "solve")

    async def _do(self, act: Act) -> None:
        part, actor = self.parts[act.who], self._actors[act.who]
        match act.kind:
            case "come":
                await self._come(part, actor)
            case "check-in":
                words = self._dice.choice(LEARNED) if self._dice.random() < 0.4 else ""
                await actor.says(f"/checkin {words}".strip())
            case "step":
                await actor.says("/path done")
            case "tip":
                tip = await actor.says(f"/tip {self._dice.choice(TOPICS)}")
                begun = await actor.presses(tip, "Try it")
                if begun is not None:
                    await actor.presses(begun, "I did it")
            case "faq":
                missed = self._dice.random() < 0.15
                answer = await actor.says(f"/faq {self._dice.choice(MISSED if missed else QUESTIONS)}")
                if missed:
                    await actor.presses(answer, "Ask the community")
            case "try":
                await actor.says("/challenge")
                await actor.says("/challenge submit 1")
            case "solve":
                await actor.solves()
            case _:
                raise AssertionError(act.kind)

    async def _come(self, part: Part, actor: Actor) -> None:
        await actor.says(f"/path choose {part.path}")
        if part.on_board:
            await actor.presses(await actor.says("/board"), "Be on the board")


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), UTC)
