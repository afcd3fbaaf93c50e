"""The bot over a socket: heard at once, done once, answered whatever happens."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.slack.service import Presence
from bot.core.dispatch import Dispatcher
from tests.adapters.discord.mishaps import MISHAPS, SECRET
from tests.adapters.slack.conftest import Quiet, listening
from tests.clock import ManualClock
from tests.core.samples import Diary
from tests.fakes.slack import FakeSlack, Member, payloads
from tests.fakes.slack.channels import Channel
from tests.fakes.slack.delivery import Delivery
from tests.house import small_house

ACK_SECONDS = 0.2


@pytest.fixture
def general(trial: Presence, world: FakeSlack) -> Channel:
    return next(iter(world.teams.values())).channel("general")


@pytest.fixture
def ada(general: Channel, world: FakeSlack) -> Member:
    return world.teams[general.team].member("ada")


async def test_a_command_is_answered_to_the_member_alone(ada: Member, general: Channel) -> None:
    heard = await ada.types(general, "/mentor today")
    assert "2026-11-21" in heard.text
    assert heard.ephemeral


async def test_an_empty_line_and_help_show_the_menu(ada: Member, general: Channel) -> None:
    unknown = await ada.types(general, "/mentor")
    assert "/mentor help" in unknown.text  # the small house has no help of its own; the words lead there
    assert (await ada.types(general, "/mentor help")).text == unknown.text


async def test_unknown_words_get_a_hint(ada: Member, general: Channel) -> None:
    assert "Did you mean `/mentor today`?" in (await ada.types(general, "/mentor tody")).text
    assert "I don't know `/mentor xylophone`" in (await ada.types(general, "/mentor xylophone")).text


async def test_a_command_that_is_none_of_ours_gets_kind_words(ada: Member, general: Channel, world: FakeSlack) -> None:
    world.app.commands.add("/strange")
    assert "/mentor help" in (await ada.types(general, "/strange thing")).text


async def test_aliases_stand_for_first_words(small: Dispatcher, world: FakeSlack) -> None:
    team = world.workspace("Lab")
    general, ada = team.channel("general"), team.member("ada")
    async with listening(small, Quiet(), world, "socket", root="guide", aliases=("today", "remind")):
        assert "2026" in (await ada.types(general, "/guide-today")).text
        assert "2026-11-27" in (await ada.types(general, "/guide-remind friday")).text


async def test_the_bot_does_not_talk_to_itself(ada: Member, world: FakeSlack) -> None:
    world.echoes = True
    await ada.writes_to_bot("today")
    await world.quiet()
    assert len(world.called("chat.postMessage")) == 1


async def test_the_same_event_three_times_acts_once(
    ada: Member, general: Channel, diary: Diary, world: FakeSlack
) -> None:
    await ada.mentions(general, "tick", times=3)
    await world.quiet()
    assert diary.notes == ["tick"]
    assert len(world.called("chat.postEphemeral")) == 1


async def test_one_message_under_two_event_ids_acts_once(
    ada: Member, general: Channel, diary: Diary, world: FakeSlack
) -> None:
    await ada.mentions(general, "tick", names=2)
    await world.quiet()
    assert diary.notes == ["tick"]
    assert len(world.called("chat.postEphemeral")) == 1


async def test_a_redelivery_after_a_restart_acts_once(
    tmp_path: Path, clock: ManualClock, diary: Diary, world: FakeSlack
) -> None:
    team = world.workspace("Lab")
    general, ada = team.channel("general"), team.member("ada")
    async with small_house(tmp_path, MISHAPS, clock, diary) as house, listening(house, Quiet(), world, "socket"):
        assert "Ticked." in (await ada.mentions(general, "tick")).text
    async with small_house(tmp_path, MISHAPS, clock, diary) as house, listening(house, Quiet(), world, "socket"):
        await world.again()
        await world.quiet()
    assert diary.notes == ["tick"]


async def test_a_retry_is_not_dropped_for_its_header_alone(
    ada: Member, general: Channel, diary: Diary, world: FakeSlack
) -> None:
    message = ada.says(general, "@stepwise tick")
    inner = payloads.message_event(ada, message, general, mention=True)
    lost = Delivery("events_api", payloads.event(world, ada.team, inner, general))
    await world.deliver(lost, retry=2, reason="http_timeout")
    await world.until(lambda: world.called("chat.postEphemeral"))
    assert diary.notes == ["tick"]


async def test_a_double_click_acts_once(ada: Member, general: Channel, diary: Diary, world: FakeSlack) -> None:
    traps = await ada.types(general, "/mentor traps")
    diary.gate.set()
    assert (await traps.press("Wait", times=2)).text == "Waited."
    await world.quiet()
    assert diary.held == 1


async def test_everything_is_acknowledged(ada: Member, general: Channel, world: FakeSlack) -> None:
    await ada.opens_home("messages")
    form = await ada.types(general, "/mentor remind")
    await form.closes()
    for name in ("team_join", "reaction_added", "message", "function_executed"):
        await world.teams[general.team].hears({"type": name, "user": ada.id})
    assert all(one.acks for one in world.deliveries)


async def test_the_acknowledgement_does_not_wait_for_the_work(
    ada: Member, general: Channel, diary: Diary, world: FakeSlack
) -> None:
    waiting = await ada.types(general, "/mentor mull over it", answered=False)
    await diary.started.wait()
    assert world.deliveries[-1].acks[-1].seconds < ACK_SECONDS
    diary.gate.set()
    assert (await waiting.more()).text == "Hm, over it."


async def test_what_goes_wrong_reaches_the_member_without_its_reason(
    ada: Member, general: Channel, caplog: pytest.LogCaptureFixture
) -> None:
    traps = await ada.types(general, "/mentor traps")
    sorry = await traps.press("Snap")
    assert "Something went wrong on my side" in sorry.text
    assert SECRET not in sorry.text
    assert SECRET in caplog.text


async def test_an_answer_that_cannot_be_drawn_becomes_an_apology(ada: Member, general: Channel) -> None:
    assert "Something went wrong on my side" in (await ada.types(general, "/mentor odd")).text


async def test_an_answer_that_slack_loses_is_apologised_for(
    ada: Member, general: Channel, world: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    world.fails("response_url", status=503)
    assert "Something went wrong on my side" in (await ada.types(general, "/mentor today")).text
    world.fails("response_url", status=503, times=2)
    await ada.types(general, "/mentor today", answered=False)
    await world.quiet()
    assert "could not be told: service_unavailable" in caplog.text


async def test_a_used_up_address_leads_to_the_direct_messages(ada: Member, general: Channel, world: FakeSlack) -> None:
    world.fails("response_url", "used_url")
    heard = await ada.types(general, "/mentor today")
    assert heard.message is not None
    assert heard.message.channel == ada.direct.id


async def test_a_command_that_lacks_something_opens_a_form(ada: Member, general: Channel) -> None:
    form = await ada.types(general, "/mentor remind")
    assert form.modal.title == "/mentor remind"
    wrong = await form.fills(due="yesterday-ish")
    assert list(wrong.errors) == ["due"]
    assert "2026-11-27" in (await wrong.fills(due="friday", length="2h")).text


async def test_a_form_that_takes_long_to_open_shows_that_it_comes(
    ada: Member, general: Channel, diary: Diary, world: FakeSlack
) -> None:
    waiting = await ada.types(general, "/mentor plan", answered=False)
    await world.until(lambda: world.called("views.open"))
    diary.gate.set()
    form = await waiting.more()
    assert form.modal.title == "Your week"
    assert "Week 3: Swim, 4 h" in (await form.fills(goal="Swim", hours="4")).text


async def test_a_form_that_comes_too_late_waits_behind_a_button(
    ada: Member, general: Channel, diary: Diary, world: FakeSlack
) -> None:
    diary.gate.set()
    world.fails("views.open", "expired_trigger_id")
    button = await ada.types(general, "/mentor plan")
    assert button.labels() == ["Open the form"]
    assert (await button.press("Open the form")).modal.title == "Your week"


async def test_a_form_shows_mistakes_at_its_fields(ada: Member, general: Channel, diary: Diary) -> None:
    diary.gate.set()
    form = await ada.types(general, "/mentor plan")
    wrong = await form.fills(goal="rest")
    assert wrong.errors == {"goal": "Resting is fine, but no goal."}
    assert "Week 3: Dance, 5 h" in (await wrong.fills(goal="Dance")).text


async def test_a_form_that_is_sent_twice_is_answered_once(
    ada: Member, general: Channel, diary: Diary, world: FakeSlack
) -> None:
    diary.gate.set()
    form = await ada.types(general, "/mentor plan")
    answer = await form.submits({"goal": "Swim"}, times=2)
    await world.quiet()
    assert "Week 3: Swim" in answer.text
    assert answer.also == []


async def test_a_form_whose_answer_takes_long_stays_open_until_it_is_there(
    ada: Member, general: Channel, diary: Diary, world: FakeSlack
) -> None:
    form = await ada.types(general, "/mentor mull")
    waiting = await form.submits({"words": "this"}, answered=False)
    assert world.deliveries[-1].acks[-1].body["response_action"] == "update"
    diary.gate.set()
    answer = await waiting.more()
    assert "Hm, this." in answer.modal.text


async def test_a_public_answer_that_takes_long_comes_into_the_channel(
    ada: Member, general: Channel, diary: Diary, world: FakeSlack
) -> None:
    form = await ada.types(general, "/mentor shout")
    waiting = await form.submits({"words": "hey"}, answered=False)
    diary.gate.set()
    shouted = await waiting.more()
    assert shouted.text == "hey!"
    assert not shouted.ephemeral
    assert "You find the answer in the conversation" in (await shouted.more()).modal.text


async def test_an_old_form_answers_in_itself(ada: Member, general: Channel, diary: Diary, clock: ManualClock) -> None:
    diary.gate.set()
    form = await ada.types(general, "/mentor plan")
    clock.advance(minutes=31)
    assert "Week 3: Swim" in (await form.fills(goal="Swim")).modal.text


async def test_a_file_comes_with_its_form(ada: Member, general: Channel) -> None:
    form = await ada.types(general, "/mentor hand-in")
    answer = await form.fills(title="Mine", work=("a.csv", b"1,2,3"), hours="2")
    assert "Mine: 5 in 2 h" in answer.text


async def test_a_file_from_elsewhere_never_sees_the_key(ada: Member, general: Channel, world: FakeSlack) -> None:
    form = await ada.types(general, "/mentor send")
    delivered: list[str] = []
    original = world.files.of_member

    def remote(name: str, content: bytes, team: str, user: str) -> object:
        file = original(name, content, team, user)
        file.address = "http://127.0.0.1:9/elsewhere"
        delivered.append(file.id)
        return file

    world.files.of_member = remote  # type: ignore[method-assign, assignment]
    answer = await form.fills(work=("a.csv", b"1"))
    assert delivered
    assert "kept outside of Slack" in answer.text


async def test_selects_buttons_and_updates_stay_in_their_message(ada: Member, general: Channel) -> None:
    menu = await ada.types(general, "/mentor menu")
    picked = await menu.choose("Dark, deep blue")
    assert picked.text == "blue, 100% on page 2"
    assert picked.updated


async def test_a_mention_in_a_thread_is_answered_in_it(ada: Member, general: Channel, diary: Diary) -> None:
    diary.gate.set()
    message = ada.says(general, "Something to talk about")
    whispered = await ada.mentions(general, "today", message)
    assert whispered.ephemeral
    assert whispered.message is not None
    assert whispered.message.thread_ts == message.ts
    shouted = await ada.mentions(general, "shout hello", message)
    assert not shouted.ephemeral
    assert shouted.message is not None
    assert shouted.message.thread_ts == message.ts


async def test_a_public_answer_to_a_mention_begins_a_thread(ada: Member, general: Channel, diary: Diary) -> None:
    diary.gate.set()
    shouted = await ada.mentions(general, "shout hello")
    assert shouted.message is not None
    assert shouted.message.thread_ts == next(one.ts for one in general.messages.values() if one.user == ada.id)


async def test_direct_messages_are_a_conversation(ada: Member) -> None:
    heard = await ada.writes_to_bot("today")
    assert "2026-11-21" in heard.text
    form = await (await ada.writes_to_bot("remind")).press("Open the form")
    assert "2026-11-23" in (await form.fills(due="monday")).text


async def test_a_shortcut_takes_a_message_along(ada: Member, general: Channel) -> None:
    message = ada.says(general, "Mind the gap")
    assert "Something went wrong" in (await ada.uses_shortcut("Trip over it", message)).text


async def test_a_stranger_from_another_workspace_looks_after_nothing(
    ada: Member, general: Channel, world: FakeSlack
) -> None:
    stranger = world.workspace("Elsewhere", install=False).member("eve", admin=True)
    lab = world.teams[general.team]
    lab.shares(general, stranger)
    stranger.team.bot = lab.bot  # they call the bot that is in the channel
    assert "Only the organisers" in (await stranger.mentions(general, "close it")).text


async def test_admins_look_after_the_workspace(general: Channel, world: FakeSlack) -> None:
    olga = world.teams[general.team].member("olga", admin=True)
    closed = await olga.types(general, "/mentor close holidays")
    assert "Closed: holidays" in closed.text
    assert "Week 7 is open" in (await closed.press("Reopen")).text


async def test_one_session_serves_all_calls(
    ada: Member, general: Channel, trial: Presence, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: object, *args: object, **kwargs: object) -> None:
        raise AssertionError("A session of its own for one call.")

    monkeypatch.setattr("aiohttp.ClientSession.__init__", refuse)
    for line in ("today", "remind", "menu", "show"):
        await ada.types(general, f"/mentor {line}")


async def test_people_are_looked_up_once(ada: Member, general: Channel, world: FakeSlack, clock: ManualClock) -> None:
    for _ in range(3):
        await ada.types(general, "/mentor today")
    assert len(world.called("users.info")) == 1
    clock.advance(minutes=11)
    await ada.types(general, "/mentor today")
    assert len(world.called("users.info")) == 2
    assert world.called("auth.test")[1:] == []


async def test_without_a_look_up_nobody_has_rights(general: Channel, world: FakeSlack) -> None:
    world.fails("users.info", "missing_scope", times=9)
    olga = world.teams[general.team].member("olga", admin=True)
    assert "Only the organisers" in (await olga.types(general, "/mentor close it")).text


async def test_a_dead_socket_is_replaced(ada: Member, general: Channel, trial: Presence, world: FakeSlack) -> None:
    world.sockets.all[-1].goes_deaf()
    await world.sockets.connected(1, opened=2)
    assert "2026" in (await ada.types(general, "/mentor today")).text


async def test_a_socket_whose_watchers_died_is_replaced(
    ada: Member, general: Channel, trial: Presence, world: FakeSlack
) -> None:
    """The SDK reconnects by a task of its own; without it, it would stay deaf for ever."""
    assert trial.line is not None and trial.line._handler is not None
    client = trial.line._handler.client
    for task in (client.current_session_monitor, client.message_receiver):
        assert task is not None
        task.cancel()
    world.sockets.all[-1].goes_deaf()
    await world.sockets.connected(1, opened=2)
    assert "2026" in (await ada.types(general, "/mentor today")).text
    assert trial.line.renewed == 1


async def test_a_socket_that_slack_recycles_is_replaced(ada: Member, general: Channel, world: FakeSlack) -> None:
    await world.sockets.all[-1].disconnects("refresh_requested")
    await world.sockets.connected(1, opened=2)
    assert "2026" in (await ada.types(general, "/mentor today")).text


async def test_a_socket_that_dies_loses_nothing(ada: Member, general: Channel, diary: Diary, world: FakeSlack) -> None:
    world.sockets.all[-1].drops()
    assert "Ticked." in (await ada.mentions(general, "tick")).text
    assert diary.notes == ["tick"]


async def test_what_was_begun_is_answered_before_the_bot_leaves(
    small: Dispatcher, world: FakeSlack, diary: Diary
) -> None:
    team = world.workspace("Lab")
    general, ada = team.channel("general"), team.member("ada")
    async with listening(small, Quiet(), world, "socket"):
        await ada.types(general, "/mentor mull it", answered=False)
        await diary.started.wait()
        diary.gate.set()
    assert [one.text for one in general.messages.values()] == ["Hm, it."]
