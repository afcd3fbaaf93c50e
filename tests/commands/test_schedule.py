"""What organisers set up is what appears: once, on time, with its buttons; and they can stop, look and repeat."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.core.calls import Status
from bot.core.outgoing import Target, Trouble
from bot.models import Place, PostState
from bot.wiring import House
from tests.clock import ManualClock
from tests.fakes.channels import Channels, ChannelsToRead
from tests.fakes.platform import Member
from tests.fakes.posting import PLATFORM, Posting, posting_in

SETUP = "/setup channel:#weekly weekday:monday time:09:00 zone:Rome"


@pytest.fixture
def channels() -> Channels:
    return Channels(PLATFORM)


@pytest.fixture
def posting(house: House, clock: ManualClock, channels: Channels) -> Posting:
    return posting_in(house, clock, channels)


def labels(channels: Channels, number: int = -1) -> list[str]:
    _, reply = channels.posted[number]
    return [control.label for row in reply.rows if isinstance(row, tuple) for control in row]


def weeks(channels: Channels) -> list[str]:
    return [one for one in channels.titles if one.startswith("This week")]


async def test_the_challenge_appears_by_itself_with_its_buttons_and_a_thread(
    grace: Member, posting: Posting, channels: Channels
) -> None:
    page = await grace.says(SETUP)
    assert (
        "In [#](channel:weekly), every Monday at 09:00 (Europe/Rome). The next one: Monday 23 November, 09:00."
        in page.text
    )
    await posting.live(hours=46)
    assert channels.posted == []
    await posting.turn(hours=1)
    assert channels.titles == ["This week: The seed orders"]
    target, reply = channels.posted[0]
    assert grace.speaker.place is not None
    assert target == Target(grace.speaker.place, "weekly", thread="The seed orders")
    assert labels(channels) == ["Get my data", "Submit", "Hint", "Board", "Remind me"]
    assert "Open until Monday 30 November, 09:00 (Europe/Rome)." in reply.footer
    assert "late" not in reply.text
    await posting.live(hours=5)
    assert len(channels.posted) == 1


async def test_a_week_later_comes_the_next_one_and_a_recap(
    grace: Member, ada: Member, posting: Posting, channels: Channels
) -> None:
    await grace.says(SETUP)
    await posting.turn(hours=47, minutes=1)
    await posting.turn(hours=7 * 24, minutes=5)
    assert sorted(channels.titles[1:]) == ["Last week: The seed orders", "This week: Who will leave the garden club?"]
    recap = next(reply for _, reply in channels.posted if reply.title.startswith("Last week"))
    assert "Nobody sent anything" in recap.text


async def test_late_is_better_than_never_but_only_for_two_days(
    grace: Member, posting: Posting, channels: Channels
) -> None:
    await grace.says(SETUP)
    await posting.turn(hours=47 + 10)
    assert "This comes late" in channels.posted[0][1].text
    log = await grace.says("/schedule log")
    assert "posted, 10 hours late" in log.text


async def test_too_late_is_missed_logged_and_told_once(grace: Member, posting: Posting, channels: Channels) -> None:
    await grace.says(SETUP)
    await grace.says("/setup recap:no letter:no")
    await posting.turn(hours=47 + 50)
    await posting.live(hours=3)
    assert channels.posted == []
    assert "not posted. I could not post it until it was too late." in (await grace.says("/schedule log")).text
    assert [reply.title for _, reply in channels.letters] == ["A post was missed"]
    assert "`/schedule post-now` posts the challenge now" in channels.letters[0][1].text
    await grace.says("/schedule post-now")
    await posting.turn(seconds=2)
    assert channels.titles == ["This week: The seed orders"]


async def test_a_channel_that_is_gone_is_refused_at_once(grace: Member, posting: Posting, channels: Channels) -> None:
    channels.closed["weekly"] = Trouble.GONE
    refused = await grace.says(SETUP)
    assert "I cannot see this channel" in refused.text
    assert "Choose a channel, a day and a time once" in (await grace.says("/setup")).text


async def test_a_channel_that_closes_later_is_told_once_and_heals_by_itself(
    grace: Member, posting: Posting, channels: Channels
) -> None:
    await grace.says(SETUP)
    channels.closed["weekly"] = Trouble.FORBIDDEN
    await posting.turn(hours=47, minutes=1)
    await posting.live(hours=9)
    told = [reply for _, reply in channels.letters if reply.title == "A post did not go out"]
    assert len(told) == 1
    assert "Let me view it and send messages" in told[0].text
    assert "**Stuck.**" in (await grace.says("/schedule show")).reply.fields[1].value
    del channels.closed["weekly"]
    await posting.live(hours=12)
    assert channels.titles == ["This week: The seed orders"]
    assert "Stuck" not in (await grace.says("/schedule show")).text


async def test_without_an_answer_the_organiser_decides(grace: Member, posting: Posting, channels: Channels) -> None:
    await grace.says(SETUP)
    channels.answers = False
    await posting.turn(hours=47, minutes=1)
    await posting.live(hours=3)
    assert len(channels.posted) == 1
    assert "Is this post there?" in [reply.title for _, reply in channels.letters]
    log = await grace.says("/schedule log")
    assert "**nobody knows.**" in log.reply.text
    there = await log.press("It is there")
    assert "I take your word for it" in there.text
    assert "nobody knows" not in (await grace.says("/schedule log")).text


async def test_post_again_posts_again(grace: Member, posting: Posting, channels: Channels, house: House) -> None:
    await grace.says(SETUP)
    channels.answers = False
    await posting.turn(hours=47, minutes=1)
    channels.answers = True
    again = await (await grace.says("/schedule log")).press("Post again")
    assert "I post it again in a moment." in again.text
    await posting.turn(seconds=3)
    here = await house.store.communities.find(Place(PLATFORM, "lab"))
    assert here is not None
    challenge = [one for one in await house.store.posts.log(here.id, 9) if one.slot.job == "challenge"]
    assert [one.state for one in challenge] == [PostState.SENT]


async def test_where_the_bot_can_look_it_looks(grace: Member, house: House, clock: ManualClock) -> None:
    channels = ChannelsToRead(PLATFORM, answers=False)
    posting = posting_in(house, clock, channels)
    await grace.says(SETUP)
    await posting.turn(hours=47, minutes=1)
    await posting.turn(minutes=5)
    assert len(channels.posted) == 1
    assert "posted." in (await grace.says("/schedule log")).text


async def test_pause_and_resume(grace: Member, posting: Posting, channels: Channels) -> None:
    await grace.says(SETUP)
    assert "**Paused.**" in (await grace.says("/schedule pause")).text
    await posting.live(hours=50)
    assert (channels.posted, channels.letters) == ([], [])
    assert "Paused by an organiser." in (await grace.says("/schedule log")).text
    assert "Paused" not in (await grace.says("/schedule resume")).text
    await posting.turn(hours=7 * 24)
    assert [one for one in channels.titles if one.startswith("This week")] == ["This week: The seed orders"]


async def test_pausing_one_thing_leaves_the_rest_and_can_be_undone(grace: Member, posting: Posting) -> None:
    await grace.says(SETUP)
    paused = await grace.says("/schedule pause what:recap")
    assert paused.text.count("**Paused.**") == 1
    assert "**Paused.**" not in (await paused.press("Undo")).text
    assert "not among what I post here" in (await grace.says("/schedule pause what:tip")).text


async def test_skip_leaves_a_week_out_and_the_undo_brings_it_back(
    grace: Member, posting: Posting, channels: Channels
) -> None:
    await grace.says(SETUP)
    skipped = await grace.says("/schedule skip")
    assert "no challenge in the week of Monday 23 November" in skipped.text
    assert "has no challenge anyway" in (await grace.says("/schedule skip")).text
    assert "it is left out" in (await grace.says("/schedule preview")).text
    await skipped.press("Undo")
    await grace.says("/schedule skip")
    await posting.turn(hours=49)
    assert [one for one in channels.titles if one.startswith("This week")] == []
    assert "this week has no challenge" in (await grace.says("/schedule log")).text


async def test_the_preview_is_what_members_see(grace: Member, posting: Posting, channels: Channels) -> None:
    await grace.says(SETUP)
    preview = await grace.says("/schedule preview")
    await posting.turn(hours=47, minutes=1)
    reply = channels.posted[0][1]
    shown = preview.reply
    assert (shown.title, shown.text, shown.fields, shown.footer) == (
        reply.title,
        reply.text,
        reply.fields,
        reply.footer,
    )
    assert preview.labels() == labels(channels)


async def test_post_now_asks_before_it_repeats(grace: Member, posting: Posting, channels: Channels) -> None:
    await grace.says(SETUP)
    assert "appears in a moment" in (await grace.says("/schedule post-now")).text
    await posting.turn(seconds=2)
    assert channels.titles == ["This week: The seed orders"]
    asked = await grace.says("/schedule post-now")
    assert "Shall I post it again?" in asked.text
    await posting.turn(seconds=2)
    assert len(channels.posted) == 1
    await asked.press("Post it again")
    await posting.turn(seconds=2)
    assert len(channels.posted) == 2


async def test_post_now_takes_nothing_from_the_next_week(grace: Member, posting: Posting, channels: Channels) -> None:
    await grace.says(SETUP)
    await posting.turn(hours=47 + 50)
    assert weeks(channels) == [], "it was missed"
    assert "open until Monday 30 November, 09:00" in (await grace.says("/schedule post-now")).text
    await posting.turn(seconds=2)
    await posting.turn(days=5)
    assert weeks(channels) == ["This week: The seed orders", "This week: Who will leave the garden club?"]


async def test_post_now_before_the_first_week_begins_it(grace: Member, posting: Posting, channels: Channels) -> None:
    await grace.says(SETUP)
    await posting.turn(hours=40)
    said = await grace.says("/schedule post-now")
    assert "open until Monday 30 November, 09:00" in said.text
    assert "Monday 30 November, 09:00, every week" in (await grace.says("/schedule show")).text
    await posting.turn(seconds=2)
    await posting.live(hours=24)
    assert weeks(channels) == ["This week: The seed orders"]
    assert "Shall I post it again?" in (await grace.says("/schedule post-now")).text
    await posting.turn(days=6, hours=8)
    assert weeks(channels) == ["This week: The seed orders", "This week: Who will leave the garden club?"]
    assert "Last week: The seed orders" in channels.titles


async def test_a_look_before_the_first_post_takes_nothing_from_it(
    grace: Member, ada: Member, posting: Posting, channels: Channels
) -> None:
    await grace.says(SETUP)
    assert "This week: The seed orders" in (await grace.says("/schedule preview")).text
    early = await ada.says("/challenge")
    assert "The seed orders" in early.text
    assert "Open until Monday 30 November, 09:00" in early.text
    assert "This week: The seed orders" in (await grace.says("/schedule preview")).text
    await posting.live(hours=48)
    assert weeks(channels) == ["This week: The seed orders"]
    assert [one for one in channels.titles if one.startswith("Last week")] == []


async def test_what_was_on_before_the_setup_is_not_lost(
    grace: Member, ada: Member, posting: Posting, channels: Channels
) -> None:
    await ada.says("/challenge")
    await grace.says(SETUP)
    await posting.live(hours=48)
    assert weeks(channels) == ["This week: The seed orders"]


async def test_what_was_tried_before_the_setup_ends_when_it_would_have(
    grace: Member, ada: Member, posting: Posting, channels: Channels
) -> None:
    await ada.says("/challenge submit 1")
    await grace.says(SETUP)
    await posting.live(hours=48)
    assert weeks(channels) == ["This week: Who will leave the garden club?"]
    assert "Last week: The seed orders" in channels.titles


@pytest.mark.parametrize("line", ["/schedule show", "/schedule pause", "/schedule post-now"])
async def test_before_the_setup_each_says_where_to_begin(grace: Member, line: str) -> None:
    heard = await grace.says(line)
    assert heard.answer.status is Status.DONE
    assert "`/setup` begins it" in heard.text


@pytest.mark.parametrize("line", ["show", "log", "pause", "resume", "skip", "preview", "post-now"])
async def test_members_change_and_see_nothing(ada: Member, line: str) -> None:
    assert "organisers" in (await ada.says(f"/schedule {line}")).text


async def test_every_week_for_a_year_across_both_changes_of_the_clocks(
    grace: Member, posting: Posting, channels: Channels, house: House
) -> None:
    await grace.says("/setup channel:#weekly weekday:sunday time:02:30 zone:Europe/Berlin recap:no letter:no")
    for _ in range(52 * 7):
        await posting.turn(days=1)
    here = await house.store.communities.find(Place(PLATFORM, "lab"))
    assert here is not None
    slots = [one.slot.due for one in await house.store.posts.log(here.id, 500) if one.slot.job == "challenge"]
    assert len(slots) == 52
    assert datetime(2027, 3, 28, 1, 0, tzinfo=UTC) in slots, "02:30 does not exist on this day; it is 03:00"
    assert datetime(2027, 10, 31, 0, 30, tzinfo=UTC) in slots, "02:30 comes twice on this day; the first counts"
