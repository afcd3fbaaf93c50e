"""The end of rounds: each is settled once, and none holds up another."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.models import Activity, Handle, Place
from bot.models.challenges import Round
from bot.ports import Store
from bot.scheduler import rounds_end
from bot.scheduler.rounds_end import EndOfRounds, WindUp, ways_of
from bot.services.credits import CHALLENGE_DONE
from bot.services.notices import Notices
from bot.services.slots import WEEK
from content.catalog import Catalog
from content.challenge_model import AnyChallenge, ChallengeKind, challenge_to_json
from storage import open_store
from tests.clock import ManualClock

GOOD_PACK = Path(__file__).parent.parent / "content" / "good_pack"
CATALOG = Catalog.load([GOOD_PACK])
QUIZ, PROJECT, NUMBER, PREDICTIONS = "what-worms-know", "plan-a-bed", "weigh-a-bucket", "who-gives-up-the-plot"


@pytest.fixture
async def store(tmp_path: Path, clock: ManualClock) -> AsyncIterator[Store]:
    opened = await open_store(f"sqlite:///{tmp_path / 'a.db'}", clock)
    yield opened
    await opened.close()


@dataclass
class Ways:
    """Ways to settle that fail, wait or work, as a test says; they note what was settled."""

    failing: set[int] = field(default_factory=set)
    waiting: set[int] = field(default_factory=set)
    done: list[int] = field(default_factory=list)

    async def wind_up(self, store: Store, found: Round, challenge: AnyChallenge, now: datetime) -> bool:
        if found.id in self.failing:
            raise ValueError("This quiz is torn.")
        if found.id in self.waiting:
            return False
        self.done.append(found.id)
        return True

    def by_kind(self) -> Mapping[str, WindUp]:
        return {ChallengeKind.QUIZ: self.wind_up, ChallengeKind.PROJECT: self.wind_up}


@pytest.fixture
def ways() -> Ways:
    return Ways()


@pytest.fixture
def end(store: Store, clock: ManualClock, ways: Ways) -> EndOfRounds:
    return EndOfRounds(store, clock, ways.by_kind())


async def _open(store: Store, clock: ManualClock, name: str, community: str = "lab") -> int:
    challenge = CATALOG.challenge(name)
    assert challenge is not None
    place = await store.communities.enter(Place("fake", community), community)
    text, now = challenge_to_json(challenge), clock.now()
    return (await store.rounds.open(place.id, name, text, now, now + WEEK)).id


async def _is_settled(store: Store, round_id: int) -> bool:
    found = await store.rounds.find(round_id)
    assert found is not None
    return found.wound_up is not None


async def test_rounds_of_all_kinds_are_settled_when_they_are_over(
    store: Store, clock: ManualClock, end: EndOfRounds, ways: Ways
) -> None:
    names = {name: await _open(store, clock, name, name) for name in (QUIZ, PROJECT, NUMBER, PREDICTIONS)}
    clock.advance(days=7, seconds=-1)
    assert await end.once() == 0
    clock.advance(seconds=1)
    assert await end.once() == 4
    assert ways.done == [names[QUIZ], names[PROJECT]]
    assert all([await _is_settled(store, one) for one in names.values()])
    assert await end.once() == 0
    assert ways.done == [names[QUIZ], names[PROJECT]]


async def test_one_that_fails_or_waits_holds_up_no_other(
    store: Store,
    clock: ManualClock,
    end: EndOfRounds,
    ways: Ways,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(rounds_end, "AT_ONCE", 1)
    torn, waits, fine = [await _open(store, clock, QUIZ, name) for name in ("a", "b", "c")]
    ways.failing, ways.waiting = {torn}, {waits}
    clock.advance(days=7)
    assert await end.once() == 1
    assert [await _is_settled(store, one) for one in (torn, waits, fine)] == [False, False, True]
    assert f"Round {torn} of {QUIZ} could not be settled." in caplog.text
    ways.failing, ways.waiting = set(), set()
    assert await end.once() == 2
    assert ways.done == [fine, torn, waits]


async def test_one_that_cannot_be_read_holds_up_no_other(store: Store, clock: ManualClock, end: EndOfRounds) -> None:
    place = await store.communities.enter(Place("fake", "lab"), "lab")
    await store.rounds.open(place.id, QUIZ, "{}", clock.now(), clock.now() + WEEK)
    fine = await _open(store, clock, NUMBER, "elsewhere")
    clock.advance(days=8)
    assert await end.once() == 1
    assert await _is_settled(store, fine)


async def _answer(store: Store, round_id: int) -> int:
    person = await store.people.enter(Handle("fake", "", "ada"), "ada")
    await store.efforts.enter(round_id, person.id)
    for number, text in enumerate(("0", "02", "012", "60")):
        await store.efforts.answer(round_id, person.id, number, text)
    return person.id


@dataclass(frozen=True)
class Dying:
    """The real way to settle, in a process that dies right after it."""

    way: WindUp

    async def __call__(self, store: Store, found: Round, challenge: AnyChallenge, now: datetime) -> bool:
        await self.way(store, found, challenge, now)
        raise SystemError("killed")


async def test_killed_in_between_nothing_is_given_twice(store: Store, clock: ManualClock) -> None:
    round_id = await _open(store, clock, QUIZ)
    person = await _answer(store, round_id)
    clock.advance(days=7)
    real = ways_of(Notices())[ChallengeKind.QUIZ]
    await EndOfRounds(store, clock, {ChallengeKind.QUIZ: Dying(real)}).once()
    assert not await _is_settled(store, round_id)
    clock.advance(minutes=1)
    assert await EndOfRounds(store, clock, ways_of(Notices())).once() == 1
    effort = await store.efforts.of(round_id, person)
    assert effort is not None
    assert effort.points == 10
    assert [fact.points for fact in await store.activities.of(person)] == [10]
    assert (await store.verify()).differences == ()


async def test_points_that_an_organiser_set_stay(store: Store, clock: ManualClock) -> None:
    round_id = await _open(store, clock, QUIZ)
    person = await _answer(store, round_id)
    found = await store.rounds.find(round_id)
    assert found is not None
    subject, now = f"{QUIZ}:{round_id}:regrade:1", clock.now()
    done = CHALLENGE_DONE
    fact = Activity(
        person, found.community_id, done.kind, subject, now, "UTC", now.date(), done.key(subject, ""), points=3
    )
    assert await store.activities.record(fact)
    await store.efforts.reward(round_id, person, 3, solved=False)
    clock.advance(days=7)
    await EndOfRounds(store, clock, ways_of(Notices())).once()
    assert [fact.points for fact in await store.activities.of(person)] == [3]
    effort = await store.efforts.of(round_id, person)
    assert effort is not None
    assert effort.points == 3


async def test_a_project_without_work_is_settled(store: Store, clock: ManualClock) -> None:
    round_id = await _open(store, clock, PROJECT)
    clock.advance(days=30)
    assert await EndOfRounds(store, clock, ways_of(Notices())).once() == 1
    assert await _is_settled(store, round_id)


def test_it_comes_round_every_minute(end: EndOfRounds) -> None:
    assert (end.round().name, end.round().every) == ("end of rounds", timedelta(minutes=1))
