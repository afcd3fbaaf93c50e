"""A post goes out once and in time, or late, or not at all; whatever happens, its row says what is known."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.outgoing import PostFailed, Trouble
from bot.core.reply import Reply
from bot.models import Place, PostState
from bot.models.posting import Ending, News, Post, Rule, Why
from bot.ports import StoreError
from bot.ports import Trouble as StoreTrouble
from bot.scheduler.delivering import Delivering
from bot.scheduler.jobs import PACE
from bot.scheduler.planning import arranged
from storage.posts import SqlitePosts
from tests.scheduler.office import JOB, MONDAY, BlindPoster, LookingPoster, Office, opened_office

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with opened_office(tmp_path) as opened:
        yield opened


def news(office: Office) -> list[tuple[News | None, str]]:
    return [(post.news, post.trouble) for post in office.told]


class TestInGoodWeather:
    async def test_a_post_goes_out_once(self, office: Office) -> None:
        post = await office.later()
        assert (post.state, post.message, post.began, post.ended) == (PostState.SENT, "message 1", MONDAY, MONDAY)
        await office.later(DAY)
        assert office.poster.posted == [office.key]
        assert office.told == []

    async def test_it_comes_again_next_week(self, office: Office) -> None:
        await office.later()
        assert (await office.later(7 * DAY)).slot.due == MONDAY + 7 * DAY
        assert len(office.poster.posted) == 2

    async def test_what_is_late_knows_it(self, office: Office) -> None:
        await office.later(PACE.late)
        await office.later(7 * DAY + MINUTE)
        assert office.job.late == [False, True]

    async def test_what_is_too_late_is_missed_and_told(self, office: Office) -> None:
        post = await office.later(49 * HOUR)
        assert (post.state, post.why, office.poster.posted) == (PostState.MISSED, Why.LATE, [])
        assert news(office) == [(News.MISSED, "")]

    async def test_nothing_to_say_is_no_news(self, office: Office) -> None:
        office.job.compose_it = lambda: None
        post = await office.later()
        assert (post.state, post.why, office.told) == (PostState.MISSED, Why.NOTHING, [])

    async def test_a_paused_job_posts_nothing_and_goes_on_later(self, office: Office) -> None:
        await office.store.posts.pause(office.community, JOB, paused=True)
        post = await office.later()
        assert (post.state, post.why, office.told) == (PostState.MISSED, Why.PAUSED, [])
        await office.store.posts.pause(office.community, JOB, paused=False)
        assert (await office.later(7 * DAY)).state is PostState.SENT

    async def test_a_clock_that_was_set_back_waits_for_its_time(self, office: Office) -> None:
        await office.runner().planning.once()
        office.clock.advance(hours=-1)
        post = await office.later()
        assert (post.state, post.turn, office.poster.posted) == (PostState.PENDING, MONDAY, [])
        assert (await office.later(HOUR)).state is PostState.SENT


class TestInBadWeather:
    async def test_a_busy_platform_is_asked_again(self, office: Office) -> None:
        office.poster.failures.append(PostFailed(Trouble.LATER, wait=600))
        assert (await office.later()).turn == MONDAY + 10 * MINUTE
        assert (await office.later(10 * MINUTE)).state is PostState.SENT

    async def test_it_is_looked_for_what_may_be_there(self, office: Office) -> None:
        office.poster.appears = True
        office.poster.fails(Trouble.UNKNOWN)
        assert (await office.later()).state is PostState.SENDING
        await office.later(PACE.settling - MINUTE)
        assert isinstance(office.poster, LookingPoster)
        assert office.poster.looks == [], "it may still be on its way"
        post = await office.later(MINUTE)
        assert (post.state, post.message, len(office.poster.posted)) == (PostState.SENT, "found", 1)
        assert office.poster.looks == [MONDAY - HOUR]

    async def test_what_is_not_there_is_sent_again(self, office: Office) -> None:
        office.poster.fails(ValueError("a mistake of ours"))
        await office.later()
        post = await office.later(PACE.settling)
        assert (post.state, office.poster.posted) == (PostState.SENT, [office.key])

    async def test_where_nobody_can_look_somebody_is_asked(self, office: Office) -> None:
        office.poster = BlindPoster()
        office.poster.fails(Trouble.UNKNOWN)
        assert (await office.later()).state is PostState.UNKNOWN
        await office.later(DAY)
        assert (office.poster.posted, news(office)) == ([], [(News.UNSURE, "")])

    async def test_what_a_dead_process_was_sending_is_not_sent_blindly(self, office: Office) -> None:
        office.poster = BlindPoster()
        await office.runner().planning.once()
        (post,) = await office.store.posts.claim("dead", "test", lease=PACE.lease, limit=1)
        await office.store.posts.begin(post, lease=PACE.lease)
        await office.later(PACE.lease)
        assert (await office.later(PACE.doubt)).state is PostState.UNKNOWN
        assert office.poster.posted == []

    async def test_what_cannot_be_looked_for_waits_and_is_then_asked_about(self, office: Office) -> None:
        office.poster.fails(Trouble.UNKNOWN)
        await office.later()
        assert isinstance(office.poster, LookingPoster)
        office.poster.blocked = Trouble.LATER
        assert (await office.later(HOUR)).state is PostState.SENDING
        assert (await office.later(48 * HOUR)).state is PostState.UNKNOWN

    async def test_a_refusal_is_final_and_told(self, office: Office) -> None:
        office.poster.fails(Trouble.REFUSED)
        post = await office.later()
        assert (post.state, post.why, news(office)) == (PostState.MISSED, Why.REFUSED, [(News.MISSED, "")])

    async def test_a_mistake_in_composing_may_be_mended(self, office: Office) -> None:
        def broken() -> Reply:
            raise ValueError("no such challenge")

        mended, office.job.compose_it = office.job.compose_it, broken
        assert (await office.later()).state is PostState.PENDING
        office.job.compose_it = mended
        assert (await office.later(MINUTE)).state is PostState.SENT

    async def test_a_store_that_fails_for_a_moment_loses_no_answer(
        self, office: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        confirm, failures = SqlitePosts.confirm, [StoreError(StoreTrouble.LOCKED, "Locked.", "")]

        async def sometimes(self: SqlitePosts, post: Post, message: str | None) -> bool:
            if failures:
                raise failures.pop()
            return await confirm(self, post, message)

        monkeypatch.setattr(SqlitePosts, "confirm", sometimes)
        monkeypatch.setattr("bot.scheduler.delivering.CONFIRM_AGAIN", (0.0, 0.0))
        post = await office.later()
        assert (post.state, post.message) == (PostState.SENT, "message 1")


class TestAClosedChannel:
    async def test_is_told_of_once_and_left_in_peace(self, office: Office) -> None:
        office.poster.fails(*[Trouble.GONE] * 9)
        await office.later()
        assert office.told == [], "one failure proves nothing"
        await office.later(5 * MINUTE)
        await office.later(30 * MINUTE)
        await office.later(HOUR)
        assert news(office) == [(News.STUCK, "gone")]
        assert len(office.poster.failures) == 6, "three tries in all"
        (schedule,) = await office.store.posts.arranged(office.community)
        assert schedule.trouble == "gone"

    async def test_resumes_by_itself(self, office: Office) -> None:
        office.poster.fails(Trouble.FORBIDDEN, Trouble.FORBIDDEN)
        await office.later()
        await office.later(5 * MINUTE)
        assert (await office.later(HOUR)).state is PostState.SENT
        (schedule,) = await office.store.posts.arranged(office.community)
        assert schedule.trouble == ""

    async def test_that_stays_closed_says_no_more(self, office: Office) -> None:
        office.poster.fails(*[Trouble.GONE] * 99)
        await office.later()
        for _ in range(100):
            await office.later(6 * HOUR)
        posts = await office.store.posts.log(office.community, 9)
        assert [post.why for post in posts[1:]] == [Why.LATE] * (len(posts) - 1)
        assert news(office) == [(News.STUCK, "gone")]


async def test_a_runner_that_leaves_begins_nothing(office: Office) -> None:
    runner = office.runner()
    runner.leave()
    assert await runner.once() == 0
    assert office.poster.posted == []
    assert await office.runner().once() == 1


async def test_whoever_cannot_be_told_is_told_later(office: Office) -> None:
    office.poster.fails(Trouble.REFUSED)
    runner, tell = office.runner(), office.tell

    async def fails(post: Post) -> None:
        raise PostFailed(Trouble.LATER)

    runner.tell = fails
    await runner.once()
    runner.tell = tell
    await runner.once()
    assert office.told == [], "it was tried a moment ago"
    office.clock.advance(minutes=6)
    await runner.once()
    await runner.once()
    assert news(office) == [(News.MISSED, "")]


async def test_a_rule_that_cannot_be_read_holds_up_nobody(office: Office) -> None:
    other = (await office.store.communities.enter(Place("test", "2"), "Other")).id
    broken = arranged(other, JOB, Rule(MONDAY.time(), "UTC", 0), MONDAY - DAY)
    await office.store.posts.arrange(replace(broken, rule=replace(broken.rule, zone="Atlantis/Capital")))
    await office.later()
    assert office.poster.posted == [office.key]


async def test_somebody_else_who_took_over_is_not_disturbed(office: Office) -> None:
    await office.runner().planning.once()
    (mine,) = await office.store.posts.claim("slow", "test", lease=PACE.lease, limit=1)
    office.clock.advance(minutes=6)
    await office.store.posts.recover("test", doubt=PACE.doubt)
    (theirs,) = await office.store.posts.claim("quick", "test", lease=PACE.lease, limit=1)
    delivering: Delivering = office.runner().delivering
    assert await delivering.deliver(mine) is False
    assert office.poster.posted == []
    assert await office.store.posts.end(theirs, Ending(PostState.PENDING, turn=MONDAY))
