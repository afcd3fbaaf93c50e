"""What organisers can set up: from the welcome, by a command, in a form, by buttons; and all of it can be undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.core.calls import Pressed, Source, Status
from bot.core.outgoing import Trouble
from bot.models import Community, Place
from bot.models.posting import Rule
from bot.models.weekly import Weekly
from bot.services.posting.arranging import Arrangement, arrangement_of
from bot.wiring import House
from tests.clock import ManualClock
from tests.fakes.channels import Channels
from tests.fakes.platform import EASY, Member, Platform
from tests.fakes.posting import PLATFORM, Posting, posting_in

SETUP = "/setup channel:#weekly weekday:monday time:09:00 zone:Rome"
MONDAY_IN_ROME = Rule(time(9), "Europe/Rome", 0)
JUST_SET_UP = Arrangement(Weekly("weekly"), MONDAY_IN_ROME)


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


async def kept(house: House) -> Arrangement | None:
    return await arrangement_of(house.store, await here(house))


async def jobs(house: House) -> set[str]:
    return {one.job for one in await house.store.posts.arranged((await here(house)).id)}


async def test_organisers_see_what_there_is_and_set_it(grace: Member) -> None:
    page = await grace.says("/setup")
    assert "Not set; members without one of their own have UTC." in page.text
    form = await page.press("Set the time zone")
    await grace.fills(form, zone="Tokyo")
    assert "Time zone: Asia/Tokyo" in (await grace.says("/setup")).text


async def test_from_a_direct_message_it_says_where_to_go(platform: Platform, house: House) -> None:
    owner = platform.member("owner", community=None)
    token = house.registry.route("setup.begin").at(community="The Lab")
    assert "any channel of **The Lab**" in (await owner.sends(Source.BUTTON, Pressed(token))).text


async def test_members_are_sent_to_an_organiser(ada: Member, house: House) -> None:
    assert "organisers" in (await ada.says("/setup")).text
    token = house.registry.route("setup.begin").at()
    assert "organisers" in (await ada.sends(Source.BUTTON, Pressed(token))).text


@pytest.mark.parametrize("name", ["setup.stop", "setup.no-tips", "setup.test"])
async def test_members_press_none_of_its_buttons(
    name: str, grace: Member, ada: Member, house: House, posting: Posting
) -> None:
    await grace.says(SETUP)
    pressed = await ada.sends(Source.BUTTON, Pressed(house.registry.route(name).at()))
    assert "organisers" in pressed.text
    assert await kept(house) == JUST_SET_UP


async def test_one_line_sets_it_up(grace: Member, house: House, posting: Posting) -> None:
    page = await grace.says(SETUP)
    assert await kept(house) == JUST_SET_UP
    assert (await here(house)).zone == "Europe/Rome"
    assert await jobs(house) == {"challenge", "recap", "digest"}
    for said in (
        "In [#](channel:weekly), every Monday at 09:00 (Europe/Rome). The next one: Monday 23 November, 09:00.",
        "A recap when the week is over: on",
        "Which challenges come first: the order of the packs",
        "Who is mentioned: nobody",
        "A tip every day: off",
        "A letter to you on Mondays: on",
    ):
        assert said in page.text
    assert "not running" not in page.text


@pytest.mark.parametrize(
    ("option", "weekly", "rule", "said"),
    [
        ("channel:#other", {"channel": "other"}, {}, "In [#](channel:other)"),
        ("weekday:friday", {}, {"weekday": 4}, "every Friday at 09:00"),
        ("time:6pm", {}, {"wall": time(18)}, "every Monday at 18:00"),
        ("zone:Tokyo", {}, {"zone": "Asia/Tokyo"}, "(Asia/Tokyo)"),
        ("role:@learners", {"role": "learners"}, {}, "Who is mentioned: the role that you chose"),
        ("track:compost-track", {"track": "compost-track"}, {}, "come first: The compost track"),
        ("recap:no", {"recap": False}, {}, "A recap when the week is over: off"),
        ("letter:no", {"digest": False}, {}, "A letter to you on Mondays: off"),
        ("tips:#tips", {"tips": "tips"}, {}, "A tip every day: in [#](channel:tips) at 08:00"),
    ],
)
async def test_each_option_changes_what_it_names_and_the_undo_brings_all_back(
    option: str,
    weekly: dict[str, object],
    rule: dict[str, object],
    said: str,
    grace: Member,
    house: House,
    posting: Posting,
) -> None:
    await grace.says(SETUP)
    plans = await house.store.posts.arranged((await here(house)).id)
    page = await grace.says(f"/setup {option}")
    assert said in page.text
    wanted = Arrangement(
        replace(JUST_SET_UP.weekly, **weekly),  # type: ignore[arg-type]
        replace(MONDAY_IN_ROME, **rule),  # type: ignore[arg-type]
    )
    assert await kept(house) == wanted
    await page.press("Undo")
    assert await kept(house) == JUST_SET_UP
    assert (await here(house)).zone == "Europe/Rome"
    back = await house.store.posts.arranged((await here(house)).id)
    assert [(one.job, one.rule, one.next) for one in back] == [(one.job, one.rule, one.next) for one in plans]


async def test_the_tip_has_a_time_of_its_own(grace: Member, house: House, posting: Posting) -> None:
    await grace.says(SETUP)
    assert "Say in which channel the tip appears" in (await grace.says("/setup tip_time:07:30")).text
    assert "at 07:30" in (await grace.says("/setup tips:#tips tip_time:07:30")).text
    found = await kept(house)
    assert found is not None
    assert found.tips_at == time(7, 30)
    assert "at 07:30" in (await grace.says("/setup weekday:friday")).text, "what is left out stays"


async def test_the_undo_of_the_first_setup_leaves_nothing_behind(
    grace: Member, ada: Member, house: House, posting: Posting, channels: Channels
) -> None:
    await ada.says("/challenge")
    before = await house.store.rounds.at((await here(house)).id, posting.clock.now())
    page = await grace.says(SETUP)
    await page.press("Undo")
    assert await kept(house) is None
    assert (await here(house)).zone is None
    assert await jobs(house) == set()
    assert await house.store.rounds.at((await here(house)).id, posting.clock.now()) == before
    await posting.live(hours=60)
    assert (channels.posted, channels.letters) == ([], [])


async def test_the_undo_of_an_old_message_says_so(grace: Member, posting: Posting) -> None:
    page = await grace.says(SETUP)
    posting.clock.advance(days=31)
    assert (await page.press("Undo")).answer.status is Status.REFUSED


async def test_what_was_paused_stays_paused_through_changes_and_undo(
    grace: Member, house: House, posting: Posting
) -> None:
    await grace.says(f"{SETUP} tips:#tips")
    await grace.says("/schedule pause what:tip")
    changed = await grace.says("/setup weekday:friday zone:Tokyo")
    await (await changed.press("Stop the tips")).press("Undo")
    stopped = await (await grace.says("/setup")).press("Stop posting")
    await stopped.press("Undo")
    found = await kept(house)
    assert found is not None
    assert found.paused == {"tip"}
    assert found.rule == Rule(time(9), "Asia/Tokyo", 4)


async def test_what_an_organiser_planned_moves_along_and_back(grace: Member, house: House, posting: Posting) -> None:
    await grace.says(SETUP)
    await grace.says("/challenge schedule week:2026-11-30 challenge:quiz-heap")
    weeks = await house.store.rounds.plans((await here(house)).id, posting.clock.now())
    page = await grace.says("/setup weekday:wednesday zone:Tokyo")
    moved = await house.store.rounds.plans((await here(house)).id, posting.clock.now())
    assert [(f"{week:%A %d %H:%M}", name) for week, name in moved.items()] == [("Wednesday 02 00:00", "quiz-heap")]
    await page.press("Undo")
    assert await house.store.rounds.plans((await here(house)).id, posting.clock.now()) == weeks


async def test_the_form_asks_for_the_week(grace: Member, house: House, posting: Posting) -> None:
    form = await (await grace.says("/setup")).press("Set up the weekly challenge")
    page = await grace.fills(form, channel="#weekly", weekday="wednesday", time="18:30", zone="Kolkata", role="@all-in")
    assert "every Wednesday at 18:30 (Asia/Kolkata)" in page.text
    assert await kept(house) == Arrangement(Weekly("weekly", role="all-in"), Rule(time(18, 30), "Asia/Kolkata", 2))
    again = await (await grace.says("/setup")).press("Change")
    assert again.form.values == {
        "channel": "weekly",
        "weekday": "wednesday",
        "time": "18:30",
        "zone": "Asia/Kolkata",
        "role": "all-in",
    }
    await grace.fills(again, role="", time="19:00")
    assert await kept(house) == Arrangement(Weekly("weekly"), Rule(time(19), "Asia/Kolkata", 2))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("zone", "", "I do not guess it"),
        ("zone", "nowhere", "nowhere"),
        ("time", "25:00", "I cannot read “25:00” as a time of day. Write 09:00."),
        ("channel", "#shut", "I may not post in this channel"),
        ("channel", "#gone", "I cannot see this channel"),
    ],
)
async def test_a_mistake_in_the_form_is_told_at_its_field(
    field: str,
    value: str,
    said: str,
    grace: Member,
    platform: Platform,
    posting: Posting,
    channels: Channels,
    house: House,
) -> None:
    channels.closed |= {"shut": Trouble.FORBIDDEN, "gone": Trouble.GONE}
    form = await (await grace.says("/setup")).press("Set up the weekly challenge")
    typed = {"channel": "#weekly", "weekday": "monday", "time": "09:00", "zone": "Rome"} | {field: value}
    heard = await grace.fills(form, **typed)
    if platform.customs is EASY:
        assert list(heard.form.errors) == [field]
        assert said in heard.form.errors[field]
    else:
        assert said in heard.text
        again = await heard.press("Try again")
        assert again.form.values.get("weekday") == "monday"
    assert await kept(house) is None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/setup weekday:monday", "Say in which channel, like `channel:#weekly`."),
        ("/setup channel:#weekly", "Say in which time zone, like `Rome`. I do not guess it."),
        ("/setup channel:#weekly zone:Rome track:tomatoes", "I know no track “tomatoes”. There are `compost-track`"),
        ("/setup channel:#weekly zone:Rome time:soon", "I cannot read “soon” as a time of day"),
        ("/setup channel:#shut zone:Rome", "Invite me into it"),
        ("/setup channel:#weekly zone:Rome tips:#gone", "If it is private, invite me into it first"),
    ],
)
async def test_what_cannot_be_is_said_and_nothing_is_kept(
    line: str, said: str, grace: Member, house: House, posting: Posting, channels: Channels
) -> None:
    channels.closed |= {"shut": Trouble.FORBIDDEN, "gone": Trouble.GONE}
    heard = await grace.says(line)
    assert heard.answer.status is Status.REFUSED
    assert said in heard.text
    assert await kept(house) is None
    assert (await here(house)).zone is None


async def test_a_zone_that_the_community_has_need_not_be_named(grace: Member, house: House, posting: Posting) -> None:
    await grace.says("/community zone:Chatham")
    assert "(Pacific/Chatham)" in (await grace.says("/setup channel:#weekly")).text


async def test_the_buttons_turn_things_on_and_off(grace: Member, house: House, posting: Posting) -> None:
    page = await grace.says(SETUP)
    page = await page.press("Turn off the recap")
    page = await page.press("Turn off the letter")
    page = await page.press("The compost track")
    assert await kept(house) == replace(
        JUST_SET_UP, weekly=Weekly("weekly", track="compost-track", recap=False, digest=False)
    )
    assert await jobs(house) == {"challenge", "digest"}, "it still says when the challenges run out"
    assert "letter" not in (await grace.says("/schedule show")).text
    page = await page.press("Turn on the recap")
    page = await page.press("All challenges, in the order of the packs")
    form = await page.press("A tip every day")
    page = await grace.fills(form, channel="#tips", time="07:00")
    assert await kept(house) == Arrangement(Weekly("weekly", digest=False, tips="tips"), MONDAY_IN_ROME, time(7))
    await page.press("Stop the tips")
    assert await jobs(house) == {"challenge", "recap", "digest"}


async def test_stop_stops_and_its_undo_goes_on(
    grace: Member, house: House, posting: Posting, channels: Channels
) -> None:
    await grace.says(f"{SETUP} role:@all tips:#tips tip_time:07:00 letter:no")
    before = await kept(house)
    stopped = await (await grace.says("/setup")).press("Stop posting")
    assert "I post nothing by myself any more" in stopped.text
    await posting.live(hours=30)
    assert channels.posted == []
    await stopped.press("Undo")
    assert await kept(house) == before
    await posting.live(hours=20)
    assert channels.titles[-1] == "This week: The seed orders"


async def test_stop_and_undo_after_a_post_neither_repeats_nor_skips(
    grace: Member, posting: Posting, channels: Channels
) -> None:
    await grace.says(f"{SETUP} recap:no letter:no")
    await posting.turn(hours=47, minutes=1)
    stopped = await (await grace.says("/setup")).press("Stop posting")
    posting.clock.advance(hours=30)
    await stopped.press("Undo")
    await posting.live(hours=7 * 24 - 31)
    assert channels.titles == ["This week: The seed orders"]
    await posting.live(hours=2)
    assert channels.titles == ["This week: The seed orders", "This week: Who will leave the garden club?"]


async def test_the_test_post_is_seen_in_the_channel(grace: Member, posting: Posting, channels: Channels) -> None:
    await grace.says(SETUP)
    said = await (await grace.says("/setup")).press("Test post")
    assert "It is in [#](channel:weekly)." in said.text
    assert channels.titles == ["Hello from Stepwise"]
    assert (channels.posted[0][0].channel, channels.posted[0][0].role) == ("weekly", ""), "a test calls nobody"


@pytest.mark.parametrize(
    ("trouble", "cure"),
    [
        (Trouble.GONE, "Choose another one in `/setup`"),
        (Trouble.FORBIDDEN, "Let me view it and send messages and files there"),
        (Trouble.EXPELLED, "Invite me again"),
        (Trouble.LATER, "Try again in some minutes"),
        (Trouble.REFUSED, "The log of the bot says why"),
    ],
)
async def test_a_test_post_that_fails_says_what_to_do(
    trouble: Trouble, cure: str, grace: Member, posting: Posting, channels: Channels
) -> None:
    await grace.says(SETUP)
    page = await grace.says("/setup")
    channels.closed["weekly"] = trouble
    failed = await page.press("Test post")
    assert failed.answer.status is Status.REFUSED
    assert "The test post did not go out" in failed.text
    assert cure in failed.text


async def test_a_test_post_without_an_answer_may_be_there(grace: Member, posting: Posting, channels: Channels) -> None:
    await grace.says(SETUP)
    page = await grace.says("/setup")
    channels.answers = False
    failed = await page.press("Test post")
    assert "the test post may be there or not. Please look at the channel." in failed.text


async def test_where_nothing_posts_it_says_so(grace: Member, house: House) -> None:
    page = await grace.says(SETUP)
    assert "At present I am not running, so nothing is posted." in page.text
    assert "I am not running at present" in (await page.press("Test post")).text
    assert "I am not running at present" in (await grace.says("/schedule post-now")).text
    assert await house.store.rounds.of((await here(house)).id) == []


async def test_a_zone_set_elsewhere_moves_the_posts(grace: Member, house: House, posting: Posting) -> None:
    await grace.says(SETUP)
    await grace.says("/community zone:Tokyo")
    found = await kept(house)
    assert found is not None
    assert found.rule == replace(MONDAY_IN_ROME, zone="Asia/Tokyo")
    schedules = await house.store.posts.arranged((await here(house)).id)
    assert {one.rule.zone for one in schedules} == {"Asia/Tokyo"}
    following = next(one for one in schedules if one.job == "challenge").next
    assert following - posting.clock.now() == timedelta(days=1, hours=15)
