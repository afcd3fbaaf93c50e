"""The words of what appears by itself, for each kind of challenge and each way in which a post can fare."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.calls import Pressed, Source, Status
from bot.core.limits import problems
from bot.core.outgoing import Trouble
from bot.core.reply import Button, Reply
from bot.models import Community, Place, PostState, Slot
from bot.models.challenges import Round
from bot.models.posting import News, Post, Why
from bot.models.weekly import JobName
from bot.services.answers import Answers
from bot.services.challenges.rounds import Current, pin
from bot.services.posting.daily import TipPost, tip_of
from bot.services.posting.names import CHECKED, CURES, spoken_failure
from bot.services.posting.recap import RecapPost
from bot.services.posting.telling import news_of
from bot.services.posting.week import WeekPost
from bot.wiring import House
from tests.clock import ManualClock
from tests.commands.weeks import open_week
from tests.fakes.platform import STRICT, Member, Platform

ROME = ZoneInfo("Europe/Rome")
CHALLENGES = ("seed-orders", "who-will-leave", "quiz-heap", "project-bed")


@pytest.fixture
def member(house: House) -> Member:
    clock = house.dispatcher.clock
    assert isinstance(clock, ManualClock)
    return Platform(house.dispatcher, clock, STRICT).member("ada")


async def opened(house: House, member: Member, name: str) -> Current:
    return pin(await open_week(house, member, name))


async def entered(house: House, member: Member) -> int:
    return (await house.store.people.enter(member.speaker.handle, member.speaker.name)).id


def buttons(reply: Reply) -> list[Button]:
    return [one for row in reply.rows if isinstance(row, tuple) for one in row]


def words(reply: Reply) -> str:
    return "\n".join([reply.title, reply.text, *(f"{one.name}: {one.value}" for one in reply.fields), reply.footer])


class TestTheWeek:
    @pytest.mark.parametrize(
        ("name", "labels", "said"),
        [
            ("seed-orders", ["Get my data", "Submit", "Hint", "Board", "Remind me"], "Part 1: Keep the first row"),
            ("who-will-leave", ["Get my data", "Submit", "Board", "Remind me"], "The baseline to beat: "),
            ("quiz-heap", ["Take the quiz", "Board", "Remind me"], "Four questions about the heap"),
            ("project-bed", ["Open it", "Board", "Remind me"], "Plan what grows in one bed"),
        ],
    )
    async def test_offers_what_one_can_do(
        self, name: str, labels: list[str], said: str, house: House, member: Member
    ) -> None:
        reply = WeekPost(house.registry).opened(await opened(house, member, name), ROME)
        assert [one.label for one in buttons(reply)] == labels
        assert said in words(reply)
        assert "Open until Saturday 28 November, 10:00 (Europe/Rome)." in reply.footer
        assert "late" not in reply.text

    @pytest.mark.parametrize("name", CHALLENGES)
    async def test_fits_everywhere_also_when_it_is_late(self, name: str, house: House, member: Member) -> None:
        reply = WeekPost(house.registry).opened(await opened(house, member, name), ROME, late=True)
        assert problems(reply) == []
        assert reply.text.startswith("This comes late, because I was away at its time.")

    @pytest.mark.parametrize("name", CHALLENGES)
    async def test_every_button_leads_on(self, name: str, house: House, member: Member) -> None:
        reply = WeekPost(house.registry).opened(await opened(house, member, name), ROME)
        for one in buttons(reply):
            heard = await member.sends(Source.BUTTON, Pressed(one.token))
            assert heard.answer.status is Status.DONE, one.label

    def test_every_challenge_of_the_pack_makes_a_post_that_fits(self, house: House) -> None:
        opens = datetime(2026, 11, 23, 8, tzinfo=UTC)
        for one in house.services.get(Answers).base.catalog.challenges:
            current = Current(Round(1, 1, one.id, "", opens, opens + timedelta(weeks=1)), one)
            assert problems(WeekPost(house.registry).opened(current, ROME, late=True)) == []


class TestTheRecap:
    async def scored(self, house: House, member: Member, name: str, *, solved: bool, board: bool) -> Reply:
        current, person = await opened(house, member, name), await entered(house, member)
        await house.store.efforts.enter(current.round.id, person)
        await house.store.efforts.reward(current.round.id, person, 10, solved=solved)
        if board:
            await house.store.boards.join(current.round.community_id, person)
        return await RecapPost(house.store, house.registry).of(current)

    async def test_names_who_beat_the_baseline(self, house: House, member: Member) -> None:
        reply = await self.scored(house, member, "who-will-leave", solved=True, board=True)
        assert "Beat the baseline: ada" in words(reply)
        assert "One member took part, and one finished." in reply.text

    async def test_counts_who_is_not_on_the_board_without_a_name(self, house: House, member: Member) -> None:
        reply = await self.scored(house, member, "who-will-leave", solved=True, board=False)
        assert "Beat the baseline: one member" in words(reply)
        assert "ada" not in words(reply)

    async def test_of_a_project_says_that_reviews_go_on(self, house: House, member: Member) -> None:
        reply = await self.scored(house, member, "project-bed", solved=False, board=True)
        assert "One member took part, and nobody finished. The reviews go on for some days." in reply.text
        assert "Finished" not in words(reply)

    async def test_lists_at_most_25_names_and_counts_the_rest(self, house: House, member: Member) -> None:
        current = await opened(house, member, "seed-orders")
        for number in range(60):
            other = member.platform.member(f"{'m' * 30}{number:02}")
            person = await entered(house, other)
            await house.store.efforts.enter(current.round.id, person)
            await house.store.efforts.reward(current.round.id, person, 10, solved=True)
            await house.store.boards.join(current.round.community_id, person)
        reply = await RecapPost(house.store, house.registry).of(current)
        assert "and 35 members more" in words(reply)
        assert problems(reply) == []

    async def test_where_nobody_looked_it_is_kind(self, house: House, member: Member) -> None:
        reply = await RecapPost(house.store, house.registry).of(await opened(house, member, "seed-orders"))
        assert "The solution is worth a look all the same." in reply.text
        assert (reply.fields, problems(reply)) == ((), [])


class TestTheTip:
    def test_each_community_goes_its_own_way_through_all(self, house: House) -> None:
        tips = house.services.get(Answers).base.catalog.tips
        begin = datetime(2026, 11, 23, tzinfo=UTC).date()
        ways = []
        for community in (1, 2):
            cycle = [tip_of(tips, community, begin + timedelta(days=day)) for day in range(len(tips))]
            assert {one.id for one in cycle if one} == {one.id for one in tips}
            ways.append(cycle)
        assert ways[0] != ways[1]

    def test_without_tips_there_is_none(self) -> None:
        assert tip_of((), 1, datetime(2026, 11, 23, tzinfo=UTC).date()) is None

    def test_every_tip_fits(self, house: House) -> None:
        for tip in house.services.get(Answers).base.catalog.tips:
            assert problems(TipPost(house.registry).of(tip)) == []


LAB = Community(1, Place("fake", "lab"), "The *Lab*", "Europe/Rome")
DUE = datetime(2026, 11, 23, 8, tzinfo=UTC)


def post(news: News, job: JobName = JobName.CHALLENGE, why: Why | None = None, trouble: str = "") -> Post:
    state = {News.STUCK: PostState.PENDING, News.MISSED: PostState.MISSED, News.UNSURE: PostState.UNKNOWN}[news]
    return Post(1, Slot(1, job, DUE), "fake", state, DUE, DUE, why=why, trouble=trouble, news=news)


class TestNews:
    @pytest.mark.parametrize("trouble", [Trouble.GONE, Trouble.FORBIDDEN, Trouble.EXPELLED])
    def test_of_what_is_stuck_tells_the_cure(self, trouble: Trouble) -> None:
        said = words(news_of(post(News.STUCK, trouble=trouble), LAB))
        assert "It is about the weekly challenge of Monday 23 November, 09:00 in **The \\*Lab\\***." in said
        assert CURES[trouble] in said
        assert "go on by myself as soon as it works" in said

    def test_of_what_nobody_knows_says_where_to_say_it(self) -> None:
        said = words(news_of(post(News.UNSURE), LAB))
        assert "Is this post there?" in said
        assert "`/schedule log`" in said
        assert "I do not post it a second time by myself." in said

    @pytest.mark.parametrize(
        ("why", "job", "helps"),
        [
            (Why.LATE, JobName.CHALLENGE, True),
            (Why.LATE, JobName.NOW, False),
            (Why.REFUSED, JobName.CHALLENGE, False),
        ],
    )
    def test_of_what_was_missed_says_what_helps(self, why: Why, job: JobName, helps: bool) -> None:
        said = words(news_of(post(News.MISSED, job, why), LAB))
        assert "A post was missed" in said
        assert ("`/schedule post-now` posts the challenge now." in said) is helps


@pytest.mark.parametrize("trouble", [*Trouble])
def test_every_trouble_has_words_of_its_own_for_a_test_post(trouble: Trouble) -> None:
    said = [spoken_failure(one) for one in Trouble]
    assert said.count(spoken_failure(trouble)) == 1
    assert "go on trying" not in spoken_failure(trouble), "nobody tries a test again"


def test_what_is_looked_at_beforehand_says_how_to_mend_it() -> None:
    assert set(CHECKED) == {Trouble.GONE, Trouble.FORBIDDEN}
    assert all("choose it again" in said for said in CHECKED.values())
