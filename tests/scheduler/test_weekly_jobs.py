"""What each job posts: the right week, the right words, the same when it is asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from bot.models import Community, Handle, Place, PostState, Slot
from bot.models.weekly import JobName
from bot.scheduler.jobs import Letter
from bot.scheduler.weekly_jobs import Desk, jobs_at
from bot.services.answers import Answers
from bot.wiring import House
from tests.clock import ManualClock
from tests.commands.weeks import answers_of
from tests.fakes.channels import Channels
from tests.fakes.platform import STRICT, Member, Platform
from tests.fakes.posting import PLATFORM, Posting, posting_in

SETUP = "/setup channel:#weekly weekday:monday time:09:00 zone:Rome"
# From Saturday, when the tests begin, to some minutes after the first post.
TO_THE_FIRST = {"hours": 47, "minutes": 5}
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture
def platform(house: House, clock: ManualClock) -> Platform:
    return Platform(house.dispatcher, clock, STRICT)


@pytest.fixture
def channels() -> Channels:
    return Channels(PLATFORM)


@pytest.fixture
def posting(house: House, clock: ManualClock, channels: Channels) -> Posting:
    return posting_in(house, clock, channels)


async def here(house: House) -> Community:
    found = await house.store.communities.find(Place(PLATFORM, "lab"))
    assert found is not None
    return found


async def solves(house: House, member: Member) -> None:
    """Answer both parts of the seed orders."""
    await member.says("/challenge")
    right = await answers_of(house, Handle(PLATFORM, "", member.speaker.name), Place(PLATFORM, "lab"))
    first = await member.says(f"/challenge submit {right['mean_amount']:.2f}")
    assert "That is right" in first.text
    assert "All done" in (await member.says(f"/challenge submit {right['best_city']}")).text


async def composed(house: House, job: JobName, due: datetime) -> Letter | None:
    """Ask a job what it would post now."""

    async def settle(_: object) -> bool:
        return True

    desk = Desk(house.store, house.dispatcher.clock, house.services.get(Answers), house.registry, settle)
    return await jobs_at(desk)[job].compose(Slot((await here(house)).id, job, due), late=False)


def recap(channels: Channels) -> str:
    reply = next(reply for _, reply in channels.posted if reply.title.startswith("Last week"))
    return "\n".join([reply.text, *(f"{one.name}: {one.value}" for one in reply.fields), reply.footer])


class TestTheChallenge:
    async def test_a_week_that_is_left_out_has_no_post(
        self, grace: Member, posting: Posting, channels: Channels
    ) -> None:
        await grace.says(SETUP)
        await grace.says("/schedule skip")
        await posting.turn(**TO_THE_FIRST)
        assert channels.titles == []
        await posting.turn(days=7)
        assert [one for one in channels.titles if one.startswith("This week")] == ["This week: The seed orders"]

    async def test_a_week_that_was_swapped_has_what_was_chosen(
        self, grace: Member, posting: Posting, channels: Channels
    ) -> None:
        await grace.says(SETUP)
        await grace.says("/challenge schedule week:2026-11-23 challenge:quiz-heap")
        await posting.turn(**TO_THE_FIRST)
        assert channels.titles == ["This week: What the heap knows"]
        labels = [one.label for row in channels.posted[0][1].rows if isinstance(row, tuple) for one in row]
        assert labels == ["Take the quiz", "Board", "Remind me"]

    async def test_a_track_brings_its_own_order(
        self, grace: Member, posting: Posting, channels: Channels, house: House
    ) -> None:
        await grace.says(f"{SETUP} track:compost-track")
        await posting.turn(**TO_THE_FIRST)
        assert channels.titles == ["This week: The seed orders"], "it trains a step that everybody goes"

    async def test_nothing_comes_twice_in_a_year_and_then_begins_anew(
        self, grace: Member, posting: Posting, channels: Channels, house: House
    ) -> None:
        await grace.says(f"{SETUP} recap:no letter:no")
        for _ in range(2 * 55):
            await posting.turn(days=3.5)
        weeks = [one for one in channels.titles if one.startswith("This week")]
        assert len(set(weeks[:4])) == 4, "the small pack holds four"
        opened = [(one.challenge, one.opens) for one in await house.store.rounds.of((await here(house)).id, limit=99)]
        for name, at in opened:
            again = [then for other, then in opened if other == name and then != at]
            assert all(abs(then - at) >= timedelta(days=365) for then in again)
        assert len(weeks) > 4, "a year later they come again"
        log = await house.store.posts.log((await here(house)).id, 500)
        assert {one.state for one in log if one.slot.job == "challenge"} == {PostState.SENT, PostState.MISSED}

    async def test_asked_again_it_is_the_same_and_mentions_the_role(
        self, grace: Member, posting: Posting, house: House
    ) -> None:
        await grace.says(f"{SETUP} role:@learners")
        posting.clock.advance(**TO_THE_FIRST)
        first = await composed(house, JobName.CHALLENGE, MONDAY)
        posting.clock.advance(hours=3)
        assert first == await composed(house, JobName.CHALLENGE, MONDAY)
        assert first is not None
        assert (first.target.channel, first.target.role, first.target.thread) == (
            "weekly",
            "learners",
            "The seed orders",
        )

    async def test_a_week_that_is_over_is_not_announced(self, grace: Member, posting: Posting, house: House) -> None:
        await grace.says(SETUP)
        posting.clock.advance(days=10)
        assert await composed(house, JobName.CHALLENGE, MONDAY) is None

    @pytest.mark.parametrize("job", [*JobName])
    async def test_after_a_stop_nothing_has_anything_to_say(
        self, job: JobName, grace: Member, posting: Posting, house: House
    ) -> None:
        await (await grace.says(f"{SETUP} tips:#tips")).press("Stop posting")
        posting.clock.advance(**TO_THE_FIRST)
        assert await composed(house, job, MONDAY) is None


class TestASettingChangedInMidWeek:
    """Two posts are never less than five or more than ten days apart, and each week ends when the next begins."""

    @pytest.mark.parametrize("days", [1, 3, 6])
    @pytest.mark.parametrize("change", ["tuesday", "wednesday", "thursday", "friday", "sunday"])
    async def test_neither_skips_nor_doubles_a_week(
        self, change: str, days: int, grace: Member, posting: Posting, channels: Channels, house: House
    ) -> None:
        await grace.says(f"{SETUP} letter:no")
        await posting.turn(**TO_THE_FIRST)
        await posting.turn(days=days)
        await grace.says(f"/setup weekday:{change} time:18:00")
        for _ in range(48):
            await posting.turn(hours=12)
        rounds = sorted(await house.store.rounds.of((await here(house)).id, limit=9), key=lambda one: one.opens)
        assert len(rounds) >= 4
        assert all(one.closes == after.opens for one, after in pairwise(rounds))
        gaps = [after.opens - one.opens for one, after in pairwise(rounds)]
        assert all(timedelta(days=5) <= gap < timedelta(days=10) for gap in gaps)
        assert f"{rounds[-1].opens:%A}".lower() == change
        weeks = [one for one in channels.titles if one.startswith("This week")]
        assert len(weeks) == len(set(weeks)) == len(rounds)
        recaps = [one for one in channels.titles if one.startswith("Last week")]
        assert len(recaps) == len(set(recaps)) == sum(one.closes < posting.clock.now() for one in rounds)

    async def test_moves_the_plans_along(self, grace: Member, posting: Posting, channels: Channels) -> None:
        await grace.says(f"{SETUP} recap:no letter:no")
        await posting.turn(**TO_THE_FIRST)
        await grace.says("/challenge schedule week:2026-12-07 challenge:quiz-heap")
        await grace.says("/setup weekday:thursday zone:Tokyo")
        for _ in range(20):
            await posting.turn(days=1)
        assert channels.titles == [
            "This week: The seed orders",
            "This week: Who will leave the garden club?",
            "This week: What the heap knows",
        ]

    async def test_a_recap_turned_on_later_looks_back_on_the_same_weeks(
        self, grace: Member, posting: Posting, channels: Channels
    ) -> None:
        await grace.says(f"{SETUP} recap:no letter:no")
        await posting.turn(**TO_THE_FIRST)
        await posting.turn(days=1)
        await grace.says("/setup weekday:thursday recap:yes")
        for _ in range(28):
            await posting.turn(hours=12)
        assert [one for one in channels.titles if one.startswith("Last week")] == [
            "Last week: The seed orders",
            "Last week: Who will leave the garden club?",
        ]


class TestTheRecap:
    async def test_says_who_took_part_and_names_who_wants_to_be_named(
        self, grace: Member, platform: Platform, posting: Posting, channels: Channels, house: House
    ) -> None:
        await grace.says(SETUP)
        await posting.turn(**TO_THE_FIRST)
        for name in ("ada", "bob", "eve"):
            await solves(house, platform.member(name))
        await platform.member("carl").says("/challenge submit 1")
        await (await platform.member("dora").says("/challenge")).press("Get my data")
        for name in ("ada", "bob", "carl"):
            await (await platform.member(name).says("/board")).press("Be on the board")
        await posting.turn(days=7)
        said = recap(channels)
        assert "4 members took part, and 3 finished. One member more had a look." in said.replace(
            "one member", "One member"
        )
        assert "Finished: ada, bob and one member more" in said
        assert "carl" not in said, "who tried and did not finish is not named"
        assert "eve" not in said

    async def test_greets_who_came_back_if_they_are_on_the_board(
        self, grace: Member, platform: Platform, posting: Posting, channels: Channels, house: House
    ) -> None:
        ada, bob = platform.member("ada"), platform.member("bob")
        await ada.says("/checkin Read a page")
        await bob.says("/checkin Read a page")
        await (await ada.says("/board")).press("Be on the board")
        posting.clock.advance(days=28)
        await grace.says(SETUP)
        await posting.turn(**TO_THE_FIRST)
        await solves(house, ada)
        await solves(house, bob)
        await posting.turn(days=7)
        said = recap(channels)
        assert "Good to see you again: ada." in said
        assert "bob" not in said

    async def test_where_nobody_tried_it_blames_nobody(
        self, grace: Member, posting: Posting, channels: Channels
    ) -> None:
        await grace.says(SETUP)
        await posting.turn(**TO_THE_FIRST)
        await posting.turn(days=7)
        assert "Nobody sent anything in this time. The solution is worth a look all the same." in recap(channels)

    async def test_its_solution_can_be_read(
        self, grace: Member, ada: Member, posting: Posting, channels: Channels, platform: Platform
    ) -> None:
        await grace.says(SETUP)
        await posting.turn(**TO_THE_FIRST)
        await posting.turn(days=7)
        reply = next(reply for _, reply in channels.posted if reply.title.startswith("Last week"))
        labels = [one.label for row in reply.rows if isinstance(row, tuple) for one in row]
        assert labels == ["Solution", "Board", "This week's challenge"]

    async def test_is_silent_where_no_week_has_ended(
        self, grace: Member, posting: Posting, channels: Channels, house: House
    ) -> None:
        await grace.says(SETUP)
        await posting.live(hours=49)
        assert channels.titles == ["This week: The seed orders"]
        assert "recap" not in (await grace.says("/schedule log")).text, "there was no news in it"


class TestTheDailyTip:
    async def test_comes_every_day_and_each_once_before_any_comes_again(
        self, grace: Member, posting: Posting, channels: Channels, house: House
    ) -> None:
        await grace.says(f"{SETUP} tips:#tips recap:no letter:no")
        count = len(house.services.get(Answers).base.catalog.tips)
        for _ in range(2 * count):
            await posting.turn(days=1)
        tips = [reply.title for target, reply in channels.posted if target.channel == "tips"]
        assert len(tips) == 2 * count
        assert len(set(tips[:count])) == count
        assert tips[:count] == tips[count:]

    async def test_is_the_same_when_it_is_asked_again(self, grace: Member, posting: Posting, house: House) -> None:
        await grace.says(f"{SETUP} tips:#tips")
        due = datetime(2026, 11, 22, 7, tzinfo=UTC)
        posting.clock.advance(days=1)
        first = await composed(house, JobName.TIP, due)
        posting.clock.advance(days=1)
        assert first == await composed(house, JobName.TIP, due)
        assert first is not None
        assert (first.target.channel, first.reply.title[:16]) == ("tips", "Tip of the day: ")

    async def test_a_day_that_was_missed_is_not_made_up_for(
        self, grace: Member, posting: Posting, channels: Channels
    ) -> None:
        await grace.says(f"{SETUP} tips:#tips recap:no letter:no")
        await posting.turn(days=5)
        assert len([one for one in channels.posted if one[0].channel == "tips"]) == 1, "the latest alone"


class TestTheLetter:
    async def test_says_how_the_week_was_and_what_waits(
        self, grace: Member, platform: Platform, posting: Posting, channels: Channels, house: House
    ) -> None:
        await grace.says(SETUP)
        await posting.turn(**TO_THE_FIRST)
        channels.letters.clear()
        for name in ("ada", "bob"):
            await platform.member(name).says("/checkin Read a page")
        await solves(house, platform.member("ada"))
        await platform.member("bob").says("/faq zyxgarble qwortle")
        await posting.turn(days=7)
        place, letter = next(one for one in channels.letters if one[1].title == "The week in your community")
        assert place == Place(PLATFORM, "lab")
        fields = {one.name: one.value for one in letter.fields}
        assert fields["Members"].startswith("2 members active")
        assert "“The seed orders”: 1 took part, 1 finished." in fields["Challenge"]
        assert "`/setup` turns this letter off" in letter.footer
        assert [target.channel for target, _ in channels.posted if target.channel == ""] == []

    async def test_lists_gaps_suggestions_and_what_got_stuck(
        self, grace: Member, ada: Member, posting: Posting, channels: Channels, house: House
    ) -> None:
        await grace.says(SETUP)
        person = await house.store.people.enter(Handle(PLATFORM, "", "ada"), "ada")
        await house.store.gaps.ask((await here(house)).id, "How do I weigh a cloud?", person.id)
        await posting.turn(hours=47 + 50)
        channels.letters.clear()
        await posting.turn(days=5)
        _, letter = next(one for one in channels.letters if one[1].title == "The week in your community")
        fields = {one.name: one.value for one in letter.fields}
        assert "“How do I weigh a cloud?”, asked by 1." in fields["Questions that I could not answer"]
        assert "The weekly challenge: I could not post it until it was too late." in fields["What got stuck"]

    async def test_says_four_weeks_before_that_the_challenges_run_out_even_when_it_is_off(
        self, grace: Member, posting: Posting, channels: Channels
    ) -> None:
        await grace.says(f"{SETUP} letter:no recap:no")
        for _ in range(8 * 7):
            await posting.turn(days=1)
        said = [reply.text for _, reply in channels.letters if reply.title == "The challenges run out"]
        assert len(said) == 2, "at four weeks and at one, and then it leaves them in peace"
        assert said[0].startswith("**There are 4 challenges left")
        assert said[1].startswith("**There is one challenge left")
        assert "The week in your community" not in [reply.title for _, reply in channels.letters]
