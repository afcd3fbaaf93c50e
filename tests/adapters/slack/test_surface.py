"""Where answers go, with pictures and files, and what happens where Slack does not take them."""

from __future__ import annotations

import pytest

from adapters.slack.service import Presence
from tests.adapters.slack.conftest import PNG
from tests.core.samples import Diary
from tests.fakes.slack import FakeSlack, Member
from tests.fakes.slack.channels import Channel
from tests.fakes.slack.team import Team


@pytest.fixture
def lab(trial: Presence, world: FakeSlack) -> Team:
    return next(iter(world.teams.values()))


@pytest.fixture
def general(lab: Team) -> Channel:
    return lab.channel("general")


@pytest.fixture
def ada(lab: Team, general: Channel) -> Member:
    return lab.member("ada")


async def test_a_public_answer_brings_its_file_into_the_channel(ada: Member, general: Channel) -> None:
    file = await ada.types(general, "/mentor show")
    assert (file.files, file.happening.channel) == ({"data.csv": b"1,2"}, general.id)
    answer = await file.more()
    assert answer.files == {"dot.png": PNG}
    assert not answer.ephemeral


async def test_a_private_answer_sends_its_file_directly_and_says_so(ada: Member, general: Channel) -> None:
    file = await ada.types(general, "/mentor show private:yes")
    assert (file.files, file.happening.channel) == ({"data.csv": b"1,2"}, ada.direct.id)
    answer = await file.more()
    assert answer.ephemeral
    assert "data.csv waits for you in our direct messages" in answer.text


async def test_a_file_for_a_channel_without_the_bot_goes_to_the_direct_messages(ada: Member, lab: Team) -> None:
    elsewhere = lab.channel("elsewhere", bot=False)
    file = await ada.types(elsewhere, "/mentor show")
    assert file.happening.channel == ada.direct.id
    assert "direct messages" in (await file.more()).text


async def test_a_file_in_direct_messages_is_there_already(ada: Member) -> None:
    file = await ada.writes_to_bot("show private:yes")
    assert file.happening.channel == ada.direct.id
    assert "direct messages" not in (await file.more()).text


async def test_a_picture_that_slack_looks_through_comes_a_moment_later(
    ada: Member, general: Channel, world: FakeSlack
) -> None:
    world.files.slow = 1
    answer = await (await ada.types(general, "/mentor show")).more()
    assert answer.files == {"dot.png": PNG}


async def test_a_picture_that_slack_never_takes_becomes_words(ada: Member, general: Channel, world: FakeSlack) -> None:
    world.files.slow = 99
    answer = await (await ada.types(general, "/mentor show")).more()
    assert "Picture: A dot" in answer.text


async def test_without_the_permission_pictures_are_words_and_files_are_missed(
    ada: Member, general: Channel, lab: Team
) -> None:
    assert lab.token is not None
    lab.token.scopes = tuple(one for one in lab.token.scopes if one != "files:write")
    answer = await ada.types(general, "/mentor show")
    assert "Picture: A dot" in answer.text
    assert "I could not send the file: Slack said `missing_scope`" in answer.text


async def test_a_lost_upload_costs_the_picture_only(ada: Member, general: Channel, world: FakeSlack) -> None:
    world.fails("upload", status=500, times=9)
    assert "Look." in (await ada.types(general, "/mentor show")).text


async def test_an_answer_elsewhere_may_be_public_only_where_it_was_asked(ada: Member, lab: Team, diary: Diary) -> None:
    diary.gate.set()
    elsewhere = lab.channel("elsewhere", bot=False)
    shouted = await ada.types(elsewhere, "/mentor shout hello")
    assert shouted.happening.channel == elsewhere.id
    assert not shouted.ephemeral


async def test_nothing_is_said_twice_when_slack_may_have_taken_it(
    ada: Member, general: Channel, world: FakeSlack
) -> None:
    world.fails("chat.postMessage", lost="after")
    await ada.writes_to_bot("today", answered=False)
    await world.quiet()
    texts = [one.text for one in ada.direct.messages.values() if one.user != ada.id]
    assert [text for text in texts if "2026-11-21" in text] == texts[:1]
    assert len([text for text in texts if "Something went wrong" in text]) <= 1


async def test_a_whisper_where_the_bot_is_not_goes_to_the_direct_messages(
    ada: Member, general: Channel, world: FakeSlack
) -> None:
    world.fails("chat.postEphemeral", "not_in_channel")
    heard = await ada.mentions(general, "today")
    assert heard.happening.channel == ada.direct.id


async def test_slack_asks_to_wait_and_the_answer_comes_later(ada: Member, world: FakeSlack) -> None:
    world.fails("chat.postMessage", retry_after=3)
    assert "2026-11-21" in (await ada.writes_to_bot("today")).text
    assert len(world.called("chat.postMessage")) == 2
