"""Regrading: the ledger says what was changed, the member is told, and one button takes it back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.core.callers import Callers
from bot.core.calls import Call, Source, Status, Typed
from bot.core.context import Ctx
from bot.models import Activity, Person
from bot.ports import Activities, Store
from bot.services.answers import Answers
from bot.services.challenges.regrading import regrade
from bot.services.challenges.rewards import subject_of
from bot.services.challenges.rounds import Current, pin
from bot.services.credits import CHALLENGE_DONE
from bot.services.days import member_day
from bot.settings import Settings
from bot.wiring import House, open_house
from content.challenge_model import challenge_to_json
from tests.clock import ManualClock
from tests.fakes.platform import Member

GOOD_PACK = Path(__file__).parent.parent / "content" / "good_pack"
UTC = ZoneInfo("UTC")
WEEK = timedelta(weeks=1)


@pytest.fixture
async def house(tmp_path: Path, clock: ManualClock) -> AsyncIterator[House]:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'a.db'}", files_dir=tmp_path, content=str(GOOD_PACK))
    async with open_house(settings, clock, strict=True) as opened:
        yield opened


async def _open(house: House, member: Member, name: str) -> Current:
    """Open a round with this challenge now."""
    challenge, now = house.services.get(Answers).base.catalog.challenge(name), house.dispatcher.clock.now()
    assert challenge is not None
    assert member.speaker.place is not None
    community = await house.store.communities.enter(member.speaker.place, "lab")
    found = await house.store.rounds.open(community.id, challenge.id, challenge_to_json(challenge), now, now + WEEK)
    return pin(found)


async def _person(house: House, member: Member) -> Person:
    return await house.store.people.enter(member.speaker.handle, member.speaker.name)


async def _earn(house: House, current: Current, member: Member, points: Sequence[int]) -> Person:
    """Give a member points in the round, part by part, a day for each."""
    person = await _person(house, member)
    for number, worth in enumerate(points):
        now = house.dispatcher.clock.now() + timedelta(days=number)
        subject, day = subject_of(current, f"part-{number + 1}"), member_day(now)
        fact = Activity(
            person.id, current.round.community_id, CHALLENGE_DONE.kind, subject, now, "UTC", day,
            CHALLENGE_DONE.key(subject, day), points=worth,
        )  # fmt: skip
        assert await house.store.activities.record(fact)
    await house.store.efforts.reward(current.round.id, person.id, sum(points), solved=False)
    return person


async def _ledger(house: House, person: Person) -> list[tuple[str, int]]:
    return [(fact.subject.split(":", 2)[2], fact.points) for fact in await house.store.activities.of(person.id)]


async def _points(house: House, current: Current, person: Person) -> int:
    effort = await house.store.efforts.of(current.round.id, person.id)
    assert effort is not None
    return effort.points


async def test_a_lower_total_is_one_new_row(grace: Member, ada: Member, house: House) -> None:
    current = await _open(house, grace, "weigh-a-bucket")
    person = await _earn(house, current, ada, (5, 5))
    said = await grace.says("/challenge regrade @ada 7 the second part was a guess")
    assert "ada has **7 points** for “Weigh a bucket of earth” now; before it was 10." in said.text
    assert await _ledger(house, person) == [("regrade:1", 7)]
    assert await _points(house, current, person) == 7
    (told,) = (await ada.says("/streak")).answer.notes
    assert "7 points, before it was 10. The reason: “the second part was a guess”" in told
    assert (await house.store.verify()).differences == ()


async def test_a_higher_total_and_all_of_it_taken_back(grace: Member, ada: Member, house: House) -> None:
    current = await _open(house, grace, "weigh-a-bucket")
    person = await _earn(house, current, ada, (5,))
    said = await grace.says("/challenge regrade ada 10 the tolerance was too tight")
    assert await _ledger(house, person) == [("regrade:1", 10)]
    again = await grace.says("/challenge regrade ada 1 a slip of the pen")
    assert "now; before it was 10" in again.text
    assert await _ledger(house, person) == [("regrade:2", 1)]
    await ada.says("/streak")
    back = await again.press("Undo")
    assert "ada has **10 points**" in back.text
    assert await _ledger(house, person) == [("regrade:3", 10)]
    (told,) = (await ada.says("/streak")).answer.notes
    assert "10 points, before it was 1. An earlier change was taken back." in told
    await said.press("Undo")
    assert await _points(house, current, person) == 5
    assert await _ledger(house, person) == [("regrade:4", 5)]


async def test_to_nothing_and_from_nothing(grace: Member, ada: Member, house: House) -> None:
    current = await _open(house, grace, "weigh-a-bucket")
    person = await _person(house, ada)
    await house.store.efforts.enter(current.round.id, person.id)
    await grace.says("/challenge regrade ada 1 for trying")
    (fact,) = await house.store.activities.of(person.id)
    assert (fact.points, fact.credited) == (1, False)
    assert "**0 points**" in (await grace.says("/challenge regrade ada 0 it was somebody else")).text
    assert await _ledger(house, person) == [("regrade:2", 0)]


async def test_the_streak_and_the_week_of_the_board_stay(
    grace: Member, ada: Member, house: House, clock: ManualClock
) -> None:
    current = await _open(house, grace, "weigh-a-bucket")
    person = await _earn(house, current, ada, (5, 5))
    clock.advance(days=1)
    await ada.says("/board")
    await (await ada.says("/board")).press("Be on the board")
    before = (await ada.says("/streak")).text
    (row,) = (await house.store.activities.of(person.id))[-1:]
    clock.advance(days=5)
    await grace.says("/challenge regrade ada 8 a slip")
    (fact,) = await house.store.activities.of(person.id)
    assert (fact.day, fact.at, fact.zone, fact.credited) == (row.day, row.at, row.zone, True)
    board = await house.store.boards.show(current.round.community_id, "week 2026-11-16", person.id, top=3, near=1)
    assert [line.points for line in board.top] == [8]
    assert "One week in a row" in before
    assert "One week in a row" in (await ada.says("/streak")).text


async def test_which_round_is_meant(grace: Member, ada: Member, house: House, clock: ManualClock) -> None:
    last = await _open(house, grace, "weigh-a-bucket")
    person = await _earn(house, last, ada, (10,))
    clock.advance(days=7)
    running = await _open(house, grace, "the-busiest-day")
    await grace.says("/challenge regrade ada 9 only the last one is there")
    assert await _points(house, last, person) == 9
    await house.store.efforts.enter(running.round.id, person.id)
    await house.store.efforts.attempt(running.round.id, person.id, 0, correct=False, mark="a", waits=())
    await grace.says("/challenge regrade ada 4 now the running one comes first")
    assert (await _points(house, running, person), await _points(house, last, person)) == (4, 9)
    await grace.says("/challenge regrade ada 6 the one before round:last")
    assert (await _points(house, running, person), await _points(house, last, person)) == (4, 6)


async def test_what_cannot_be_set(grace: Member, ada: Member, house: House) -> None:
    assert "has not opened the challenge" in (await grace.says("/challenge regrade ada 4 nobody knows ada")).text
    current = await _open(house, grace, "weigh-a-bucket")
    person = await _person(house, ada)
    said = await grace.says("/challenge regrade ada 4 not opened")
    assert "ada has not opened the challenge of the running round or the last one" in said.text
    await house.store.efforts.enter(current.round.id, person.id)
    assert "gives 10 points at most" in (await grace.says("/challenge regrade ada 11 too much")).text
    assert "between `0` and `40`" in (await grace.says("/challenge regrade ada 41 too much")).text
    assert "between `0` and `40`" in (await grace.says("/challenge regrade ada -1 too little")).text
    assert "organisers" in (await ada.says("/challenge regrade ada 10 I am worth it")).text
    assert await house.store.activities.of(person.id) == []


async def test_names_in_capitals_are_found(grace: Member, ada: Member, house: House) -> None:
    person = await _earn(house, await _open(house, grace, "weigh-a-bucket"), ada, (5,))
    await grace.says("/challenge regrade @Ada 6 as said at the table")
    assert await _ledger(house, person) == [("regrade:1", 6)]


@pytest.mark.parametrize("name", ["what-worms-know", "plan-a-bed"])
async def test_points_that_come_with_the_results_are_set_after_them(
    name: str, grace: Member, ada: Member, house: House
) -> None:
    current = await _open(house, grace, name)
    person = await _person(house, ada)
    await house.store.efforts.enter(current.round.id, person.id)
    refused = await grace.says("/challenge regrade ada 3 too early")
    assert refused.answer.status is Status.REFUSED
    assert "when its week is over and the results are in" in refused.text
    await house.store.rounds.wind_up(current.round.id)
    assert "**3 points**" in (await grace.says("/challenge regrade ada 3 now")).text


async def test_undo_works_only_where_the_round_was(grace: Member, ada: Member, house: House) -> None:
    current = await _open(house, grace, "weigh-a-bucket")
    person = await _earn(house, current, ada, (5,))
    said = await grace.says("/challenge regrade ada 6 as said")
    stranger = grace.platform.member("edsger", community="elsewhere", admin=True)
    assert (await replace(said, member=stranger).press("Undo")).answer.status is Status.REFUSED
    assert await _points(house, current, person) == 6


@dataclass(frozen=True)
class MortalLedger:
    """A ledger whose process dies instead of one more change than it has lives."""

    ledger: Activities
    lives: list[None]

    def __getattr__(self, name: str) -> Any:
        if name in ("record", "take_back"):
            if not self.lives:
                raise SystemError("killed")
            self.lives.pop()
        return getattr(self.ledger, name)


@dataclass(frozen=True)
class MortalStore:
    """A store with such a ledger."""

    store: Store
    activities: MortalLedger

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)


@pytest.mark.parametrize("lives", range(4))
async def test_killed_in_the_middle_the_next_delivery_finishes_it(
    lives: int, grace: Member, ada: Member, house: House, clock: ManualClock
) -> None:
    current = await _open(house, grace, "weigh-a-bucket")
    person = await _earn(house, current, ada, (2, 3, 5))
    call = Call("fake:once", Source.SLASH, grace.speaker, Typed("/challenge regrade"))
    first, second = house.store.during(call.id), house.store.during(call.id)
    mortal: Any = MortalStore(first, MortalLedger(first.activities, [None] * lives))
    ctx = Ctx(call, mortal, house.services, Callers(house.store, clock), clock, UTC)
    with pytest.raises(SystemError):
        await regrade(ctx, current, person, 4)
    assert await regrade(replace(ctx, store=second), current, person, 4) == 10
    assert await _ledger(house, person) == [("regrade:1", 4)]
    assert await _points(house, current, person) == 4
