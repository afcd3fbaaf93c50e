"""The coming weeks: what is shown is what comes, and every change can be undone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.core.calls import Status
from bot.models import Community
from bot.models.challenges import Round
from bot.services.answers import Answers
from bot.services.challenges.rounds import open_round, pin
from bot.settings import Settings
from bot.wiring import House, open_house
from tests.challenge_pack import write_quizzes
from tests.clock import ManualClock
from tests.fakes.platform import Heard, Member

UTC = ZoneInfo("UTC")
FIRST = "Monday 16 November"
FOURTH = "Monday 7 December"


@pytest.fixture
def quizzes() -> int:
    """Say how many challenges there are."""
    return 12


@pytest.fixture
async def house(tmp_path: Path, clock: ManualClock, quizzes: int) -> AsyncIterator[House]:
    pack = write_quizzes(tmp_path / "pack", quizzes)
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'a.db'}", files_dir=tmp_path, content=str(pack))
    async with open_house(settings, clock, strict=True) as opened:
        yield opened


async def _community(house: House, member: Member) -> Community:
    assert member.speaker.place is not None
    return await house.store.communities.enter(member.speaker.place, "lab")


async def _round_now(house: House, member: Member) -> Round | None:
    """Open the round that is on, as the first look at it does."""
    catalog = house.services.get(Answers).base.catalog
    community = await _community(house, member)
    return await open_round(house.store, catalog, community, house.dispatcher.clock.now())


async def _must_open(house: House, member: Member) -> Round:
    found = await _round_now(house, member)
    assert found is not None
    return found


async def _person(house: House, member: Member) -> int:
    return (await house.store.people.enter(member.speaker.handle, member.speaker.name)).id


def _weeks(heard: Heard) -> list[str]:
    """Return what stands behind each week: the title, or nothing."""
    values = [field.value for field in heard.reply.fields]
    return [value.split("**")[1] if "No challenge" not in value else "" for value in values]


async def test_eight_weeks_in_the_readers_zone(grace: Member, house: House) -> None:
    await grace.says("/settings zone:Tokyo")
    shown = await grace.says("/challenge schedule")
    assert len(shown.reply.fields) == 8
    first = "Monday 16 November, 18:00: **Quiz 1** (quiz, beginner). The usual order. Until Monday 23 November, 18:00."
    assert first in shown.text
    assert "Monday 4 January, 18:00: **Quiz 8**" in shown.text
    assert "All times are in your zone, Asia/Tokyo." in shown.text
    assert "run out" not in shown.text
    await _must_open(house, grace)
    assert "**Quiz 1** (quiz, beginner). On now." in (await grace.says("/challenge schedule")).text


async def test_only_organisers_and_only_in_a_community(ada: Member) -> None:
    assert "organisers" in (await ada.says("/challenge schedule")).text
    alone = ada.platform.member("solo", community=None, admin=True)
    assert "in a community only" in (await alone.says("/challenge schedule")).text


async def test_what_is_shown_is_what_comes(grace: Member, house: House, clock: ManualClock) -> None:
    await grace.says("/challenge schedule week:2026-11-30 challenge:Quiz 9")
    await (await grace.says("/challenge schedule week:2026-12-14")).press("Skip this week")
    shown = _weeks(await grace.says("/challenge schedule"))
    assert shown == ["Quiz 1", "Quiz 2", "Quiz 9", "Quiz 3", "", "Quiz 4", "Quiz 5", "Quiz 6"]
    came = []
    for _ in shown:
        found = await _round_now(house, grace)
        came.append(pin(found).challenge.title if found else "")
        clock.advance(days=7)
    assert came == shown


async def test_a_week_is_swapped_and_swapped_back(grace: Member) -> None:
    card = await (await grace.says("/challenge schedule")).press(f"{FOURTH}: Quiz 4")
    assert "The usual order." in card.text
    assert "Open from Monday 7 December, 09:00 to Monday 14 December, 09:00." in card.text
    assert "Quiz 3" not in card.labels()
    assert "Quiz 12" in card.labels()
    done = await card.press("Quiz 12")
    assert "The week of Monday 7 December has **Quiz 12**" in done.text
    assert "Chosen by an organiser." in (await grace.says("/challenge schedule week:2026-12-07")).text
    again = await (await grace.says("/challenge schedule week:2026-12-09")).press("Quiz 11")
    await again.press("Undo")
    assert _weeks(await grace.says("/challenge schedule"))[3] == "Quiz 12"
    back = await done.press("Undo")
    assert "follows the usual order again: it brings “Quiz 4”" in back.text
    assert _weeks(await back.press("All weeks"))[3] == "Quiz 4"
    await back.press("Undo")
    assert _weeks(await grace.says("/challenge schedule"))[3] == "Quiz 12"


async def test_a_week_is_skipped_and_brought_back(grace: Member) -> None:
    gone = await (await grace.says("/challenge schedule week:2026-12-07")).press("Skip this week")
    assert "There will be no challenge in the week of Monday 7 December" in gone.text
    card = await grace.says("/challenge schedule week:2026-12-07")
    assert "Skipped by an organiser." in card.text
    assert "Skip this week" not in card.labels()
    usual = await card.press("Back to the usual order")
    assert _weeks(await grace.says("/challenge schedule"))[3] == "Quiz 4"
    await usual.press("Undo")
    assert _weeks(await grace.says("/challenge schedule"))[3] == ""
    await gone.press("Undo")
    assert _weeks(await grace.says("/challenge schedule"))[3] == "Quiz 4"


async def test_a_chosen_week_goes_back_to_the_order_and_forth(grace: Member) -> None:
    await grace.says("/challenge schedule week:2026-12-07 challenge:quiz-11")
    usual = await (await grace.says("/challenge schedule week:2026-12-07")).press("Back to the usual order")
    assert _weeks(await grace.says("/challenge schedule"))[3] == "Quiz 4"
    await usual.press("Undo")
    assert _weeks(await grace.says("/challenge schedule"))[3] == "Quiz 11"


async def test_none_comes_twice_within_a_year(grace: Member, house: House, clock: ManualClock) -> None:
    await _must_open(house, grace)
    said = await grace.says("/challenge schedule week:2026-12-07 challenge:Quiz 1")
    assert said.answer.status is Status.REFUSED
    assert "“Quiz 1” has the week of Monday 16 November" in said.text
    await grace.says("/challenge schedule week:2026-12-28 challenge:quiz-12")
    said = await grace.says("/challenge schedule week:2026-12-07 challenge:quiz-12")
    assert "“Quiz 12” has the week of Monday 28 December" in said.text
    clock.advance(days=371)
    assert _weeks(await grace.says("/challenge schedule"))[0] == "Quiz 1"


async def test_names_and_weeks_that_are_none(grace: Member) -> None:
    assert "Say for which week" in (await grace.says("/challenge schedule challenge:quiz-02")).text
    unknown = await grace.says("/challenge schedule week:2026-12-07 challenge:nothing like it")
    assert "I know no challenge “nothing like it”. Write its name, like “Quiz 1”" in unknown.text
    vague = await grace.says("/challenge schedule week:2026-12-07 challenge:Quiz")
    assert "I know no challenge “Quiz”" in vague.text
    assert "is what this week has already" in (
        await _twice(grace, "/challenge schedule week:2026-12-07 challenge:quiz-12")
    )
    for day in ("2026-11-14", "2027-01-12", "9999-12-31", "0001-01-01"):
        said = await grace.says(f"/challenge schedule week:{day}")
        assert "is not in the coming 8 weeks" in said.text
        assert said.answer.status is Status.REFUSED


async def _twice(member: Member, line: str) -> str:
    await member.says(line)
    return (await member.says(line)).text


async def test_the_day_counts_where_the_reader_is_and_where_the_community_is(grace: Member) -> None:
    await grace.says("/settings zone:Honolulu")  # there the week of 7 December opens on Sunday evening
    for day in ("2026-12-06", "2026-12-07", "2026-12-10"):
        assert "The week of Sunday 6 December" in (await grace.says(f"/challenge schedule week:{day}")).text


async def test_this_week_is_swapped_while_nobody_tried_it(grace: Member, ada: Member, house: House) -> None:
    found = await _must_open(house, grace)
    await house.store.efforts.enter(found.id, await _person(house, ada))
    card = await (await grace.says("/challenge schedule")).press(f"{FIRST}: Quiz 1")
    assert "Skip this week" not in card.labels()
    done = await card.press("Quiz 9")
    now = await _must_open(house, grace)
    assert (now.id, pin(now).challenge.id) == (found.id, "quiz-09")
    told = (await ada.says("/streak")).answer.notes
    assert any("This week has another challenge now: “Quiz 9”" in one for one in told)
    await done.press("Undo")
    assert pin(await _must_open(house, grace)).challenge.id == "quiz-01"


async def test_this_week_stays_once_somebody_tried_it(grace: Member, ada: Member, house: House) -> None:
    found = await _must_open(house, grace)
    card = await grace.says("/challenge schedule week:2026-11-16")
    await house.store.efforts.answer(found.id, await _person(house, ada), 0, "0")
    refused = await card.press("Quiz 9")
    assert "“Quiz 1” stays until the week is over: One member has tried it" in refused.text
    assert "stays until the week is over" in (await grace.says("/challenge schedule week:2026-11-16")).text
    assert "The week of Monday 23 November" in (await refused.press("Change next week")).text
    assert pin(await _must_open(house, grace)).challenge.id == "quiz-01"


async def test_a_week_that_began_is_not_skipped(grace: Member, house: House) -> None:
    card = await grace.says("/challenge schedule week:2026-11-16")  # nobody has looked yet
    await _must_open(house, grace)
    assert "This week has begun" in (await card.press("Skip this week")).text


@pytest.mark.parametrize("quizzes", [7])
async def test_four_weeks_before_the_pack_runs_out_it_says_so(grace: Member, clock: ManualClock, house: House) -> None:
    shown = await grace.says("/challenge schedule")
    assert _weeks(shown) == [*(f"Quiz {n}" for n in range(1, 8)), ""]
    assert "run out" not in shown.text
    for _ in range(3):
        await _must_open(house, grace)
        clock.advance(days=5, hours=1)
    assert f"{clock.now():%A %d %B}" == "Sunday 06 December"
    assert "run out" not in (await grace.says("/challenge schedule")).text
    clock.advance(days=1)
    assert (
        "**The challenges run out in the week of Monday 4 January.**" in (await grace.says("/challenge schedule")).text
    )
    card = await grace.says("/challenge schedule week:2027-01-04")
    assert "The packs hold no challenge" in card.text
    assert "There is no other challenge" in card.text


@pytest.mark.parametrize("quizzes", [40])
async def test_many_challenges_have_pages(grace: Member) -> None:
    card = await grace.says("/challenge schedule week:2026-11-16")
    assert "Page 1 of 2." in card.text
    assert "Quiz 27" not in card.labels()
    second = await card.press("Next")
    done = await second.press("Quiz 40")
    assert "The week of Monday 16 November has **Quiz 40**" in done.text


async def test_names_are_completed(house: House, grace: Member) -> None:
    found = house.dispatcher.suggest("challenge schedule", "challenge", "quiz 1", grace.speaker.place)
    assert [one.value for one in found] == ["quiz-01", "quiz-10", "quiz-11", "quiz-12"]


async def test_other_communities_have_their_own_weeks(grace: Member) -> None:
    await grace.says("/challenge schedule week:2026-12-07 challenge:quiz-12")
    other = grace.platform.member("edsger", community="elsewhere", admin=True)
    assert _weeks(await other.says("/challenge schedule"))[3] == "Quiz 4"


async def test_weeks_follow_the_zone_of_the_community(grace: Member, house: House) -> None:
    community = await _community(house, grace)
    await house.store.communities.set_zone(community.id, "America/New_York")
    shown = await grace.says("/challenge schedule")
    opens = [field.name for field in shown.reply.fields]
    assert all(name.endswith(", 09:00") for name in opens)


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Asia/Tokyo"])
async def test_a_move_in_the_middle_of_a_week_brings_no_week_of_a_few_hours(
    grace: Member, house: House, clock: ManualClock, zone: str
) -> None:
    first = await _must_open(house, grace)
    community = await _community(house, grace)
    await house.store.communities.set_zone(community.id, zone)
    announced = _weeks(await grace.says("/challenge schedule"))
    clock.advance(days=2)
    await grace.says("/challenge")
    (second, *_) = await house.store.rounds.of(community.id)
    assert second.opens == first.closes
    assert second.closes - second.opens > timedelta(days=6)
    assert _weeks(await grace.says("/challenge schedule"))[0] == announced[1]
